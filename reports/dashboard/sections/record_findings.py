"""The findings about one record, on the record's own page."""

from __future__ import annotations

from reports.columns import Column, PageLink
from reports.dashboard.blocks import Table
from reports.evidence import key_labels, value_labels
from reports.labels import FINDING_STATE
from reports.rows import Rows

_IN_RULE_BOOK = PageLink("rulebook", "rule_id")


def findings_about(record: str, key: str, note: str) -> Table:
    """All findings that name the record by the column `key` of pages.page_finding, the worst first."""
    return Table(
        name=f"{record}_findings",
        title="发现",
        source="pages.page_finding",
        note=f"{note}；点条款看规则手册。",
        empty="没有发现。",
        query=Rows(
            "pages.page_finding",
            order=(key, "state_place", "on_day", "rule_id", "subject_id"),
            renamed={"record_id": key},
        ),
        columns=(
            Column("state", "结论", kind="code", labels=FINDING_STATE),
            Column("clause", "条款", link=_IN_RULE_BOOK),
            Column("title_zh", "规则", link=_IN_RULE_BOOK),
            Column("found", "说明", wide=True),
            Column("on_day", "日期", kind="date"),
            Column("subject_id", "对象编号", wide=True),
            Column("evidence", "依据", kind="json", detail=True, keys=key_labels(), words=value_labels()),
        ),
    )
