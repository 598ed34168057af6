"""Chapter 10: the records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .arithmetic import add_days, add_months
from .audits import is_completed, is_itsms
from .clients import belongs_to_itsms, is_abroad
from .judging import (
    BREACH,
    EFFECTIVE_FROM,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Population,
    Subject,
    breach_if,
    each,
    negated,
    rule,
)
from .lines import decision_of, possibly_decided_on
from .records import Record
from .rules_conduct import decisions_on, itsms_audits_of, next_has_begun
from .rules_nonconformity import found_in
from .status import end
from .world import World

RECORDS_DAYS = 30

# --- 10.1 ----------------------------------------------


@each("record_item")
def disposed_records(world: World, row: Record) -> Iterator[Subject]:
    """Records disposed of."""
    if belongs_to_itsms(world, row) and row.disposed_on is not None and world.happened(row.disposed_on):
        yield Subject(row.record_id, row.disposed_on, row)


class Kept(NamedTuple):
    """The certificates of a record, and whether a stub hides others."""

    certificates: list[Record]
    is_hidden: bool


def certificates_of(world: World, record: Record) -> Kept:
    """Certificates decided on the record's application (but for refusals), and the one its audit audited."""
    audit = world.get("audit", record.audit_id)
    is_hidden = audit is not None and audit.is_stub
    known = None if audit is None or audit.is_stub else audit
    application_id = record.application_id
    if application_id is None and known is not None:
        application_id = known.application_id
    application = world.get("application", application_id)
    is_hidden = is_hidden or (application is not None and application.is_stub)
    audited = None if known is None else world.get("certificate", known.certificate_id)
    if audited is not None and audited.is_stub:
        audited, is_hidden = None, True
    if audited is not None and not (is_itsms(audited) and world.happened(audited.issued_on)):
        audited = None
    found = [
        row
        for row in possibly_decided_on(world, application_id)
        if row is not audited
        and is_itsms(row)
        and world.happened(row.issued_on)
        and _was_decided_on(world, row, application_id)
    ]
    return Kept(found if audited is None else [audited, *found], is_hidden)


def _was_decided_on(world: World, certificate: Record, application_id: str) -> bool:
    """Whether D of a certificate is on an audit of an application and no refusal."""
    decision = decision_of(world, certificate)
    if decision is None or decision.is_stub:
        return False
    audit = world.get("audit", decision.audit_id)
    if audit is None or audit.is_stub:
        return False
    return bool(audit.application_id == application_id and decision.kind != "refuse")


def last_day(world: World, certificate: Record) -> date | None:
    """The day from which a certificate's two years count; None while it has not ended."""
    over = end(world, certificate)
    if over is not None and over.how == "expired":
        return add_days(over.on, -1)
    if certificate.is_unknown("expires_on") and certificate.expires_on < (
        world.as_of if over is None else over.on
    ):
        expired: date = certificate.expires_on
        return expired
    if over is None or over.how in ("revoked", "cancelled"):
        return None if over is None else over.on
    expires: date = certificate.expires_on
    return expires


def retained_until(world: World, found: Kept) -> date | None:
    """The day on which the two years after the last certificate are over; None while one stands."""
    days = [last_day(world, certificate) for certificate in found.certificates]
    if not days or None in days:
        return None
    return add_months(max(day for day in days if day is not None), 24)


@rule("R10.1", disposed_records, reads=("certificate_event", "decision"))
def kept_for_two_years(world: World, row: Record) -> str:
    """Kept until two years after the last of its certificates ended."""
    found = certificates_of(world, row)
    if not found.certificates:
        return UNDETERMINED if found.is_hidden else NOT_APPLICABLE
    until = retained_until(world, found)
    if until is None or row.disposed_on < until:
        return BREACH
    return UNDETERMINED if found.is_hidden else PASS


# --- 10.2 ----------------------------------------------

KINDS = (
    *("application_form", "application_review", "contract", "audit_programme", "audit_time_basis"),
    *("audit_plan", "sign_in_sheet", "onsite_record", "nc_report", "audit_report", "decision_record"),
)


def _day_of_decision(world: World, application: Record) -> date | None:
    """The day of the last grant or renewal on the application."""
    days = [
        decision.decided_on
        for audit in itsms_audits_of(world, application.application_id)
        for decision in decisions_on(world, audit, "grant", "renew")
    ]
    return max(days, default=None)


@each("application")
def decided_applications(world: World, application: Record) -> Iterator[Subject]:
    """ITSMS applications with a grant or renew decision, on the day of the last of them."""
    if is_itsms(application):
        day = _day_of_decision(world, application)
        if day is not None:
            yield Subject(application.application_id, day, (application, day), application)


def missing_kinds(world: World, application: Record, decided_on: date) -> set[str]:
    """The kinds of record that were not there at the decision."""
    audits = itsms_audits_of(world, application.application_id)
    records = {
        *world.of("record_item", "application_id", application.application_id),
        *(row for audit in audits for row in world.of("record_item", "audit_id", audit.audit_id)),
    }
    present = {
        row.kind
        for row in sorted(records, key=lambda row: row.record_id)
        if row.stored_on <= (world.as_of if row.kind == "decision_record" else decided_on)
        and (row.disposed_on is None or row.disposed_on > decided_on)
    }
    raised = any(found.raised_on <= decided_on for audit in audits for found in found_in(world, audit))
    return {kind for kind in KINDS if kind != "nc_report" or raised} - present


@rule("R10.2", decided_applications, reads=("record_item", "nonconformity"))
def records_complete(world: World, row: tuple[Record, date]) -> str:
    """Every kind of record is there at the decision."""
    return breach_if(bool(missing_kinds(world, *row)))


@each("audit")
def on_site_audits(world: World, audit: Record) -> Iterator[Subject]:
    """Completed audits that are not known to have been off site, on the day they ended."""
    if is_itsms(audit) and is_completed(world, audit) and audit.is_onsite is not False:
        yield Subject(audit.audit_id, audit.actual_end, audit)


def _own_kinds(world: World, audit: Record) -> set[str]:
    """The kinds of record that stand for the audit itself on as_of."""
    return {
        row.kind
        for row in world.of("record_item", "audit_id", audit.audit_id)
        if world.happened(row.stored_on)
        and (row.disposed_on is None or row.disposed_on > world.as_of or _is_free(world, row))
    }


def _is_free(world: World, record: Record) -> bool:
    """Whether a record no longer has to be kept."""
    until = retained_until(world, certificates_of(world, record))
    return until is not None and until <= world.as_of


def _reported_for_application(world: World, audit: Record) -> set[str]:
    """The kinds that R10.2 lists for the audit's application."""
    application = world.get("application", audit.application_id)
    if application is None or application.is_stub or not is_itsms(application):
        return set()
    day = _day_of_decision(world, application)
    if day is None or day < EFFECTIVE_FROM["cnca"] or is_abroad(world, application.org_id):
        return set()
    return missing_kinds(world, application, day)


@rule("R10.2-b", on_site_audits, reads=("record_item", "nonconformity", "decision"))
def own_records(world: World, audit: Record) -> str:
    """Every on-site audit has its own plan, sign-in sheet, on-site record, and report where there is one."""
    wanted = {"audit_plan", "sign_in_sheet", "onsite_record"}
    if world.happened(audit.report_issued_on):
        wanted.add("audit_report")
    if any(world.happened(found.raised_on) for found in found_in(world, audit)):
        wanted.add("nc_report")
    missing = wanted - _own_kinds(world, audit)
    if missing:
        missing -= _reported_for_application(world, audit)
    if not missing:
        return PASS
    if decisions_on(world, audit) or next_has_begun(world, audit):
        return BREACH
    return WARNING if world.as_of > add_days(audit.actual_end, RECORDS_DAYS) else PASS


# --- 10.3, 10.4 ----------------------------------------------

SIGNED = ("application_form", "contract", "audit_plan", "sign_in_sheet", "nc_report", "decision_record")


def stored_records(*kinds: str) -> Population:
    """Records of these kinds (none: all), on the day they were stored."""

    @each("record_item")
    def found(world: World, row: Record) -> Iterator[Subject]:
        if (not kinds or row.kind in kinds) and belongs_to_itsms(world, row):
            yield Subject(row.record_id, row.stored_on, row)

    return found


@rule("R10.3", stored_records(*SIGNED))
def signed(_: World, row: Record) -> str:
    """Signed."""
    return breach_if(negated(row.signed))


@rule("R10.4", stored_records())
def not_editable(_: World, row: Record) -> str:
    """Not kept in an editable form."""
    return breach_if(row.medium == "electronic_editable")
