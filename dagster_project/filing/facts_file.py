"""What the authority answered, as further rows of the contract's table cnca_report.

The ledger is the only place that knows what was filed from here. Landed beside the body's own records, its
facts make the deadline rules (clauses 9.1 to 9.4) see what was really sent and accepted.
"""

from __future__ import annotations

import csv
from pathlib import Path

from dagster_project.warehouse.home import Home
from ingestion import hashing

TABLE = "cnca_report"
FACTS_FILE = "ledger-facts.csv"
REPORT_ID_PREFIX = "ledger-"
_COLUMNS = (
    "report_id", "body_id", "kind", "period", "subject_id", "recipient", "reported_on", "plan_start", "receipt_no", "result",
)  # fmt: skip


def write_facts(home: Home, out_dir: Path) -> Path | None:
    """Write the facts of the home's ledger below `out_dir`; None, and no file, where nothing was ever sent.

    The same facts give the same bytes. Raises LedgerDamaged.
    """
    from dagster_project.filing import Ledger

    with Ledger.read(home.root / "ledger.sqlite") as ledger:
        facts = ledger.facts()
    if not facts:
        return None
    rows = sorted(
        (
            _report_id(fact.submission_id, fact.kind, fact.period, fact.subject_id, fact.recipient),
            fact.body_id,
            fact.kind,
            fact.period or "",
            fact.subject_id or "",
            fact.recipient or "",
            fact.reported_on.isoformat(),
            "",  # the ledger keeps no start day of a plan: NULL stands for the start that was filed
            fact.receipt_no or "",
            fact.result,
        )
        for fact in facts
    )
    path = out_dir / FACTS_FILE
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(rows)
    return path


def _report_id(submission_id: str, *subject: str | None) -> str:
    """One per version and subject, the same before and after the answer."""
    text = "|".join([submission_id, *(part or "" for part in subject)])
    return REPORT_ID_PREFIX + hashing.of_text(text)[:24]
