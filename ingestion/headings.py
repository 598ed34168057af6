"""Which heading of a source table is which contract column, and whether the table can be read at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.contract import Table
from ingestion.errors import SourceRefused
from ingestion.mapping import Words


@dataclass(frozen=True)
class Headings:
    """positions: contract column -> position of its heading; unknown: headings that the contract does not
    know."""

    positions: dict[str, int]
    unknown: tuple[str, ...]


def match_headings(table: Table, headings: Sequence[str], words: Words, where: str) -> Headings:
    """Raises SourceRefused when two headings name one column, or a required column is missing."""
    positions: dict[str, int] = {}
    unknown = []
    for position, heading in enumerate(headings):
        column = words.column(table, heading)
        if column is None:
            if heading.strip():
                unknown.append(heading.strip())
        elif column in positions:
            first = headings[positions[column]]
            raise SourceRefused(
                f"{where}: the headings '{first}' and '{heading}' both name the column "
                f"{table.name}.{column}. Remove or rename one of them."
            )
        else:
            positions[column] = position
    missing = [column for column in table.columns if column.required and column.name not in positions]
    if missing:
        named = ", ".join(f"{table.name}.{column.name} ({column.label_zh})" for column in missing)
        found = ", ".join(heading for heading in headings if heading) or "none"
        raise SourceRefused(
            f"{where}: required column {named} is missing. Headings found: {found}. "
            "Add it, or name its heading in a mapping file."
        )
    return Headings(positions=positions, unknown=tuple(unknown))
