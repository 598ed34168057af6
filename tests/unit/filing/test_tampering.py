"""One byte changed anywhere in ledger or files is found, and the first entry concerned is named.

A failure means that what an inspector is shown can be forged without being noticed.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dagster_project.filing import steps
from dagster_project.filing.database import SCHEMA
from dagster_project.filing.entry import Entry, canonical, entry_hash
from dagster_project.filing.errors import FilingError, LedgerDamaged
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.verifying import Fault, verify
from tests.support.filed import PREPARER, V1, V2, WARNING, brought_to, open_ledger, registered

COLUMNS = ("seq", "recorded_at", "actor", "action", "submission_id", "payload", "previous", "hash")
ENTRIES = 8


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with eight entries: a version with a warning, up to its rejection, and its correction."""
    root = tmp_path_factory.mktemp("whole") / "home"
    with open_ledger(root) as ledger:
        registered(ledger, warnings=[WARNING])
        steps.justify(ledger, V1, by="周", warnings=[WARNING], because="客户无邮箱")
        brought_to(ledger, "partly_accepted")
        registered(ledger, 2)
        assert ledger.head.entries == ENTRIES
        assert not verify(ledger).faults
    return root


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def _faults(root: Path) -> tuple[Fault, ...]:
    with Ledger.read(root / "ledger.sqlite") as ledger:
        return verify(ledger).faults


def _forge(root: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    """Change the file as somebody would who knows SQLite: triggers out of the way, and back afterwards."""
    with sqlite3.connect(root / "ledger.sqlite", isolation_level=None) as connection:
        triggers = [name for name in SCHEMA if name.startswith("entry_is")]
        for name in triggers:
            connection.execute(f"drop trigger {name}")
        connection.execute("pragma ignore_check_constraints = on")
        change(connection)
        for name in triggers:
            connection.execute(SCHEMA[name])
    connection.close()


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", range(1, ENTRIES + 1))
def test_a_changed_entry_is_named(home: Path, seq: int, column: str) -> None:
    def change(connection: sqlite3.Connection) -> None:
        (value,) = connection.execute(f"select {column} from entry where seq = ?", [seq]).fetchone()
        other = 1000 + seq if column == "seq" else _one_off(value)
        connection.execute(f"update entry set {column} = ? where seq = ?", [other, seq])

    _forge(home, change)
    first = _faults(home)[0]
    assert first.entry == seq
    assert f"entry {seq}" in str(first)


def _one_off(value: str | None) -> str:
    if value is None:
        return "0" * 63 + "1"
    middle = len(value) // 2
    return value[:middle] + ("x" if value[middle] != "x" else "y") + value[middle + 1 :]


@pytest.mark.parametrize("seq", range(1, ENTRIES + 1))
def test_a_removed_entry_is_named(home: Path, seq: int) -> None:
    _forge(home, lambda connection: connection.execute("delete from entry where seq = ?", [seq]))
    assert _faults(home)[0].entry == seq


@pytest.mark.parametrize("seq", range(1, ENTRIES))
def test_entries_that_change_places_are_named(home: Path, seq: int) -> None:
    def swap(connection: sqlite3.Connection) -> None:
        for one, two in ((seq, 0), (seq + 1, seq), (0, seq + 1)):
            connection.execute("update entry set seq = ? where seq = ?", [two, one])

    _forge(home, swap)
    assert _faults(home)[0].entry == seq


def test_white_space_in_an_entry_is_a_change(home: Path) -> None:
    _forge(home, lambda c: c.execute("update entry set payload = replace(payload, ',', ', ') where seq = 4"))
    assert _faults(home)[0].entry == 4


@pytest.mark.parametrize("kept", range(ENTRIES))
def test_a_cut_end_is_named_and_nothing_is_written_onto_it(home: Path, kept: int) -> None:
    _forge(home, lambda connection: connection.execute("delete from entry where seq > ?", [kept]))
    first = _faults(home)[0]
    assert (first.entry, "missing" in first.problem) == (kept + 1, True)
    with open_ledger(home) as ledger, pytest.raises(LedgerDamaged, match="missing"), ledger.writing():
        pass


def test_a_missing_head_is_found(home: Path) -> None:
    (home / "ledger.head").unlink()
    assert "ledger.head is missing" in _faults(home)[0].problem
    with open_ledger(home) as ledger, pytest.raises(LedgerDamaged), ledger.writing():
        pass


def test_a_chain_forged_from_the_middle_to_the_end_does_not_meet_the_head(home: Path) -> None:
    """Who recomputes every later hash must also forge the head; docs/filing.md says what then remains."""
    with Ledger.read(home / "ledger.sqlite") as ledger:
        entries = ledger.entries()

    def rewrite(connection: sqlite3.Connection) -> None:
        connection.execute("delete from entry")
        previous = None
        for entry in entries:
            actor = "王伪造" if entry.seq == 4 else entry.actor
            previous = _insert(connection, entry, actor, previous)

    _forge(home, rewrite)
    (fault,) = _faults(home)
    assert "not the one of which ledger.head speaks" in fault.problem


def _insert(connection: sqlite3.Connection, entry: Entry, actor: str, previous: str | None) -> str:
    content = (entry.seq, entry.recorded_at, actor, entry.action, entry.submission_id, entry.payload)
    own = entry_hash(*content, previous=previous or "0" * 64)
    values = [*content[:-1], canonical(entry.payload), previous, own]
    connection.execute("insert into entry values (?, ?, ?, ?, ?, ?, ?, ?)", values)
    return own


def test_a_forged_step_with_right_hashes_is_named(home: Path) -> None:
    """The preparer as approver: hashes and head are right, the life cycle does not allow it."""
    with open_ledger(home) as ledger:
        steps.check(ledger, V2, by="周")
        payload = {"on": "2026-11-20", "manifest_sha256": ledger.versions()[V2].prepared["manifest_sha256"]}
        with ledger.writing():
            ledger.append(ledger.draft(PREPARER, "approved", V2, payload))
        (fault,) = verify(ledger).faults
    assert fault.entry == ENTRIES + 2
    assert "life cycle does not allow" in fault.problem


@pytest.mark.parametrize("version", [V1, V2])
@pytest.mark.parametrize("name", ["cnca.xlsx", "facts.csv", "manifest.json"])
@pytest.mark.parametrize("how", ["flip", "remove", "append"])
def test_a_changed_file_is_named_with_the_entry_that_registered_it(
    home: Path, version: str, name: str, how: str
) -> None:
    path = home / "submissions" / version / name
    path.chmod(0o644)
    content = path.read_bytes()
    if how == "remove":
        path.unlink()
    else:
        path.write_bytes(
            content + b"\n" if how == "append" else content[:-2] + bytes([content[-2] ^ 1]) + content[-1:]
        )
    (fault,) = _faults(home)
    assert (fault.entry, fault.submission_id) == ({V1: 1, V2: 8}[version], version)
    assert name in fault.problem


def test_a_file_too_many_is_found_and_what_programs_leave_behind_is_not(home: Path) -> None:
    folder = home / "submissions" / V1
    (folder / "~$cnca.xlsx").write_text("lock")
    (folder / ".DS_Store").write_text("")
    assert not _faults(home)
    (folder / "cnca (copy).xlsx").write_text("other")
    assert "does not belong" in _faults(home)[0].problem


def test_a_trigger_taken_away_is_found(home: Path) -> None:
    with sqlite3.connect(home / "ledger.sqlite") as connection:
        connection.execute("drop trigger entry_is_never_updated")
    connection.close()
    assert "entry_is_never_updated" in _faults(home)[0].problem


@pytest.mark.parametrize(
    "statement",
    [
        "update entry set actor = 'x' where seq = 2",
        "delete from entry where seq = 8",
        "replace into entry select seq, recorded_at, 'x', action, submission_id, payload, previous, hash from entry"
        " where seq = 8",
        "insert into entry select 10, recorded_at, actor, action, submission_id, payload, hash, hex(randomblob(32)) from entry"
        " where seq = 8",
        "insert into entry select 9, recorded_at, actor, action, submission_id, payload, previous, hex(randomblob(32)) from entry"
        " where seq = 8",
        "insert or replace into entry select 9, recorded_at, actor, action, submission_id, payload, hash, hash from entry"
        " where seq = 8",
    ],
)
def test_sqlite_itself_refuses_whatever_is_not_the_next_entry(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "ledger.sqlite") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()
    assert not _faults(home)


def _bytes_of_the_file() -> Iterator[int]:
    dice = random.Random(20261120)  # noqa: S311
    yield from (dice.randrange(1 << 30) for _ in range(150))


def test_a_byte_of_the_file_itself_is_found_or_means_nothing(home: Path) -> None:
    """Bytes that SQLite does not use may change; then the entries read the same."""
    path = home / "ledger.sqlite"
    whole = path.read_bytes()
    with Ledger.read(path) as ledger:
        entries = ledger.entries()
    found = 0
    for number in _bytes_of_the_file():
        place = number % len(whole)
        path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 + number % 255)]) + whole[place + 1 :])
        try:
            with Ledger.read(path) as ledger:
                if verify(ledger).faults:
                    found += 1
                else:
                    assert ledger.entries() == entries, f"byte {place}"
        except FilingError:
            found += 1
    assert found > 20
