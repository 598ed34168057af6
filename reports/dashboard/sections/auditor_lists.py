"""Lists of 审核员工作量: days that are too full, and everybody."""

from __future__ import annotations

from reports.columns import Column, Link, RecordLink
from reports.dashboard.blocks import Section, Table
from reports.labels import AUDITOR_GRADE, EMPLOYMENT, FINDING_STATE, YES_NO
from reports.rows import Rows, listed

_PEOPLE = "pages.page_auditor"
_OVERLAP = "marts.fct_auditor_overlap"

SECTION = Section(
    slug="auditors-lists",
    title="清单",
    intro="一日超过 {parameter:person_day_load_max} 个现场人日的重叠，以及全部人员。",
    blocks=(
        Table(
            name="overlaps",
            title="同一日的重叠",
            source=_OVERLAP,
            note="已完成和已计划的审核合计超过一日上限的人和日（条款 3.9）；计划中的还可以调整。",
            empty="没有重叠。",
            query=Rows(_OVERLAP, order=("-is_planned", "-day_on", "person_id"), words={"audit_ids": listed}),
            period="day_on",
            columns=(
                Column("person_id", "人员编号", link=RecordLink("auditor", "person_id")),
                Column("day_on", "日期", kind="date"),
                Column("is_planned", "含计划", kind="code", labels=YES_NO, filter=True),
                Column(
                    "load_days",
                    "当日现场",
                    kind="number",
                    unit="人日",
                    link=Link("findings", {"q": "subject_id"}),
                ),
                Column("limit_days", "上限", kind="number", unit="人日", wide=True),
                Column("audit_count", "审核", kind="number", unit="次", wide=True),
                Column("audit_ids", "审核编号"),
                Column("body_name", "认证机构", wide=True),
            ),
        ),
        Table(
            name="auditors",
            title="全部人员",
            source=_PEOPLE,
            query=Rows(_PEOPLE, order=("-rolling_max_days", "person_id")),
            columns=(
                Column("person_id", "人员编号", link=RecordLink("auditor", "person_id")),
                Column("state", "状态", kind="code", labels=FINDING_STATE, filter=True),
                Column("rolling_max_days", "滚动最大", kind="number", unit="天"),
                Column("room_days", "余量", kind="number", unit="天"),
                Column(
                    "current_window_days",
                    "近 {parameter:cycle_year_days} 天",
                    kind="number",
                    unit="天",
                    wide=True,
                ),
                Column("calendar_year_days", "本年", kind="number", unit="天", wide=True),
                Column("planned_days", "已计划", kind="number", unit="天", wide=True),
                Column("forecast_max_days", "预测最大", kind="number", unit="天", wide=True),
                Column("forecast_year_end_days", "预测年末", kind="number", unit="天", wide=True),
                Column("limit_on", "将超上限", kind="date", wide=True),
                Column("employment", "聘用", kind="code", labels=EMPLOYMENT, filter=True, wide=True),
                Column("is_active", "在职", kind="code", labels=YES_NO, filter=True, wide=True),
                Column(
                    "itsms_grade", "ITSMS 级别", kind="code", labels=AUDITOR_GRADE, filter=True, detail=True
                ),
                Column("load_range", "负荷区间", detail=True),
                Column("warning_on", "将越预警线", kind="date", detail=True),
                Column("rolling_max_end_on", "最大窗口止于", kind="date", detail=True),
                Column("limit_days", "上限", kind="number", unit="天", detail=True),
                Column("body_name", "认证机构", detail=True),
            ),
        ),
    ),
)
