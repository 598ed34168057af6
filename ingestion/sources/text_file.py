"""One text file as a part of a source: comma, semicolon, tab or bar between the fields, packed with gzip or not.

Most files are plain: UTF-8, no quotes, every line one record with the same number of fields. DuckDB reads
those at once. For the others the records are found first; lines that are blank or do not fit are taken out,
and DuckDB reads what is left, so that every row still has its line number in the file as it was handed in.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ingestion import sql
from ingestion.contract import Table
from ingestion.errors import SourceRefused
from ingestion.headings import SEARCHED_ROWS, find_head, heading_texts, match_headings, named_columns
from ingestion.mapping import Words
from ingestion.sources.encoding import as_utf8
from ingestion.sources.fates import Fate
from ingestion.sources.gzipped import unpacked
from ingestion.sources.left_out import heading_fates, leave_out, left_out_line, title_fates, unheaded_fates
from ingestion.sources.model import LINE, MISSHAPEN, Extract, Origin, SourceFile
from ingestion.sources.raw_table import RawShape, count, select_raw
from ingestion.sources.records import Bytes, Positions, Records, scan
from ingestion.sources.survey import SEPARATORS, Survey, refuse_if_changed, survey

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")

#: A record that is longer holds no row of the contract: a field was never closed, or it is no text.
LONGEST_RECORD = 1024 * 1024

_RAW_VALUE_LENGTH = 500
_HEAD_BYTES = 256 * 1024
_RECORDS_AT_ONCE = 200_000
_SEP_LINE = re.compile(r'"?sep=(.|\\t)"?', re.IGNORECASE)
_TOLD_SEPARATORS = (*SEPARATORS, ":", "^", "~", "&")

#: Line ends of files that have no other: Unicode's, the next line of mainframes, form feeds, record separators.
_OTHER_LINE_ENDS = re.compile(rb"\xe2\x80[\xa8\xa9]|\xc2\x85|[\x0b\x0c\x1e]")
#: Nothing is written in a line of these: blanks, separators, zeros and end marks that fill a file up.
_NOTHING = re.compile(r"[\s,;|\x00-\x1f\x7f\u200b\ufeff\xa0\u3000]*")


@dataclass(frozen=True)
class TextFile:
    path: Path
    name: str
    table: Table
    words: Words
    found: Survey
    day_zero: None = None

    @classmethod
    def open(cls, path: Path, table: Table, words: Words, name: str | None = None) -> "TextFile":
        """`name` is the file's path in its source."""
        packed = path.suffix.lower() == ".gz"
        return cls(path, name or path.name, table, words, survey(path, text=not packed, name=name))

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (self.file,)

    @property
    def place(self) -> str:
        return self.name

    @cached_property
    def file(self) -> SourceFile:
        return SourceFile(self.name, self.found.sha256, self.found.bytes)

    def check_unchanged(self) -> None:
        refuse_if_changed(self.path, self.found, self.name)

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        try:
            content = unpacked(self.path, self.name, self.found, scratch)
            reader = _Reader(self, *content, raw, scratch)
            return reader.plain(connection) or reader.with_care(connection)
        except OSError as error:
            raise SourceRefused(
                f"{self.name}: cannot be read ({error.strerror}). Was it moved or removed while it was read? "
                "Check the file and its rights, and run again.",
                f"{self.name}：无法读取（{error.strerror}）。读取时文件可能被移动或删除，请检查文件及权限后重新运行。",
            ) from error


@dataclass(frozen=True)
class _Reader:
    """One loading of a text file. `path` is the text itself, `found` its counts."""

    part: TextFile
    path: Path
    found: Survey
    raw: str
    scratch: Path

    @property
    def name(self) -> str:
        return self.part.name

    def plain(self, connection: duckdb.DuckDBPyConnection) -> Extract | None:
        """Reads the file as it is, or returns None if it turns out not to be plain."""
        found = self.found
        if found.quotes or found.returns not in (0, found.newlines) or found.returns != found.return_newlines:
            return None
        if found.replaced or found.coded or self.part.words.encoding(self.name, self.part.table):
            return None
        try:
            with self.path.open("rb") as stream:
                start = stream.read(_HEAD_BYTES)
            if b"\n" not in start and (len(start) == _HEAD_BYTES or _OTHER_LINE_ENDS.search(start)):
                return None
            lines = start[: start.rfind(b"\n") + 1 or len(start)].decode("utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError):
            return None
        lines = [line.rstrip("\r") for line in lines if line]
        separator = max(SEPARATORS, key=found.separators.__getitem__)
        width = lines[0].count(separator) + 1 if lines else 1
        if width == 1 or found.separators[separator] != (width - 1) * found.lines:
            return None
        rows = [line.split(separator) for line in lines[:SEARCHED_ROWS]]
        head = find_head(self.part.table, rows, self.part.words, self.name)
        above = head.first + head.depth
        matched = match_headings(self.part.table, head.headings, self.part.words, self.name)
        relation = _read_csv(
            self.path, width, separator, skip=above, line_end=r"\r\n" if found.returns else r"\n"
        )
        shape = RawShape(self.part.table, matched.positions, _columns(width), heading_texts(head, rows))
        try:
            rows_read = _create(connection, self.raw, select_raw(shape, relation))
        except duckdb.Error:
            connection.execute(f"drop table if exists {self.raw}")
            return None
        if rows_read != found.lines - above:
            connection.execute(f"drop table {self.raw}")
            return None
        fates = (
            *title_fates(self.part.place, None, range(1, head.first + 1)),
            *unheaded_fates(connection, relation, shape, self.name),
        )
        line, left = leave_out(connection, self.raw, f"rowid + {above + 1}", shape, self.name)
        return Extract(
            line=line,
            columns=tuple(matched.positions),
            origins=(Origin(self.part.file, None, 0, count(connection, self.raw), "utf-8"),),
            unknown=matched.unknown,
            fates=(*fates, *heading_fates(self.part.name, None, self.part.table, matched), *left),
        )

    def with_care(self, connection: duckdb.DuckDBPyConnection) -> Extract:
        part, table = self.part, self.part.table
        text = as_utf8(self.path, self.scratch, self.name, part.words.encoding(self.name, table))
        if not text.path.stat().st_size:
            raise SourceRefused(
                f"{self.name}: the file holds nothing but its encoding. Export it again.",
                f"{self.name}：文件除编码标记外没有内容，请重新导出。",
            )
        data = _content(text.path)
        separator, said = self._separator(data)
        records = scan(data, ord(separator))
        written = np.flatnonzero(~_blank_records(data, records))[said:]
        if not len(written):
            raise SourceRefused(
                f"{self.name}: the file holds only blank lines. Export it again or remove it.",
                f"{self.name}：文件只有空行，请重新导出，或删除该文件。",
            )
        rows = self._first_rows(data, records, written, separator)
        head = find_head(table, rows, part.words, self.name)
        matched = match_headings(table, head.headings, part.words, self.name)
        width = len(head.headings)
        body = written[head.first + head.depth :]
        records, trimmed = _without_empty_ends(data, records, body, width, separator)
        too_long = records.ends[body] - records.starts[body] > LONGEST_RECORD
        spoilt = (records.fields[body] != width) | records.malformed[body] | too_long
        bad, good = body[spoilt], body[~spoilt]
        shape = RawShape(table, matched.positions, _columns(width), heading_texts(head, rows))
        unheaded = self._read(connection, data, records, good, separator, shape)
        line, left = leave_out(connection, self.raw, LINE, shape, self.name)
        misshapen, notes = self._misshapen(data, records, bad)
        titles = title_fates(part.name, None, records.lines[written[: head.first]].tolist())
        return Extract(
            line=line,
            columns=tuple(matched.positions),
            origins=(
                Origin(part.file, None, 0, count(connection, self.raw) + len(misshapen), text.encoding),
            ),
            unknown=matched.unknown,
            misshapen=misshapen if len(misshapen) else None,
            repairs={("", "trailing_separators"): trimmed} if trimmed else {},
            fates=(*titles, *heading_fates(part.name, None, table, matched), *unheaded, *left, *notes),
        )

    def _separator(self, data: Bytes) -> tuple[str, int]:
        """The separator, and how many records say so (a line sep=; that spreadsheets write). The one by which
        most columns of the table are named: first the one told."""
        start = bytes(data[:_HEAD_BYTES])
        text = start.decode("utf-8", errors="ignore")
        first = next((line for line in text.splitlines() if line.strip()), "")
        told = _SEP_LINE.fullmatch(first.strip(" \ufeff"))
        separators: tuple[str, ...] = SEPARATORS
        if told:
            one = "\t" if told.group(1) == "\\t" else told.group(1)
            separators = (one, *SEPARATORS) if one in _TOLD_SEPARATORS else SEPARATORS
        if "\x00" in first:
            raise SourceRefused(
                f"{self.name}: not a text file. Export it as CSV in UTF-8.",
                f"{self.name}：不是文本文件，请导出为UTF-8编码的CSV。",
            )
        best, most = ",", (0, 0)
        for separator in separators:
            records = scan(np.frombuffer(start, np.uint8), ord(separator))
            rows = [
                _fields(start[records.starts[at] : records.ends[at]], separator)
                for at in range(min(len(records), SEARCHED_ROWS))
            ]
            named = max(
                (len(named_columns(self.part.table, row, self.part.words)) for row in rows), default=0
            )
            wide = max((len(row) for row in rows), default=0)
            if (named, wide if not named else 0) > most:
                best, most = separator, (named, wide if not named else 0)
        return best, 1 if told else 0

    def _first_rows(
        self, data: Bytes, records: Records, written: Positions, separator: str
    ) -> list[list[str]]:
        rows: list[list[str]] = []
        for at in written[:SEARCHED_ROWS]:
            record = data[records.starts[at] : records.ends[at]]
            if len(record) > LONGEST_RECORD:
                if rows:
                    break
                raise SourceRefused(
                    f"{self.name}, line {records.lines[at]}: the line has {len(record):,} bytes, which no "
                    "heading has. Export the file again.",
                    f"{self.name}第{records.lines[at]}行：该行有{len(record):,}字节，不可能是表头，请重新导出。",
                )
            rows.append(_fields(bytes(record), separator))
        return rows

    def _read(
        self,
        connection: duckdb.DuckDBPyConnection,
        data: Bytes,
        records: Records,
        good: Positions,
        separator: str,
        shape: RawShape,
    ) -> tuple[Fate, ...]:
        clean = self.scratch / f"{self.raw}.clean"
        _write_records(data, records, good, clean)
        relation = _read_csv(clean, len(shape.every), separator, skip=0, line_end=r"\n")
        lines = pa.table({LINE: records.lines[good]})
        connection.register("lines_of_records", lines)
        query = select_raw(shape, relation)
        try:
            rows = (
                _create(
                    connection,
                    self.raw,
                    f"select * from lines_of_records positional join ({query}) as cells",
                )
                if len(good)
                else _create(connection, self.raw, f"select null::bigint as {LINE}, * from ({query}) limit 0")
            )
            unheaded = unheaded_fates(connection, relation, shape, self.name) if len(good) else ()
        except duckdb.Error as error:
            raise self._unreadable(str(error), records.lines[good].tolist()) from error
        finally:
            connection.unregister("lines_of_records")
            clean.unlink(missing_ok=True)
        if rows != len(good):
            raise SourceRefused(
                f"{self.name}: its quotes cannot be read in one way. Export it again.",
                f"{self.name}：引号有多种读法，请重新导出。",
            )
        return unheaded

    def _unreadable(self, message: str, lines: Sequence[int]) -> SourceRefused:
        """Names the line only: the reader's own message quotes it, and it may hold personal data."""
        told = re.search(r"Line: (\d+)", message)
        line = lines[int(told.group(1)) - 1] if told and int(told.group(1)) <= len(lines) else None
        where, where_zh = (f", line {line}", f"第{line}行") if line else ("", "")
        return SourceRefused(
            f"{self.name}{where}: cannot be read as separated text. Export it again.",
            f"{self.name}{where_zh}：无法按分隔文本读取，请重新导出。",
        )

    def _misshapen(self, data: Bytes, records: Records, bad: Positions) -> tuple[pa.Table, tuple[Fate, ...]]:
        """The records that do not fit, without those that are plainly none: totals, notes and signatures."""
        kept, texts, notes = [], [], []
        for at in bad:
            stop = min(records.ends[at], records.starts[at] + 4 * _RAW_VALUE_LENGTH)
            text = bytes(data[records.starts[at] : stop]).decode("utf-8", errors="replace")
            reason = left_out_line(text)
            if _NOTHING.fullmatch(text) and stop == records.ends[at]:
                continue  # a blank line, with separators in it or not
            if reason:
                notes.append(Fate("row", self.name, "left_out", line=int(records.lines[at]), reason=reason))
            else:
                kept.append(at)
                texts.append(text[:_RAW_VALUE_LENGTH])
        rest = np.array(kept, dtype=np.int64)
        long = records.ends[rest] - records.starts[rest] > LONGEST_RECORD
        reasons = np.where(
            records.malformed[rest], "malformed_quotes", np.where(long, "line_too_long", "field_count")
        ).tolist()
        return pa.table([records.lines[rest], reasons, texts], schema=MISSHAPEN), tuple(notes)


def first_rows(path: Path) -> list[list[str]]:
    """The first lines of a text file that names no table, cut into fields as well as can be told: to see
    whether it looks like one."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_HEAD_BYTES)
    except OSError:
        return []
    text = start.decode("utf-8-sig", errors="replace")
    if "\ufffd" in text:
        text = start.decode("gb18030", errors="replace")
    lines = text.splitlines()[:SEARCHED_ROWS]
    separator = max(SEPARATORS, key=lambda one: sum(line.count(one) for line in lines))
    return [_fields(line.encode(), separator) for line in lines if len(line) < LONGEST_RECORD]


def _content(path: Path) -> Bytes:
    """The bytes with line feeds as the only line ends."""
    data: Bytes = np.memmap(path, dtype=np.uint8, mode="r")
    if bytes(data[:3]) == b"\xef\xbb\xbf":
        data = data[3:]
    returns = np.flatnonzero(data == 13)
    if not len(returns) and not np.any(data == 10):
        data = np.frombuffer(_OTHER_LINE_ENDS.sub(b"\n", data.tobytes()), dtype=np.uint8)
    followed = np.zeros(len(returns), dtype=np.bool_)
    inside = returns + 1 < len(data)
    followed[inside] = data[returns[inside] + 1] == 10
    doubled = np.any(data[np.maximum(returns[followed] - 1, 0)] == 13)
    if followed.all() and not doubled:
        return data if len(data) and data[-1] == 10 else np.append(data, np.uint8(10))
    # Old Macintosh line ends, or \r\r\n of a text mode around a text mode.
    plain = re.sub(rb"\r+\n", b"\n", data.tobytes()).replace(b"\r", b"\n")
    return np.frombuffer(plain if plain.endswith(b"\n") else plain + b"\n", dtype=np.uint8)


def _read_csv(path: Path, columns: int, separator: str, *, skip: int, line_end: str) -> str:
    types = ", ".join(f"{sql.text(f'c{position}')}: 'VARCHAR'" for position in range(columns))
    return (
        f"read_csv({sql.file(path)}, auto_detect = false, header = false, skip = {skip}, "
        f"delim = {sql.text(separator)}, quote = '\"', escape = '\"', nullstr = '', "
        f"new_line = '{line_end}', columns = {{{types}}})"
    )


def _columns(count: int) -> list[str]:
    return [f"c{position}" for position in range(count)]


def _create(connection: duckdb.DuckDBPyConnection, raw: str, query: str) -> int:
    connection.execute(f"create temp table {raw} as {query}")
    return count(connection, raw)


def _fields(record: bytes, separator: str) -> list[str]:
    text = record.decode("utf-8", errors="replace")
    try:
        (fields,) = list(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
        )[:1] or [[""]]
    except csv.Error:
        return text.split(separator)
    return fields


def _blank_records(data: Bytes, records: Records) -> npt.NDArray[np.bool_]:
    """Records in which nothing stands, or blanks only."""
    blank = records.ends <= records.starts
    for at in np.flatnonzero(~blank & (records.fields == 1) & (records.ends - records.starts < 4096)):
        text = bytes(data[records.starts[at] : records.ends[at]]).decode("utf-8", errors="replace")
        blank[at] = _NOTHING.fullmatch(text) is not None
    return blank


def _without_empty_ends(
    data: Bytes, records: Records, body: Positions, width: int, separator: str
) -> tuple[Records, int]:
    """Records that have too many fields, of which those too many are empty: separators at the end of a line."""
    ends, fields = records.ends.copy(), records.fields.copy()
    trimmed = 0
    more = body[(fields[body] > width) & ~records.malformed[body]]
    for extra in np.unique(fields[more] - width)[:64]:
        some = more[fields[more] - width == extra]
        tails = ends[some, None] - np.arange(1, extra + 1)[None, :]
        empty = some[(data[np.maximum(tails, 0)] == ord(separator)).all(axis=1)]
        ends[empty] -= extra
        fields[empty] -= extra
        trimmed += len(empty)
    if not trimmed:
        return records, 0
    return (
        Records(records.starts, ends, records.next_starts, records.lines, fields, records.malformed),
        trimmed,
    )


def _write_records(data: Bytes, records: Records, good: Positions, to: Path) -> None:
    """The good records, each ended by a newline alone."""
    wanted = np.zeros(len(records), dtype=np.bool_)
    wanted[good] = True
    with to.open("wb") as stream:
        for first in range(0, len(records), _RECORDS_AT_ONCE):
            some = slice(first, first + _RECORDS_AT_ONCE)
            starts, ends, stops = records.starts[some], records.ends[some], records.next_starts[some]
            keep = np.repeat(wanted[some], stops - starts)
            # What follows a record's end: a carriage return, or separators of empty fields.
            keep[ends[stops - ends == 2] - starts[0]] = False
            for after in np.flatnonzero(stops - ends > 2):
                keep[ends[after] - starts[0] : stops[after] - starts[0] - 1] = False
            stream.write(data[starts[0] : stops[-1]][keep].tobytes())
        stream.write(b"\n")
