"""Chapters 8 to 11: complaints, reports, records, internal audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from .arithmetic import add_days, add_months
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    Judgement,
    Subject,
    breach_if,
    deadline,
    negated,
    rule,
    warning_if,
)
from .records import (
    Application,
    Audit,
    Certificate,
    CertificateEvent,
    CertificationBody,
    Complaint,
    Decision,
    RecordItem,
)
from .rules_body import bodies
from .rules_certificate import certificates
from .rules_status import events
from .status import end
from .workdays import add_working_days
from .world import World

CNCA_OR_UNSAID = ("CNCA", None)


# --- 8 complaints ----------------------------------------------


def complaints(world: World) -> Iterator[Subject[Complaint]]:
    """Appeals and complaints, on the day they were received."""
    for row in world.itsms_complaints:
        yield Subject(row.complaint_id, row.received_on, row)


def decided_complaints(world: World) -> Iterator[Subject[Complaint]]:
    """Those that are decided."""
    return (subject for subject in complaints(world) if world.happened(subject.row.decided_on))


@rule("R8.3-a", complaints)
def answered(world: World, row: Complaint) -> Judgement:
    """Answered within 60 days."""
    return deadline(world, add_days(row.received_on, 60), world.known(row.notified_on))


@rule("R8.3-b", decided_complaints)
def decided_by_another(world: World, row: Complaint) -> str:
    """Decided by nobody who was on the team or took a decision on the audit."""
    if row.audit_id is None or row.decided_by is None:
        return UNDETERMINED
    involved = {member.person_id for member in world.team(row.audit_id)}
    involved |= {decision.decided_by for decision in world.decisions_on.get(row.audit_id, [])}
    return breach_if(row.decided_by in involved)


# --- 9 reports ----------------------------------------------


def body_years(world: World) -> Iterator[Subject[tuple[str, int]]]:
    """Each body and calendar year from 2025 to the year before as_of's; the due day is a term."""
    for body in world.source.certification_body:
        for year in range(2025, world.as_of.year):
            yield Subject(f"{body.body_id}|{year}", annual_due(year), (body.body_id, year))


def annual_due(year: int) -> date:
    """31 March of the year after."""
    return date(year + 1, 3, 31)


def annual(kind: str) -> Callable[[World, tuple[str, int]], Judgement]:
    """An annual report, accepted by CNCA by the end of March."""

    def judge(world: World, pair: tuple[str, int]) -> Judgement:
        body_id, year = pair
        done = world.reported_period(kind, body_id, str(year), CNCA_OR_UNSAID)
        return deadline(world, annual_due(year), done, horizon=60)

    return judge


rule("R9.1-a", body_years, is_term=True)(annual("annual_work_report"))
rule("R9.1-b", body_years, is_term=True)(annual("social_responsibility_report"))


@rule("R9.3", certificates)
def result_reported(world: World, row: Certificate) -> Judgement:
    """The result is accepted by the 10th of the month after issue."""
    due = add_months(row.issued_on.replace(day=10), 1)
    done = world.reported("certification_result", row.certificate_id, CNCA_OR_UNSAID)
    return deadline(world, due, done, horizon=10)


status_changes = events("suspended", "revoked", "cancelled")


def change_due(row: CertificateEvent) -> date | None:
    """Two working days after the change."""
    return add_working_days(row.effective_on, 2)


@rule("R9.4-a", status_changes)
def change_reported(world: World, row: CertificateEvent) -> Judgement:
    """The change is accepted within two working days."""
    done = world.reported("status_change", row.event_id, CNCA_OR_UNSAID)
    return deadline(world, change_due(row), done, horizon=2)


@rule("R9.4-b", status_changes)
def change_published(world: World, row: CertificateEvent) -> str:
    """The change is made public by then; a miss only warns."""
    if world.happened(row.published_on):
        return PASS
    due = change_due(row)
    return warning_if(None if due is None else world.as_of > due)


# --- 10 records ----------------------------------------------


def disposed_records(world: World) -> Iterator[Subject[RecordItem]]:
    """Records disposed of."""
    for row in world.itsms_records:
        if row.disposed_on is not None:
            yield Subject(row.record_id, row.disposed_on, row)


def certificates_of(world: World, record: RecordItem) -> list[Certificate]:
    """Certificates granted or renewed on the record's application, and the one its audit audited."""
    audit = world.audit.get(record.audit_id or "")
    application_id = record.application_id or (audit.application_id if audit else None)
    found = []
    for certificate in world.itsms_certificates:
        decision = world.decision.get(certificate.decision_id or "")
        audited = audit is not None and certificate.certificate_id == audit.certificate_id
        if audited or granted_on_application(world, decision, application_id):
            found.append(certificate)
    return found


def granted_on_application(world: World, decision: Decision | None, application_id: str | None) -> bool:
    """Whether a decision granted or renewed on an audit of an application."""
    if decision is None or application_id is None or decision.audit_id is None:
        return False
    return (
        decision.kind in ("grant", "renew")
        and world.happened(decision.decided_on)
        and world.audit[decision.audit_id].application_id == application_id
    )


@rule("R10.1", disposed_records)
def kept_for_two_years(world: World, row: RecordItem) -> str:
    """Kept until two years after the last of its certificates ended."""
    found = certificates_of(world, row)
    if not found:
        return NOT_APPLICABLE
    last: list[date] = []
    for certificate in found:
        over = end(world, certificate)
        if over is None:
            return BREACH
        last.append(certificate.expires_on if over.how == "expired" else over.on)
    return breach_if(row.disposed_on is not None and row.disposed_on < add_months(max(last), 24))


Decided = tuple[Application, date]
KINDS = (
    "application_form",
    "application_review",
    "contract",
    "audit_programme",
    "audit_time_basis",
    "audit_plan",
    "sign_in_sheet",
    "onsite_record",
    "nc_report",
    "audit_report",
    "decision_record",
)


def itsms_audits_of(world: World, application: Application) -> list[Audit]:
    """The application's ITSMS audits of every status."""
    audits = world.audits_of_application.get(application.application_id, [])
    return [audit for audit in audits if world.is_itsms(audit)]


def decided_applications(world: World) -> Iterator[Subject[Decided]]:
    """ITSMS applications with a grant or renew decision, on the day of the last of them."""
    for application in world.itsms_applications:
        days = [
            decision.decided_on
            for audit in itsms_audits_of(world, application)
            for decision in world.decisions_on.get(audit.audit_id, [])
            if decision.kind in ("grant", "renew")
        ]
        if days:
            yield Subject(application.application_id, max(days), (application, max(days)))


@rule("R10.2", decided_applications)
def records_complete(world: World, row: Decided) -> str:
    """Every kind of record is there at the decision."""
    application, decided_on = row
    audits = itsms_audits_of(world, application)
    records = [
        *world.records_of_application.get(application.application_id, []),
        *(record for audit in audits for record in world.records_of_audit.get(audit.audit_id, [])),
    ]
    present = {
        record.kind
        for record in records
        if record.stored_on <= (world.as_of if record.kind == "decision_record" else decided_on)
        and (record.disposed_on is None or record.disposed_on > decided_on)
    }
    raised = any(
        found.raised_on <= decided_on
        for audit in audits
        for found in world.nonconformities.get(audit.audit_id, [])
    )
    needed = {kind for kind in KINDS if kind != "nc_report" or raised}
    return breach_if(bool(needed - present))


def stored_records(world: World) -> Iterator[Subject[RecordItem]]:
    """Records, on the day they were stored."""
    for row in world.itsms_records:
        yield Subject(row.record_id, row.stored_on, row)


def records_to_sign(world: World) -> Iterator[Subject[RecordItem]]:
    """Records of the kinds that are signed."""
    kinds = ("application_form", "contract", "audit_plan", "sign_in_sheet", "nc_report", "decision_record")
    return (subject for subject in stored_records(world) if subject.row.kind in kinds)


@rule("R10.3", records_to_sign)
def signed(_: World, row: RecordItem) -> str:
    """Signed."""
    return breach_if(negated(row.signed))


@rule("R10.4", stored_records)
def not_editable(_: World, row: RecordItem) -> str:
    """Not kept in an editable form."""
    return breach_if(row.medium == "electronic_editable")


# --- 11 internal audit ----------------------------------------------


@rule("R11.2", bodies)
def internal_audit(world: World, body: CertificationBody) -> Judgement:
    """The next internal audit is due a year after the last; it is never done, only moved on."""
    held = [
        row.held_on
        for row in world.source.internal_audit
        if row.body_id == body.body_id and world.happened(row.held_on)
    ]
    return deadline(world, add_months(max(held, default=date(2026, 3, 1)), 12), None, horizon=60)
