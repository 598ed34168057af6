"""Cutting CSV bytes into records, held against Python's own csv module.

A failure means that a row would carry another line number than it has in the file, that a line with too many
or too few fields would pass, or that one stray quote would swallow the rows after it.
"""

from __future__ import annotations

import csv
import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.sources.records import Records, scan


def scanned(text: str) -> Records:
    return scan(np.frombuffer(text.encode(), dtype=np.uint8))


def cut(text: str) -> list[str]:
    data, records = text.encode(), scanned(text)
    return [data[start:end].decode() for start, end in zip(records.starts, records.ends, strict=True)]


CELLS = st.text(st.sampled_from('ab中,"\n '), max_size=6)
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=8)


@settings(max_examples=200, deadline=None)
@given(TABLES, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_what_a_csv_writer_writes_is_cut_as_it_was_written(
    rows: list[list[str]], line_end: str, quoting: int
) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator=line_end, quoting=quoting).writerows(rows)
    text = stream.getvalue()
    records = scanned(text)
    pieces = cut(text)
    assert [next(csv.reader(io.StringIO(piece, newline=""))) for piece in pieces] == rows
    assert records.fields.tolist() == [len(row) for row in rows]
    assert not records.malformed.any()
    starts = [len(text.encode()[: int(start)].decode()) for start in records.starts]
    assert records.lines.tolist() == [text.count("\n", 0, start) + 1 for start in starts]


def test_a_last_line_without_line_end_is_a_record() -> None:
    assert cut("a,b\n1,2") == ["a,b", "1,2"]
    assert cut("a,b\r\n1,2\r\n") == ["a,b", "1,2"]


def test_a_quote_inside_an_unquoted_field_is_a_character() -> None:
    records = scanned('a,b\n1,5" pipe\n2,"x"\n')
    assert len(records) == 3
    assert not records.malformed.any()


def test_an_unclosed_quote_spoils_its_own_line_only() -> None:
    records = scanned('a,b\n1,"never closed\n2,x\n3,"y"\n4,z\n')
    assert records.malformed.tolist() == [False, True, False, False, False]
    assert records.lines.tolist() == [1, 2, 3, 4, 5]


def test_text_after_a_closing_quote_spoils_its_own_line_only() -> None:
    records = scanned('a,b\n1,"x"y\n2,"line one\nline two"\n3,z\n')
    assert records.malformed.tolist() == [False, True, False, False]
    assert records.lines.tolist() == [1, 2, 3, 5]


def test_an_unclosed_quote_at_the_end_of_the_file() -> None:
    records = scanned('a,b\n1,2\n3,"x')
    assert records.malformed.tolist() == [False, False, True]
