"""What is still to be reported, one by one, with the days that are left and the next step."""

from __future__ import annotations

import duckdb
import pandas as pd

from reports.columns import Column, PageLink, RecordLink
from reports.dashboard.blocks import Table
from reports.dashboard.filings import FILINGS
from reports.figures.obligations_by_kind import URGENCY
from reports.labels import DEADLINE_KIND, SUBJECT_TYPE, SUBMISSION_KIND
from reports.rows import Rows, read

ANSWER = {"none": "未报", "pending": "已报，待回执", "rejected": "被退回"}

_FROM_THE_RECORDS = {
    "resend": "按回执改正后重新报送",
    "await": "等待回执",
    "prepare_later": "{prepare_from_on} 起可生成文件",
    "prepare": "生成文件并校验",
}
_FROM_THE_LEDGER = {
    "sent": "等待回执",
    "rejected": "按回执改正后重新报送",
    "partly_accepted": "按回执改正后重新报送",
    "approved": "报送，并登记报送日期",
    "checked": "送批准",
    "prepared": "校验",
}
_ANSWERED = ("resend", "await")
"""Where the records have an answer already, the ledger says nothing newer."""

_FILE = ["kind", "body_id", "period"]


def _next_steps(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> pd.DataFrame:
    """The step in words: what the latest version of the file needs, where there is one, else what the records say."""
    filed = read(connection, Rows(FILINGS, order=(*_FILE, "version"))).drop_duplicates(_FILE, keep="last")
    steps = filed["state"].map(_FROM_THE_LEDGER)
    faulty = (filed["state"] == "prepared") & (filed["errors"] > 0)
    filed = filed.assign(
        filed_step=steps.mask(faulty, "改正 " + filed["errors"].astype(str) + " 处错误后重新生成"),
        filing_period=filed["period"],
    )[["kind", "body_id", "filing_period", "filed_step"]]
    joined = frame.merge(filed, on=["kind", "body_id", "filing_period"], how="left")
    said = [
        _FROM_THE_RECORDS[step].format(prepare_from_on=day)
        for step, day in zip(joined["next_step"], joined["prepare_from_on"], strict=True)
    ]
    answered = joined["next_step"].isin(_ANSWERED)
    return joined.assign(next_step=joined["filed_step"].mask(answered).fillna(pd.Series(said, dtype=object)))


OBLIGATIONS = Table(
    name="obligations",
    title="待上报事项",
    source="pages.page_obligation，上报台账",
    note="逾期的，和 {parameter:submission_calendar_days} 天内到期的。",
    empty="没有待上报的事项。",
    period="due_on",
    query=Rows(
        "pages.page_obligation",
        order=("-is_overdue", "due_on", "kind", "subject_id", "period", "recipient"),
    ),
    reads=("next_step", "filing_period", "prepare_from_on"),
    made=("next_step",),
    finish=_next_steps,
    columns=(
        Column("urgency", "期限情况", kind="code", labels=URGENCY, filter=True, wide=True),
        Column("due_on", "期限", kind="date"),
        Column("days_left", "剩余", kind="number", unit="天"),
        Column("kind", "上报文件", kind="code", labels=SUBMISSION_KIND, filter=True),
        Column("next_step", "下一步"),
        Column("period", "期间", wide=True),
        Column("subject_type", "对象", kind="code", labels=SUBJECT_TYPE, wide=True),
        Column("subject_id", "对象编号", wide=True, link=RecordLink("certificate", "certificate_id")),
        Column("reported_state", "上报情况", kind="code", labels=ANSWER, filter=True, wide=True),
        Column("recipient", "接收方", filter=True, wide=True),
        Column("body_name", "认证机构", wide=True),
        Column("org_name", "组织", detail=True),
        Column("report_kind", "事项", kind="code", labels=DEADLINE_KIND, detail=True),
        Column("clause", "条款", detail=True, link=PageLink("rulebook", "rule_id")),
        Column("rule_id", "规则", detail=True, link=PageLink("rulebook", "rule_id")),
    ),
)
