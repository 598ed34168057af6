"""`certhouse submission due`: the calendar of one home as a table for the terminal, and as a calendar file."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

from dagster_project.filing.calendar_file import write_calendar
from dagster_project.filing.due import Due, DueGroup, grouped, list_due
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.publish import open_published, published_day

_COLUMNS = ("due", "days", "body", "kind", "period", "to", "subjects", "state")


def due_of(
    home: Home,
    on: date | None = None,
    *,
    days: int | None = None,
    body: str | None = None,
    published: date | None = None,
) -> tuple[date, list[Due]]:
    """The day for which the warehouse speaks, and what is due by it and the ledger.

    It is looked at from `on`; None: from that day. Raises NothingPublished, LedgerDamaged.

    published  the day of the warehouse to read; None: the one that was published last
    """
    from dagster_project.filing import Ledger, ledger_path

    warehouse = open_published(home, published)
    with Ledger.read(ledger_path(home)) as ledger:
        rows = list_due(warehouse, home.submissions, ledger, on=on, days=days, body=body)
    return published_day(warehouse), rows


def due_lines(
    home: Home, on: date | None, days: int = 90, body: str | None = None, calendar: Path | None = None
) -> list[str]:
    """The table's lines; `calendar` is where the .ics is written, if it is asked for. Raises as due_of."""
    as_of, rows = due_of(home, on, days=days, body=body)
    lines = render(grouped(rows), on or as_of, days)
    if on is not None and on > as_of:
        lines.append(f"By the records of {as_of}: run certhouse for a newer day to see what has come since.")
    if calendar is not None:
        lines.append(f"Calendar: {write_calendar(rows, as_of, calendar)}")
    return lines


def render(groups: list[DueGroup], as_of: date, days: int) -> list[str]:
    """One block of lines: what is due, the most urgent first, and below each the next step."""
    if not groups:
        return [f"Nothing is due on {as_of} or within {days} days."]
    rows = [_COLUMNS, *(_cells(group) for group in groups)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    header, *body = (_aligned(row, widths) for row in rows)
    lines = [f"Due on {as_of} or within {days} days:", "", header]
    for line, group in zip(body, groups, strict=True):
        lines += [line, f"    {group.first.next_step}"]
    return lines


def _cells(group: DueGroup) -> tuple[str, ...]:
    first = group.first
    return (
        str(first.due_on or "unknown"),
        "" if first.days_left is None else str(first.days_left),
        first.body_id,
        first.kind,
        first.period or "",
        first.recipient,
        str(len(group.subjects) or ""),
        f"{first.state}, overdue" if first.is_overdue and first.state != "overdue" else first.state,
    )


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(
        cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
    ).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
