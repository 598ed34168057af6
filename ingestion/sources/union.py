"""One table from several files or sheets: monthly files, copies, a file for each branch, rows that the project
itself adds.

Their rows are one table's rows; each keeps its origin. What two of them say differently of one key is for the
landing's key rules to settle, not for the reader.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ingestion import sql
from ingestion.contract import Table
from ingestion.sources.model import LINE, Extract, Origin, Part, SourceFile

#: A spreadsheet's serial number of a day, as cells read it.
_SERIAL = r"\d{5}(\.0+)?"


def together(parts: Sequence[Part]) -> Part:
    """The parts of one table as one part."""
    return parts[0] if len(parts) == 1 else Union(tuple(parts))


@dataclass(frozen=True)
class Union:
    """Several parts of one table, in order."""

    members: tuple[Part, ...]

    @property
    def table(self) -> Table:
        return self.members[0].table

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return tuple(dict.fromkeys(file for member in self.members for file in member.files))

    @property
    def place(self) -> str:
        return self.members[0].place

    @property
    def day_zero(self) -> date | None:
        """That of all members; where they differ, the days are put in their place when they are loaded."""
        zeros = {member.day_zero for member in self.members}
        return zeros.pop() if len(zeros) == 1 else None

    def check_unchanged(self) -> None:
        for member in self.members:
            member.check_unchanged()

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        """All in one raw table: the rows of each member are numbered on from the last of the one before."""
        loaded: list[tuple[str, int, Extract]] = []
        after = 0
        repaired: dict[tuple[str, str], int] = {}
        for at, member in enumerate(self.members):
            one = f"{raw}_{at}"
            extract = member.load(connection, one, scratch)
            if self.day_zero is None and member.day_zero is not None:
                repaired |= _place_days(connection, one, extract, self.table, member.day_zero)
            loaded.append((one, after, extract))
            after += _last_line(connection, one, extract)
        columns = tuple(dict.fromkeys(name for _, _, extract in loaded for name in extract.columns))
        rows = [_rows(one, extract, columns, start) for one, start, extract in loaded]
        connection.execute(f"create temp table {raw} as {' union all '.join(rows)}")
        for one, _, _ in loaded:
            connection.execute(f"drop table {one}")
        return _together(loaded, columns, repaired)


def _together(
    loaded: list[tuple[str, int, Extract]],
    columns: tuple[str, ...],
    repaired: dict[tuple[str, str], int],
) -> Extract:
    extracts = [extract for _, _, extract in loaded]
    repairs = dict(repaired)
    for extract in extracts:
        for key, count in extract.repairs.items():
            repairs[key] = repairs.get(key, 0) + count
    misshapen = list(_misshapen(loaded))
    return Extract(
        line=LINE,
        columns=columns,
        origins=tuple(_moved(origin, start) for _, start, extract in loaded for origin in extract.origins),
        unknown=tuple(dict.fromkeys(heading for extract in extracts for heading in extract.unknown)),
        unreadable=tuple(dict.fromkeys(name for extract in extracts for name in extract.unreadable)),
        misshapen=pa.concat_tables(misshapen) if misshapen else None,
        repairs=repairs,
        fates=tuple(fate for extract in extracts for fate in extract.fates),
        delivered=tuple(
            dict.fromkeys(
                name
                for extract in extracts
                for name in (extract.columns if extract.delivered is None else extract.delivered)
            )
        ),
    )


def _moved(origin: Origin, start: int) -> Origin:
    return replace(origin, after=origin.after + start)


def _misshapen(loaded: list[tuple[str, int, Extract]]) -> Iterator[pa.Table]:
    for _, start, extract in loaded:
        found = extract.misshapen
        if found is not None and len(found):
            yield found.set_column(0, found.schema.field(0), pc.add(found["source_row"], start))


def _rows(raw: str, extract: Extract, columns: tuple[str, ...], after: int) -> str:
    cells = [
        sql.name(name) if name in extract.columns else f"null::varchar as {sql.name(name)}"
        for name in columns
    ]
    return f"select {extract.line} + {after} as {LINE}, {', '.join(cells)} from {raw}"


def _last_line(connection: duckdb.DuckDBPyConnection, raw: str, extract: Extract) -> int:
    last = connection.execute(f"select coalesce(max({extract.line}), 0) from {raw}").fetchone()
    assert last is not None
    misshapen = extract.misshapen
    also = pc.max(misshapen["source_row"]).as_py() if misshapen is not None and len(misshapen) else 0
    return max(int(last[0]), int(also), max((origin.after for origin in extract.origins), default=0))


def _place_days(
    connection: duckdb.DuckDBPyConnection, raw: str, extract: Extract, table: Table, zero: date
) -> dict[tuple[str, str], int]:
    """Serial numbers of days as days: beside rows of other origins they could not be told any more."""
    repaired = {}
    for name in extract.columns:
        if table.column(name).type == "date":
            x = sql.name(name)
            changed = connection.execute(
                f"update {raw} set {x} = (date '{zero}' + split_part({x}, '.', 1)::int)::varchar "
                f"where regexp_full_match({x}, '{_SERIAL}')"
            ).fetchone()
            if changed and changed[0]:
                repaired[name, "excel_serial"] = int(changed[0])
    return repaired
