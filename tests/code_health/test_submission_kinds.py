"""One registry says what can be submitted (reports/submissions/kinds.py); no second list stands in Python, and dbt's agrees.

A kind that one list has and another lacks is filed without a reminder, or reminded of and never prepared.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from ingestion.contract import contract
from reports.submissions.kinds import KINDS, REPORTS
from reports.submissions.preparing import preparer
from reports.submissions.statistics.figure_form_reading import load_form
from reports.terms import terms

ROOT = Path(__file__).parents[2]
REGISTRY = ROOT / "reports" / "submissions" / "kinds.py"
ROOMS = ("reports", "dagster_project", "ingestion", "expectations")
MODELS = ROOT / "dbt" / "models"
WORDS = {*KINDS, *REPORTS, *(f"{kind}_submission" for kind in KINDS)}


def _elements(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return node.elts
    if isinstance(node, ast.Dict):
        return [*(key for key in node.keys if key), *node.values]
    return []


def _word(node: ast.expr) -> str:
    """What an element names: a text, a variable, or the last part of module.variable."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _lists(tree: ast.AST) -> Iterator[tuple[int, set[str]]]:
    """(line, kinds) of each collection that names two kinds or more."""
    for node in ast.walk(tree):
        named = {_word(element) for element in _elements(node)} & WORDS
        if len(named) > 1:
            yield getattr(node, "lineno", 0), named


def test_no_other_list_of_kinds_stands_in_python() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {sorted(named)}"
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if path != REGISTRY
        for line, named in _lists(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, "take them from reports/submissions/kinds.py"


@pytest.mark.parametrize(
    "text",
    [
        'KINDS = ("audit_plan", "monthly")',
        'TITLES = {"annual": "年度", "monthly": "月度"}',
        "selection = [submissions.annual_submission, submissions.monthly_submission]",
        'Literal["annual_work_report", "monthly_report"]',
    ],
)
def test_the_check_sees_a_list(text: str) -> None:
    assert list(_lists(ast.parse(text)))


def test_every_kind_is_prepared_by_the_module_of_its_name() -> None:
    for kind in KINDS.values():
        assert callable(preparer(kind)), kind.name
        assert import_module(f"reports.submissions.{kind.name}").__doc__


def test_every_form_belongs_to_a_kind() -> None:
    forms = {folder.name for folder in (ROOT / "reports/submissions/forms").iterdir() if folder.is_dir()}
    assert forms == {form for kind in KINDS.values() for form in kind.forms}


def test_the_contract_knows_the_same_reports() -> None:
    assert set(contract().tables["cnca_report"].column("kind").values) == set(REPORTS)


def _sql(path: str) -> str:
    return (MODELS / path).read_text(encoding="utf-8")


def _named(column: str, block: str) -> list[str]:
    """The texts that a column of one SELECT can be."""
    line = next((line for line in block.splitlines() if re.search(rf" as {column},?$", line)), "")
    return re.findall(r"(?:^ +|then |else )'(\w+)'", line)


def test_dbt_has_an_obligation_for_every_kind_and_report() -> None:
    obligations, reports = set(), set()
    for block in _sql("intermediate/reporting/int_report__obligation.sql").split("\n),"):
        for kind in _named("kind", block):
            obligations.update((kind, profile) for profile in _named("profile", block))
            (about,) = _named("subject_type", block)
            # The yearly reports are named alike in the obligations' own source.
            named = _named("report_kind", block) or [report.kind for report in KINDS[kind].reports]
            reports.update((kind, report, about) for report in named)
    assert obligations == {(kind.name, kind.rule_profile) for kind in KINDS.values()}
    assert reports == {
        (kind.name, report.kind, report.about) for kind in KINDS.values() for report in kind.reports
    }
    years = re.findall(r"'(\w+)' as kind", _sql("intermediate/reporting/int_report__annual_due.sql"))
    assert set(years) == {r.kind for k in KINDS.values() if k.every == "year" for r in k.reports}


def test_dbt_tells_what_is_reported_one_by_one_and_what_is_filed_daily() -> None:
    (one_by_one,) = re.findall(r"kind in \((.*?)\)", _sql("intermediate/reporting/int_report__open.sql"))
    assert set(re.findall(r"\w+", one_by_one)) == {r.kind for r in REPORTS.values() if r.about != "body"}
    (daily,) = re.findall(r"kind in \((.*?)\)", _sql("submissions/answers/sub_answer__settled.sql"))
    assert set(re.findall(r"\w+", daily)) == {
        report.kind for kind in KINDS.values() if kind.every == "day" for report in kind.reports
    }


def test_dbt_names_the_folder_of_a_file_for_each_recipient_alike() -> None:
    apart = re.findall(r"due\.kind = '(\w+)'", _sql("pages/submissions/page_obligation.sql"))
    assert apart == [kind.name for kind in KINDS.values() if kind.is_for_each_recipient]


def test_reports_are_called_alike_everywhere() -> None:
    """The words stand in the list of terms, which tests/contracts/test_terms.py compares with contract and form."""
    assert set(terms("report_kind")) == set(REPORTS)
    assert set(load_form("annual-2026").labels["report_kind"]) == set(REPORTS)
