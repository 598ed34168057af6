"""Publication: readers see the old warehouse or the new one, wherever a run is cut off."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from dagster_project.warehouse.errors import NothingPublished
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.publish import CANDIDATE_PREFIX, clear_leftovers, open_published, publish

DAY = date(2026, 11, 15)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


def _candidate(home: Home, content: str) -> Path:
    place = home.warehouse / f"{CANDIDATE_PREFIX}1"
    place.mkdir(exist_ok=True)
    path = place / "certhouse.duckdb"
    path.write_text(content)
    return path


def test_nothing_published_says_how_to_publish(home: Home) -> None:
    with pytest.raises(NothingPublished) as caught:
        open_published(home)
    assert "certhouse run" in caught.value.hint


def test_what_was_published_is_current(home: Home) -> None:
    path = publish(home, _candidate(home, "new"), DAY, "b1")
    assert path.name == "2026-11-15-b1.duckdb"
    assert open_published(home) == path
    assert open_published(home, DAY) == path


def test_publishing_again_replaces_in_one_step(home: Home) -> None:
    first = publish(home, _candidate(home, "old"), DAY, "b1")
    with first.open() as reader:
        assert publish(home, _candidate(home, "new"), DAY, "b1") == first
        assert reader.read() == "old", "a reader keeps the file that it has opened"
    assert first.read_text() == "new"


def test_another_day_is_found_and_an_unknown_day_is_not(home: Home) -> None:
    earlier = publish(home, _candidate(home, "earlier"), date(2026, 10, 31), "b1")
    publish(home, _candidate(home, "now"), DAY, "b1")
    assert open_published(home, date(2026, 10, 31)) == earlier
    with pytest.raises(NothingPublished) as caught:
        open_published(home, date(2026, 9, 30))
    assert "2026-10-31-b1" in caught.value.hint


def test_of_two_batches_of_a_day_the_current_one_speaks(home: Home) -> None:
    publish(home, _candidate(home, "b2"), DAY, "b2")
    again = publish(home, _candidate(home, "b1"), DAY, "b1")
    assert open_published(home, DAY) == again
    publish(home, _candidate(home, "other day"), date(2026, 11, 16), "b3")
    os.utime(again, (2e9, 2e9))
    assert open_published(home, DAY) == again


@pytest.mark.parametrize("cut_off_at", range(12))
def test_cut_off_anywhere_leaves_the_old_or_the_new(
    home: Home, cut_off_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every call that touches the disk is a place where the power can go."""
    old = publish(home, _candidate(home, "old"), date(2026, 11, 14), "b0")
    steps = 0

    def cut(real: object) -> object:
        def step(*args: object) -> object:
            nonlocal steps
            if steps == cut_off_at:
                raise KeyboardInterrupt
            steps += 1
            return real(*args)  # type: ignore[operator]

        return step

    candidate = _candidate(home, "new")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", cut(os.fsync))
        patched.setattr(Path, "replace", cut(Path.replace))
        with pytest.raises(KeyboardInterrupt):
            publish(home, candidate, DAY, "b1")
    current = open_published(home)
    assert (current, current.read_text()) in [(old, "old"), (home.warehouse / "2026-11-15-b1.duckdb", "new")]
    clear_leftovers(home)
    publish(home, _candidate(home, "new"), DAY, "b1")
    assert open_published(home).read_text() == "new"
    assert sorted(path.name for path in home.warehouse.iterdir() if path.is_file()) == [
        "2026-11-14-b0.duckdb",
        "2026-11-14-b0.duckdb.seal",
        "2026-11-15-b1.duckdb",
        "2026-11-15-b1.duckdb.seal",
        "CURRENT",
    ]


def test_leftovers_of_killed_runs_go_and_published_files_stay(home: Home) -> None:
    path = publish(home, _candidate(home, "new"), DAY, "b1")
    _candidate(home, "half done")
    (home.warehouse / ".draft-17").write_text("x")
    (home.scratch / "spill").mkdir()
    clear_leftovers(home)
    assert not list(home.warehouse.glob(f"{CANDIDATE_PREFIX}*"))
    assert not list(home.warehouse.glob(".draft-*"))
    assert not list(home.scratch.iterdir())
    assert open_published(home) == path
