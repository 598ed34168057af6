"""The procedures of ZDQY and ZQHX, profiles of their own (ICAS stands in rules_icas)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .arithmetic import add_days, add_months
from .audits import order
from .chain import has_links
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    UNDETERMINED,
    WARNING,
    Judgement,
    Subject,
    breach_if,
    deadline,
    each,
    rule,
)
from .lines import completed_audits, start, whole_line
from .records import Record
from .reports import reported_period
from .rules_certificate import all_bodies
from .rules_programme import recertifications
from .rules_reporting import PERIODIC, REPORT_HORIZON, annual_due
from .status import end, is_status
from .world import World

# --- ZDQY ----------------------------------------------

HORIZON = 90


def follow_ups(world: World, row: Record, *types: str) -> list[Record]:
    """Completed surveillance and recertification audits of a line since its start, in order."""
    begins = start(world, row)
    audits = completed_audits(world, row, *(types or ("surveillance", "recertification")))
    return [audit for audit in audits if audit.actual_end >= begins]


def on_time(world: World, row: Record, due: date, done: date | None) -> Judgement:
    """A deadline that does not apply where the current row ended on or before it with nothing done."""
    over = end(world, row)
    if done is None and over is not None and over.on <= due:
        return Judgement(NOT_APPLICABLE, due)
    return deadline(world, due, done, HORIZON)


@each("certificate")
def certificate_years(world: World, row: Record) -> Iterator[Subject]:
    """Every calendar year between the year of a line's start and the year of expiry."""
    if has_links(world, row):
        begins = start(world, row)
        for year in range(begins.year + 1, row.expires_on.year):
            yield Subject(f"{row.certificate_id}|{year}", begins, (row, year), row)


@rule("ZDQY-5.2-a", certificate_years, profile="zdqy", floating=True)
def every_calendar_year(world: World, pair: tuple[Record, int]) -> Judgement:
    """A surveillance or recertification in the year."""
    row, year = pair
    first, last = date(year, 1, 1), date(year, 12, 31)
    in_year = [audit.actual_end for audit in follow_ups(world, row) if first <= audit.actual_end <= last]
    return on_time(world, row, last, min(in_year, default=None))


@each("certificate")
def mains(world: World, row: Record) -> Iterator[Subject]:
    """Current rows of lines of main ITSMS certificates, on the day of the line's start."""
    if has_links(world, row):
        yield Subject(row.certificate_id, start(world, row), row)


@rule("ZDQY-5.2-b", mains, profile="zdqy")
def second_surveillance(world: World, row: Record) -> Judgement:
    """The second surveillance, or a recertification, within 24 months of the line's start."""
    due = add_months(start(world, row), 24)
    if due > row.expires_on:
        return Judgement(NOT_APPLICABLE, due)
    seconds = follow_ups(world, row, "surveillance")[1:2]
    renewals = follow_ups(world, row, "recertification")[:1]
    done = min((audit.actual_end for audit in (*seconds, *renewals)), default=None)
    return on_time(world, row, due, done)


@rule("ZDQY-5.3", recertifications, profile="zdqy", reads=("certificate_event",))
def recertification_interval(world: World, audit: Record) -> str:
    """Within twelve months of the last surveillance, unless suspended."""
    certificate = world.get("certificate", audit.certificate_id)
    if certificate is None or certificate.is_stub:
        return UNDETERMINED
    before = [
        other for other in completed_audits(world, certificate, "surveillance") if order(other) < order(audit)
    ]
    if not before:
        return NOT_APPLICABLE
    suspended = any(
        is_status(world, row, audit.actual_end, "suspended") for row in whole_line(world, certificate)
    )
    return breach_if(audit.actual_end > add_months(before[-1].actual_end, 12) and not suspended)


# --- ZQHX ----------------------------------------------

Report = tuple[str, str, date, str]  # body, period, due day, recipient


def body_and_month(world: World) -> Iterator[tuple[Record, date]]:
    """Each body and month from March 2026 to the month before as_of."""
    month = date(2026, 3, 1)
    while month < world.as_of.replace(day=1):
        for body in all_bodies(world):
            yield body, month
        month = add_months(month, 1)


@each(body_and_month)
def body_months(_: World, pair: tuple[Record, date]) -> Iterator[Subject]:
    """Each body, month and recipient; the month is a term."""
    body, month = pair
    period, due = f"{month:%Y-%m}", add_days(add_months(month, 1), 9)
    for recipient in ("CNCA", "CNAS", "CCAA"):
        report: Report = (body.body_id, period, due, recipient)
        yield Subject(f"{body.body_id}|{period}|{recipient}", month, report, body)


@rule("ZQHX-3.2.2", body_months, profile="zqhx", is_term=True, per_body=True, reads=PERIODIC)
def monthly_report(world: World, row: Report) -> Judgement:
    """The month's report is accepted by the 10th of the next month."""
    body_id, period, due, recipient = row
    done = reported_period(world, "monthly_report", body_id, period, (recipient,))
    return deadline(world, due, done, horizon=10)


@each(all_bodies)
def body_years_elsewhere(world: World, body: Record) -> Iterator[Subject]:
    """Each body, calendar year from 2025 to the year before as_of's, and recipient but CNCA."""
    for year in range(2025, world.as_of.year):
        for recipient in ("CNAS", "CCAA"):
            report: Report = (body.body_id, str(year), annual_due(year), recipient)
            yield Subject(f"{body.body_id}|{year}|{recipient}", annual_due(year), report, body)


@rule(
    "ZQHX-3.2.2-b",
    body_years_elsewhere,
    profile="zqhx",
    is_term=True,
    per_body=True,
    reads=PERIODIC,
)
def annual_report_elsewhere(world: World, row: Report) -> Judgement:
    """The year's report is accepted by CNAS and CCAA; a miss only warns."""
    body_id, period, due, recipient = row
    found = deadline(
        world,
        due,
        reported_period(world, "annual_work_report", body_id, period, (recipient,)),
        REPORT_HORIZON,
    )
    return Judgement(WARNING, due) if found.state == BREACH else found
