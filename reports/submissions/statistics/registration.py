"""The registration sheet's lines: from the body's record, from figures, from the supplement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from ingestion.sql import text as quoted
from reports.documents.builder import shown
from reports.submissions.statistics.figure_form import RegistrationField, StatisticsForm
from reports.submissions.statistics.figures import Figures


@dataclass(frozen=True)
class Registered:
    """A filled line; value "" where nobody has said it yet."""

    field: RegistrationField
    value: str
    is_added: bool


def body_record(connection: duckdb.DuckDBPyConnection, body_id: str) -> dict[str, str]:
    """Columns of submissions.sub_statistics__body as text; what is not recorded is not there."""
    found = connection.execute(
        f"select * from warehouse.submissions.sub_statistics__body where body_id = {quoted(body_id)}"
    )
    names = [column[0] for column in found.description or []]
    row: tuple[Any, ...] = found.fetchone() or ()
    return {name: str(value) for name, value in zip(names, row, strict=True) if value is not None}


def register(
    form: StatisticsForm,
    sheet: str,
    body: Mapping[str, str],
    figures: Figures,
    added: Mapping[tuple[str, str], str],
) -> tuple[Registered, ...]:
    """Raises FormError where a line is filled from a figure that there is not."""
    lines = []
    for field in form.registration:
        value = _recorded(form, field, body, figures)
        extra = added.get((sheet, field.name), "")
        lines.append(Registered(field, value or extra, not value and bool(extra)))
    return tuple(lines)


def _recorded(
    form: StatisticsForm, field: RegistrationField, body: Mapping[str, str], figures: Figures
) -> str:
    if field.source.startswith("="):
        return shown(figures.evaluate(field.source[1:]))
    if field.source == "approved_scopes":
        codes = body.get(field.source, "").split(";")
        return "；".join(form.label("scope", code) for code in codes if code)
    return body.get(field.source, "")
