"""One rule, one id, one file: the catalogue, the models, the results and the cases speak of the same rules.

A failure means that a rule exists in one place and not in another: it would be defined and never run, run
and never explained, or judged and never tested at its edges.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

DBT = Path(__file__).parents[2] / "dbt"
RULES = DBT / "models" / "rules"
CASES = Path(__file__).parents[1] / "rules" / "cases"
KEYS = {
    "id", "profile", "clause", "title_zh", "title_en", "demand_zh", "decided_zh", "undetermined_when_zh",
    "severity", "kind", "subject_type", "anchor", "anchor_kind", "unit", "parameters", "reads",
}  # fmt: skip


# Their first due days come after the rule: nothing of theirs lies before the effective date.
NEVER_BEFORE_THE_RULE = {"R9.1-a", "R9.1-b", "ZQHX-3.2.2", "ZQHX-3.2.2-b"}
# The only transition that is known so far was over before the rule: nothing else can come out until the next edition.
ALWAYS_BEFORE_THE_RULE = {"R11.1"}


def _rules() -> dict[str, tuple[Path, dict[str, Any]]]:
    found = {}
    for path in sorted(RULES.glob("*/rule_*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        (model,) = document["models"]
        assert model["name"] == path.stem
        found[path.stem] = (path, model["config"]["meta"]["rule"])
    return found


RULE_FILES = _rules()


@pytest.mark.parametrize("name", RULE_FILES)
def test_rule_file(name: str) -> None:
    path, rule = RULE_FILES[name]
    assert set(rule) == KEYS
    assert path.with_suffix(".sql").is_file(), "a catalogue entry without a judgement"
    spelled = re.sub(r"[^a-z0-9]+", "_", rule["id"].lower().removeprefix("r")).strip("_")
    assert name.startswith(f"rule_{spelled}__"), f"{rule['id']} is named otherwise than its model"
    assert all(str(rule[key]).strip() for key in ("title_zh", "title_en", "demand_zh", "decided_zh"))
    assert rule["anchor_kind"] in ("fact", "term", "state")
    assert rule["severity"] in ("breach", "warning")


def test_every_rule_has_an_id_of_its_own() -> None:
    ids = [rule["id"] for _, rule in RULE_FILES.values()]
    assert len(ids) == len(set(ids))


def test_every_rule_is_in_the_union_once() -> None:
    listed = [
        name
        for path in (RULES / "results").glob("rule_results__*.sql")
        for name in re.findall(r"'(rule_\w+)'", path.read_text(encoding="utf-8"))
    ]
    assert sorted(listed) == sorted(RULE_FILES)
    union = (RULES / "results" / "rule_results.sql").read_text(encoding="utf-8")
    for path in (RULES / "results").glob("rule_results__*.sql"):
        assert union.count(f"ref('{path.stem}')") == 1


def test_every_rule_has_boundary_cases() -> None:
    assert {path.stem for path in CASES.glob("*.yml")} == {rule["id"] for _, rule in RULE_FILES.values()}


@pytest.mark.parametrize("name", RULE_FILES)
def test_parameters_of_the_catalogue_are_those_of_the_sql(name: str) -> None:
    """What the rule book says is decided by a number is decided by that number, directly or upstream."""
    path, rule = RULE_FILES[name]
    used = set(re.findall(r"parameter\(\s*'(\w+)'", path.with_suffix(".sql").read_text(encoding="utf-8")))
    assert used <= set(rule["parameters"]), "the SQL reads a parameter that the catalogue hides"
    known = {line.split(",")[0] for line in (DBT / "seeds" / "parameter.csv").read_text().splitlines()[1:]}
    known |= {path.stem for path in (DBT / "seeds").glob("*.csv")}  # a table of numbers, such as Annex B's
    assert set(rule["parameters"]) <= known


@pytest.mark.parametrize("name", RULE_FILES)
def test_columns_read_are_columns_of_the_contract(name: str) -> None:
    from ingestion.contract import contract

    known = {f"{t}.{column.name}" for t, table in contract().tables.items() for column in table.columns}
    assert set(RULE_FILES[name][1]["reads"]) <= known


@pytest.mark.parametrize("name", RULE_FILES)
def test_cases_show_every_state_that_the_rule_can_take(name: str) -> None:
    """A canary per rule: a planted breach is found and its absence passes; what NULL does is shown too."""
    _, rule = RULE_FILES[name]
    document = yaml.safe_load((CASES / f"{rule['id']}.yml").read_text(encoding="utf-8"))
    shown = {
        state for case in document["cases"] for state, wanted in (case.get("expect") or {}).items() if wanted
    }
    needed = {"pass", rule["severity"]}
    if rule["anchor"] != "as_of" and rule["id"] not in NEVER_BEFORE_THE_RULE:
        needed.add("not_applicable")
    if not rule["undetermined_when_zh"].startswith("不会出现"):
        needed.add("undetermined")
    if rule["id"] in ALWAYS_BEFORE_THE_RULE:
        needed = {"not_applicable"}
    assert needed <= shown, f"no case shows {sorted(needed - shown)}"
    assert any(not case.get("expect") for case in document["cases"]) or "body" in rule["subject_type"], (
        "no empty case"
    )


@pytest.mark.parametrize("name", RULE_FILES)
def test_rules_name_the_keys_of_their_subjects(name: str) -> None:
    """A subject without typed keys could only be found by taking its id apart."""
    path, rule = RULE_FILES[name]
    names_keys = re.search(r"\bkeys=\[\s*'\w+'", path.with_suffix(".sql").read_text(encoding="utf-8"))
    assert names_keys or rule["subject_type"] in ("body", "certificate_number"), (
        "say keys=[...] in judgement()"
    )


def test_a_clause_lists_only_rules_that_do_not_name_it_themselves() -> None:
    """seeds/clause.csv adds what no rule's own entry says; a fact in both places would be changed in one of them."""
    named = {
        rule["id"]: {re.sub(r" \(.*", "", clause.strip()) for clause in re.split("[,;]", rule["clause"])}
        for _, rule in RULE_FILES.values()
    }
    with (DBT / "seeds" / "clause.csv").open(encoding="utf-8", newline="") as file:
        also = {row["clause"]: row["also_decided_by"].split(";") for row in csv.DictReader(file)}
    twice = [
        (clause, rule) for clause, rules in also.items() for rule in rules if rule and clause in named[rule]
    ]
    assert twice == []
