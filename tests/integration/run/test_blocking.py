"""A candidate whose structure is broken is not published, and the one before stays."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.errors import ChecksBlocked, HomeBusy
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.lock import writing
from dagster_project.warehouse.models import PROJECT
from dagster_project.warehouse.publish import open_published
from dagster_project.warehouse.release import Progress, release
from expectations.outcome import Status
from ingestion.landing import Batch, land

DAY = date(2026, 11, 15)


def _quietly(_message: str) -> None:
    pass


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home.at(tmp_path_factory.mktemp("blocking") / "home")


@pytest.fixture(scope="module")
def batch(home: Home, small_source: Path) -> Batch:
    return land(str(small_source), home.root)


@pytest.fixture(scope="module")
def published(home: Home, batch: Batch) -> Path:
    return release(home, batch, DAY, ("cnca",), _quietly).path


def _broken_project(tmp_path: Path, model: str, old: str, new: str) -> Path:
    project = tmp_path / "dbt"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    file = next(project.rglob(model))
    sql = file.read_text(encoding="utf-8")
    assert old in sql, f"{model} has changed: this test no longer breaks it"
    file.write_text(sql.replace(old, new, 1), encoding="utf-8")
    return project


def test_a_lost_record_blocks_and_is_named(home: Home, batch: Batch, published: Path, tmp_path: Path) -> None:
    source = "from {{ source('raw', 'cnca_report') }}"
    project = _broken_project(tmp_path, "stg_cnca_report.sql", source, f"{source} where kind <> 'audit_plan'")
    before = published.read_bytes()
    so_far = Progress()
    with pytest.raises(ChecksBlocked, match=r"cnca_report\.row_count") as caught:
        release(home, batch, DAY, ("cnca",), _quietly, project=project, so_far=so_far)
    assert "last published warehouse is untouched" in caught.value.hint
    assert {outcome.name for outcome in so_far.outcomes if outcome.blocks} == {"cnca_report.row_count"}
    assert open_published(home) == published
    assert published.read_bytes() == before
    assert not list(home.warehouse.glob(".candidate-*"))


def test_a_structural_check_that_cannot_be_evaluated_blocks(
    home: Home, batch: Batch, published: Path, tmp_path: Path
) -> None:
    """Silence is not consent: renaming the column that a check reads must not make the check pass.

    No model reads that mart, so that only the checks notice.
    """
    project = _broken_project(
        tmp_path,
        "fct_monthly_statistics.sql",
        "with flows as (",
        "{{ config(post_hook='alter table {{ this }} rename column valid_at_start to valid') }}\nwith flows as (",
    )
    so_far = Progress()
    with pytest.raises(ChecksBlocked, match=r"months\.follow_on \(error\)"):
        release(home, batch, DAY, ("cnca",), _quietly, project=project, so_far=so_far)
    errors = [outcome for outcome in so_far.outcomes if outcome.status is Status.ERROR]
    assert [outcome.name for outcome in errors] == ["months.follow_on", "months.flows_reconcile"]
    assert open_published(home) == published


def test_a_busy_home_is_refused_before_anything_is_touched(home: Home, batch: Batch, published: Path) -> None:
    leftover = home.warehouse / ".candidate-of-another-run"
    leftover.mkdir()
    try:
        with writing(home), pytest.raises(HomeBusy):
            release(home, batch, DAY, ("cnca",), _quietly)
        assert leftover.is_dir()
    finally:
        leftover.rmdir()
    with duckdb.connect(str(published), read_only=True) as connection:
        assert connection.execute("select count(*) from marts.dim_run").fetchall() == [(1,)]
