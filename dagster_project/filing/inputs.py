"""What a warehouse was built with beyond its batch: the rule profiles and the working days.

They are recorded when a submission is registered, so that the warehouse can be built again when its file is
long gone. The working days are kept whole, one read-only file per content: what counts as a holiday is
announced year by year and corrected afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingestion import hashing
from ingestion.placing import place_file

CALENDARS = ".calendars"


@dataclass(frozen=True)
class WarehouseInputs:
    """profiles: joined by commas; calendar: SHA-256 of the file in `.calendars`, None where it is not known."""

    as_of: str
    batch_id: str
    profiles: str
    calendar: str | None


def warehouse_inputs(warehouse: Path, submissions: Path) -> WarehouseInputs:
    """Read them from the published file, and keep its calendar below `submissions`."""
    import duckdb

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        run = connection.execute(
            "select cast(as_of as varchar), batch_id, profiles from marts.dim_run"
        ).fetchone()
        assert run is not None
        has_calendar = connection.execute(
            "select count(*) from duckdb_tables()"
            " where schema_name = 'intermediate' and table_name = 'int_calendar__working_day'"
        ).fetchone()
        days = (
            connection.execute(
                "select cast(day_on as varchar), is_working"
                " from intermediate.int_calendar__working_day order by day_on"
            ).fetchall()
            if has_calendar and has_calendar[0]
            else None
        )
    calendar = _keep(days, submissions / CALENDARS) if days is not None else None
    return WarehouseInputs(run[0], run[1], run[2], calendar)


def calendar_file(submissions: Path, calendar: str) -> Path:
    return submissions / CALENDARS / f"{calendar}.csv"


def _keep(days: list[tuple[str, bool]], folder: Path) -> str:
    lines = "".join(f"{day},{str(is_working).lower()},\n" for day, is_working in days)
    content = f"day,is_working,note\n{lines}".encode()
    digest = hashing.of_bytes(content)
    path = folder / f"{digest}.csv"
    if not path.is_file():
        place_file(path, content, read_only=True)
    return digest
