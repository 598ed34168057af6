"""Clauses 5.5 to 5.9 and 5.11.1: how audits are conducted, and what is told and reported of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .arithmetic import add_days, add_months
from .audits import (
    completed,
    gap_pair,
    is_begun,
    is_completed,
    is_itsms,
    of_application,
    stages,
)
from .chain import has_links
from .clients import belongs_to_itsms, body, client, of_client, parent, same_client
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Judgement,
    Population,
    Subject,
    all_of,
    any_of,
    breach_if,
    each,
    negated,
    rule,
    warning_if,
)
from .lines import audits_of_rows, completed_audits, whole_line
from .people import is_management_system
from .records import Record
from .rules_programme import MAIN_TYPES, audits_of_type, main_audits, recertifications
from .status import is_status, status_on
from .world import World, blank, earliest

CLIENT_CYCLE_MONTHS = 12
RECERTIFICATION_HORIZON = 90
REPORT_DAYS = 30


def decisions_on(world: World, audit: Record, *kinds: str) -> list[Record]:
    """The decisions on an audit that were taken by as_of, of these kinds (none: all)."""
    return [
        row
        for row in world.of("decision", "audit_id", audit.audit_id)
        if (not kinds or row.kind in kinds) and world.happened(row.decided_on)
    ]


def itsms_audits_of(world: World, application_id: str | None) -> list[Record]:
    """The application's ITSMS audits of every status."""
    return [audit for audit in of_application(world, application_id) if is_itsms(audit)]


def has_decision(world: World, application_id: str, *kinds: str) -> bool:
    """Whether a decision of these kinds was taken on an ITSMS audit of an application by as_of."""
    return any(decisions_on(world, audit, *kinds) for audit in itsms_audits_of(world, application_id))


def is_rejected(world: World, application: Record) -> bool:
    """Rejected by the review; a rejection with a later day is not yet one."""
    return bool(
        application.review_result == "rejected"
        and (application.reviewed_on is None or application.reviewed_on <= world.as_of)
    )


# --- 5.5 ----------------------------------------------


@each("audit")
def audits_with_meetings(world: World, audit: Record) -> Iterator[Subject]:
    """Completed audits; stage 1 and special ones only where they were on site."""
    on_site = audit.audit_type in MAIN_TYPES or audit.is_onsite is True
    if on_site and is_itsms(audit) and is_completed(world, audit):
        yield Subject(audit.audit_id, audit.actual_start, audit)


@rule(
    "R5.5.3",
    audits_with_meetings,
    reads=("audit.is_onsite", "audit.authorised_deputy", "audit.absence_reason"),
)
def top_manager_present(_: World, audit: Record) -> str:
    """Present, or represented by an authorised deputy with the reason recorded."""
    if audit.top_manager_present is None:
        return UNDETERMINED
    if audit.top_manager_present:
        return PASS
    return breach_if(any_of(blank(audit.absence_reason), negated(audit.authorised_deputy)))


@rule(
    "R5.5.4",
    main_audits,
    reads=("audit.top_manager_competent", "audit.conclusion"),
)
def top_manager_interviewed(_: World, audit: Record) -> str:
    """Interviewed, and no positive conclusion where not competent."""
    positive = None if audit.conclusion is None else audit.conclusion in ("recommend", "maintain")
    return breach_if(
        any_of(negated(audit.top_manager_interviewed), all_of(negated(audit.top_manager_competent), positive))
    )


@each("audit")
def terminated(world: World, audit: Record) -> Iterator[Subject]:
    """Terminated audits that had begun."""
    if audit.status == "terminated" and is_itsms(audit) and world.happened(audit.actual_start):
        yield Subject(audit.audit_id, audit.actual_start, audit)


@rule("R5.5.5", terminated, reads=("audit.termination_reason", "audit.report_issued_on", "decision"))
def termination(world: World, audit: Record) -> str:
    """With a reason and a report, and no positive decision on it."""
    return breach_if(
        blank(audit.termination_reason)
        or not world.happened(audit.report_issued_on)
        or bool(decisions_on(world, audit, "grant", "renew", "extend", "maintain"))
    )


# --- 5.6 ----------------------------------------------


@each("application")
def gap_pairs(world: World, application: Record) -> Iterator[Subject]:
    """ITSMS applications with a completed stage 2, on the day the first of them began."""
    if is_itsms(application):
        pair = gap_pair(world, application.application_id)
        if pair is not None:
            one, two = pair
            yield Subject(application.application_id, two.actual_start, (application, one, two), application)


GapPair = tuple[Record, Record | None, Record]  # application, stage 1, stage 2


@rule("R5.6.1-a", gap_pairs, reads=("decision",))
def shortest_interval(world: World, row: GapPair) -> str:
    """Five days at least from the end of stage 1 to the beginning of stage 2."""
    application, one, two = row
    if one is None:
        if application.kind != "initial" or has_decision(world, application.application_id, "grant"):
            return NOT_APPLICABLE
        return BREACH
    return breach_if(add_days(one.actual_end, 5) > two.actual_start)


@each("application")
def intervals(world: World, application: Record) -> Iterator[Subject]:
    """Gap pairs; and, on as_of, completed stages 1 that still wait for a stage 2 to begin."""
    if not is_itsms(application):
        return
    application_id = application.application_id
    pair = gap_pair(world, application_id)
    if pair is not None:
        yield Subject(application_id, pair[1].actual_start, pair, application)
        return
    ones = stages(world, application_id, "stage1")
    begun = any(
        audit.audit_type == "stage2" and is_begun(world, audit)
        for audit in itsms_audits_of(world, application_id)
    )
    given_up = is_rejected(world, application) or has_decision(world, application_id, "refuse")
    if ones and not begun and not given_up:
        yield Subject(application_id, world.as_of, (ones[-1], None), application)


@rule(
    "R5.6.1-b",
    intervals,
    reads=("decision", "application.review_result", "application.reviewed_on"),
)
def longest_interval(world: World, row: tuple[Record | None, Record | None]) -> str:
    """Six months at most; an open one warns from five months on."""
    one, two = row
    if one is None:
        return NOT_APPLICABLE
    if two is None:
        return WARNING if world.as_of >= add_months(one.actual_end, 5) else PASS
    return breach_if(two.actual_start > add_months(one.actual_end, 6))


@rule("R5.6.2.2", audits_of_type("stage1"), reads=("audit.offsite_reason",))
def stage1_off_site(_: World, audit: Record) -> str:
    """An off-site stage 1 has a reason."""
    if audit.is_onsite is None:
        return UNDETERMINED
    return breach_if(not audit.is_onsite and blank(audit.offsite_reason))


def off_site_stage1(_: World, audit: Record) -> bool:
    """Known to have been off site."""
    return audit.is_onsite is False


@rule(
    "R5.6.2.2-b",
    audits_of_type("stage1").where(off_site_stage1),
    reads=(
        "application",
        "application.transfer_certificate_accredited",
        "application.transfer_from_certificate_no",
    ),
)
def off_site_allowed(world: World, audit: Record) -> str:
    """Off site only for a client certified by the body for another system, or for a transfer."""
    others = [
        row
        for row in world.of("certificate", "body_id", audit.body_id)
        if not row.is_stub and row.system != "ITSMS" and is_management_system(row.system)
    ]
    start = audit.actual_start
    if any(
        same_client(world, row.org_id, audit.org_id) and is_status(world, row, start, "valid")
        for row in others
    ):
        return PASS
    application = world.get("application", audit.application_id)
    if application is None or application.is_stub:
        return UNDETERMINED
    if (
        application.kind == "transfer"
        or application.transfer_certificate_accredited is True
        or not blank(application.transfer_from_certificate_no)
    ):
        return PASS
    holder = world.get("organization", audit.org_id)
    if holder is None or holder.is_stub:  # whose unified code could be that of another certificate's client
        return UNDETERMINED
    return BREACH if others else UNDETERMINED


@each("application")
def told_stages(world: World, application: Record) -> Iterator[Subject]:
    """ITSMS applications with a completed stage 1 and a begun stage 2: the stage 1, and that day."""
    if not is_itsms(application):
        return
    begun = earliest(
        *(
            audit.actual_start
            for audit in itsms_audits_of(world, application.application_id)
            if audit.audit_type == "stage2" and is_begun(world, audit)
        )
    )
    if begun is None:
        return
    pair = gap_pair(world, application.application_id)
    one = pair[0] if pair is not None else None
    if pair is None:
        ones = stages(world, application.application_id, "stage1")
        before = [audit for audit in ones if audit.actual_end <= begun] or ones
        one = before[-1] if before else None
    if one is not None:
        yield Subject(application.application_id, begun, (one, begun), application)


@rule("R5.6.2.3", told_stages, kept=("audit.stage1_result_told_on",))
def stage1_result_told(world: World, row: tuple[Record, date]) -> str:
    """The conclusion of stage 1 is told before stage 2 begins; not recorded only warns."""
    one, begun = row
    told = world.known(one.stage1_result_told_on)
    if told is None:
        return WARNING
    return breach_if(told > begun)


@rule("R5.6.3.2", audits_of_type("stage2", "surveillance", "recertification", "special"))
def on_site(_: World, audit: Record) -> str:
    """On site."""
    return breach_if(negated(audit.is_onsite))


@each("service_objective")
def objectives(world: World, row: Record) -> Iterator[Subject]:
    """Service objectives evidenced in a completed audit."""
    audit = world.get("audit", row.audit_id)
    if audit is not None and not audit.is_stub and is_itsms(audit) and is_completed(world, audit):
        yield Subject(f"{row.audit_id}|{row.objective}", audit.actual_start, row)


@rule("R5.6.3.2-2", objectives)
def objective_missed(_: World, row: Record) -> str:
    """The target is reached; a gap only warns."""
    return warning_if(None if row.actual is None else row.actual < row.target)


# --- 5.7.3, 5.8.2, 5.9.1 ----------------------------------------------


@rule(
    "R5.7.3-1",
    audits_of_type("stage1", "surveillance", "recertification"),
    kept=("audit.client_internal_audit_on", "audit.client_management_review_on"),
)
def client_cycle(world: World, audit: Record) -> str:
    """The client's internal audit and management review lie within the last twelve months."""

    def missed(day: date | None) -> bool | None:
        if day is None:
            return None
        return day > audit.actual_end or add_months(day, CLIENT_CYCLE_MONTHS) < audit.actual_end

    return warning_if(
        any_of(
            missed(world.known(audit.client_internal_audit_on)),
            missed(world.known(audit.client_management_review_on)),
        )
    )


@rule("R5.8.2-a", recertifications)
def recertified_before_expiry(world: World, audit: Record) -> str:
    """The recertification audit ends while the certificate is valid."""
    certificate = world.get("certificate", audit.certificate_id)
    if certificate is None or certificate.is_stub:
        return UNDETERMINED
    return breach_if(audit.actual_end > certificate.expires_on)


@each("certificate")
def running_out(world: World, row: Record) -> Iterator[Subject]:
    """Main certificates that stand, and were not audited for recertification since their issue."""
    if not has_links(world, row):
        return
    found = status_on(world, row, world.as_of)
    done = any(audit.actual_end >= row.issued_on for audit in completed_audits(world, row, "recertification"))
    if found is not None and found.status in ("valid", "suspended") and not done:
        yield Subject(row.certificate_id, row.expires_on, row)


@rule("R5.8.2-p", running_out, is_term=True)
def recertification_planned(world: World, row: Record) -> Judgement:
    """In the last ninety days a recertification audit is planned before the expiry."""
    due = row.expires_on
    planned = any(
        audit.status == "planned"
        and audit.audit_type == "recertification"
        and is_itsms(audit)
        and audit.planned_end <= due
        for audit in audits_of_rows(world, whole_line(world, row))
    )
    late = world.as_of >= add_days(due, -RECERTIFICATION_HORIZON) and not planned
    return Judgement(WARNING if late else PASS, due)


def decisions(*kinds: str) -> Population:
    """ITSMS decisions of these kinds (none: all six)."""

    @each("decision")
    def found(world: World, row: Record) -> Iterator[Subject]:
        if (not kinds or row.kind in kinds) and belongs_to_itsms(world, row):
            yield Subject(row.decision_id, row.decided_on, row)

    return found


@rule(
    "R5.9.1",
    decisions("extend"),
    reads=("application", "application.reviewed_on", "application.review_result"),
)
def extension_applied_for(world: World, row: Record) -> str:
    """The n-th extension of a client rests on n accepted applications for one."""
    above = parent(world, row)
    if above is None or above.is_stub:
        return UNDETERMINED
    org_id, body_id = client(world, row), body(world, row)
    earlier = [
        other
        for other in world.table("decision")
        if same_client(world, client(world, other, ask=False), org_id)
        and body(world, other, ask=False) == body_id
        and other.kind == "extend"
        and belongs_to_itsms(world, other)
        and (other.decided_on, other.decision_id) <= (row.decided_on, row.decision_id)
    ]
    accepted, unclear = 0, 0
    for application in of_client(world, "application", org_id):
        if application.kind == "extension" and is_itsms(application) and application.body_id == body_id:
            answer = all_of(
                None if application.review_result is None else application.review_result == "accepted",
                None if application.reviewed_on is None else application.reviewed_on <= row.decided_on,
            )
            accepted += answer is True
            unclear += answer is None
    if accepted < len(earlier):
        return UNDETERMINED if accepted + unclear >= len(earlier) else BREACH
    return WARNING if row.audit_id is None else PASS


# --- 5.6.1 (grants), 5.11.1 (reports) ----------------------------------------------


@rule("R5.6-a", decisions("grant"))
def granted_after_both_stages(world: World, row: Record) -> str:
    """A grant rests on a completed stage 1 and stage 2."""
    audit = world.get("audit", row.audit_id)
    if audit is not None and audit.is_stub:
        return UNDETERMINED
    application = None if audit is None else world.get("application", audit.application_id)
    if application is None:
        return _granted_to_client(world, row)

    def has(audit_type: str) -> bool:
        return any(
            one.actual_end <= row.decided_on for one in stages(world, application.application_id, audit_type)
        )

    second = has("stage2") or has("recertification")
    if application.is_stub:
        return UNDETERMINED if second else BREACH
    if application.kind == "transfer":
        return NOT_APPLICABLE
    if application.kind == "initial":
        return breach_if(not (has("stage1") and has("stage2")))
    return breach_if(not second)


def audited_by(world: World, org_id: str | None, body_id: str | None, day: date) -> bool:
    """Whether a body had completed an ITSMS stage 2 or recertification of a client by a day."""
    return any(
        audit.actual_end <= day and audit.body_id == body_id
        for audit in completed(world, of_client(world, "audit", org_id), "stage2", "recertification")
    )


def _granted_to_client(world: World, row: Record) -> str:
    above = parent(world, row)
    if above is None or above.is_stub:
        return UNDETERMINED
    found = audited_by(world, client(world, row), body(world, row), row.decided_on)
    return UNDETERMINED if found else BREACH


def next_has_begun(world: World, audit: Record) -> bool:
    """Whether the next audit of the application or line has begun; after a stage 1 that is the stage 2."""
    certificate = world.get("certificate", audit.certificate_id)
    others = [
        *of_application(world, audit.application_id),
        *([] if certificate is None else audits_of_rows(world, whole_line(world, certificate))),
    ]
    return any(
        (audit.audit_type != "stage1" or other.audit_type == "stage2")
        and is_itsms(other)
        and is_begun(world, other)
        and other.actual_start > audit.actual_end
        for other in others
        if other is not audit
    )


@each("audit")
def ended_audits(world: World, audit: Record) -> Iterator[Subject]:
    """Completed audits of all types, on the day they ended."""
    if is_itsms(audit) and is_completed(world, audit):
        yield Subject(audit.audit_id, audit.actual_end, audit)


@rule("R5.11.1-b", ended_audits)
def report_of_every_audit(world: World, audit: Record) -> str:
    """An audit without decision has its report before the next one begins."""
    if decisions_on(world, audit):
        return NOT_APPLICABLE
    if world.happened(audit.report_issued_on):
        return PASS
    if next_has_begun(world, audit):
        return BREACH
    return WARNING if world.as_of > add_days(audit.actual_end, REPORT_DAYS) else PASS
