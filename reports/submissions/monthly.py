"""The monthly CNCA workbook of a body: fill, check, write, keep as a version.

`out_root/monthly/<body_id>/<YYYY-MM>/v<N>/` holds the workbook in the regulator's form, `errors.xlsx` where
a check failed, and manifest.json. With an error the workbook is written all the same, as a draft: it is not
ready.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from reports.submissions.cells import build_sheet, define_functions, quoted, scalar
from reports.submissions.checks import check_sheets
from reports.submissions.error_workbook import write_errors
from reports.submissions.form import Form, Sheet, load_form
from reports.submissions.supplement import SUPPLEMENT, fill_from_supplement, load_supplement
from reports.submissions.uncertain import uncertain_codes
from reports.submissions.versions import draft_folder, keep, safe_name
from reports.submissions.workbook import write_form

KIND = "monthly"
ERRORS = "errors.xlsx"
_MEMORY_LIMIT = "512MB"


class SubmissionRefused(ValueError):
    """The body or the month has no file in this warehouse; the message says which there are."""


@dataclass(frozen=True)
class SubmissionResult:
    """A kept version.

    path      the version's folder            workbook  the file in the regulator's form
    ready     no error, and the month is over errors, warnings  failed checks
    is_new    False when the latest version was already the same
    """

    path: Path
    workbook: Path
    ready: bool
    errors: int
    warnings: int
    manifest: dict[str, Any]
    is_new: bool


@dataclass(frozen=True)
class _Run:
    """What the warehouse says of itself, and of the month asked for."""

    as_of: date
    batch_id: str
    contract_version: str
    rule_set_version: str
    month: date
    is_complete: bool


def prepare_monthly(
    warehouse: Path, body_id: str, month: str, out_root: Path, profile: str = "cnca-2016"
) -> SubmissionResult:
    """The file of one body and month ('YYYY-MM'). Raises SubmissionRefused, FormError, FileNotFoundError."""
    form = load_form(profile)
    with _attached(warehouse, form) as connection:
        run = _run(connection, month)
        bodies = _bodies(connection)
        if body_id not in bodies:
            raise SubmissionRefused(
                f"No certification body {body_id!r} in {warehouse.name}: there is {_some(bodies)}."
            )
        return _prepare(connection, form, run, body_id, out_root)


def prepare_all_monthly(
    warehouse: Path, month: str, out_root: Path, profile: str = "cnca-2016"
) -> dict[str, SubmissionResult]:
    """The files of all bodies for a month, by body_id. Raises as prepare_monthly."""
    form = load_form(profile)
    with _attached(warehouse, form) as connection:
        run = _run(connection, month)
        return {body: _prepare(connection, form, run, body, out_root) for body in _bodies(connection)}


@contextmanager
def _attached(warehouse: Path, form: Form) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of our own in memory, with the published file beside it, read-only."""
    if not warehouse.is_file():
        raise FileNotFoundError(f"No warehouse at {warehouse}: run `certhouse run` first.")
    with tempfile.TemporaryDirectory(prefix="certhouse-submission-") as scratch:
        connection = duckdb.connect(
            config={
                "memory_limit": _MEMORY_LIMIT,
                "temp_directory": scratch,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        try:
            connection.execute("set enable_progress_bar = false")
            connection.execute(f"attach {quoted(str(warehouse))} as warehouse (read_only)")
            define_functions(connection, form)
            yield connection
        finally:
            connection.close()


def _run(connection: duckdb.DuckDBPyConnection, month: str) -> _Run:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        raise SubmissionRefused(f"Month {month!r}: write it as YYYY-MM.")
    first_day = date.fromisoformat(f"{month}-01")
    period = connection.execute(
        "select last_day = reported_until from warehouse.submissions.sub_monthly__period"
        f" where month = date {quoted(first_day.isoformat())}"
    ).fetchone()
    if period is None:
        known = connection.execute(
            "select strftime(min(month), '%Y-%m'), strftime(max(month), '%Y-%m')"
            " from warehouse.submissions.sub_monthly__period"
        ).fetchone()
        assert known is not None
        raise SubmissionRefused(f"Month {month}: this warehouse has files for {known[0]} to {known[1]}.")
    row = connection.execute(
        "select as_of, batch_id, contract_version, rule_set_version from warehouse.marts.dim_run"
    ).fetchone()
    assert row is not None
    as_of, batch_id, contract_version, rule_set_version = row
    return _Run(as_of, batch_id, contract_version, rule_set_version, first_day, period[0])


def _bodies(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select body_id from warehouse.marts.dim_certification_body order by body_id"
    ).fetchall()
    return [body for (body,) in rows]


def _some(names: list[str]) -> str:
    return ", ".join(names[:10]) + (" ..." if len(names) > 10 else "")


def _prepare(
    connection: duckdb.DuckDBPyConnection, form: Form, run: _Run, body_id: str, out_root: Path
) -> SubmissionResult:
    codes = form.workbooks[KIND]
    period = f"{run.month:%Y-%m}"
    rows = {
        code: build_sheet(connection, form, form.sheets[code], body_id, run.month, run.as_of)
        for code in codes
    }
    parent = out_root / KIND / safe_name(body_id) / period
    lines = load_supplement(connection, form, codes, parent / SUPPLEMENT)
    filled = sum(fill_from_supplement(connection, form.sheets[code]) for code in codes)
    check_sheets(connection, form, codes)
    failures = dict(connection.execute("select severity, count(*) from failure group by severity").fetchall())
    errors, warnings = failures.get("error", 0), failures.get("warning", 0)
    uncertain = uncertain_codes(connection, form, codes)

    name = f"cnca-monthly-{safe_name(body_id)}-{period}.xlsx"
    with draft_folder(parent) as draft:
        write_form(connection, form, rows, draft / name)
        if failures:
            write_errors(connection, form, uncertain, draft / ERRORS)
        if lines:
            shutil.copyfile(parent / SUPPLEMENT, draft / SUPPLEMENT)
        manifest = {
            "kind": KIND,
            "body_id": body_id,
            "period": period,
            "ready": errors == 0 and run.is_complete,
            "not_ready_because": _obstacles(errors, run),
            "form_profile": {"name": form.profile, "sha256": form.fingerprint},
            "as_of": run.as_of.isoformat(),
            "batch_id": run.batch_id,
            "contract_version": run.contract_version,
            "rule_set_version": run.rule_set_version,
            "files": [_file(file) for file in sorted(draft.iterdir())],
            "sheets": [_sheet_entry(connection, form.sheets[code], rows[code]) for code in codes],
            "supplement": {"lines": lines, "cells_filled": filled},
            "checks": {"errors": errors, "warnings": warnings, "failed": _failed_checks(connection)},
            "uncertain_codes": uncertain,
        }
        path, kept, is_new = keep(draft, parent, manifest)
    return SubmissionResult(
        path=path,
        workbook=path / name,
        ready=kept["ready"],
        errors=kept["checks"]["errors"],
        warnings=kept["checks"]["warnings"],
        manifest=kept,
        is_new=is_new,
    )


def _obstacles(errors: int, run: _Run) -> list[str]:
    """In Chinese, for the clerk; empty when the file is ready."""
    obstacles = []
    if errors:
        obstacles.append(f"有{errors}项错误，见{ERRORS}")
    if not run.is_complete:
        obstacles.append(f"{run.month:%Y年%m月}尚未结束，数据截至{run.as_of}")
    return obstacles


def _file(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {"name": path.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _sheet_entry(connection: duckdb.DuckDBPyConnection, sheet: Sheet, rows: int) -> dict[str, Any]:
    """Rows written and control totals, computed from the rows themselves."""
    assert rows == scalar(connection, f"select count(*) from sheet_{sheet.code}")
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
    return [dict(zip(("sheet", "field", "check", "severity", "rows"), row, strict=True)) for row in counts]
