"""Cuts the bytes of a text file into records (RFC 4180, with any separator), over whole arrays: where each begins and ends, its
physical line, how many fields it has, and whether its quotes are in order.

A quoted field may hold separators and line ends. A quote inside an unquoted field is a plain character. A quoted
field that is never closed, or is closed and goes on, makes its record malformed; the record is then taken to
end at the end of that line, so that one stray quote does not swallow the rest of the file.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]

_QUOTE, _NEWLINE, _RETURN, _SPACE = 34, 10, 13, 32
_CHUNK = 16 * 1024 * 1024


@dataclass(frozen=True)
class Records:
    """All records of a file, in order. `ends` excludes the line end; `next_starts` follows it.

    lines      physical line of the record's start, from 1
    fields     number of fields
    malformed  whether its quotes are out of order
    """

    starts: Positions
    ends: Positions
    next_starts: Positions
    lines: Positions
    fields: Positions
    malformed: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts)


def scan(data: Bytes, separator: int = ord(",")) -> Records:
    """Every record of the file, blank ones too. `separator` is the byte between fields."""
    newlines = _positions(data, _NEWLINE)
    quotes = _positions(data, _QUOTE)
    strays: Positions = np.empty(0, dtype=np.int64)
    if len(quotes) and not _in_order(data, quotes, separator):
        quotes, strays = _pair_up(data, quotes, newlines, separator)
    breaks = newlines[np.searchsorted(quotes, newlines) % 2 == 0] if len(quotes) else newlines
    starts = np.concatenate([[0], breaks + 1]).astype(np.int64)
    stops = np.concatenate([breaks, [len(data)]]).astype(np.int64)
    if starts[-1] == len(data):
        starts, stops = starts[:-1], stops[:-1]
    has_return = np.zeros(len(starts), dtype=np.bool_)
    filled = stops > starts
    has_return[filled] = data[stops[filled] - 1] == _RETURN
    malformed = np.zeros(len(starts), dtype=np.bool_)
    malformed[np.searchsorted(starts, strays, side="right") - 1] = True
    return Records(
        starts=starts,
        ends=stops - has_return,
        next_starts=np.minimum(stops + 1, len(data)),
        lines=np.searchsorted(newlines, starts) + 1,
        fields=_count_fields(data, starts, quotes, separator),
        malformed=malformed,
    )


def _positions(data: Bytes, byte: int) -> Positions:
    found = [
        np.flatnonzero(data[offset : offset + _CHUNK] == byte) + offset
        for offset in range(0, len(data), _CHUNK)
    ]
    return np.concatenate(found).astype(np.int64) if found else np.empty(0, dtype=np.int64)


def _count_fields(data: Bytes, starts: Positions, quotes: Positions, separator: int) -> Positions:
    fields = np.ones(len(starts), dtype=np.int64)
    for offset in range(0, len(data), _CHUNK):
        separators = np.flatnonzero(data[offset : offset + _CHUNK] == separator) + offset
        if len(quotes):
            separators = separators[np.searchsorted(quotes, separators) % 2 == 0]
        if len(separators):
            record = np.searchsorted(starts, separators, side="right") - 1
            first = record[0]
            counts = np.bincount(record - first)
            fields[first : first + len(counts)] += counts
    return fields


def _in_order(data: Bytes, quotes: Positions, separator: int) -> bool:
    """Whether quotes open and close by turns, each where a field begins or ends. A doubled quote closes and
    opens."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = data[opening[opening > 0] - 1]
    after = data[closing[closing < len(data) - 1] + 1]
    return bool(
        np.isin(before, [separator, _NEWLINE, _QUOTE]).all()
        and np.isin(after, [separator, _NEWLINE, _RETURN, _QUOTE]).all()
    )


def _pair_up(
    data: Bytes, quotes: Positions, newlines: Positions, separator: int
) -> tuple[Positions, Positions]:
    """Opening and closing quotes by turns, and the opening quotes of fields that do not close properly.

    Runs along the quotes one by one: only files with a quote out of order come here.
    """
    paired: list[int] = []
    strays: list[int] = []
    at = 0
    while at < len(quotes):
        opening = int(quotes[at])
        if not _begins_field(data, opening, separator):
            at += 1
            continue
        closing_at = _closing(quotes, at)
        if closing_at is not None and _ends_field(data, int(quotes[closing_at]), separator):
            paired += [opening, int(quotes[closing_at])]
            at = closing_at + 1
        else:
            strays.append(opening)
            line_end = np.searchsorted(newlines, opening)
            stop = newlines[line_end] if line_end < len(newlines) else len(data)
            at = int(np.searchsorted(quotes, stop))
    return np.array(paired, dtype=np.int64), np.array(strays, dtype=np.int64)


def _begins_field(data: Bytes, position: int, separator: int) -> bool:
    before = position - 1
    while before >= 0 and data[before] == _SPACE:
        before -= 1
    return before < 0 or data[before] in (separator, _NEWLINE)


def _ends_field(data: Bytes, position: int, separator: int) -> bool:
    return position + 1 >= len(data) or data[position + 1] in (separator, _NEWLINE, _RETURN)


def _closing(quotes: Positions, at: int) -> int | None:
    """The index of the quote that closes the field opened by quote `at`, doubled quotes passed over."""
    candidate = at + 1
    while candidate < len(quotes):
        if candidate + 1 < len(quotes) and quotes[candidate + 1] == quotes[candidate] + 1:
            candidate += 2
        else:
            return candidate
    return None
