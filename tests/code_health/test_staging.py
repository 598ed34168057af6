"""The staging layer is what the contract says.

A failure means that a column of the contract would land and then be lost on its way into the models.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.warehouse.staging_models import staging_files

FOLDER = Path(__file__).parents[2] / "dbt" / "models" / "staging"
FILES = dict(staging_files())


@pytest.mark.parametrize("name", FILES)
def test_staging_follows_the_contract(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == FILES[name], (
        "run: python -m dagster_project.warehouse.staging_models"
    )


def test_nothing_else_is_staged() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(FILES)
