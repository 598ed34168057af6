"""The parsed dbt project: parsed once, again when a file changes, and one parse serves every as_of."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.dbt_run import run_models
from dagster_project.warehouse.errors import ModelsFailed
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.models import CATALOG_FILE, PROJECT, Models, prepare

_PROJECT = """
name: certhouse
version: "1.0.0"
config-version: 2
profile: certhouse
vars: {as_of: "2000-01-01"}
models: {certhouse: {+materialized: table, marts: {+schema: marts}}}
"""
_MODEL = "select cast('{{ var(\"as_of\") }}' as date) as as_of, 1 as id"
_YML = "models: [{name: fct_one, description: One., columns: [{name: id, data_tests: [unique, not_null]}]}]"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    place = tmp_path / "project"
    (place / "models" / "marts").mkdir(parents=True)
    (place / "macros").mkdir()
    (place / "dbt_project.yml").write_text(_PROJECT)
    shutil.copy(PROJECT / "profiles.yml", place)
    shutil.copy(PROJECT / "macros" / "context" / "schema_name.sql", place / "macros")
    (place / "models" / "marts" / "fct_one.sql").write_text(_MODEL)
    (place / "models" / "marts" / "fct_one.yml").write_text(_YML)
    return place


def _build(home: Home, models: Models, project: Path, as_of: str) -> object:
    place = home.warehouse / f"built-{as_of}"
    place.mkdir()
    run_models(home, models, place / CATALOG_FILE, {"as_of": as_of}, lambda _line: None, project)
    with duckdb.connect(str(place / CATALOG_FILE), read_only=True) as connection:
        row = connection.execute("select cast(as_of as varchar) from marts.fct_one").fetchone()
    assert row is not None
    return row[0]


def test_one_parse_serves_every_day(tmp_path: Path, project: Path) -> None:
    """If as_of were fixed at parsing, every later run would speak for the first run's day."""
    home = Home.at(tmp_path / "home")
    models = prepare(home, project)
    parsed_at = models.manifest_path.stat().st_mtime_ns
    assert [(model.name, model.layer, len(model.tests)) for model in models.catalogue] == [
        ("fct_one", "marts", 2)
    ]
    for day in ("2026-11-15", "2026-11-16"):
        again = prepare(home, project)
        assert again.manifest_path.stat().st_mtime_ns == parsed_at
        assert _build(home, again, project, day) == day


def test_a_changed_file_is_parsed_and_a_failing_model_is_named(tmp_path: Path, project: Path) -> None:
    home = Home.at(tmp_path / "home")
    before = prepare(home, project)
    (project / "models" / "marts" / "fct_one.sql").write_text(_MODEL + ", no_such_column")
    after = prepare(home, project)
    assert after.manifest_path != before.manifest_path
    assert not before.manifest_path.exists(), "parsed projects must not pile up"
    with pytest.raises(ModelsFailed, match="fct_one"):
        _build(home, after, project, "2026-11-15")


def test_a_failing_test_stops_the_run(tmp_path: Path, project: Path) -> None:
    home = Home.at(tmp_path / "home")
    (project / "models" / "marts" / "fct_one.sql").write_text(_MODEL + " union all " + _MODEL)
    with pytest.raises(ModelsFailed, match="unique_fct_one_id"):
        _build(home, prepare(home, project), project, "2026-11-15")


def test_nothing_is_written_outside_the_home(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    before = set(project.rglob("*"))
    home = Home.at(tmp_path / "home")
    _build(home, prepare(home, project), project, "2026-11-15")
    assert set(project.rglob("*")) == before
    assert not list(elsewhere.iterdir())
