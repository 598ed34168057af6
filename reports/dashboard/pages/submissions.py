"""Reports to the authority (clause 9): what is due when and what is the next step, how punctual, which files."""

from __future__ import annotations

import duckdb
import pandas as pd

from reports.columns import Column, Link, RecordLink
from reports.dashboard.blocks import Figure, Indicator, Page, Section, Table
from reports.dashboard.filings import FILING_STATES, FILINGS
from reports.dashboard.sections.obligations import OBLIGATIONS
from reports.figures import (
    obligations_by_kind,
    submission_calendar,
    submission_deadlines,
    submissions_by_month,
)
from reports.labels import DEADLINE_KIND, DEADLINE_PROGRESS, SUBJECT_TYPE, SUBMISSION_KIND, YES_NO
from reports.rows import Rows, read


def _indicator(name: str, label: str, tone: str, column: str, value: str) -> Indicator:
    """A number of obligations that have `value` in `column`, leading to them."""
    goes = f"go=obligations&obligations.{column}={value}"
    return Indicator(name, label, "项", tone, goes, f"obligations_{value}")


def _named(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> pd.DataFrame:
    """The ledger knows bodies by their ids."""
    bodies = read(connection, Rows("marts.dim_certification_body"), ("body_id", "name"))
    names = dict(zip(bodies["body_id"], bodies["name"], strict=True))
    return frame.assign(body_name=[names.get(body, body) for body in frame["body_id"]])


def _to_deadlines(progress: str) -> Link:
    return Link("deadlines", {"kind": "kind", "due_month": "due_month"}, {"progress": progress})


_CALENDAR = Section(
    slug="submissions-calendar",
    title="上报日历",
    intro=(
        "向国家认监委等上报的审核计划、认证结果、状态变化和定期报告（条款 9）。只有被接收的上报才算完成；"
        "期间尚未结束的月报、年报也列出。"
    ),
    files=(("submissions.ics", "日历文件（.ics），可导入日历软件"),),
    blocks=(
        Figure(
            name="submission_calendar",
            title="今后各周到期的上报",
            source="marts.fct_submission_calendar",
            unit="项",
            query=Rows(
                "pages.page_obligation__day",
                order=("body_id", "due_on", "kind"),
                columns=("body_id", "due_on", "kind", "obligations"),
            ),
            drawing=submission_calendar.DRAWING,
        ),
        Figure(
            name="obligations_by_kind",
            title="待上报，按文件",
            source="marts.fct_submission_calendar",
            unit="项",
            query=Rows(
                "pages.page_obligation",
                ones={f"due_{urgency}": ("urgency", urgency) for urgency in obligations_by_kind.URGENCY},
            ),
            drawing=obligations_by_kind.DRAWING,
        ),
        OBLIGATIONS,
    ),
)

_PUNCTUALITY = Section(
    slug="submissions-punctuality",
    title="是否按期",
    intro="规则生效以来各项上报的完成情况。按期：接收日不晚于期限。",
    blocks=(
        Figure(
            name="submission_deadlines",
            title="上报完成情况，按事项",
            source="marts.fct_submission_deadline",
            unit="项；条内数字为项数，长度为占比",
            query=Rows(
                "pages.page_deadline__month",
                order=("body_id", "kind", "due_month"),
                where={"is_total": False},
                columns=("body_id", "kind", *DEADLINE_PROGRESS),
            ),
            drawing=submission_deadlines.DRAWING,
        ),
        Figure(
            name="submissions_by_month",
            title="上报完成情况，按到期月份",
            source="marts.fct_submission_deadline",
            unit="项",
            query=Rows("pages.page_deadline__month", where={"is_total": False, "is_dated": True}),
            drawing=submissions_by_month.DRAWING,
            period="due_month",
        ),
        Table(
            name="punctuality",
            title="按事项和月份",
            source="marts.fct_submission_deadline",
            note="按期率 = 按期已报 ÷（按期已报 + 迟报 + 逾期未报）。",
            totals=True,
            period="due_month",
            query=Rows("pages.page_deadline__month", order=("-due_month", "kind", "body_id")),
            columns=(
                Column("due_month", "到期月份", kind="date", filter=True),
                Column("kind", "事项", kind="code", labels=DEADLINE_KIND, filter=True),
                Column("on_time", DEADLINE_PROGRESS["on_time"], kind="number", unit="项"),
                *(
                    Column(
                        key,
                        DEADLINE_PROGRESS[key],
                        kind="number",
                        unit="项",
                        wide=key != "overdue",
                        link=_to_deadlines(key),
                    )
                    for key in ("late", "overdue", "open", "undetermined")
                ),
                Column("on_time_percent", "按期率", kind="number", unit="%"),
                Column("longest_days", "最长逾期", kind="number", unit="天", wide=True),
            ),
        ),
        Table(
            name="deadlines",
            title="未按期完成与待完成的上报",
            source="marts.fct_submission_deadline",
            note="按期已报的不在此列。",
            empty="全部按期上报，没有待报。",
            period="due_on",
            query=Rows(
                "pages.page_deadline",
                order=("progress_place", "due_on", "kind", "subject_id", "period"),
            ),
            columns=(
                Column("progress", "情况", kind="code", labels=DEADLINE_PROGRESS, filter=True),
                Column("kind", "事项", kind="code", labels=DEADLINE_KIND, filter=True),
                Column("due_on", "期限", kind="date"),
                Column("days_left", "剩余", kind="number", unit="天"),
                Column("done_on", "完成日", kind="date", wide=True),
                Column("subject_type", "对象", kind="code", labels=SUBJECT_TYPE, wide=True),
                Column("subject_id", "对象编号", wide=True, link=RecordLink("certificate", "certificate_id")),
                Column("period", "期间", wide=True),
                Column("body_name", "认证机构", wide=True),
                Column("due_month", "到期月份", kind="date", detail=True),
            ),
        ),
    ),
)

_FILINGS = Section(
    slug="submissions-files",
    title="上报文件",
    intro="每份上报文件的各个版本走到哪一步。生成、校验、批准、报送、回执的日期来自上报台账；不列经办人。",
    blocks=(
        Table(
            name="filings",
            title="版本与状态",
            source="上报台账",
            empty="台账中还没有上报文件。",
            query=Rows(FILINGS, order=("-prepared_on", "kind", "body_id", "period", "-version")),
            made=("body_name",),
            finish=_named,
            columns=(
                Column("kind", "文件", kind="code", labels=SUBMISSION_KIND, filter=True),
                Column("period", "期间"),
                Column("version", "版本", kind="number"),
                Column("state", "状态", kind="code", labels=FILING_STATES, filter=True),
                Column("ready", "可报送", kind="code", labels=YES_NO, filter=True, wide=True),
                Column("errors", "错误", kind="number", unit="处"),
                Column("warnings", "提示", kind="number", unit="处", wide=True),
                Column("prepared_on", "生成", kind="date", wide=True),
                Column("checked_on", "校验", kind="date", wide=True),
                Column("approved_on", "批准", kind="date", wide=True),
                Column("sent_on", "报送", kind="date", wide=True),
                Column("answered_on", "回执", kind="date", wide=True),
                Column("body_name", "认证机构", wide=True),
            ),
        ),
    ),
)

PAGE = Page(
    slug="submissions",
    title="上报",
    indicators=(
        _indicator("report_overdue", "逾期未报", "breach", "urgency", "overdue"),
        _indicator("report_week", "{parameter:worklist_soon_days} 天内到期", "warning", "urgency", "soon"),
        _indicator(
            "report_month",
            "{parameter:worklist_soon_days:next}–{parameter:worklist_ahead_days} 天内到期",
            "plain",
            "urgency",
            "ahead",
        ),
        _indicator("report_rejected", "被退回，须重报", "breach", "reported_state", "rejected"),
        _indicator("report_pending", "已报，待回执", "plain", "reported_state", "pending"),
    ),
    sections=(_CALENDAR, _PUNCTUALITY, _FILINGS),
)
