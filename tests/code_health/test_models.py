"""What a model may contain. A failure means that a result depends on something that is not an input of the
run (a clock), or that a number of the law stands outside the parameters, where nobody would find it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

MODELS = Path(__file__).parents[2] / "dbt" / "models"
SQL = sorted(MODELS.rglob("*.sql"))
JUDGING = [path for path in SQL if path.name.startswith("rule_") and path.parent.name != "results"]
CLOCKS = re.compile(
    r"\b(current_date|current_timestamp|now\(\)|today\(\)|get_current_timestamp|run_started_at)\b", re.I
)
# 0 and 1 count and compare; anything else is a limit and belongs to seeds/parameter.csv.
NUMBER = re.compile(r"(?<![\w.'{}%-])(\d+(?:\.\d+)?)(?![\w.'])")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _code(path: Path) -> str:
    """The file without comments, quoted texts, cast types and Jinja string arguments."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"--[^\n]*|\{#.*?#\}", "", text, flags=re.S)
    text = re.sub(r"decimal\(\d+, \d+\)", "", text)
    return re.sub(r"'[^']*'|\"[^\"]*\"", "''", text)


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.stem)
def test_no_clock(path: Path) -> None:
    assert not CLOCKS.search(_code(path))


@pytest.mark.parametrize("path", JUDGING, ids=lambda path: path.stem)
def test_no_literal_limit_in_a_rule(path: Path) -> None:
    code = _code(path)
    assert not DATE.search(path.read_text(encoding="utf-8")), "a date of the law belongs to the parameters"
    literals = {number for number in NUMBER.findall(code) if number not in ("0", "1")}
    assert not literals, f"limits outside seeds/parameter.csv: {sorted(literals)}"


def test_every_model_is_described_beside_its_sql() -> None:
    described = {
        model["name"]: model.get("description", "")
        for path in MODELS.rglob("*.yml")
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")).get("models") or [])
    }
    undescribed = [path.stem for path in SQL if not described.get(path.stem, "").strip()]
    assert not undescribed
    assert not set(described) - {path.stem for path in SQL}, "described and not there"


@pytest.mark.parametrize("path", sorted((MODELS / "marts").rglob("*.sql")), ids=lambda path: path.stem)
def test_marts_state_their_grain(path: Path) -> None:
    """A mart without a grain is a table that two people read differently."""
    (model,) = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["models"]
    assert re.search(r"One row( per [\w ,]+)?\.", model["description"])
    assert all(column.get("data_type") for column in model["columns"])


def test_no_views() -> None:
    """A view keeps the name of the file it was made in, and the candidate is renamed when it is published."""
    configured = [
        path
        for path in [MODELS.parent / "dbt_project.yml", *MODELS.rglob("*.yml")]
        if "materialized: view" in path.read_text()
    ]
    assert not configured
