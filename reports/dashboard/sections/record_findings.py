"""The findings about one record, on the record's own page."""

from __future__ import annotations

from reports.columns import Column, PageLink
from reports.dashboard.blocks import Table
from reports.evidence import key_labels, value_labels
from reports.labels import FINDING_STATE

_IN_RULE_BOOK = PageLink("rulebook", "rule_id")


def findings_about(record: str, key: str, note: str) -> Table:
    """All findings that name the record by the column `key` of marts.fct_rule_finding, the worst first."""
    return Table(
        name=f"{record}_findings",
        title="发现",
        source="marts.fct_rule_finding",
        note=f"{note}；点条款看规则手册。",
        empty="没有发现。",
        query=f"""
            select
                {key} as record_id, state, rule_id, clause, title_zh, subject_id,
                cast(coalesce(due_on, anchor_on) as varchar) as on_day,
                -- The sentence begins with the subject, which stands beside it.
                case
                    when starts_with(message, subject_label || '：')
                        then substr(message, length(subject_label) + 2)
                    else message
                end as message,
                evidence
            from marts.fct_rule_finding
            where {key} is not null
            order by
                record_id,
                case state when 'breach' then 1 when 'warning' then 2 else 3 end,
                on_day nulls last,
                rule_id,
                subject_id""",
        columns=(
            Column("state", "结论", kind="code", labels=FINDING_STATE),
            Column("clause", "条款", link=_IN_RULE_BOOK),
            Column("title_zh", "规则", link=_IN_RULE_BOOK),
            Column("message", "说明", wide=True),
            Column("on_day", "日期", kind="date"),
            Column("subject_id", "对象编号", wide=True),
            Column("evidence", "依据", kind="json", detail=True, keys=key_labels(), words=value_labels()),
        ),
    )
