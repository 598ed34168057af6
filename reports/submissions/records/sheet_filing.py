"""A workbook of the form, filled, checked and written: the same way for every kind that is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from ingestion.sql import text as quoted
from reports.submissions.error_list import ERRORS
from reports.submissions.facts import Fact, RowFacts, row_facts_sql
from reports.submissions.filing import Filing, Written, failed_check, keep_filing
from reports.submissions.opened import OpenWarehouse
from reports.submissions.records.cell_checks import check_sheets
from reports.submissions.records.cell_difference import write_differences
from reports.submissions.records.cell_errors import write_errors
from reports.submissions.records.cell_supplement import fill_from_supplement, load_supplement
from reports.submissions.records.cells import build_sheet, define_functions, scalar
from reports.submissions.records.sheet_form import Form, Sheet
from reports.submissions.records.sheet_rows import keep_rows
from reports.submissions.records.sheet_workbook import write_form
from reports.submissions.records.uncertain import uncertain_codes
from reports.submissions.result import SubmissionResult
from reports.submissions.supplement import keep_supplement


@dataclass(frozen=True)
class Contents:
    """What a workbook is filled with.

    condition  SQL on `record`, the rows of the sheets' relations, beyond that they are the body's
    facts      what its acceptance establishes: per row, or known beforehand
    attach     writes further files into the draft; reads the connection as it is after the checks
    """

    form: Form
    condition: str = "true"
    facts: tuple[RowFacts | Fact, ...] = ()
    attach: Callable[[duckdb.DuckDBPyConnection, Path], None] | None = None


def prepare_workbook(
    warehouse: OpenWarehouse, filing: Filing, contents: Contents, out_root: Path
) -> SubmissionResult:
    """Fill, check, write and keep. Raises SupplementRefused, ValueError where a sheet cannot hold its rows."""
    return keep_filing(
        warehouse, filing, out_root, lambda draft, parent: _write(warehouse, filing, contents, draft, parent)
    )


def _write(
    warehouse: OpenWarehouse, filing: Filing, contents: Contents, draft: Path, parent: Path
) -> Written:
    connection, form = warehouse.connection, contents.form
    book = form.workbooks[filing.kind]
    define_functions(connection, form)
    condition = f"record.body_id = {quoted(filing.body_id)} and ({contents.condition})"
    rows = {
        code: build_sheet(connection, form, form.sheets[code], relation, condition, warehouse.as_of)
        for code, relation in book.items()
    }
    codes = tuple(book)
    lines = load_supplement(connection, form, codes, parent)
    filled = sum(fill_from_supplement(connection, form.sheets[code]) for code in codes)
    filled_codes = tuple(code for code in codes if book[code])
    check_sheets(connection, form, filled_codes)
    uncertain = uncertain_codes(connection, form, filled_codes)

    name = f"{filing.stem}.xlsx"
    write_form(connection, form, rows, draft / name)
    for code in codes:
        keep_rows(connection, form.sheets[code], draft)
    if scalar(connection, "select count(*) from failure"):
        write_errors(connection, form, uncertain, draft / ERRORS, name)
    if lines:
        keep_supplement(parent, draft)
    if contents.attach:
        contents.attach(connection, draft)
    return Written(
        main=name,
        form_profile={"name": form.profile, "sha256": form.fingerprint},
        sheets=[_sheet_entry(connection, form.sheets[code], rows[code]) for code in codes],
        failed=_failed_checks(connection),
        uncertain_codes=uncertain,
        supplement={"lines": lines, "cells_filled": filled},
        facts=[fact if isinstance(fact, Fact) else row_facts_sql(form, fact) for fact in contents.facts],
        compare=lambda latest, new: write_differences(latest / name, new, form),
    )


def _sheet_entry(connection: duckdb.DuckDBPyConnection, sheet: Sheet, rows: int) -> dict[str, Any]:
    """Rows written and control totals, computed from the rows themselves."""
    assert rows == scalar(connection, f"select count(*) from sheet_{sheet.code}")
    totals: dict[str, int | str] = dict.fromkeys(sheet.totals, 0)
    if rows and totals:
        values = connection.execute(
            f"select {', '.join(f'({sql})' for sql in sheet.totals.values())} from sheet_{sheet.code}"
        ).fetchone()
        assert values is not None
        totals = {name: _plain(value) for name, value in zip(sheet.totals, values, strict=True)}
    return {"code": sheet.code, "name": sheet.name, "rows": rows, "totals": totals}


def _plain(value: Any) -> int | str:
    """Counts as numbers, sums of decimals as text without trailing zeros; nothing to sum is 0."""
    if value is None:
        return 0
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return int(value)


def _failed_checks(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    counts = connection.execute(
        "select sheet, field, check_id, severity, count(*) from failure"
        " group by sheet, field, check_id, severity order by sheet, field, check_id"
    ).fetchall()
    return [failed_check(*count) for count in counts]
