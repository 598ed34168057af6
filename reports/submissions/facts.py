"""facts.csv: what an acceptance of a file establishes, in the terms of the input table cnca_report.

A receipt for the whole file accepts every line; a receipt for single rows is matched by sheet and row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

import duckdb

from ingestion.sql import text as quoted
from reports.submissions.records.cells import scalar
from reports.submissions.records.sheet_form import Form

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


def row_facts_sql(form: Form, source: RowFacts) -> str:
    """SELECT of the facts of a built sheet in COLUMNS; rows are counted as the spreadsheet does."""
    return (
        f"select {quoted(source.kind)}, '', subject_id, {quoted(source.recipient)}, {quoted(source.sheet)}, row"
        f" from (select unnest({source.subjects_sql}) as subject_id,"
        f" cast(row_no + {form.first_data_row - 1} as varchar) as row"
        f" from sheet_{source.sheet} where {source.where_sql}) where subject_id is not null"
    )


def write_facts(connection: duckdb.DuckDBPyConnection, facts: Iterable[Fact | str], path: Path) -> int:
    """Write facts, or SELECTs of facts, sorted; returns the number of lines."""
    selects = [fact if isinstance(fact, str) else _select(fact) for fact in facts]
    nothing = f"select {', '.join(['cast(null as varchar)'] * len(COLUMNS))} limit 0"
    columns = ", ".join(COLUMNS)
    connection.execute(f"create or replace temp table facts ({', '.join(f'{n} varchar' for n in COLUMNS)})")
    connection.execute(f"insert into facts {' union all '.join([f'({nothing})', *selects])}")
    # What is empty is written as nothing at all, not as a quoted text.
    shown = ", ".join(f"nullif({name}, '') as {name}" for name in COLUMNS)
    connection.execute(
        f"copy (select {shown} from facts order by {columns.removesuffix(', row')}, try_cast(row as bigint))"
        f" to {quoted(str(path))} (format csv, header true, delimiter ',', nullstr '')"
    )
    return scalar(connection, "select count(*) from facts")


def _select(fact: Fact) -> str:
    return "select " + ", ".join(quoted("" if value is None else str(value)) for value in astuple(fact))
