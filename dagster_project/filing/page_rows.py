"""What pages show of the ledger: states and days of every version, no names."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from dagster_project.filing.ledger import Ledger, ledger_path
from dagster_project.warehouse.home import Home

if TYPE_CHECKING:
    from reports.dashboard.filings import FilingRow


def filing_rows(home: Home) -> list[FilingRow]:
    """One row per version; none for a home without a ledger. Raises LedgerDamaged."""
    from reports.dashboard.filings import FilingRow

    shown = [field.name for field in fields(FilingRow)]
    with Ledger.read(ledger_path(home)) as ledger:
        return [FilingRow(**{name: getattr(filing, name) for name in shown}) for filing in ledger.filings()]
