"""What every kind of workbook gives: its sheets, and the cells of one of them."""

from dataclasses import dataclass
from typing import Literal, Protocol

from ingestion.bounded.cells import SheetCells

Visibility = Literal["visible", "hidden", "very_hidden"]


@dataclass(frozen=True)
class Sheet:
    """One sheet. `grid` is false for charts and dialogs."""

    name: str
    visibility: Visibility = "visible"
    grid: bool = True


class Book(Protocol):
    """An open workbook."""

    @property
    def sheets(self) -> list[Sheet]: ...

    @property
    def from_1904(self) -> bool:
        """Whether its days count from 1904."""

    def merged(self, sheet: str) -> list[tuple[int, int, int, int]]:
        """Merged ranges; see cells.Range."""

    def read(self, sheet: str, cells: SheetCells) -> None:
        """Puts the sheet's rows into `cells`, until it is done."""

    def close(self) -> None: ...
