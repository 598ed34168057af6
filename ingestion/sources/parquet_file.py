"""One Parquet file as a part of a source. Typed columns become the text that the contract's own form would
be."""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ingestion import sql
from ingestion.bounded.client import BoundedReader
from ingestion.contract import Table
from ingestion.errors import SourceRefused
from ingestion.headings import match_headings
from ingestion.mapping import Words
from ingestion.sources.left_out import heading_fates, leave_out
from ingestion.sources.model import LINE, Extract, Origin, SourceFile
from ingestion.sources.raw_table import RawShape, count, marked_columns, select_raw
from ingestion.sources.survey import Survey, refuse_if_changed, survey
from ingestion.unreadable import opening


@dataclass(frozen=True)
class ParquetFile:
    path: Path
    name: str
    table: Table
    words: Words
    found: Survey
    reader: BoundedReader = field(compare=False)
    day_zero: None = None

    @classmethod
    def open(cls, path: Path, table: Table, words: Words, reader: BoundedReader, name: str) -> "ParquetFile":
        return cls(path, name, table, words, survey(path, text=False, name=name), reader)

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (self.file,)

    @property
    def place(self) -> str:
        return self.name

    @property
    def file(self) -> SourceFile:
        return SourceFile(self.name, self.found.sha256, self.found.bytes)

    def check_unchanged(self) -> None:
        refuse_if_changed(self.path, self.found, self.name)

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        answer = self.reader.ask(self.name, self.path, ask="parquet")
        described = [(name, kind) for name, kind in answer["columns"]]
        matched = match_headings(self.table, [name for name, _ in described], self.words, self.name)
        texts = [as_text(name, kind) for name, kind in described]
        relation = f"{sql.parquet(self.path, options=', file_row_number = true')}"
        shape = RawShape(self.table, matched.positions, texts, by_people=False)
        try:
            query = select_raw(shape, relation, line="file_row_number + 1")
            connection.execute(f"create temp table {raw} as {query}")
        except duckdb.Error as error:
            raise SourceRefused(
                f"{self.name}: not a readable Parquet file, or it changed while it was read. Export it again.",
                f"{self.name}：不是可读取的Parquet文件，或读取时发生变化，请重新导出。",
            ) from error
        line, left = leave_out(connection, raw, LINE, shape, self.name)
        return Extract(
            line=line,
            columns=tuple(matched.positions),
            origins=(Origin(self.file, None, 0, count(connection, raw)),),
            unknown=matched.unknown,
            unreadable=marked_columns(connection, raw, tuple(matched.positions)),
            fates=(*heading_fates(self.name, None, self.table, matched), *left),
        )


def as_text(column: str, column_type: str) -> str:
    """SQL of a typed column as text, or a mark where a value has no text of its own. Binary floats are
    written to the 15 digits that they can be trusted for; a moment is that of Shanghai."""
    x = sql.name(column)
    nested = sql.text(opening("nested_value"))
    match column_type:
        case "VARCHAR":
            # An object written as JSON is no plain value either.
            return (
                f"case when {x} like '{{%}}' or {x} like '[{{%' then {nested} || left({x}, 200) else {x} end"
            )
        case "FLOAT" | "DOUBLE":
            return (
                f"case when isnan({x}) then null when {x} = trunc({x}) and abs({x}) < "
                f"1e15 then {x}::bigint::varchar "
                f"when abs({x}) < 0.001 then format('{{:.12f}}', {x}) "
                f"else format('{{:.{7 if column_type == 'FLOAT' else 15}g}}', {x}) end"
            )
        case "BLOB":
            binary = sql.text(opening("binary_value"))
            return f"coalesce(try(decode({x})), {binary} || left({x}::varchar, 200))"
        case "TIMESTAMP WITH TIME ZONE":
            return f"timezone('Asia/Shanghai', {x})::varchar"
        case _ if is_nested(column_type):
            return f"{nested} || left(to_json({x})::varchar, 200)"
        case _ if column_type.endswith("[]"):
            return f"array_to_string({x}, ';')"
        case _:
            return f"{x}::varchar"


def is_nested(column_type: str) -> bool:
    """Whether values of a type hold names or lists of their own: a list of plain values does not."""
    plain_list = (
        column_type.endswith("[]")
        and "(" not in column_type.replace("DECIMAL(", "")
        and (column_type.count("[") == 1)
    )
    return not plain_list and (
        column_type.startswith(("STRUCT", "MAP", "UNION"))
        or column_type.endswith("]")
        or column_type == "JSON"
    )
