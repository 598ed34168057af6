"""Tables that the body's mapping selects with SQL of its own from what the source holds.

`<table>.sql` beside the mapping's words is one SELECT in DuckDB SQL whose columns are the contract's. It sees the source's
files (by name without suffix, or as they are), sheets and database tables, every cell as text under its own heading,
and nothing else: it runs in a connection of its own that can reach neither files nor network.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import duckdb

from ingestion import hashing, sql
from ingestion.bounded.client import BoundedReader
from ingestion.contract import Column, Table, contract
from ingestion.errors import MappingRefused, SourceRefused
from ingestion.location import is_database
from ingestion.mapping import Select, Words
from ingestion.sources.fates import Fate
from ingestion.sources.model import LINE, Extract, Origin, OwnTable, Part, Source, SourceFile
from ingestion.sources.parquet_file import ParquetFile, as_text
from ingestion.sources.raw_table import count, marked_columns
from ingestion.sources.survey import survey
from ingestion.sources.text_file import TEXT_SUFFIXES, TextFile, first_rows
from ingestion.sources.workbook import WORKBOOK_SUFFIXES, Workbook, Worksheet

_MEMORY = "4GB"


def needs(words: Words) -> tuple[str, ...]:
    """The relations that the mapping's SELECTs read. Raises MappingRefused for what is no single SELECT."""
    return tuple(sorted({name for select in words.selects.values() for name in _relations_of(select)}))


def select_tables(source: Source, location: str, words: Words) -> Source:
    """The source with the tables that the mapping selects in the place of its own. Raises MappingRefused for SQL that
    cannot be used."""
    names = {table: _relations_of(select) for table, select in words.selects.items()}
    wanted = {name for found in names.values() for name in found}
    relations = _of_own(source.own, wanted) if is_database(location) else _of_folder(Path(location), wanted)
    parts = {part.table.name: part for part in source.parts}
    for table, select in words.selects.items():
        known = {name: relations[name] for name in names[table] if name in relations}
        missing = sorted(names[table] - known.keys())
        if missing:
            raise MappingRefused(
                f"{select.name}: the source has no {', '.join(missing)}. There are: {_some(relations)}.",
                f"{select.name}：来源中没有{'、'.join(missing)}。可用：{_some(relations)}。",
            )
        parts[table] = Selected(contract().tables[table], select.name, select.text, known)
    ordered = tuple(parts[name] for name in contract().tables if name in parts)
    used = {file.name for found in names.values() for name in found for file in relations[name].files}
    return replace(
        source,
        parts=ordered,
        unknown=tuple(name for name in source.unknown if name.partition("#")[0] not in used),
        fates=tuple(_read(fate) if fate.file in used else fate for fate in source.fates),
    )


def _read(fate: Fate) -> Fate:
    """A file that a SELECT reads is not left out."""
    return replace(fate, outcome="read", reason=None, warns=False) if fate.outcome == "left_out" else fate


def _some(relations: Mapping[str, "_Relation"]) -> str:
    return ", ".join(sorted(relations)[:30]) or "nothing"


def _relations_of(select: Select) -> set[str]:
    """The relations that a SELECT names. Raises MappingRefused for what is no single SELECT."""
    try:
        with duckdb.connect() as connection:
            statements = connection.extract_statements(select.text)
            if len(statements) == 1 and statements[0].type == duckdb.StatementType.SELECT:
                return set(connection.get_table_names(select.text))
    except duckdb.Error as error:
        raise _refused(select.name, error) from error
    raise MappingRefused(
        f"{select.name}: must be one SELECT and nothing else.",
        f"{select.name}：必须是且只能是一条SELECT语句。",
    )


def _refused(name: str, error: duckdb.Error) -> MappingRefused:
    said = " ".join(str(error).split())[:400]
    return MappingRefused(f"{name}: {said}", f"{name}：SQL无法执行。{said}")


@dataclass(frozen=True)
class _Relation:
    """A file, sheet or database table under its own headings: read as if it were a contract's, or fetched already."""

    part: Part | OwnTable

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (self.part.file,) if isinstance(self.part, OwnTable) else self.part.files

    def check_unchanged(self) -> None:
        if not isinstance(self.part, OwnTable):
            self.part.check_unchanged()

    def fill(self, connection: duckdb.DuckDBPyConnection, target: str, folder: Path) -> None:
        """Makes it the table `target`."""
        if isinstance(self.part, OwnTable):
            connection.execute(f"create table {target} as from {sql.parquet(self.part.path)}")
            return
        extract = self.part.load(connection, "relation_as_read", folder)
        columns = ", ".join(sql.name(column) for column in extract.columns)
        connection.execute(f"create table {target} as select {columns} from relation_as_read")
        connection.execute("drop table relation_as_read")


@dataclass(frozen=True)
class Selected:
    """A contract table that a SELECT makes of other relations. Row n is the n-th in the order of all its columns."""

    table: Table
    name: str
    text: str
    relations: Mapping[str, _Relation] = field(compare=False)
    day_zero: None = None

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (*dict.fromkeys(file for one in self.relations.values() for file in one.files), self.file)

    @cached_property
    def file(self) -> SourceFile:
        return SourceFile(self.name, hashing.of_text(self.text), len(self.text.encode()))

    @property
    def place(self) -> str:
        return self.name

    def check_unchanged(self) -> None:
        for one in self.relations.values():
            one.check_unchanged()

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        folder = scratch / f"select-{self.table.name}"
        folder.mkdir(exist_ok=True)
        try:
            with self._locked(folder) as locked:
                described = locked.execute(f"describe ({self.text}\n)").fetchall()
                columns = self._columns([row[0] for row in described])
                texts = ", ".join(
                    f"{as_text(name, kind)} as {sql.name(column)}"
                    for (name, kind, *_), column in zip(described, columns, strict=True)
                )
                order = ", ".join(map(sql.name, columns))
                reader = locked.execute(
                    f"select row_number() over (order by {order}) as {LINE}, * from (select {texts} from ({self.text}\n))"
                    f" order by {LINE}"
                ).to_arrow_reader(50_000)
                connection.register("selected_rows", reader)
                connection.execute(f"create temp table {raw} as from selected_rows")
                connection.unregister("selected_rows")
        except duckdb.Error as error:
            raise _refused(self.name, error) from error
        return Extract(
            line=LINE,
            columns=columns,
            origins=(Origin(self.file, None, 0, count(connection, raw)),),
            unreadable=marked_columns(connection, raw, columns),
        )

    @contextmanager
    def _locked(self, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """The relations, and no way out: no file, no network, no extension, no setting."""
        with duckdb.connect(
            config={"temp_directory": str(folder / "spill"), "memory_limit": _MEMORY}
        ) as locked:
            locked.execute("set TimeZone = 'Asia/Shanghai'")
            for name, relation in self.relations.items():
                schema, _, bare = name.rpartition(".")
                # A name with a dot is a table of a schema in a database, and the name of a file in a folder.
                if schema and isinstance(relation.part, OwnTable):
                    locked.execute(f"create schema if not exists {sql.name(schema)}")
                    relation.fill(locked, f"{sql.name(schema)}.{sql.name(bare)}", folder)
                else:
                    relation.fill(locked, sql.name(name), folder)
            locked.execute("set enable_external_access = false; set lock_configuration = true")
            yield locked

    def _columns(self, names: list[str]) -> tuple[str, ...]:
        known = {column.name for column in self.table.columns}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise MappingRefused(
                f"{self.name}: {self.table.name} has no column {', '.join(unknown)}.",
                f"{self.name}：“{self.table.label_zh}”没有{'、'.join(unknown)}列。",
            )
        missing = [column for column in self.table.columns if column.required and column.name not in names]
        if missing:
            raise MappingRefused(
                f"{self.name}: the required column {', '.join(column.name for column in missing)} is missing.",
                f"{self.name}：缺少必需的列{'、'.join(f'{column.name}（{column.label_zh}）' for column in missing)}。",
            )
        return tuple(names)


@dataclass(frozen=True)
class _OwnHeadings(Words):
    """Every heading names itself."""

    own: frozenset[str] = frozenset()

    def column(self, table: Table, heading: str) -> str | None:
        return heading if heading in self.own else None


def _as_named(name: str, rows: list[list[str]]) -> tuple[Table, _OwnHeadings]:
    """A table whose columns are its headings: the first row in which two cells are written."""
    written = [[cell.strip() for cell in row if cell and cell.strip()] for row in rows]
    headings = next((row for row in written if len(row) > 1), written[0] if written else [])
    if len(set(headings)) < len(headings):
        twice = sorted({heading for heading in headings if headings.count(heading) > 1})
        raise SourceRefused(
            f"{name}: the heading {', '.join(twice)} stands twice. Rename one of them.",
            f"{name}：表头{'、'.join(twice)}重复出现，请改名。",
        )
    columns = tuple(Column(heading, "text", heading, "", required=True) for heading in headings)
    table = Table(name, name, "", "", required=False, columns=columns)
    return table, _OwnHeadings((), "", own=frozenset(headings))


def _of_folder(root: Path, wanted: set[str]) -> dict[str, _Relation]:
    """By name without suffix, by path in the source, by sheet, and by file#sheet. A name that two files have stands for
    neither."""
    reader = BoundedReader()
    found: dict[str, list[_Relation]] = {}
    files = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
    base = root.parent if root.is_file() else root
    for path in files:
        name = path.relative_to(base).as_posix()
        if path.name.startswith((".", "~$")):
            continue
        for keys, relation in _of_file(path, name, wanted, reader):
            for key in dict.fromkeys(keys):
                found.setdefault(key, []).append(relation)
    return {name: relations[0] for name, relations in found.items() if len(relations) == 1}


def _of_file(
    path: Path, name: str, wanted: set[str], reader: BoundedReader
) -> Iterator[tuple[tuple[str, ...], _Relation]]:
    suffix = path.suffix.lower()
    keys = (path.stem, name)
    if suffix in WORKBOOK_SUFFIXES:
        workbook = Workbook(path, name, survey(path, text=False, name=name), reader)
        sheets = [sheet for sheet in workbook.sheets if sheet.grid and sheet.rows]
        for sheet in sheets:
            own = (sheet.name, f"{name}#{sheet.name}", f"{path.stem}#{sheet.name}")
            if wanted & {*own, *keys}:
                table, words = _as_named(sheet.name, [list(row) for row in sheet.texts])
                part = Worksheet(workbook, sheet, table, words)
                yield (*own, *(keys if len(sheets) == 1 else ())), _Relation(part)
    elif not wanted & set(keys):
        return
    elif suffix in TEXT_SUFFIXES:
        table, words = _as_named(name, [list(row) for row in first_rows(path)])
        yield keys, _Relation(TextFile.open(path, table, words, name))
    elif suffix == ".parquet":
        answer = reader.ask(name, path, ask="parquet")
        table, words = _as_named(name, [[column for column, _ in answer["columns"]]])
        yield keys, _Relation(ParquetFile.open(path, table, words, reader, name))


def _of_own(tables: Iterable[OwnTable], wanted: set[str]) -> dict[str, "_Relation"]:
    """A database's tables were fetched by the names that the SELECTs write, in whatever case."""
    own = {table.name.casefold(): table for table in tables}
    return {name: _Relation(own[name.casefold()]) for name in wanted if name.casefold() in own}
