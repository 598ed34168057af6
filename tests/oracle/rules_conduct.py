"""Clauses 5.5, 5.6, 5.10 and 5.11: how audits are conducted, nonconformities, reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .arithmetic import add_days, add_months
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Judgement,
    Subject,
    all_of,
    any_of,
    breach_if,
    deadline,
    negated,
    rule,
    warning_if,
)
from .records import Application, Audit, Nonconformity, ServiceObjective
from .rules_programme import audits_of_type, every_audit, main_audits
from .rules_team import began
from .world import World, blank, ended


@rule("R5.5.3", main_audits)
def top_manager_present(_: World, audit: Audit) -> str:
    """Present, or represented by an authorised deputy with the reason recorded."""
    if audit.top_manager_present is None:
        return UNDETERMINED
    if audit.top_manager_present:
        return PASS
    return breach_if(any_of(blank(audit.absence_reason), negated(audit.authorised_deputy)))


@rule("R5.5.4", main_audits)
def top_manager_interviewed(_: World, audit: Audit) -> str:
    """Interviewed, and no positive conclusion where not competent."""
    positive = None if audit.conclusion is None else audit.conclusion in ("recommend", "maintain")
    return breach_if(
        any_of(negated(audit.top_manager_interviewed), all_of(negated(audit.top_manager_competent), positive))
    )


def terminated(world: World) -> Iterator[Subject[Audit]]:
    """Terminated audits."""
    for audit in world.itsms_audits:
        if audit.status == "terminated":
            yield Subject(audit.audit_id, audit.actual_start, audit)


@rule("R5.5.5", terminated)
def termination(world: World, audit: Audit) -> str:
    """With a reason and a report, and no positive decision on it."""
    granted = any(
        decision.kind in ("grant", "renew", "extend")
        for decision in world.decisions_on.get(audit.audit_id, [])
    )
    return breach_if(blank(audit.termination_reason) or not world.happened(audit.report_issued_on) or granted)


GapPair = tuple[Application, Audit | None, Audit]


def gap_pairs(world: World) -> Iterator[Subject[GapPair]]:
    """Applications with a completed stage 2, on the day the first of them began."""
    for application in world.itsms_applications:
        pair = world.gap_pair(application.application_id)
        if pair is not None:
            one, two = pair
            yield Subject(application.application_id, two.actual_start, (application, one, two))


@rule("R5.6.1-a", gap_pairs)
def shortest_interval(_: World, row: GapPair) -> str:
    """Five days at least from the end of stage 1 to the beginning of stage 2."""
    application, one, two = row
    if one is None:
        return BREACH if application.kind == "initial" else NOT_APPLICABLE
    return breach_if((began(two) - ended(one)).days < 5)


OpenStage = tuple[Audit | None, Audit | None]  # stage 1, stage 2


def intervals(world: World) -> Iterator[Subject[OpenStage]]:
    """Gap pairs; and, on as_of, completed stages 1 that still wait for a stage 2 to begin."""
    for subject in gap_pairs(world):
        yield Subject(subject.id, subject.anchor, subject.row[1:])
    for application in world.itsms_applications:
        ones = world.stages(application.application_id, "stage1")
        if ones and is_waiting(world, application):
            yield Subject(application.application_id, world.as_of, (ones[-1], None))


def is_waiting(world: World, application: Application) -> bool:
    """No stage 2 has begun or is completed, and the application is neither rejected nor refused."""
    audits = [
        audit
        for audit in world.audits_of_application.get(application.application_id, [])
        if world.is_itsms(audit)
    ]
    begun = any(
        audit.audit_type == "stage2" and (world.happened(audit.actual_start) or world.is_completed(audit))
        for audit in audits
    )
    not_yet_reviewed = application.reviewed_on is not None and application.reviewed_on > world.as_of
    rejected = application.review_result == "rejected" and not not_yet_reviewed
    refused = any(
        decision.kind == "refuse"
        for audit in audits
        for decision in world.decisions_on.get(audit.audit_id, [])
    )
    return not (begun or rejected or refused)


@rule("R5.6.1-b", intervals)
def longest_interval(world: World, row: OpenStage) -> str:
    """Six months at most; an open one warns from five months on."""
    one, two = row
    if one is None:
        return NOT_APPLICABLE
    if two is None:
        return WARNING if world.as_of >= add_months(ended(one), 5) else PASS
    return breach_if(began(two) > add_months(ended(one), 6))


@rule("R5.6.2.2", audits_of_type("stage1"))
def stage1_off_site(_: World, audit: Audit) -> str:
    """An off-site stage 1 has a reason."""
    if audit.is_onsite is None:
        return UNDETERMINED
    return breach_if(not audit.is_onsite and blank(audit.offsite_reason))


@rule("R5.6.3.2", main_audits)
def on_site(_: World, audit: Audit) -> str:
    """On site."""
    return breach_if(negated(audit.is_onsite))


def objectives(world: World) -> Iterator[Subject[ServiceObjective]]:
    """Service objectives evidenced in a completed audit."""
    anchors = {subject.id: subject.anchor for subject in every_audit(world)}
    for row in world.source.service_objective:
        if row.audit_id in anchors:
            yield Subject(f"{row.audit_id}|{row.objective}", anchors[row.audit_id], row)


@rule("R5.6.3.2-2", objectives)
def objective_missed(_: World, row: ServiceObjective) -> str:
    """The target is reached; a gap only warns."""
    return warning_if(None if row.actual is None else row.actual < row.target)


# --- 5.10 nonconformities ----------------------------------------------


def end_of(world: World, audit: Audit) -> date | None:
    """The day an audit ended, whatever its status; a plan has not ended."""
    return None if audit.status == "planned" else world.known(audit.actual_end)


def verification_due(world: World, row: Nonconformity) -> date | None:
    """The day by which a major nonconformity must be verified; None where it is not known."""
    audit = world.audit[row.audit_id]
    if audit.audit_type == "recertification":
        certificate = world.certificate.get(audit.certificate_id or "")
        return None if certificate is None else certificate.expires_on
    if audit.audit_type in ("stage1", "stage2"):
        twos = world.stages(audit.application_id, "stage2")
        from_day, months = (ended(twos[-1]) if twos else end_of(world, audit)), 6
    else:
        from_day, months = end_of(world, audit), 3
    return None if from_day is None else add_months(from_day, months)


def majors(world: World) -> Iterator[Subject[Nonconformity]]:
    """Major nonconformities of ITSMS audits."""
    for row in world.itsms_nonconformities:
        if row.grade == "major":
            yield Subject(row.nc_id, row.raised_on, row)


def minors(world: World) -> Iterator[Subject[Nonconformity]]:
    """Minor nonconformities of ITSMS audits."""
    for row in world.itsms_nonconformities:
        if row.grade == "minor":
            yield Subject(row.nc_id, row.raised_on, row)


@rule("R5.10.3", majors)
def verified_in_time(world: World, row: Nonconformity) -> Judgement:
    """Verified within the term of the audit's type."""
    return deadline(world, verification_due(world, row), world.known(row.verified_on))


@rule("ICAS-6.4.8-a", majors, profile="icas")
def verified_in_three_months(world: World, row: Nonconformity) -> Judgement:
    """Verified within three months of the audit's end."""
    ended_on = end_of(world, world.audit[row.audit_id])
    return deadline(
        world, None if ended_on is None else add_months(ended_on, 3), world.known(row.verified_on)
    )


@rule("ICAS-6.4.8-b", minors, profile="icas")
def accepted_in_thirty_days(world: World, row: Nonconformity) -> Judgement:
    """Accepted within thirty days of the audit's end."""
    ended_on = end_of(world, world.audit[row.audit_id])
    return deadline(world, None if ended_on is None else add_days(ended_on, 30), world.known(row.accepted_on))
