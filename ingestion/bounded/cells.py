"""The cells of one sheet on their way to Parquet: rows in which something stands, merged ranges filled."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion.bounded import limits
from ingestion.bounded.faults import SAVE_AGAIN, SAVE_AGAIN_ZH, Unreadable
from ingestion.unreadable import unreadable

_ROWS_AT_ONCE = 20_000
LINE = "_line"

#: A merged range: first row, last row (from 1), first column, last column (from 0).
Range = tuple[int, int, int, int]


@dataclass
class SheetCells:
    """Takes the rows of a sheet in order and writes them to `<target>-<n>.parquet`: `_line`, c0, c1 ... as
    text.

    merged      ranges whose first cell's value stands in every row of their first column; a row gets it if something of
                its own stands there.
    stop_after  rows to take at most (`done` is then true); what was taken is in `taken`, nothing is written.
    """

    target: Path | None
    merged: Sequence[Range] = ()
    stop_after: int | None = None
    taken: list[tuple[int, list[str]]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    rows: int = 0
    unreadable: set[int] = field(default_factory=set)
    filled: dict[int, int] = field(default_factory=dict)
    beyond: list[tuple[int, int]] = field(default_factory=list)
    beyond_count: int = 0

    def __post_init__(self) -> None:
        self._waiting = sorted(
            {one for one in self.merged if one[1] > one[0] or one[3] > one[2]}, reverse=True
        )
        self._open: list[tuple[Range, str]] = []
        self._lines: list[int] = []
        self._columns: list[list[str | None]] = []

    @property
    def done(self) -> bool:
        return self.stop_after is not None and self.rows >= self.stop_after

    def add(self, line: int, cells: dict[int, str]) -> None:
        """One row, by column position from 0. Rows come in the order of their lines."""
        for position in [at for at in cells if at >= limits.COLUMNS]:
            self.beyond_count += 1
            if len(self.beyond) < 20:
                self.beyond.append((line, position))
            del cells[position]
        if self._waiting or self._open:
            self._fill(line, cells)
        if not cells:
            return
        self.rows += 1
        if self.stop_after is not None:
            if not self.done or self.rows == self.stop_after:
                width = min(max(cells) + 1, limits.PEEKED_COLUMNS)
                self.taken.append((line, [(cells.get(at) or "")[:1000] for at in range(width)]))
            return
        at = len(self._lines)
        self._lines.append(line)
        for position, text in cells.items():
            while position >= len(self._columns):
                self._columns.append([])
            column = self._columns[position]
            if len(column) < at:
                column.extend([None] * (at - len(column)))
            column.append(text)
        if len(self._lines) >= _ROWS_AT_ONCE:
            self.flush()

    def mark(self, position: int, kind: str, raw: str) -> str:
        """The text of a cell that cannot be read."""
        self.unreadable.add(position)
        return unreadable(kind, raw[:200].strip() or "?")

    def flush(self) -> None:
        """Writes what was taken since the last time; at least one file, if there was any row."""
        if not self._lines or self.target is None:
            return
        height = len(self._lines)
        arrays = [pa.array(self._lines, pa.int64())]
        for column in self._columns:
            column.extend([None] * (height - len(column)))
            arrays.append(pa.array(column, pa.string()))
        names = [LINE, *(f"c{at}" for at in range(len(self._columns)))]
        path = self.target.with_name(f"{self.target.name}-{len(self.files)}.parquet")
        pq.write_table(pa.table(arrays, names=names), path, compression="snappy")
        self.files.append(str(path))
        self._lines, self._columns = [], []

    def _fill(self, line: int, cells: dict[int, str]) -> None:
        while self._waiting and self._waiting[-1][0] <= line:
            one = self._waiting.pop()
            value = cells.get(one[2]) if one[0] == line else None
            if value is not None:
                self._open.append((one, value))
        if not self._open:
            return
        self._open = [(one, value) for one, value in self._open if one[1] >= line]
        if len(self._open) > limits.COLUMNS or sum(self.filled.values()) > limits.FILLED_CELLS:
            raise Unreadable(
                f"its merged cells lie over one another. {SAVE_AGAIN}", f"合并单元格相互重叠。{SAVE_AGAIN_ZH}"
            )
        if not cells:
            return
        for one, value in self._open:
            for position in range(one[2], min(one[3], limits.COLUMNS - 1) + 1):
                if position not in cells:
                    cells[position] = value if position == one[2] else self.across(position, value)
                    self.filled[position] = self.filled.get(position, 0) + (position == one[2])

    def across(self, position: int, value: str) -> str:
        """The text of a cell that is merged with one to its left: among headings what stands over it, else unreadable."""
        return value if self.stop_after is not None else self.mark(position, "merged_across", value)
