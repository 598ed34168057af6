"""A database as a source: its tables, views and synonyms under the contract's names, read in one snapshot.

Each is copied to a Parquet file when the source is opened. User name and password stay in the URL that was
given: they are in no message, log or manifest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from sqlalchemy.engine import Connection

from ingestion import sql
from ingestion.contract import Table, contract
from ingestion.errors import SourceRefused, together
from ingestion.headings import likely_table, match_headings
from ingestion.mapping import Words
from ingestion.sources.database.connecting import Place, find, snapshot
from ingestion.sources.database.copying import Copy, copy_relation
from ingestion.sources.database.relations import Relation
from ingestion.sources.fates import Fate
from ingestion.sources.left_out import heading_fates, leave_out
from ingestion.sources.model import LINE, Extract, Origin, OwnTable, Part, Source, SourceFile
from ingestion.sources.raw_table import RawShape, count, select_raw


@dataclass(frozen=True)
class DatabaseTable:
    """One table of a database, already copied: the contract columns it has, as text, in key order."""

    table: Table
    copy: Copy
    unknown: tuple[str, ...]
    fates: tuple[Fate, ...] = ()
    day_zero: None = None

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (self.copy.file,)

    @property
    def place(self) -> str:
        return self.copy.file.name

    def check_unchanged(self) -> None:
        """The copy is our own."""

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        positions = {name: at for at, name in enumerate(self.copy.columns)}
        every = [sql.name(name) for name in self.copy.columns]
        shape = RawShape(self.table, positions, every, by_people=False)
        relation = f"{sql.parquet(self.copy.path, options=', file_row_number = true')}"
        query = select_raw(shape, relation, line="file_row_number + 1")
        connection.execute(f"create temp table {raw} as {query}")
        line, _ = leave_out(connection, raw, LINE, shape, self.copy.file.name)
        return Extract(
            line=line,
            columns=self.copy.columns,
            origins=(Origin(self.copy.file, None, 0, count(connection, raw)),),
            unknown=self.unknown,
            unreadable=self.copy.unreadable,
            fates=self.fates,
        )


@dataclass(frozen=True)
class Selects:
    """What a mapping's SELECTs give and need.

    gives  contract tables that a SELECT makes: no table of the database is looked for under their names
    needs  names of tables, views and synonyms that the SELECTs read, as schema.table outside the account's own
           schema; the others are never fetched
    """

    gives: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()


def open_database(
    source: str,
    words: Words,
    scratch: Path,
    selects: Selects | None = None,
    refusals: list[SourceRefused] | None = None,
) -> Source:
    """Copies the contract's tables, and what `selects` needs, into `scratch`. Raises SourceRefused for what cannot be
    reached or read; where a list is given, tables that do not fit are added to it and taken for absent."""
    place = find(source)
    with snapshot(place) as connection:
        found: list[SourceRefused] = [] if refusals is None else refusals
        copied = _copy_tables(connection, place, words, scratch, selects or Selects(), found)
        if found and refusals is None:
            raise together(found)
        return copied


def _copy_tables(
    connection: Connection,
    place: Place,
    words: Words,
    scratch: Path,
    selects: Selects,
    refusals: list[SourceRefused],
) -> Source:
    relations = place.engine.relations(connection)
    found, unknown = _find_tables(relations, place.location, words)
    wanted = [table for table in contract().tables.values() if table.name not in selects.gives]
    missing = [table for table in wanted if table.required and table.name not in found]
    if missing:
        named = ", ".join(f"{table.name} ({table.label_zh})" for table in missing)
        refusals.append(
            SourceRefused(
                f"{place.location}: required table {named} is missing. Create a table or view of that name, "
                "or give its name in a mapping file.",
                f"{place.location}：缺少必需的表{named}。请建立同名的表或视图，或在对照文件中写明其名称。",
            )
        )
    parts: list[Part] = []
    for table in wanted:
        if table.name in found:
            try:
                parts.append(_copy_table(connection, place, table, found[table.name], words, scratch))
            except SourceRefused as refused:
                refusals.append(refused)
    own = [
        _copy_own(
            connection, place, _named(relations, name, place.location), scratch / f"own-{number}.parquet"
        )
        for number, name in enumerate(selects.needs)
    ]
    unknown = tuple(
        name for name in unknown if name.casefold() not in {need.casefold() for need in selects.needs}
    )
    fates = [*_read(place, parts), *_left_out(place, relations, unknown, words)]
    return Source(place.location, tuple(parts), unknown, tuple(fates), tuple(own))


def _named(relations: list[Relation], name: str, location: str) -> Relation:
    """The relation of that name; where two differ in nothing but case, the one written so."""
    alike = [relation for relation in relations if relation.label.casefold() == name.casefold()]
    exact = [relation for relation in alike if relation.label == name]
    if len(exact or alike) != 1:
        raise SourceRefused(
            f"{location}: the mapping reads {name}, and there is no table or view of that name that the account may read.",
            f"{location}：对照文件要读取{name}，但账号可读的范围内没有这个表或视图。",
        )
    return (exact or alike)[0]


def _copy_own(connection: Connection, place: Place, relation: Relation, to: Path) -> OwnTable:
    columns = {column.name: column for column in relation.columns}
    copy = copy_relation(connection, place, relation, columns, (), to)
    return OwnTable(relation.label, copy.path, copy.file)


def _read(place: Place, parts: list[Part]) -> Iterator[Fate]:
    for part in parts:
        yield Fate("sheet", place.location, "read", sheet=part.place, table=part.table.name)


def _left_out(place: Place, relations: list[Relation], names: Iterable[str], words: Words) -> Iterator[Fate]:
    """What of the account's own schema is not read; warned about where its columns are those of a contract's table."""
    columns = {
        relation.name: [column.name for column in relation.columns]
        for relation in relations
        if relation.schema is None
    }
    for name in names:
        likely = likely_table([columns[name]], words)
        reason = "looks_like_table" if likely else "no_table"
        yield Fate(
            "sheet",
            place.location,
            "left_out",
            sheet=name,
            table=likely,
            reason=reason,
            warns=likely is not None,
        )


def _find_tables(
    relations: list[Relation], location: str, words: Words
) -> tuple[dict[str, Relation], tuple[str, ...]]:
    """Contract table -> relation of the database, and the names that hold none.

    A table or view of the contract's own name comes before one with another name for it: a view made for us
    stands beside the table that it is made of. Of other schemas than the account's own, only what a mapping
    names is looked at.
    """
    tables = contract().tables
    own = {
        relation.name.casefold(): relation
        for relation in relations
        if relation.schema is None and relation.name.casefold() in tables
    }
    found = dict(own)
    unknown = []
    for relation in relations:
        table = words.table(relation.label)
        if table is None or (table in own and own[table] != relation):
            if relation.schema is None:
                unknown.append(relation.name)
        elif found.setdefault(table, relation) != relation:
            raise SourceRefused(
                f"{location}: {found[table].label} and {relation.label} both hold the table {table}. Give the account "
                f"rights to only one of them, or make a view named {table}.",
                f"{location}：{found[table].label}和{relation.label}都是表{table}。请只给账号其中之一的权限，"
                f"或建立名为{table}的视图。",
            )
    return found, tuple(sorted(unknown))


def _copy_table(
    connection: Connection, place: Place, table: Table, relation: Relation, words: Words, scratch: Path
) -> DatabaseTable:
    headings = [column.name for column in relation.columns]
    matched = match_headings(table, headings, words, f"{place.location}, table {relation.label}")
    columns = {name: relation.columns[position] for name, position in matched.positions.items()}
    to = scratch / f"{table.name}.extract.parquet"
    copy = copy_relation(connection, place, relation, columns, list(table.pk), to)
    return DatabaseTable(table, copy, matched.unknown, heading_fates(copy.file.name, None, table, matched))
