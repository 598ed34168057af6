"""One Parquet file as a part of a source. Typed columns become the text that the contract's own form would
be."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingestion import sql
from ingestion.contract import Table
from ingestion.errors import SourceRefused
from ingestion.headings import match_headings
from ingestion.mapping import Words
from ingestion.sources.model import LINE, Extract, Origin, SourceFile
from ingestion.sources.raw_table import count, drop_blank_rows, select_raw
from ingestion.sources.survey import Survey, refuse_if_changed, survey


@dataclass(frozen=True)
class ParquetFile:
    path: Path
    table: Table
    words: Words
    found: Survey
    day_zero: None = None

    @classmethod
    def open(cls, path: Path, table: Table, words: Words) -> "ParquetFile":
        return cls(path, table, words, survey(path, text=False))

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (self.file,)

    @property
    def place(self) -> str:
        return self.path.name

    @property
    def file(self) -> SourceFile:
        return SourceFile(self.path.name, self.found.sha256, self.found.bytes)

    def check_unchanged(self) -> None:
        refuse_if_changed(self.path, self.found)

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        relation = f"read_parquet({sql.file(self.path)}, file_row_number = true)"
        try:
            described = connection.execute(
                f"describe select * exclude file_row_number from {relation}"
            ).fetchall()
            headings = [row[0] for row in described]
            texts = [as_text(row[0], row[1], self.path.name) for row in described]
            matched = match_headings(self.table, headings, self.words, self.path.name)
            columns = {name: texts[position] for name, position in matched.positions.items()}
            query = select_raw(columns, texts, relation, line="file_row_number + 1")
            connection.execute(f"create temp table {raw} as {query}")
        except duckdb.Error as error:
            raise SourceRefused(f"{self.path.name}: not a readable Parquet file. Export it again.") from error
        line = drop_blank_rows(connection, raw, LINE)
        return Extract(
            line=line,
            columns=tuple(matched.positions),
            origins=(Origin(self.file, None, 0, count(connection, raw)),),
            unknown=matched.unknown,
        )


def as_text(column: str, column_type: str, where: str) -> str:
    """SQL of a typed column as text. Binary floats are written to the 15 digits that they can be trusted
    for."""
    quoted = sql.name(column)
    match column_type:
        case "FLOAT" | "DOUBLE":
            return (
                f"case when isnan({quoted}) then null when {quoted} = trunc({quoted}) and abs({quoted}) < "
                f"1e15 then {quoted}::bigint::varchar "
                f"when abs({quoted}) < 0.001 then format('{{:.12f}}', {quoted}) "
                f"else format('{{:.{7 if column_type == 'FLOAT' else 15}g}}', {quoted}) end"
            )
        case "BLOB":
            return f"decode({quoted})"
        case _ if column_type.endswith("[]"):
            return f"array_to_string({quoted}, ';')"
        case _ if column_type.startswith(("STRUCT", "MAP", "UNION")):
            raise SourceRefused(f"{where}: the column {column} is nested. Write it as plain values.")
        case _:
            return f"{quoted}::varchar"
