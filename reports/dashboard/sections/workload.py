"""Days on site against the yearly limit (clause 3.9): who has how many, who passes it when, how they are spread."""

from __future__ import annotations

from reports.columns import Column, RecordLink
from reports.dashboard.blocks import Figure, Section, Table
from reports.figures import (
    auditor_crossings,
    auditor_distribution,
    auditor_months,
    auditor_workload,
    auditor_year,
)
from reports.labels import CROSSING_LEVEL, YES_NO
from reports.rows import Rows

_PEOPLE = "pages.page_auditor"
_CROSSING = "marts.fct_auditor_crossing"
LIMIT = Section(
    slug="auditors-limit",
    title="对照上限",
    intro=(
        "每人任意连续 {parameter:cycle_year_days} 天的现场审核天数，对照条款 3.9 的上限；预测把已计划的审核计算在内。"
        "只有组长和组员的现场人日计入。右图为本自然年的进度，供参照。"
    ),
    blocks=(
        Figure(
            name="auditor_workload",
            title="现场审核天数最多的审核员",
            source=_PEOPLE,
            unit="天（任意连续 {parameter:cycle_year_days} 天）",
            query=Rows(_PEOPLE, order=("person_id",), columns=("body_id", *auditor_workload.DRAWING.keys)),
            drawing=auditor_workload.DRAWING,
        ),
        Figure(
            name="auditor_year",
            title="本自然年：已完成与已计划",
            source=_PEOPLE,
            unit="天（自然年）",
            query=Rows(
                _PEOPLE,
                order=("person_id",),
                renamed={
                    "done_days": "calendar_year_days",
                    "planned_days": "year_planned_days",
                    "year_end_days": "forecast_year_end_days",
                },
            ),
            drawing=auditor_year.DRAWING,
        ),
    ),
)

WHEN = Section(
    slug="auditors-when",
    title="何时越过",
    intro=(
        "连续 {parameter:cycle_year_days} 天的合计越过预警线和上限的日期："
        "近 {parameter:cycle_year_days} 天已发生的，和按现有计划将发生的。"
    ),
    blocks=(
        Figure(
            name="auditor_crossings",
            title="谁在何时越过",
            source=_CROSSING,
            unit="日期",
            query=Rows(
                _CROSSING,
                order=("person_id", "level", "crossed_on"),
                columns=("body_id", *auditor_crossings.DRAWING.keys, "as_of"),
            ),
            drawing=auditor_crossings.DRAWING,
        ),
        Table(
            name="crossings",
            title="越过预警线和上限的日期",
            source=_CROSSING,
            note=(
                "当日为止连续 {parameter:cycle_year_days} 天的合计首次高于界限的那一天："
                "近 {parameter:cycle_year_days} 天已发生的，和按现有计划将发生的。"
                "回落后再次越过的另列一行。先列将发生的。"
            ),
            empty="近 {parameter:cycle_year_days} 天没有人越过，按现有计划也没有。",
            query=Rows(_CROSSING, order=("-is_forecast", "crossed_on", "person_id", "level")),
            period="crossed_on",
            columns=(
                Column("person_id", "人员编号", link=RecordLink("auditor", "person_id")),
                Column("level", "越过", kind="code", labels=CROSSING_LEVEL, filter=True),
                Column("crossed_on", "日期", kind="date"),
                Column("is_forecast", "预计", kind="code", labels=YES_NO, filter=True),
                Column("window_days", "当日合计", kind="number", unit="天"),
                Column("level_days", "界限", kind="number", unit="天", wide=True),
                Column("is_earlier", "此前已高于", kind="code", labels=YES_NO, wide=True),
                Column("body_name", "认证机构", wide=True),
            ),
        ),
    ),
)

SPREAD = Section(
    slug="auditors-spread",
    title="分布",
    intro="负荷在人员之间的分布，以及每月的现场人日。",
    blocks=(
        Figure(
            name="auditor_distribution",
            title="人员按负荷分布",
            source=_PEOPLE,
            unit="人",
            query=Rows(_PEOPLE, ones={state: ("state", state) for state in ("pass", "warning", "breach")}),
            drawing=auditor_distribution.DRAWING,
        ),
        Figure(
            name="auditor_months",
            title="每月现场人日",
            source="pages.page_auditor__path",
            unit="人日",
            query=Rows("pages.page_auditor__path"),
            drawing=auditor_months.DRAWING,
            period="month",
        ),
    ),
)
