"""The ledger's SQLite file: one table that can only grow.

WAL with synchronous FULL: what was committed survives a power cut. Triggers refuse UPDATE and DELETE, and an
INSERT that is not the next entry; so does REPLACE, which would otherwise delete without a trigger.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from dagster_project.filing.errors import FilingError, LedgerBusy, LedgerDamaged

APPLICATION_ID = 0x43484C47
VERSION = 1
_WAIT_SECONDS = 30.0

# In lower case throughout, so that it can be compared with what SQLite keeps of it.
SCHEMA = {
    "entry": """create table entry (
    seq integer primary key check (seq > 0),
    recorded_at text not null,
    actor text not null check (actor <> ''),
    action text not null
        check (action in ('prepared', 'justified', 'checked', 'approved', 'sent', 'answered')),
    submission_id text not null,
    payload text not null check (json_valid(payload)),
    previous text references entry (hash) check ((previous is null) = (seq = 1)),
    hash text not null unique check (length(hash) = 64)
) strict""",
    "entry_of_submission": "create index entry_of_submission on entry (submission_id, seq)",
    "entry_is_never_updated": """create trigger entry_is_never_updated before update on entry
begin select raise(abort, 'the ledger is append-only'); end""",
    "entry_is_never_deleted": """create trigger entry_is_never_deleted before delete on entry
begin select raise(abort, 'the ledger is append-only'); end""",
    "entry_is_the_next_one": """create trigger entry_is_the_next_one before insert on entry
when new.seq is not (select coalesce(max(seq), 0) + 1 from entry)
    or new.previous is not (select hash from entry order by seq desc limit 1)
    or exists (select 1 from entry where hash = new.hash)
begin select raise(abort, 'not the next entry of the ledger'); end""",
}


def open_for_writing(path: Path) -> sqlite3.Connection:
    """The ledger at `path`, created where it is missing. Transactions are begun by hand."""
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        connection.execute("pragma journal_mode = wal")
        for setting in ("synchronous = full", "foreign_keys = on", "recursive_triggers = on"):
            connection.execute(f"pragma {setting}")
        if _version(connection, path) != VERSION:
            _create(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise unreadable(path, error) from error
    connection.text_factory = _text
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection | None:
    """The ledger at `path`, read-only; also where the folder itself may not be written.

    None where its table was not made yet: a process was killed while it made the very first entry.
    """
    try:
        try:
            connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=_WAIT_SECONDS)
            version = _version(connection, path)
        except sqlite3.OperationalError:
            connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
            version = _version(connection, path)
    except sqlite3.DatabaseError as error:
        raise unreadable(path, error) from error
    if version != VERSION:
        connection.close()
        return None
    connection.text_factory = _text
    return connection


def _text(content: bytes) -> str:
    """A byte that is no text any more does not stop who looks for the entry that it stands in."""
    return content.decode("utf-8", errors="replace")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    (version,) = connection.execute("pragma user_version").fetchone()
    (application,) = connection.execute("pragma application_id").fetchone()
    if version not in (0, VERSION) or (version and application != APPLICATION_ID):
        raise LedgerDamaged(
            f"{path.name} was written by another version of certhouse, or by another program.",
            "台账由其他版本或其他程序写成。",
            "Use the version of certhouse that wrote it, or a later one.",
        )
    return int(version)


def _create(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("begin immediate")
    try:
        if _version(connection, path) != VERSION:
            for statement in SCHEMA.values():
                connection.execute(statement)
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute(f"pragma user_version = {VERSION}")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def damaged(path: Path, what: str) -> LedgerDamaged:
    """The error for a ledger that does not hold."""
    return LedgerDamaged(
        f"{path.name} {what}.",
        "台账已损坏或被改动。",
        "See which entry does not hold: certhouse submission verify. Then restore the home from a backup.",
    )


def busy() -> LedgerBusy:
    """The error of who has waited long enough."""
    return LedgerBusy(
        "Another process has been writing to the ledger for half a minute.",
        "台账正被其他进程占用。",
        "Try again; a process that was killed holds no lock.",
    )


def unreadable(path: Path, error: sqlite3.Error | UnicodeDecodeError) -> FilingError:
    """What SQLite's error means."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy()
    return damaged(path, f"cannot be read ({error})")
