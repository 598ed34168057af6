"""State that can be made again is made again. A failure means that one broken file of Dagster's or dbt's stops every
run until somebody finds and deletes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.instance import opened_instance, use_home
from dagster_project.warehouse import models
from dagster_project.warehouse.errors import NothingPublished
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.models import prepare, prepare_again
from dagster_project.warehouse.publish import open_published


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name in ("DAGSTER_HOME", "CERTHOUSE_HOME", "DAGSTER_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        monkeypatch.setenv(name, "")
    return Home.at(tmp_path / "home")


def test_a_broken_database_of_dagster_is_moved_aside_and_made_again(home: Home) -> None:
    told: list[str] = []
    use_home(home)
    with opened_instance(home, told.append):
        pass
    assert told == []
    databases = sorted(home.dagster.rglob("*.db"))
    assert databases
    for database in databases:
        database.write_bytes(b"no database at all" * 1000)
    with opened_instance(home, told.append) as instance:
        assert instance.get_runs() == []
    assert len(told) == 1
    assert "damaged-1" in told[0]
    assert list((home.dagster / "damaged-1").rglob("*.db"))


def test_a_broken_configuration_of_dagster_is_written_again(home: Home) -> None:
    use_home(home)
    configuration = home.dagster / "dagster.yaml"
    good = configuration.read_text()
    configuration.write_text("telemetry: {enabled: [")
    use_home(home)
    assert configuration.read_text() == good
    assert (home.dagster / "damaged-1" / "dagster.yaml").read_text() == "telemetry: {enabled: ["


def test_a_broken_catalogue_of_models_is_parsed_again(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One parse, so both files are broken at once: the catalogue is noticed at once, the manifest when it is loaded."""
    monkeypatch.setattr(models, "INSTALLED", tmp_path / "installed")
    parsed: list[Path] = []

    def parse(place: Path, _home: Home, _project: Path) -> None:
        parsed.append(place)
        place.mkdir(parents=True, exist_ok=True)
        (place / "manifest.msgpack").write_bytes(b"")
        (place / "catalogue.json").write_text("[]")
        (place / "descriptions.json").write_text("{}")

    monkeypatch.setattr(models, "_parse_into", parse)
    first = prepare(home)
    assert prepare(home) == first
    assert len(parsed) == 1
    (first.manifest_path.parent / "catalogue.json").write_text('[{"name": "half')
    assert prepare(home) == first
    assert len(parsed) == 2
    assert prepare_again(home, first) == first
    assert len(parsed) == 3


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"../../etc/passwd\n", b"2026-11-15-gone.duckdb\n"]
)
def test_a_broken_current_says_which_command_makes_it_again(home: Home, content: bytes) -> None:
    (home.warehouse / "2026-11-15-b1.duckdb").write_bytes(b"x")
    home.current.write_bytes(content)
    with pytest.raises(NothingPublished) as refused:
        open_published(home)
    assert "certhouse run" in refused.value.said
    assert "2026-11-15-b1" in refused.value.said
