"""`certhouse tidy`. A failure means that something goes that is needed: what CURRENT names, or what was filed."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from dagster_project.cli import main
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.publish import CANDIDATE_PREFIX, open_published, publish
from dagster_project.warehouse.tidying import Keep, remove, spare
from ingestion.sealing import seal_path

BATCHES = ("a0", "a1", "a2", "a3")


def _publish(home: Home, number: int) -> Path:
    place = home.warehouse / f"{CANDIDATE_PREFIX}1"
    place.mkdir(exist_ok=True)
    candidate = place / "certhouse.duckdb"
    candidate.write_text(f"warehouse {number}")
    day = date(2026, 11, 11 + number)
    path = publish(home, candidate, day, BATCHES[number])
    days_ago = 100 - 10 * number
    moment = path.stat().st_mtime - days_ago * 86400
    os.utime(seal_path(path), (moment, moment))
    batch = home.landing / BATCHES[number]
    batch.mkdir()
    (batch / "manifest.json").write_text("{}")
    (home.reports / day.isoformat() / "static").mkdir(parents=True)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home.at(tmp_path / "home")
    for number in range(len(BATCHES)):
        _publish(made, number)
    return made


def _names(home: Home, keep: Keep, named: set[tuple[str, str]] = frozenset()) -> set[str]:  # type: ignore[assignment]
    return {one.path.name for one in spare(home, keep, named)}


def test_old_warehouses_go_with_their_reports_and_landings(home: Home) -> None:
    assert _names(home, Keep(latest=2)) == {
        "2026-11-11-a0.duckdb", "2026-11-12-a1.duckdb", "2026-11-11", "2026-11-12", "a0", "a1",
    }  # fmt: skip
    assert _names(home, Keep(days=85)) == {"2026-11-11-a0.duckdb", "2026-11-12-a1.duckdb", "2026-11-11", "2026-11-12",
                                           "a0", "a1"}  # fmt: skip
    assert _names(home, Keep(latest=4)) == set()


def test_what_current_names_stays_however_old(home: Home) -> None:
    _publish_again = home.warehouse / "2026-11-11-a0.duckdb"
    home.current.write_text(f"{_publish_again.name}\n")
    assert _names(home, Keep(latest=1)) == {
        "2026-11-12-a1.duckdb", "2026-11-13-a2.duckdb", "2026-11-12", "2026-11-13", "a1", "a2",
    }  # fmt: skip


def test_what_a_registered_submission_was_made_from_stays(home: Home) -> None:
    gone = _names(home, Keep(latest=1), {("2026-11-12", "a1")})
    assert gone == {"2026-11-11-a0.duckdb", "2026-11-13-a2.duckdb", "2026-11-11", "2026-11-13", "a0", "a2"}


def test_what_remains_can_be_read(home: Home) -> None:
    remove(spare(home, Keep(latest=1), set()))
    assert open_published(home).name == "2026-11-14-a3.duckdb"
    assert sorted(path.name for path in home.warehouse.iterdir() if path.is_file()) == [
        "2026-11-14-a3.duckdb", "2026-11-14-a3.duckdb.seal", "CURRENT",
    ]  # fmt: skip


def test_the_command_says_what_would_go_and_does_it_only_when_told(home: Home) -> None:
    arguments = ["tidy", "--keep", "1", "--home", str(home.root)]
    told = CliRunner().invoke(main, arguments)
    assert told.exit_code == 0, told.output
    assert "将释放" in told.output
    assert len(list(home.warehouse.glob("*.duckdb"))) == 4
    done = CliRunner().invoke(main, [*arguments, "--yes"])
    assert "已清理 9 项" in done.output
    assert len(list(home.warehouse.glob("*.duckdb"))) == 1
    assert CliRunner().invoke(main, ["tidy", "--keep", "0", "--home", str(home.root)]).exit_code == 2
