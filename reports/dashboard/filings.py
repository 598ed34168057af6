"""What was filed with the authority, as the pages show it: one row per version of a submission.

The ledger lives beside the warehouse, not in it, so these rows are handed to the build and put on the
report's connection as a temporary table that page queries read like any mart. No names: who approved or sent
a version is the ledger's, not the pages'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date

import duckdb

FILING_STATES = {
    "prepared": "已生成",
    "checked": "已校验",
    "approved": "已批准",
    "sent": "已报送，待回执",
    "accepted": "已接收",
    "partly_accepted": "部分接收",
    "rejected": "被退回",
    "superseded": "已被新版本取代",
}
"""The life cycle's states in the order in which a version goes through them."""

FILINGS = "temp.main.filing"
"""The table's name."""

_TYPES = {"str": "varchar", "int": "bigint", "bool": "boolean", "date | None": "date"}


@dataclass(frozen=True)
class FilingRow:
    """One version of one submission. Days are Shanghai calendar days; None: the step has not happened.

    kind, body_id, period, version   which file, as its folder is called
    state                            a key of FILING_STATES
    ready                            it passed the form's checks and may be sent
    answered_on                      the day of the authority's receipt, whatever it says
    """

    kind: str
    body_id: str
    period: str
    version: int
    state: str
    ready: bool
    errors: int
    warnings: int
    prepared_on: date | None = None
    checked_on: date | None = None
    approved_on: date | None = None
    sent_on: date | None = None
    answered_on: date | None = None


def register_filings(connection: duckdb.DuckDBPyConnection, filings: Sequence[FilingRow]) -> None:
    """Temporary table `filing` with FilingRow's columns; empty where nothing was filed. Read-only files allow it."""
    columns = [(field.name, _TYPES[str(field.type)]) for field in fields(FilingRow)]
    connection.execute(f"create or replace temp table filing ({', '.join(map(' '.join, columns))})")
    if filings:
        connection.executemany(
            f"insert into filing values ({', '.join('?' * len(columns))})", [astuple(row) for row in filings]
        )
