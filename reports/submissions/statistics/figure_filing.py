"""A statistical file from end to end: figures, workbook, document, checks; kept as a version."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ingestion.sql import text as quoted
from reports.documents.builder import shown
from reports.submissions.differences import list_differences
from reports.submissions.error_list import ERRORS
from reports.submissions.facts import Fact
from reports.submissions.filing import Filing, Written, failed_check, keep_filing
from reports.submissions.kept_rows import KeptValue, write_values
from reports.submissions.opened import OpenWarehouse, SubmissionRefused
from reports.submissions.result import SubmissionResult
from reports.submissions.statistics.document import Words, write_document
from reports.submissions.statistics.figure_checks import (
    Failure,
    check_document,
    check_figures,
    check_registration,
    check_tables,
)
from reports.submissions.statistics.figure_difference import differences, document_values
from reports.submissions.statistics.figure_errors import write_errors
from reports.submissions.statistics.figure_form import StatisticsForm
from reports.submissions.statistics.figures import Figures, Span, load_figures
from reports.submissions.statistics.filling import fill
from reports.submissions.statistics.line_supplement import DOCUMENT, added_lines
from reports.submissions.statistics.registration import Registered, body_record, register
from reports.submissions.statistics.table_workbook import Places, write_workbook
from reports.submissions.supplement import keep_supplement

REGISTRATION = "registration"


@dataclass(frozen=True)
class Statistics:
    """What is to be prepared.

    span       the figures' periods                period_words  the period as the file names it, in Chinese
    until      last day that the figures speak of   recipient    "" where the form knows but one
    """

    form: StatisticsForm
    span: Span
    period_words: str
    until: date
    fact: Fact
    recipient: str = ""


@dataclass(frozen=True)
class Period:
    """A period of the warehouse: its last day so far, and whether it is over."""

    reported_until: date
    is_over: bool


def known_period(warehouse: OpenWarehouse, length: str, period: str) -> Period:
    """Raises SubmissionRefused for a period that this warehouse has no files for."""
    relation = "warehouse.submissions.sub_statistics__period"
    found = warehouse.connection.execute(
        f"select reported_until, last_on = reported_until from {relation}"
        f" where is_reported and length = {quoted(length)} and period = {quoted(period)}"
    ).fetchone()
    if found is None:
        known = [
            name
            for (name,) in warehouse.connection.execute(
                f"select period from {relation} where is_reported and length = {quoted(length)} order by period"
            ).fetchall()
        ]
        raise SubmissionRefused(f"Period {period}: this warehouse has files for {known[0]} to {known[-1]}.")
    return Period(*found)


def prepare_statistics(
    warehouse: OpenWarehouse, filing: Filing, statistics: Statistics, out_root: Path
) -> SubmissionResult:
    """Fill, check, write and keep. Raises SupplementRefused, FormError."""
    return keep_filing(
        warehouse,
        filing,
        out_root,
        lambda draft, parent: _write(warehouse, filing, statistics, draft, parent),
    )


def _write(
    warehouse: OpenWarehouse, filing: Filing, statistics: Statistics, draft: Path, parent: Path
) -> Written:
    form, connection = statistics.form, warehouse.connection
    figures = load_figures(connection, filing.body_id, statistics.span)
    body = body_record(connection, filing.body_id)
    added = added_lines(parent, _fillable(form))
    registered = register(form, REGISTRATION, body, figures, added)
    sheets = form.sheets_of(statistics.recipient)
    filled = {code: fill(form, table, figures) for code, table in form.tables.items()}
    in_book = [code for sheet in sheets for code in sheet.tables]

    places: Places = {}
    main = ""
    failures: list[Failure] = []
    values: list[KeptValue] = []
    if sheets:
        main = f"{filing.stem}.xlsx"
        heading = (
            f"认证机构：{body.get('name', '')}　批准号：{body.get('approval_no', '')}"
            f"　报告期：{statistics.period_words}　数据截至：{statistics.until}"
        )
        tables = write_workbook(draft / main, form.title, heading, sheets, filled, registered)
        places = tables.places
        values += tables.values
        failures += check_registration(registered, places)
    if form.document:
        name = f"{filing.stem}{form.document.file_suffix}.docx"
        main = main or name
        words = _words(warehouse, statistics, body, registered)
        document = write_document(
            form.document, figures, filled, words, added, statistics.until, draft / name
        )
        values += document_values(name, document.lines)
        in_book += form.document.tables
        failures += check_document(document.missing)
    write_values(values, draft)
    used = {code: filled[code] for code in dict.fromkeys(in_book)}
    failures += [*check_tables(used, places), *check_figures(form, figures, used, places)]
    if failures:
        titles = {code: table.title for code, table in form.tables.items()}
        titles |= {REGISTRATION: "登记表", DOCUMENT: "正文"}
        write_errors(draft / ERRORS, main, titles, failures, form.uncertain)
    if added:
        keep_supplement(parent, draft)
    return Written(
        main=main,
        form_profile={"name": form.profile, "sha256": form.fingerprint},
        facts=[statistics.fact],
        sheets=[
            {
                "code": sheet.code,
                "name": sheet.name,
                "rows": sum(len(filled[code].rows) for code in sheet.tables)
                + len(registered) * sheet.has_registration,
                "totals": _totals(form, figures) if place == 0 else {},
            }
            for place, sheet in enumerate(sheets)
        ],
        failed=_counted(failures),
        uncertain_codes=[
            {"value": "", "code": "", "rows": 1, **entry.model_dump()} for entry in form.uncertain
        ],
        supplement={"lines": len(added), "cells_filled": len(added)},
        compare=lambda latest, new: list_differences(differences(latest, new, form), new, latest.name),
    )


def _fillable(form: StatisticsForm) -> set[tuple[str, str]]:
    lines = {(REGISTRATION, field.name) for field in form.registration}
    return lines | {(DOCUMENT, name) for name in (form.document.asked if form.document else ())}


def _words(
    warehouse: OpenWarehouse,
    statistics: Statistics,
    body: dict[str, str],
    registered: tuple[Registered, ...],
) -> Words:
    said = {f"body.{name}": value for name, value in body.items()}
    said |= {f"body.{line.field.name}": line.value for line in registered}
    said |= {"period": statistics.period_words, "until": _chinese(statistics.until)}
    said["as_of"] = _chinese(warehouse.as_of)
    labels = {f"body.{line.field.name}": line.field.label for line in registered}
    return Words(said, labels)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _totals(form: StatisticsForm, figures: Figures) -> dict[str, Any]:
    """Control totals by the form's names: whole numbers as numbers, decimals as text."""
    totals: dict[str, Any] = {}
    for name, expression in form.totals.items():
        value = figures.evaluate(expression)
        whole = value is not None and value == value.to_integral_value()
        totals[name] = int(value) if whole and value is not None else shown(value)
    return totals


def _counted(failures: list[Failure]) -> list[dict[str, Any]]:
    counts = Counter((f.sheet, f.field, f.check, f.severity) for f in failures)
    return [failed_check(*what, count) for what, count in sorted(counts.items())]
