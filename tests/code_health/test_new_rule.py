"""The scaffold of a rule gives files that the catalogue's own tests know. A failure means that a newcomer starts from a
template that no longer fits."""

from __future__ import annotations

import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.code_health.test_rule_catalogue import KEYS

ROOT = Path(__file__).parents[2]
RESULTS = Path("dbt/models/rules/results")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / RESULTS, tmp_path / RESULTS)
    (tmp_path / "tests/rules/cases").mkdir(parents=True)
    return tmp_path


@pytest.fixture(scope="module")
def write_rule() -> Callable[..., list[Path]]:
    found: Callable[..., list[Path]] = runpy.run_path(str(ROOT / ".ci" / "new_rule.py"))["write_rule"]
    return found


def test_every_file_of_a_rule_is_written(copy: Path, write_rule: Callable[..., list[Path]]) -> None:
    written = write_rule(copy, "R5.9.1-x", "certificates", "never_extended", "cnca", "warning")
    assert len(written) == 4, "docs/changing.md says that a rule takes four files"
    entry = yaml.safe_load(written[1].read_text(encoding="utf-8"))["models"][0]
    assert entry["name"] == written[0].stem == "rule_5_9_1_x__never_extended"
    assert set(entry["config"]["meta"]["rule"]) == KEYS
    cases = yaml.safe_load(written[2].read_text(encoding="utf-8"))
    assert cases["rule"] == "R5.9.1-x"
    assert len({case["pair"] for case in cases["cases"] if "pair" in case}) == 1
    assert written[3].read_text(encoding="utf-8").endswith("    'rule_5_9_1_x__never_extended',\n]) }}\n")


@pytest.mark.parametrize(
    ("rule_id", "chapter", "name"),
    [
        ("R5.9.1-x", "no_such_chapter", "fine"),
        ("R5.9.1-x", "certificates", "../elsewhere"),
        ("R5.9.1-x", "certificates", "Über"),
    ],
)
def test_what_does_not_fit_writes_nothing(
    copy: Path, write_rule: Callable[..., list[Path]], rule_id: str, chapter: str, name: str
) -> None:
    with pytest.raises(SystemExit):
        write_rule(copy, rule_id, chapter, name, "cnca", "breach")
    assert not list((copy / "tests/rules/cases").iterdir())


def test_a_rule_that_is_there_is_left_alone(copy: Path, write_rule: Callable[..., list[Path]]) -> None:
    write_rule(copy, "R5.9.1-x", "certificates", "one", "cnca", "breach")
    with pytest.raises(SystemExit, match="is there already"):
        write_rule(copy, "R5.9.1-x", "certificates", "two", "cnca", "breach")
