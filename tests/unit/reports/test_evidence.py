"""What a finding rests on is read by people: every key and code in Chinese."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from ingestion.contract import contract
from reports.dashboard.pages import PAGES
from reports.evidence import key_labels, value_labels
from reports.labels import EVIDENCE

RULES = sorted((Path(__file__).parents[3] / "dbt" / "models" / "rules").rglob("rule_[!r]*.sql"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def keys_of(rule: Path) -> list[str]:
    """The keys in the rule's `evidence=[...]`."""
    lists = re.findall(r"evidence\s*=\s*\[([^\]]*)\]", rule.read_text(encoding="utf-8"))
    return [key for found in lists for key in re.findall(r"'(\w+)'", found)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_every_key_of_every_rule_has_a_chinese_name(rule: Path) -> None:
    """A new rule with a new key would show a column name to the reader."""
    keys = keys_of(rule)
    assert keys, "no evidence found: has the way of writing it changed?"
    assert [key for key in keys if not CHINESE.search(key_labels().get(key, ""))] == []


def test_no_name_is_kept_for_a_key_that_no_rule_uses() -> None:
    used = {key for rule in RULES for key in keys_of(rule)}
    assert set(EVIDENCE) - used == set()


def test_a_name_of_our_own_is_needed_where_the_contract_has_none_or_several() -> None:
    """`kind` is six columns with six names: none of them may be taken at random."""
    named: dict[str, set[str]] = defaultdict(set)
    for table in contract().tables.values():
        for column in table.columns:
            named[column.name].add(column.label_zh)
    assert len(named["kind"]) > 1
    assert [key for key in EVIDENCE if len(named.get(key, ())) == 1] == []


def test_codes_are_in_words() -> None:
    words = value_labels()
    assert words["audit_type"]["surveillance"] == "监督审核"
    assert words["audit_status"]["completed"] == "完成"


def test_the_findings_table_takes_the_names_along() -> None:
    """The names are worth nothing if the page does not get them."""
    findings = next(table for page in PAGES for table in page.tables if table.name == "findings")
    column = next(column for column in findings.columns if column.key == "evidence")
    payload = json.loads(json.dumps(column.as_payload()))
    assert payload["keys"]["latest_on"] == "最晚日期"
    assert payload["words"]["event"]["suspended"] == "暂停"
