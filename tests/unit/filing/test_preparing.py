"""Preparing meets the ledger: what is registered, when nothing is, and what a warehouse was built with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from dagster_project.filing import preparing
from dagster_project.filing.errors import LedgerDamaged
from dagster_project.filing.inputs import calendar_file, warehouse_inputs
from dagster_project.filing.preparing import Prepared, prepare
from dagster_project.filing.verifying import verify
from dagster_project.warehouse.home import Home
from reports.submissions.result import SubmissionResult
from tests.support.filed import INPUTS, brought_to, clock, open_ledger, write_version

DAY = "status_change/B1/2026-11-20"
EVENT = "status_change,,E1,CNCA,1,8"


@pytest.fixture
def prepared_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """prepare() in which the reports give the folder that the test names."""
    monkeypatch.setattr(preparing, "warehouse_inputs", lambda *_: INPUTS)

    def again(folder: Path, *, is_new: bool = True) -> Prepared:
        manifest = json.loads((folder / "manifest.json").read_text())
        result = SubmissionResult(folder, folder / "cnca.xlsx", True, 0, 0, manifest, is_new)
        monkeypatch.setattr("reports.submissions.preparing.prepare_all", lambda *_, **__: {"B1": [result]})
        (one,) = prepare(Home.of(tmp_path), "status_change", tmp_path / "w", by="王", clock=clock)
        return one

    return again


def test_the_same_again_is_no_entry(tmp_path: Path, prepared_again) -> None:  # type: ignore[no-untyped-def]
    folder = write_version(tmp_path, series=DAY, facts=[EVENT])
    first, second = prepared_again(folder), prepared_again(folder, is_new=False)
    assert (first.is_registered_now, second.is_registered_now) == (True, False)
    with open_ledger(tmp_path) as ledger:
        assert ledger.head.entries == 1


def test_a_lost_folder_is_not_replaced_by_another_content(tmp_path: Path, prepared_again) -> None:  # type: ignore[no-untyped-def]
    folder = write_version(tmp_path, series=DAY, facts=[EVENT])
    prepared_again(folder)
    shutil.rmtree(folder)
    write_version(tmp_path, series=DAY, facts=[EVENT])
    assert not prepared_again(folder).is_registered_now, "the same content is the same version"
    shutil.rmtree(folder)
    write_version(tmp_path, series=DAY, facts=[EVENT], content="other")
    with pytest.raises(LedgerDamaged, match="another content"):
        prepared_again(folder)


@pytest.mark.parametrize("phase", ["sent", "accepted", "partly_accepted"])
def test_an_empty_file_after_a_sent_one_is_not_kept(tmp_path: Path, prepared_again, phase: str) -> None:  # type: ignore[no-untyped-def]
    """What was sent is pending, so that nothing is left to report: no version that supersedes the sent one."""
    prepared_again(write_version(tmp_path, series=DAY, facts=[EVENT]))
    with open_ledger(tmp_path) as ledger:
        brought_to(ledger, phase, f"{DAY}/v1")
    empty = write_version(tmp_path, 2, series=DAY, facts=[])
    one = prepared_again(empty)
    assert (one.submission_id, one.has_content, one.is_registered_now) == (f"{DAY}/v1", False, False)
    assert not empty.exists()
    with open_ledger(tmp_path) as ledger:
        assert ledger.versions()[f"{DAY}/v1"].superseded_by is None
        assert not verify(ledger).faults


@pytest.mark.parametrize(
    ("phase", "facts"), [("sent", ["status_change,,E2,CNCA,1,8"]), ("approved", []), ("rejected", [])]
)
def test_other_later_files_supersede(tmp_path: Path, prepared_again, phase: str, facts: list[str]) -> None:  # type: ignore[no-untyped-def]
    prepared_again(write_version(tmp_path, series=DAY, facts=[EVENT]))
    with open_ledger(tmp_path) as ledger:
        brought_to(ledger, phase, f"{DAY}/v1")
    assert prepared_again(write_version(tmp_path, 2, series=DAY, facts=facts)).is_registered_now
    with open_ledger(tmp_path) as ledger:
        assert ledger.versions()[f"{DAY}/v1"].superseded_by == 2


def test_the_working_days_of_a_warehouse_are_kept_once_by_content(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts; create schema intermediate")
        connection.execute(
            "create table marts.dim_run as select date '2026-11-20' as as_of, 'b1' as batch_id, 'cnca,zqhx' as profiles"
        )
        connection.execute(
            "create table intermediate.int_calendar__working_day as"
            " select date '2026-10-08' as day_on, true as is_working union all select date '2026-10-07', false"
        )
    one, two = (warehouse_inputs(warehouse, tmp_path / "submissions") for _ in range(2))
    assert one == two
    assert (one.as_of, one.batch_id, one.profiles) == ("2026-11-20", "b1", "cnca,zqhx")
    assert one.calendar is not None
    kept = calendar_file(tmp_path / "submissions", one.calendar)
    assert kept.read_text() == "day,is_working,note\n2026-10-07,false,\n2026-10-08,true,\n"
    assert not kept.stat().st_mode & 0o222
    assert len(list(kept.parent.iterdir())) == 1
