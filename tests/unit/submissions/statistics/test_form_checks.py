"""Every check of every form of statistics, broken once: a file whose numbers do not agree must not become ready."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from reports.submissions.statistics.figure_checks import (
    Failure,
    check_figures,
    check_registration,
    check_tables,
)
from reports.submissions.statistics.figure_form import Check, StatisticsForm
from reports.submissions.statistics.figure_form_reading import load_form
from reports.submissions.statistics.figures import Figures, Span
from reports.submissions.statistics.filling import Filled, fill
from reports.submissions.statistics.registration import register

PROFILES = ["annual-2026", "social-responsibility-2026", "monthly-statistics-zqhx"]
SPAN = Span("2025", "2024", ("2025",))
CHECKS = [(profile, check) for profile in PROFILES for check in load_form(profile).checks]


def _figures(*values: tuple[str, str, str, int]) -> Figures:
    return Figures({("2025", t, item, m): Decimal(value) for t, item, m, value in values}, SPAN)


def _filled(form: StatisticsForm, figures: Figures) -> dict[str, Filled]:
    return {code: fill(form, table, figures) for code, table in form.tables.items()}


def _failures(form: StatisticsForm, figures: Figures) -> list[Failure]:
    return list(check_figures(form, figures, _filled(form, figures), {}))


def _first_figure(form: StatisticsForm, check: Check) -> tuple[str, str, str]:
    """Topic, item and measure that the check's left side begins with."""
    term = re.match(r"\s*(?:([a-z_0-9]+)\.(\S+)\.)?([a-z_0-9]+)", check.left)
    assert term
    table = form.tables.get(check.table)
    topic = term[1] or (table.topic if table else "")
    return topic, (term[2] or "ITSMS").replace("*", "initial"), term[3]


@pytest.mark.parametrize(("profile", "check"), CHECKS, ids=lambda value: getattr(value, "id", value))
def test_every_check_finds_what_it_is_there_for(profile: str, check: Check) -> None:
    form = load_form(profile)
    broken = [f for f in _failures(form, _figures((*_first_figure(form, check), 7))) if f.check == check.id]
    assert broken, "nothing can break this check"
    assert {failure.severity for failure in broken} == {check.severity}
    assert "7，应" in broken[0].reason, "the clerk is told the number that is wrong"


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_to_count_breaks_no_check(profile: str) -> None:
    form = load_form(profile)
    figures = _figures()
    assert _failures(form, figures) == []
    assert list(check_tables(_filled(form, figures), {})) == []


def test_a_negative_figure_is_an_error_and_a_falling_one_is_not() -> None:
    form = load_form("annual-2026")
    figures = _figures(("audits", "all", "completed", -1))
    found = {(f.sheet, f.field) for f in check_tables(_filled(form, figures), {})}
    assert ("overview", "本年") in found and ("audits_by_type", "完成") in found
    assert not [field for _, field in found if field == "增减"]


def test_a_line_that_nobody_has_said_is_an_error() -> None:
    form = load_form("annual-2026")
    lines = register(form, "registration", {"name": "甲认证有限公司"}, _figures(), {})
    missing = {failure.field for failure in check_registration(lines, {})}
    assert missing == {f.label for f in form.registration if f.is_required and f.name != "name"}
    said = {("registration", field.name): "x" for field in form.registration}
    assert not list(check_registration(register(form, "registration", {}, _figures(), said), {}))
