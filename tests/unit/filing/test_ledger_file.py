"""The ledger as a file: moved, read where nothing may be written, behind its head after a crash."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from dagster_project.filing import head as heads
from dagster_project.filing import steps
from dagster_project.filing.errors import LedgerDamaged, StepRefused
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.verifying import verify
from tests.support.filed import FIRST, PREPARER, SECOND, V1, brought_to, open_ledger, registered


def test_a_home_copied_elsewhere_goes_on(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "here") as ledger:
        registered(ledger)
        brought_to(ledger, "half_approved")
    (tmp_path / "elsewhere").mkdir()
    moved = shutil.move(tmp_path / "here", tmp_path / "elsewhere" / "other name")
    with open_ledger(moved) as ledger:
        steps.approve(ledger, V1, by=SECOND)
        outcome = verify(ledger)
    assert (outcome.faults, outcome.entries) == ((), 4)
    kept = b"".join(path.read_bytes() for path in Path(moved).glob("ledger*"))
    assert str(tmp_path).encode() not in kept, "an absolute path would not survive the move"


def test_a_copy_of_an_open_ledger_with_its_log_is_whole(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "home") as ledger:
        registered(ledger)
        brought_to(ledger, "checked")
        assert (tmp_path / "home" / "ledger.sqlite-wal").stat().st_size
        shutil.copytree(tmp_path / "home", tmp_path / "copy")
    with Ledger.read(tmp_path / "copy" / "ledger.sqlite") as copy:
        assert (verify(copy).faults, copy.head.entries) == ((), 2)


def test_after_the_last_writer_one_file_holds_everything(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        registered(ledger)
    assert {path.name for path in tmp_path.glob("*ledger*")} == {"ledger.sqlite", "ledger.head"}
    with Ledger.read(tmp_path / "ledger.sqlite") as ledger:
        assert len(ledger.filings()) == 1
    # A reader leaves SQLite's log behind, but nothing in it.
    log = tmp_path / "ledger.sqlite-wal"
    assert not log.exists() or not log.stat().st_size


def test_every_commit_is_on_disk(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        assert ledger.query("pragma journal_mode") == [("wal",)]
        assert ledger.query("pragma synchronous") == [(2,)]
        assert ledger.query("pragma foreign_keys") == [(1,)]


def test_a_head_that_is_behind_is_what_a_crash_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(tmp_path) as ledger:
        registered(ledger)
        with monkeypatch.context() as patched:
            patched.setattr(heads, "write_head", lambda *_: None)
            steps.check(ledger, V1, by=PREPARER)
        assert not verify(ledger).faults
        steps.approve(ledger, V1, by=FIRST)
        head = heads.read_head(ledger.path)
        assert head is not None
        assert head.entries == 3


def test_a_refused_step_changes_neither_ledger_nor_head(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        registered(ledger)
        before = (ledger.head, (tmp_path / "ledger.head").read_bytes())
        with pytest.raises(StepRefused):
            steps.approve(ledger, V1, by=FIRST)
        assert (ledger.head, (tmp_path / "ledger.head").read_bytes()) == before


@pytest.mark.parametrize("pragma", ["user_version = 0", "journal_mode = wal"])
def test_killed_while_the_file_was_made_it_is_an_empty_ledger(tmp_path: Path, pragma: str) -> None:
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute(f"pragma {pragma}")
    connection.close()
    with Ledger.read(tmp_path / "ledger.sqlite") as reader:
        assert (verify(reader).faults, reader.filings()) == ((), [])
    with open_ledger(tmp_path) as ledger:
        registered(ledger)
        assert (verify(ledger).faults, ledger.head.entries) == ((), 1)


def test_an_emptied_file_is_not_an_empty_ledger(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        registered(ledger)
    (tmp_path / "ledger.sqlite").write_bytes(b"")
    with Ledger.read(tmp_path / "ledger.sqlite") as reader:
        assert verify(reader).faults[0].entry == 1
    (tmp_path / "ledger.sqlite").unlink()
    with Ledger.read(tmp_path / "ledger.sqlite") as reader:
        assert verify(reader).faults[0].entry == 1


def test_a_file_of_something_else_is_not_taken_for_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_text("not a database, but long enough to be looked at as one" * 20)
    with pytest.raises(LedgerDamaged):
        Ledger.read(path)
    with pytest.raises(LedgerDamaged):
        open_ledger(tmp_path)
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 7")
    connection.close()
    with pytest.raises(LedgerDamaged, match="another version"):
        open_ledger(tmp_path)
