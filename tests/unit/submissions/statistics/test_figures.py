"""The language of the forms: what an expression means, and that a misspelt one is refused, not zero."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reports.submissions.statistics.figure_form import TableHere
from reports.submissions.statistics.figure_form_reading import load_form, refuse_loose_ends
from reports.submissions.statistics.figures import Figures, Span
from reports.submissions.statistics.filling import fill
from reports.submissions.strict_files import FormError, Strict

SPAN = Span("2026-03", "2026-02", ("2026-01", "2026-02", "2026-03"))
FIGURES = Figures(
    {
        ("2026-03", "audits", "all", "completed"): Decimal(4),
        ("2026-03", "audits", "all", "onsite_days"): Decimal("6.5"),
        ("2026-02", "audits", "all", "completed"): Decimal(3),
        ("2026-01", "audits", "all", "completed"): Decimal(2),
        ("2026-03", "applications", "initial", "contracts"): Decimal(5),
        ("2026-03", "applications", "transfer", "contracts"): Decimal(2),
        ("2026-03", "certificates_by_system", "A B+C", "valid_at_end"): Decimal(9),
    },
    SPAN,
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("audits.all.completed", "4"),
        ("audits.all.completed@before", "3"),
        ("audits.all.completed@change", "1"),
        ("audits.all.completed@to_date", "9"),
        ("applications.*.contracts", "7"),
        ("applications.*.contracts - applications.initial.contracts + audits.all.completed", "6"),
        ("audits.all.onsite_days / audits.all.completed", "1.63"),
        ("audits.all.special", "0"),
    ],
)
def test_what_an_expression_means(expression: str, value: str) -> None:
    assert FIGURES.evaluate(expression) == Decimal(value)


def test_nothing_is_divided_by_zero() -> None:
    assert FIGURES.evaluate("audits.all.onsite_days / audits.all.special") is None


def test_bare_measures_are_those_of_the_row_whatever_it_is_called() -> None:
    row = ("certificates_by_system", "A B+C")
    assert FIGURES.evaluate("valid_at_end - valid_at_end@before", row=row) == 9


@pytest.mark.parametrize(
    "expression",
    ["audits.all.complete", "nothing.all.completed", "completed", "audits.all.completed * 2", ""],
)
def test_what_there_is_not_is_refused(expression: str) -> None:
    with pytest.raises(FormError):
        FIGURES.evaluate(expression or "x.y.z")


def test_a_stock_has_no_sum_over_months() -> None:
    with pytest.raises(FormError, match="stock"):
        FIGURES.evaluate("certificates.all.valid_at_end", "to_date")


@pytest.mark.parametrize("profile", ["annual-2026", "social-responsibility-2026", "monthly-statistics-zqhx"])
def test_every_expression_of_the_forms_speaks_of_figures_that_there_are(profile: str) -> None:
    form = load_form(profile)
    for table in form.tables.values():
        assert len(fill(form, table, FIGURES).rows) >= len(table.lines)
        for column in table.columns:
            if table.topic:
                FIGURES.evaluate(column.value, column.of, (table.topic, "x"))
    for expression in form.totals.values():
        FIGURES.evaluate(expression)


def test_rows_are_in_the_forms_order_and_the_unknown_comes_last() -> None:
    form = load_form("annual-2026")
    figures = Figures(
        {
            ("2025", "certificates_by_system", system, "issued"): Decimal(1)
            for system in ("QMS", "ZZZ", "ITSMS")
        },
        Span("2025", "2024", ("2025",)),
    )
    rows = fill(form, form.tables["certificates_by_system"], figures).rows
    assert [row.item for row in rows] == ["ITSMS", "QMS", "ZZZ", ""]
    assert [row.label for row in rows] == ["信息技术服务管理体系", "质量管理体系", "ZZZ", "合计"]


def _but(part: Strict | None, **changed: object) -> Any:
    assert part
    return part.model_copy(update=changed)


def test_a_form_whose_parts_do_not_fit_is_refused_at_once() -> None:
    form = load_form("annual-2026")
    check = form.checks[0]
    table = form.tables["overview"]
    broken = [
        replace(form, checks=(_but(check, table="nowhere"),)),
        replace(form, checks=(check, check)),
        replace(form, tables={**form.tables, "overview": _but(table, topic="audits")}),
        replace(form, tables={**form.tables, "overview": _but(table, labels="nothing")}),
        replace(form, tables={**form.tables, "overview": _but(table, columns=table.columns[:1] * 2)}),
        replace(form, tables={**form.tables, "nowhere": table}),
        replace(form, document=_but(form.document, blocks=(TableHere(table="nowhere"),))),
    ]
    for one in broken:
        with pytest.raises(FormError):
            refuse_loose_ends(one)
    refuse_loose_ends(form)
