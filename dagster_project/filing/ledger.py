"""The ledger of a home: append entries, read them, derive what they say.

One writer at a time: the kernel's lock on the home folder is held over the transaction and the head that is
written after it, and a killed process leaves no lock behind. A step is one entry in one transaction.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from dagster_project.filing import head as heads
from dagster_project.filing.database import busy, damaged, open_for_reading, open_for_writing, unreadable
from dagster_project.filing.entry import GENESIS, Entry, canonical, entry_hash
from dagster_project.filing.head import Head
from dagster_project.filing.history import Version, histories
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.today import SHANGHAI

if TYPE_CHECKING:
    from dagster_project.filing.facts import FiledFact
    from dagster_project.filing.filings import Filing

Clock = Callable[[], datetime]
_WAIT_SECONDS = 30.0
_COLUMNS = "seq, recorded_at, actor, action, submission_id, payload, previous, hash"


def now() -> datetime:
    """The real time: the ledger says when things were done, unlike everything that is derived."""
    return datetime.now(UTC)


class Ledger:
    """`connection` is None for a home that has no ledger yet: it is read as an empty one."""

    def __init__(self, path: Path, connection: sqlite3.Connection | None, clock: Clock = now) -> None:
        self.path = path
        self.clock = clock
        self._connection = connection

    @classmethod
    def open(cls, home: Home, clock: Clock = now) -> Ledger:
        """The ledger of `home` for writing, created where it is missing."""
        home.root.mkdir(parents=True, exist_ok=True)
        ledger = cls(ledger_path(home), None, clock)
        with ledger._alone():
            ledger._connection = open_for_writing(ledger.path)
            if heads.read_head(ledger.path) is None and ledger.head == Head():
                heads.write_head(ledger.path, Head())
        return ledger

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """The ledger in that file, read-only."""
        return cls(path, open_for_reading(path.resolve()) if path.is_file() else None)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def submissions(self) -> Path:
        """The folder of the versions."""
        return self.path.parent / "submissions"

    @property
    def today(self) -> date:
        """The Shanghai day of the ledger's clock."""
        return self.clock().astimezone(SHANGHAI).date()

    @property
    def head(self) -> Head:
        """The last entry that is there."""
        rows = self._rows("select seq, hash from entry order by seq desc limit 1")
        return Head(*rows[0]) if rows else Head()

    def entries(self, series: str | None = None) -> list[Entry]:
        """All entries in order, or those of one kind/body/period. Raises LedgerDamaged."""
        if series is None:
            rows = self._rows(f"select {_COLUMNS} from entry order by seq")
        else:
            # '0' is the character after '/'.
            rows = self._rows(
                f"select {_COLUMNS} from entry where submission_id > ? and submission_id < ? order by seq",
                (f"{series}/", f"{series}0"),
            )
        return [self._entry(row) for row in rows]

    def versions(self, series: str | None = None) -> dict[str, Version]:
        """State of all versions, or of those of one kind/body/period. Raises LedgerDamaged, StepRefused."""
        return histories(self.entries(series))

    def filings(self) -> list[Filing]:
        """One record per version, by submission id."""
        from dagster_project.filing.filings import filings

        return filings(self.versions())

    def facts(self) -> list[FiledFact]:
        """What flows back as cnca_report. Raises LedgerDamaged where a filed list of facts was changed."""
        from dagster_project.filing.facts import filed_facts

        return filed_facts(self.versions(), self.submissions)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction. Raises LedgerDamaged before it, where the end of the ledger is missing."""
        with self._alone():
            connection = self._opened()
            connection.execute("begin immediate")
            try:
                self._refuse_cut()
                yield
                head = self.head
                connection.execute("commit")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("rollback")
                raise
            heads.write_head(self.path, head)

    def append(self, entry: Entry) -> None:
        """Write an entry that `draft` made. Only inside `writing`."""
        self._opened().execute(
            f"insert into entry ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.seq,
                entry.recorded_at,
                entry.actor,
                entry.action,
                entry.submission_id,
                canonical(entry.payload),
                None if entry.previous == GENESIS else entry.previous,
                entry.hash,
            ),
        )

    def draft(self, actor: str, action: str, submission_id: str, payload: dict[str, Any]) -> Entry:
        """The entry that would come next. Only inside `writing`."""
        head = self.head
        recorded_at = self.clock().astimezone(UTC).isoformat(timespec="milliseconds")
        content = (head.entries + 1, recorded_at, actor, action, submission_id, payload, head.hash)
        return Entry(*content, hash=entry_hash(*content))

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """For who verifies the file itself."""
        return self._rows(sql)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise RuntimeError("This ledger was opened for reading.")
        return self._connection

    def _rows(self, sql: str, parameters: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise unreadable(self.path, error) from error

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        seq, recorded_at, actor, action, submission_id, payload, previous, own_hash = row
        try:
            content = json.loads(payload)
            date.fromisoformat(content["on"])
            content["manifest_sha256"]
        except (ValueError, TypeError, KeyError) as error:
            raise damaged(self.path, f"does not hold: entry {seq} is not readable") from error
        return Entry(seq, recorded_at, actor, action, submission_id, content, previous or GENESIS, own_hash)

    def _refuse_cut(self) -> None:
        if cut := cut_off(self):
            raise damaged(self.path, cut.problem)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The kernel's lock on the home folder. Raises LedgerBusy after half a minute."""
        handle = os.open(self.path.parent, os.O_RDONLY)
        try:
            deadline = time.monotonic() + _WAIT_SECONDS
            while not _locked(handle):
                if time.monotonic() > deadline:
                    raise busy()
                time.sleep(0.01)
            yield
        finally:
            os.close(handle)


def ledger_path(home: Home) -> Path:
    return home.root / "ledger.sqlite"


@dataclass(frozen=True)
class Cut:
    """What is wrong with the ledger's end. `entry` is the first one that is missing or is another."""

    entry: int | None
    problem: str


def cut_off(ledger: Ledger) -> Cut | None:
    """None where the ledger's end and its head agree, or the head is behind, as a crash leaves it."""
    # The head first: what another process appends meanwhile is no fault.
    head = heads.read_head(ledger.path)
    last = ledger.head.entries
    if head is None:
        missing = f"has {last} entries, but {heads.head_path(ledger.path).name} is missing or no head"
        return Cut(None, missing) if last else None
    if head.entries > last:
        return Cut(
            last + 1, f"ends before entry {last + 1}, which is missing: {head.entries} had been written"
        )
    rows = ledger.query(f"select hash from entry where seq = {head.entries}")
    if head.entries and (not rows or rows[0][0] != head.hash):
        return Cut(
            head.entries, f"does not hold: entry {head.entries} is not the one of which ledger.head speaks"
        )
    return None


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
