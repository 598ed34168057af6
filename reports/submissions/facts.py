"""facts.csv: what an acceptance of a file establishes, in the terms of the input table cnca_report.

A receipt for the whole file accepts every line; a receipt for single rows is matched by sheet and row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

import duckdb

from reports.submissions.form import Form

FACTS = "facts.csv"
COLUMNS = ("kind", "period", "subject_id", "recipient", "sheet", "row")


@dataclass(frozen=True)
class Fact:
    """One line: kind and recipient are values of the contract; sheet and row are empty for the whole file."""

    kind: str
    period: str = ""
    subject_id: str = ""
    recipient: str = ""
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class RowFacts:
    """Facts that the rows of a sheet establish, each its own.

    subjects_sql  a list of subject ids, in terms of `fact` (the relation's row)
    where_sql     which rows, in the same terms
    """

    kind: str
    sheet: str
    subjects_sql: str
    where_sql: str = "true"
    recipient: str = "CNCA"


def row_facts(connection: duckdb.DuckDBPyConnection, form: Form, source: RowFacts) -> list[Fact]:
    """The facts of a built sheet; rows are counted as the spreadsheet does."""
    rows = connection.execute(
        f"""
        select subject_id, row_no + {form.first_data_row - 1}
        from (
            select row_no, unnest({source.subjects_sql}) as subject_id
            from sheet_{source.sheet}
            where {source.where_sql}
        )
        where subject_id is not null
        """
    ).fetchall()
    return [Fact(source.kind, "", subject, source.recipient, source.sheet, row) for subject, row in rows]


def write_facts(facts: Iterable[Fact], path: Path) -> int:
    """Write the file, sorted; returns the number of lines."""
    ordered = sorted(facts, key=lambda fact: (*astuple(fact)[:-1], fact.row or 0))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(astuple(fact) for fact in ordered)
    return len(ordered)
