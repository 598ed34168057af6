"""The published warehouse as submissions read it: attached read-only to a database of our own in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from ingestion.sealing import read_seals
from ingestion.sql import text as quoted

_MEMORY_LIMIT = "512MB"


class SubmissionRefused(ValueError):
    """The body, the period or the form has no file in this warehouse; the message says which there are."""


@dataclass(frozen=True)
class OpenWarehouse:
    """An attached warehouse (catalog `warehouse` of the connection) and what it says of itself.

    sha256  of its file, as it was sealed when it was published; None for a file that never was
    """

    connection: duckdb.DuckDBPyConnection
    name: str
    sha256: str | None
    as_of: date
    batch_id: str
    contract_version: str
    rule_set_version: str
    bodies: tuple[str, ...]

    def refuse_unknown_body(self, body_id: str) -> None:
        """Raises SubmissionRefused for a body that is not in the warehouse."""
        if body_id not in self.bodies:
            known = ", ".join(self.bodies[:10]) + (" ..." if len(self.bodies) > 10 else "")
            raise SubmissionRefused(f"No certification body {body_id!r} in {self.name}: there is {known}.")


@contextmanager
def opened(warehouse: Path) -> Iterator[OpenWarehouse]:
    """The warehouse in that file. Raises FileNotFoundError."""
    if not warehouse.is_file():
        raise FileNotFoundError(f"No warehouse at {warehouse}: run `certhouse run` first.")
    with tempfile.TemporaryDirectory(prefix="certhouse-submission-") as scratch:
        connection = duckdb.connect(
            config={
                "memory_limit": _MEMORY_LIMIT,
                "temp_directory": scratch,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        try:
            connection.execute("set enable_progress_bar = false")
            connection.execute(f"attach {quoted(str(warehouse))} as warehouse (read_only)")
            yield _described(connection, warehouse)
        finally:
            connection.close()


def _described(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> OpenWarehouse:
    run = connection.execute(
        "select as_of, batch_id, contract_version, rule_set_version from warehouse.marts.dim_run"
    ).fetchone()
    assert run is not None
    as_of, batch_id, contract_version, rule_set_version = run
    seals = read_seals(warehouse)
    bodies = connection.execute(
        "select body_id from warehouse.marts.dim_certification_body order by body_id"
    ).fetchall()
    return OpenWarehouse(
        connection=connection,
        name=warehouse.name,
        sha256=seals[0].sha256 if seals else None,
        as_of=as_of,
        batch_id=batch_id,
        contract_version=contract_version,
        rule_set_version=rule_set_version,
        bodies=tuple(body for (body,) in bodies),
    )
