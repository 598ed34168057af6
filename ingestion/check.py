"""What landing a source would do, without landing it: counts per table, and the first rows that would not be
taken."""

import io
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table as Grid

from ingestion import fates
from ingestion.contract import contract
from ingestion.landing.intake import Progress, TableCount, intake
from ingestion.mapping import load_mapping
from ingestion.sources import open_source

#: Rows shown for each table and reason: enough to see what is wrong, few enough to read.
_SAMPLE = 5
_WIDTH = 160


@dataclass(frozen=True)
class QuarantinedRow:
    """One reason for which one row would not be taken. Personal data is masked in `raw_value`."""

    table: str
    file: str
    line: int
    column: str | None
    reason: str
    raw_value: str | None
    message: str
    message_zh: str


@dataclass(frozen=True)
class CheckReport:
    """tables: counts by table, in contract order; reasons: (table, column, reason) -> rows; sample: some of
    each."""

    tables: dict[str, TableCount]
    reasons: dict[tuple[str, str | None, str], int]
    sample: tuple[QuarantinedRow, ...]
    unknown_columns: dict[str, tuple[str, ...]]
    unknown_files: tuple[str, ...]

    @property
    def rows_in(self) -> int:
        return sum(count.rows_in for count in self.tables.values())

    @property
    def quarantined(self) -> int:
        return sum(count.set_aside + count.merged for count in self.tables.values())

    def render(self) -> str:
        """The report as plain text."""
        console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False)
        console.print(self._counts())
        if self.sample:
            console.print(self._quarantine())
        for table, columns in self.unknown_columns.items():
            console.print(f"Kept out, unknown to the contract: {table}: {', '.join(columns)}", markup=False)
        if self.unknown_files:
            console.print(
                f"Not read, no table of the contract: {', '.join(self.unknown_files)}", markup=False
            )
        console.print(
            f"{self.rows_in:,} rows in = {self.rows_in - self.quarantined:,} to be landed + "
            f"{self.quarantined:,} set aside"
        )
        written = console.file
        assert isinstance(written, io.StringIO)
        return written.getvalue()

    def _counts(self) -> Grid:
        grid = Grid("table", "", "rows in", "landed", "quarantined", "repaired cells", title="Source check")
        for name, count in self.tables.items():
            repairs = ", ".join(f"{kind} {n:,}" for kind, n in count.repairs.items())
            grid.add_row(
                name, contract().tables[name].label_zh,
                f"{count.rows_in:,}", f"{count.landed:,}", f"{count.set_aside:,}", repairs,
            )  # fmt: skip
        for column in (2, 3, 4):
            grid.columns[column].justify = "right"
        return grid

    def _quarantine(self) -> Grid:
        grid = Grid("file", "line", "column", "reason", "rows", "raw value", "what to do", title="Quarantine")
        shown: set[tuple[str, str | None, str]] = set()
        for row in self.sample:
            kind = (row.table, row.column, row.reason)
            rows = "" if kind in shown else f"{self.reasons[kind]:,}"
            shown.add(kind)
            cells = (
                row.file,
                str(row.line),
                row.column or "",
                row.reason,
                rows,
                row.raw_value or "",
                row.message,
            )
            grid.add_row(*(cell.replace("[", r"\[") for cell in cells))
        return grid


def check(source: str, mapping: Path | None = None, progress: Progress | None = None) -> CheckReport:
    """Judges a source as `land` would. Raises SourceRefused where `land` would."""
    words = load_mapping(mapping)
    with TemporaryDirectory(prefix="certhouse-check-") as folder:
        scratch = Path(folder)
        found = open_source(source, words, scratch)
        with intake(found, words, scratch, progress or (lambda _: None)) as judged:
            rows = judged.connection.execute(
                "select table_name, source_file, source_row, column_name, "
                "reason, raw_value, message, message_zh "
                f"from ({fates.listed()}) where fate <> 'repaired' qualify row_number() over "
                f"(partition by table_name, column_name, reason order by source_row) <= {_SAMPLE}"
            ).fetchall()
            reasons = judged.connection.execute(
                "select table_name, column_name, reason, count(distinct source_row) "
                "from fate where fate <> 'repaired' group by all"
            ).fetchall()
            order = list(contract().tables)
            sample = sorted(
                (QuarantinedRow(*row) for row in rows),
                key=lambda row: (order.index(row.table), row.column or "", row.reason, row.line),
            )
            return CheckReport(
                tables=judged.counts,
                reasons={(table, column, reason): count for table, column, reason, count in reasons},
                sample=tuple(sample),
                unknown_columns={n: one.unknown for n, one in judged.staged.items() if one.unknown},
                unknown_files=found.unknown,
            )
