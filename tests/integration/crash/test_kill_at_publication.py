"""Publication killed with SIGKILL sixty times: readers have one whole day or the other.

A failure means that a power cut can leave readers with half a warehouse, or stop the next run. What a whole run does
when it is killed is test_kill_anywhere's.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.home import Home
from dagster_project.warehouse.publish import open_published
from tests.integration.conftest import AS_OF
from tests.integration.crash.publishing import BATCH, publish_once
from tests.support.command import environment
from tests.support.pipeline import build_warehouse

KILLS = 60
OTHER = date(2026, 10, 31)


@pytest.fixture(scope="module")
def candidates(tmp_path_factory: pytest.TempPathFactory, small_source: Path) -> dict[date, Path]:
    """A finished warehouse, and the same that says it speaks for another day."""
    place = tmp_path_factory.mktemp("candidates")
    built = build_warehouse(small_source, place / "home", AS_OF)
    other = place / "other.duckdb"
    shutil.copyfile(built, other)
    with duckdb.connect(str(other)) as connection:
        connection.execute(f"update marts.dim_run set as_of = date '{OTHER}'")
    return {AS_OF: built, OTHER: other}


def _day_published(home: Home, certificates: int) -> date:
    """The day that the published file speaks for; it must be whole."""
    path = open_published(home)
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(
            "select as_of, (select count(*) from marts.dim_certificate) from marts.dim_run"
        ).fetchall()
    assert [count for _, count in found] == [certificates]
    day: date = found[0][0]
    assert path.name == f"{day}-{BATCH}.duckdb"
    return day


@pytest.mark.slow
def test_the_published_warehouse_is_old_or_new(candidates: dict[date, Path], tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    publish_once(home, candidates[AS_OF], AS_OF)
    with duckdb.connect(str(candidates[AS_OF]), read_only=True) as connection:
        (certificates,) = connection.execute("select count(*) from marts.dim_certificate").fetchall()[0]
    assert certificates >= 60
    dice = random.Random(20260301)  # noqa: S311
    arguments = [word for day, file in reversed(candidates.items()) for word in (str(file), day.isoformat())]
    seen = set()
    for _ in range(KILLS):
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "tests.integration.crash.publishing", str(home.root), *arguments],
            stdout=subprocess.PIPE,
            env=environment(),
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(
            dice.uniform(0, 0.5)
        )  # a publication hashes and flushes the whole file: some tenths of a second
        process.kill()
        process.communicate()
        seen.add(_day_published(home, certificates))
    assert seen == set(candidates), "killed so early that nothing was ever published"
    publish_once(home, candidates[AS_OF], AS_OF)
    assert _day_published(home, certificates) == AS_OF
    assert [
        path.name for path in home.warehouse.iterdir() if path.name.startswith((".candidate-", ".draft-"))
    ] == []
