"""The bodies' own procedures: ICAS, ZDQY, ZQHX (ICAS 6.4.8 stands with the nonconformities)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from .arithmetic import add_days, add_months, base, half
from .chain import ended_without, follow_ups, main_certificates
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    Judgement,
    Subject,
    breach_if,
    deadline,
    rule,
    warning_if,
)
from .records import Audit, Certificate
from .rules_conduct import GapPair, gap_pairs
from .rules_programme import recertifications
from .rules_team import began
from .rules_time import StagePair, below, stage_pairs
from .status import is_status
from .workdays import add_working_days, working_days_between
from .world import World, ended, factor, order

# --- ICAS ----------------------------------------------


def complete_gap_pairs(world: World) -> Iterator[Subject[GapPair]]:
    """Gap pairs that have both stages."""
    return (subject for subject in gap_pairs(world) if subject.row[1] is not None)


@rule("ICAS-6.4.2.1-a", complete_gap_pairs, profile="icas")
def working_days_between_stages(_: World, row: GapPair) -> str:
    """Five to sixty working days."""
    one, two = row[1:]
    if one is None:
        return UNDETERMINED
    days = working_days_between(ended(one), began(two))
    return breach_if(None if days is None else not 5 <= days <= 60)


@rule("ICAS-6.4.2.1-b", stage_pairs, profile="icas")
def stage1_share(_: World, row: StagePair) -> str:
    """Stage 1 takes a third of the total at most."""
    one, two = row[1:]
    if one.total_days is None or two.total_days is None:
        return UNDETERMINED
    return warning_if(Fraction(one.total_days) > Fraction(one.total_days + two.total_days) / 3)


def renewed_certificates(world: World) -> Iterator[Subject[Certificate]]:
    """ITSMS certificates that follow another."""
    for row in world.itsms_certificates:
        if row.previous_certificate_id is not None:
            yield Subject(row.certificate_id, row.issued_on, row)


def deciding_team(world: World, certificate_id: str | None) -> set[str] | None:
    """The auditors of the audit that a certificate was decided on; None where it is not known."""
    certificate = world.certificate.get(certificate_id or "")
    decision = world.decision.get((certificate.decision_id if certificate else None) or "")
    if decision is None or decision.audit_id is None or not world.happened(decision.decided_on):
        return None
    return world.auditor_ids(decision.audit_id)


@rule("ICAS-6.4.2.2-j", renewed_certificates, profile="icas")
def another_team(world: World, row: Certificate) -> str:
    """Not the same auditors as in the cycle before."""
    team = deciding_team(world, row.certificate_id)
    before = deciding_team(world, row.previous_certificate_id)
    if team is None or before is None:
        return UNDETERMINED
    return breach_if(bool(team) and team == before)


@rule("ICAS-6.7.1.1", recertifications, profile="icas")
def in_the_last_three_months(world: World, audit: Audit) -> str:
    """The audit ends in the certificate's last three months."""
    certificate = world.certificate.get(audit.certificate_id or "")
    if certificate is None:
        return UNDETERMINED
    opens = add_months(certificate.expires_on, -3)
    return breach_if(not opens <= ended(audit) <= certificate.expires_on)


@rule("ICAS-6.7.1.5", recertifications, profile="icas")
def recertification_without_stage1(world: World, audit: Audit) -> str:
    """70 % of the initial time where there is no stage 1."""
    if world.stages(audit.application_id, "stage1"):
        return PASS
    if audit.headcount_effective is None:
        return UNDETERMINED
    needed = half(base(audit.headcount_effective) * factor(audit.reduction_reason) * Fraction(7, 10))
    return breach_if(below(audit.total_days, needed))


def finished_audits(world: World) -> Iterator[Subject[Audit]]:
    """Completed audits, on the day they ended."""
    for audit in world.completed_audits:
        yield Subject(audit.audit_id, audit.actual_end, audit)


@rule("ICAS-10.2", finished_audits, profile="icas")
def archived(world: World, audit: Audit) -> str:
    """The on-site record is stored within two working days."""
    limit = add_working_days(ended(audit), 2)
    if limit is None:
        return UNDETERMINED
    stored = [
        row.stored_on for row in world.records_of_audit.get(audit.audit_id, []) if row.kind == "onsite_record"
    ]
    if any(day <= limit and world.happened(day) for day in stored):
        return PASS
    return BREACH if world.as_of > limit else PASS


# --- ZDQY ----------------------------------------------


def certificate_years(world: World) -> Iterator[Subject[tuple[Certificate, int]]]:
    """Every calendar year between the year of issue and the year of expiry, of main certificates."""
    for row in main_certificates(world):
        for year in range(row.issued_on.year + 1, row.expires_on.year):
            yield Subject(f"{row.certificate_id}|{year}", row.issued_on, (row, year))


def on_time(
    world: World, certificate: Certificate, due: date, done: date | None, horizon: int = 90
) -> Judgement:
    """A deadline that does not apply where the certificate ended on or before it with nothing done."""
    if ended_without(world, certificate, due, done):
        return Judgement(NOT_APPLICABLE)
    return deadline(world, due, done, horizon)


@rule("ZDQY-5.2-a", certificate_years, profile="zdqy")
def every_calendar_year(world: World, pair: tuple[Certificate, int]) -> Judgement:
    """A surveillance or recertification in the year."""
    row, year = pair
    in_year = [ended(audit) for audit in follow_ups(world, row) if ended(audit).year == year]
    return on_time(world, row, date(year, 12, 31), min(in_year, default=None))


def mains(world: World) -> Iterator[Subject[Certificate]]:
    """Main ITSMS certificates, on the day of issue."""
    for row in main_certificates(world):
        yield Subject(row.certificate_id, row.issued_on, row)


@rule("ZDQY-5.2-b", mains, profile="zdqy")
def second_surveillance(world: World, row: Certificate) -> Judgement:
    """The second surveillance, or a recertification, within 24 months of issue."""
    due = add_months(row.issued_on, 24)
    if due > row.expires_on:
        return Judgement(NOT_APPLICABLE)
    audits = follow_ups(world, row)
    seconds = [audit for audit in audits if audit.audit_type == "surveillance"][1:2]
    renewals = [audit for audit in audits if audit.audit_type == "recertification"][:1]
    done = min((ended(audit) for audit in (*seconds, *renewals)), default=None)
    return on_time(world, row, due, done)


@rule("ZDQY-5.3", recertifications, profile="zdqy")
def recertification_interval(world: World, audit: Audit) -> str:
    """Within twelve months of the last surveillance, unless suspended."""
    certificate = world.certificate.get(audit.certificate_id or "")
    if certificate is None:
        return UNDETERMINED
    surveillances = world.in_order(world.audits_of_certificate[certificate.certificate_id], "surveillance")
    before = [other for other in surveillances if order(other) < order(audit)]
    if not before:
        return NOT_APPLICABLE
    late = ended(audit) > add_months(ended(before[-1]), 12)
    return breach_if(late and not is_status(world, certificate, ended(audit), "suspended"))


# --- ZQHX ----------------------------------------------

MonthlyReport = tuple[str, date, str]


def body_months(world: World) -> Iterator[Subject[MonthlyReport]]:
    """Each body, month from March 2026 to the month before as_of's, and recipient."""
    month = date(2026, 3, 1)
    while month < world.as_of.replace(day=1):
        for body in world.source.certification_body:
            for recipient in ("CNCA", "CNAS", "CCAA"):
                subject_id = f"{body.body_id}|{month:%Y-%m}|{recipient}"
                yield Subject(subject_id, month, (body.body_id, month, recipient))
        month = add_months(month, 1)


@rule("ZQHX-3.2.2", body_months, profile="zqhx", is_term=True)
def monthly_report(world: World, row: MonthlyReport) -> Judgement:
    """The month's report is accepted by the 10th of the next month."""
    body_id, month, recipient = row
    done = world.reported_period("monthly_report", body_id, f"{month:%Y-%m}", (recipient,))
    return deadline(world, add_days(add_months(month, 1), 9), done, horizon=10)
