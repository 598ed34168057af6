"""The marts as CSV: one file per table of facts that others compute with.

UTF-8, header, sorted by the leading columns, NULL = empty, dates ISO, numbers without trailing zeros,
ratios and measures rounded half up to 4 decimals.
"""

from __future__ import annotations

from pathlib import Path

from ingestion.sql import text as quoted
from reports.warehouse import open_warehouse


def _number(column: str) -> str:
    """SQL for a decimal as plain text: rounded half up to 4 decimals, no trailing zeros."""
    rounded = f"cast(round({column}, 4) as decimal(28, 4))"
    return rf"regexp_replace(cast({rounded} as varchar), '(\.0+|(\.[0-9]*[1-9])0+)$', '\2') as {column}"


EXPORTS: dict[str, str] = {
    "findings": f"""
        select rule_id, profile, subject_id, state, due_on, {_number("measured")}
        from marts.fct_rule_finding
        order by rule_id, profile, subject_id, state""",
    "evaluations": """
        select rule_id, passed, warning, breach, undetermined, not_applicable
        from marts.fct_rule_evaluation
        order by rule_id""",
    "certificate_status": """
        select certificate_id, status, status_since
        from marts.dim_certificate
        where issued_on is not null
        order by certificate_id""",
    "auditor_workload": f"""
        select person_id, {_number("rolling_max_days")}, {_number("calendar_year_days")}
        from marts.fct_auditor_workload
        order by person_id""",
    "surveillance": """
        select certificate_id, n, due_on, done_on, state, days_overdue
        from marts.fct_surveillance
        order by certificate_id, n""",
    "body_capacity": f"""
        select body_id, itsms_auditors_full_time, itsms_auditors, valid_itsms, {_number("ratio_itsms")},
            all_auditors, valid_all, {_number("ratio_all")}
        from marts.fct_body_capacity
        order by body_id""",
}


def export_marts(warehouse: Path, out: Path) -> list[Path]:
    """Write the six CSV files into `out` and return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    with open_warehouse(warehouse) as connection:
        for name, query in EXPORTS.items():
            path = out / f"{name}.csv"
            connection.execute(f"copy ({query}) to {quoted(str(path))} (header, delimiter ',', nullstr '')")
            written.append(path)
    return written
