"""The suites' files are read strictly, and every recount says what it proves."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from expectations.outcome import Severity
from expectations.suites import files as suite_files
from expectations.suites.files import SuiteFile, suite_checks
from expectations.suites.structure import Relation

RECOUNTS = sorted(Path(str(files("expectations"))).glob("recounts/*/*.sql"))
RELATION = {"relation": "marts.dim_run", "severity": "blocking"}


def test_there_are_recounts() -> None:
    assert len(RECOUNTS) >= 24


@pytest.mark.parametrize("path", RECOUNTS, ids=lambda path: path.stem)
def test_a_recount_says_what_it_proves_and_reads_its_rows(path: Path) -> None:
    """One that does not read `batch` would prove something of another relation than the one it is filed under."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- Proves that ")
    assert "from batch" in text or "join batch" in text
    assert " as record\n" in text


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"unique": ["as_of"]}, "Extra inputs are not permitted"),
        ({"severity": "grave"}, "blocking"),
        ({"key": "as_of"}, "valid tuple"),
        ({"rows": [{"count": "1"}]}, "valid integer"),
    ],
)
def test_what_nobody_knows_is_refused(change: dict[str, object], complaint: str) -> None:
    """A promise under a misspelt key would be checked by nobody."""
    assert Relation.model_validate(RELATION).severity is Severity.BLOCKING
    with pytest.raises(ValidationError, match=complaint):
        Relation.model_validate({**RELATION, **change})


def test_a_recount_that_no_suite_names_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would never run."""
    text = files("expectations.suites").joinpath("marts.yml").read_text(encoding="utf-8")
    said = yaml.safe_load(text)
    del said["recounts"]["status.from_issue_on"]
    monkeypatch.setattr(suite_files.yaml, "safe_load", lambda _: said)
    with pytest.raises(ValueError, match=r"status\.from_issue_on"):
        suite_checks("marts")


def test_a_suite_without_recounts_must_say_so() -> None:
    with pytest.raises(ValidationError, match="recounts"):
        SuiteFile.model_validate({"relations": []})
