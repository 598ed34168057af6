"""One word for a code: the list of terms has it, and whoever words the same code elsewhere says the same.

A failure means that readers see two words for one thing: in the contract, which clerks fill in, in the forms
that are filed, or on the pages.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import reports.labels
from ingestion.contract import contract
from reports.submissions.statistics.figure_form_reading import load_form

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "dbt" / "seeds"

LISTS = {
    "application.kind": "application_kind",
    "application.review_result": "review_result",
    "application.paid_by": "paid_by",
    "person.employment": "employment",
    "auditor_registration.grade": "auditor_grade",
    "auditor_scope.capacity": "scope_capacity",
    "auditor_scope.basis": "scope_basis",
    "audit.audit_type": "audit_type",
    "audit.status": "audit_status",
    "audit.conclusion": "audit_conclusion",
    "audit_assignment.role": "audit_role",
    "audit_site.site_kind": "site_kind",
    "nonconformity.grade": "nonconformity_grade",
    "decision.kind": "decision_kind",
    "certificate.status_given": "certificate_status",
    "certificate_event.event": "certificate_event",
    "cnca_report.kind": "report_kind",
    "cnca_report.recipient": "report_recipient",
    "cnca_report.result": "report_result",
    "complaint.kind": "complaint_kind",
    "complaint.about": "complaint_about",
    "complaint.result": "complaint_result",
    "relationship.kind": "relationship_kind",
    "record_item.kind": "record_kind",
    "record_item.medium": "record_medium",
    "service_objective.objective": "service_objective",
    "person_training.kind": "training_kind",
    "audit_coverage.kind": "coverage_kind",
}
"""Column of the contract -> its list of terms."""

MORE = {
    "auditor_grade": {"none"},
    "certificate_status": {"superseded"},
}
"""Codes that the warehouse derives and no source holds."""

OTHER_WORDS = {
    ("audit_type", "stage1"): "一阶段",
    ("audit_type", "stage2"): "二阶段",
    ("audit_role", "auditor"): "审核员",
    ("application_kind", "transfer"): "转换认证",
}
"""What clerks write: stages in short, words turned round; the role as the grade is called, which pages keep apart as 组员."""


def _seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _terms() -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for row in _seed("term"):
        assert row["code"] not in found.setdefault(row["list"], {}), f"twice: {row}"
        assert row["zh"], row
        found[row["list"]][row["code"]] = {row["zh"], row["short_zh"]} - {""}
    return found


TERMS = _terms()


def test_every_code_list_of_the_contract_is_a_list_of_terms() -> None:
    listed = {f"{t.name}.{c.name}" for t in contract().tables.values() for c in t.columns if c.values}
    assert listed == set(LISTS)


@pytest.mark.parametrize(("place", "name"), LISTS.items(), ids=LISTS)
def test_the_contract_says_the_same_words(place: str, name: str) -> None:
    table, column = place.split(".")
    words = dict(contract().tables[table].column(column).value_labels or {})
    assert set(words) == set(TERMS[name]) - MORE.get(name, set())
    others = {code: word for code, word in words.items() if word not in TERMS[name][code]}
    assert others == {code: word for (of, code), word in OTHER_WORDS.items() if of == name}


def test_forms_say_the_same_words() -> None:
    """Lists of the annual form that are named as a list of terms; the form puts the clause behind some."""
    labels = load_form("annual-2026").labels
    common = set(labels) & set(TERMS)
    assert {"audit_type", "employment", "report_kind"} <= common
    for name in common:
        words = {code: re.sub("（[0-9.]+）$", "", word) for code, word in labels[name].items()}
        assert {code: word for code, word in words.items() if word not in TERMS[name][code]} == {}


def test_scopes_and_systems_have_one_name() -> None:
    labels = load_form("annual-2026").labels
    scopes = {row["scope_code"]: f"{row['scope_code']} {row['name_zh']}" for row in _seed("business_scope")}
    assert {code: word for code, word in labels["scope"].items() if code in scopes} == scopes
    systems = {row["system"]: row["name_zh"] for row in _seed("management_system")}
    assert {code: word for code, word in labels["system"].items() if word != systems.get(code, word)} == {}


def test_pages_word_no_code_of_a_list_themselves() -> None:
    """What reports/labels.py writes down is none of the lists: their codes would be worded twice."""
    lists = {frozenset(codes): name for name, codes in TERMS.items()}
    worded = {
        name: value
        for name, value in vars(reports.labels).items()
        if name.isupper() and isinstance(value, dict) and frozenset(value) in lists
    }
    assert {
        name
        for name, value in worded.items()
        if any(value[code] not in TERMS[lists[frozenset(value)]][code] for code in value)
    } == set()


def test_every_parameter_and_unit_has_a_word() -> None:
    rows = _seed("parameter")
    assert {row["name"] for row in rows} == set(TERMS["parameter"])
    silent = {"", "divisor", "factor", "mode", "month-day", "recipients", "share"}
    assert {row["unit"] for row in rows} - silent <= set(TERMS["parameter_unit"])
