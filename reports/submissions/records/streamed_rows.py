"""Rows of a workbook as DuckDB writes them: a hundred thousand certificates in seconds and in little memory.

XlsxWriter makes the workbook: parts, styles, headings, and in each streamed sheet's first data row one
cell whose style the data takes. A writer in Python needs a minute for ten million cells; so the rows
themselves are put into that workbook as XML text that DuckDB composes, sheet by sheet, while its parts
are copied in their order.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
from xlsxwriter.utility import xl_col_to_name

SPREADSHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
_ROWS_AT_ONCE = 2_500
# Beyond this many rows a sheet's XML may pass what a plain zip entry can hold.
_PLAIN_ZIP_ROWS = 200_000

# Text as a spreadsheet reads it back: no markup, and nothing that looks like an escaped character.
MACRO = (
    "create macro as_sheet_text(x) as replace(replace(replace(regexp_replace("
    f"left(x, {CELL_CHARACTERS}), '(_x[0-9A-Fa-f]{{4}}_)', '_x005F\\1', 'g'),"
    " '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
)


# A spreadsheet program repairs, that is drops, what is beyond its own limit of links in a sheet.
LINKED_ROWS = 65_000


@dataclass(frozen=True)
class Links:
    """A column whose cells lead to cells of another file; the template has such a link in its first row.

    column        the column's place among `StreamedRows.columns`
    location_sql  where each leads, as 'sheet'!A1; from our own names alone, never from a record
    """

    column: int
    location_sql: str


@dataclass(frozen=True)
class StreamedRows:
    """The data of one worksheet.

    part          the worksheet's place in the workbook, from 1
    first_row     row of the first record, from 1; the template has a cell in it
    first_column  column of the first value, from 0
    relation      SQL relation with row_no = 1, 2, ... and what `columns` speak of
    columns       SQL of each value: text, NULL = empty cell
    rows          how many records there are
    links         the first LINKED_ROWS records' links
    """

    part: int
    first_row: int
    first_column: int
    relation: str
    columns: tuple[str, ...]
    rows: int
    links: Links | None = None


def fill(
    connection: duckdb.DuckDBPyConnection, template: Path, target: Path, sheets: list[StreamedRows]
) -> None:
    """Write `target`: the template with the sheets' rows. Raises ValueError where they are too many."""
    parts = {f"xl/worksheets/sheet{sheet.part}.xml": sheet for sheet in sheets}
    _refuse_too_many(parts)
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(target, "w") as out:
        for entry in source.infolist():
            content = source.read(entry)
            # The same date as in the template: equal rows give equal bytes.
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.compress_type = zipfile.ZIP_DEFLATED
            copy.external_attr = entry.external_attr
            sheet = parts.get(entry.filename)
            large = sheet is not None and sheet.rows > _PLAIN_ZIP_ROWS
            with out.open(copy, "w", force_zip64=large) as part:
                for piece in _pieces(connection, sheet, content) if sheet and sheet.rows else (content,):
                    part.write(piece)


def _refuse_too_many(parts: Mapping[str, StreamedRows]) -> None:
    for part, sheet in parts.items():
        if sheet.first_row - 1 + sheet.rows > SPREADSHEET_ROWS:
            raise ValueError(
                f"{part}: {sheet.rows} rows are more than the {SPREADSHEET_ROWS} of a spreadsheet."
            )


def _pieces(connection: duckdb.DuckDBPyConnection, sheet: StreamedRows, template: bytes) -> Iterator[bytes]:
    """The sheet's XML: what the template has around its first data row, and the rows in between."""
    first = re.search(rb'<row r="%d"[^>]*>(.*?)</row>' % sheet.first_row, template, re.DOTALL)
    if first is None:
        raise ValueError("the template has no first data row")
    last_row = sheet.first_row + sheet.rows - 1
    last_column = xl_col_to_name(sheet.first_column + len(sheet.columns) - 1)
    dimension = f'<dimension ref="A1:{last_column}{last_row}"/>'.encode()
    yield re.sub(rb"<dimension [^>]*/>", dimension, template[: first.start()])
    # A cell left of the data stays; in the data's own columns it only carried the style.
    kept = first[1] if sheet.first_column > 0 else b""
    xml = _row_sql(sheet, _styles(sheet, template))
    for start in range(1, sheet.rows + 1, _ROWS_AT_ONCE):
        end = min(start + _ROWS_AT_ONCE - 1, sheet.rows)
        found = connection.execute(
            f"select count(*), string_agg({xml}, '' order by row_no) from {sheet.relation}"
            f" where row_no between {start} and {end}"
        ).fetchone()
        assert found is not None
        if found[0] != end - start + 1:
            raise ValueError(f"rows {start} to {end}: {found[0]} found")
        piece = found[1].encode()
        if start == 1:
            piece = piece.replace(b">", b">" + kept, 1)
        yield piece
    rest = template[first.end() :]
    yield re.sub(rb"<hyperlink [^>]*/>", lambda link: _links(connection, sheet, link[0]), rest, count=1)


def _styles(sheet: StreamedRows, template: bytes) -> list[str]:
    """The style of each column: of its cell in the template's first data row, else of the row's first."""
    found = dict(re.findall(rb'<c r="([A-Z]+)%d" s="([0-9]+)"' % sheet.first_row, template))
    if not found:
        raise ValueError("the template has no styled cell in the first data row")
    columns = [xl_col_to_name(sheet.first_column + offset).encode() for offset in range(len(sheet.columns))]
    return [found.get(column, next(iter(found.values()))).decode() for column in columns]


def _links(connection: duckdb.DuckDBPyConnection, sheet: StreamedRows, model: bytes) -> bytes:
    """The links of the records, each like the template's one."""
    if sheet.links is None:
        return model
    column = xl_col_to_name(sheet.first_column + sheet.links.column)
    target = re.search(rb'r:id="[^"]+"', model)
    assert target is not None
    found = connection.execute(
        f"select string_agg('<hyperlink ref=\"{column}' || (row_no + {sheet.first_row - 1}) || '\" {target[0].decode()}"
        f" location=\"' || as_sheet_text({sheet.links.location_sql}) || '\"/>', '' order by row_no)"
        f" from {sheet.relation} where row_no <= {LINKED_ROWS}"
    ).fetchone()
    assert found is not None
    return str(found[0]).encode()


def _row_sql(sheet: StreamedRows, styles: list[str]) -> str:
    """SQL for the XML of one row; cells that are NULL are left out."""
    number = f"(row_no + {sheet.first_row - 1})"
    cells = [f"'<row r=\"' || {number} || '\">'"]
    for offset, value in enumerate(sheet.columns):
        column = xl_col_to_name(sheet.first_column + offset)
        opening = f'\'<c r="{column}\' || {number} || \'" s="{styles[offset]}" t="inlineStr"><is><t>\''
        cell = f"{opening} || as_sheet_text({value}) || '</t></is></c>'"
        cells.append(f"case when {value} is null then '' else {cell} end")
    cells.append("'</row>'")
    return "concat(" + ", ".join(cells) + ")"
