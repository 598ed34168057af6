"""Clauses 5.1 to 5.3: application, review, contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from .arithmetic import add_days, add_months
from .audits import first_begun, is_itsms, of_application
from .clients import of_client
from .judging import BREACH, UNDETERMINED, WARNING, Judgement, Subject, breach_if, each, rule, warning_if
from .records import Record
from .rules_body import certificates
from .status import end, own_events, suspensions, unclear_events
from .world import World, earliest

TOLD_DAYS = 30  # house_told_days


def is_judged(world: World, row: Record) -> bool:
    """Accepted (by as_of, or on a day that is not known), or an audit has begun whatever the review says."""
    if not is_itsms(row):
        return False
    accepted = row.review_result == "accepted" and (
        row.reviewed_on is None or world.happened(row.reviewed_on)
    )
    return accepted or first_begun(world, row.application_id) is not None


@each("application")
def by_review(world: World, row: Record) -> Iterator[Subject]:
    """Looked at on the day of the review."""
    if is_judged(world, row):
        yield Subject(row.application_id, row.reviewed_on, row)


@each("application")
def by_submission(world: World, row: Record) -> Iterator[Subject]:
    """Looked at on the day of submission."""
    if is_judged(world, row):
        yield Subject(row.application_id, row.submitted_on, row)


@each("application")
def transfers(world: World, row: Record) -> Iterator[Subject]:
    """Transfers, on the day of the review, else on that of the first audit."""
    if row.kind == "transfer" and is_judged(world, row):
        anchor = world.known(row.reviewed_on) or first_begun(world, row.application_id)
        yield Subject(row.application_id, anchor, row)


def client_of(world: World, row: Record) -> Record:
    """The client, maybe a stub."""
    found = world.get("organization", row.org_id)
    assert found is not None
    return found


@rule("R5.1.2-1", by_review)
def legal_status(world: World, row: Record) -> str:
    """The client's legal status had not ended."""
    client = client_of(world, row)
    until, revoked = client.legal_status_valid_until, client.legal_status_revoked_on
    return breach_if(
        (until is not None and until < row.reviewed_on)
        or (revoked is not None and revoked <= row.reviewed_on)
    )


@rule("R5.1.2-2", by_review)
def licence(world: World, row: Record) -> str:
    """A required licence had not lapsed."""
    client = client_of(world, row)
    if client.licence_required is False:
        return breach_if(False)
    if client.licence_required is None or client.licence_valid_until is None:
        return UNDETERMINED
    return breach_if(client.licence_valid_until < row.reviewed_on)


def if_reviewed(judge: Callable[[World, Record], str]) -> Callable[[World, Record], str]:
    """An acceptance of unknown date leaves a rule anchored on the submission undetermined until an audit begins."""

    def judged(world: World, row: Record) -> str:
        if row.reviewed_on is None and first_begun(world, row.application_id) is None:
            return UNDETERMINED
        return judge(world, row)

    return judged


@rule("R5.1.2-3", by_submission)
@if_reviewed
def in_operation(_: World, row: Record) -> str:
    """The service-management system had run for three months."""
    if row.sms_operating_since is None:
        return UNDETERMINED
    return breach_if(add_months(row.sms_operating_since, 3) > row.submitted_on)


def own_fault(world: World, certificate: Record, day: date) -> date | None:
    """The last day by a day on which a certificate was suspended, revoked or cancelled, as R5.1.2-4 counts it."""
    runs = suspensions(world, certificate)
    days = []
    for event in own_events(world, certificate):
        if event.event in ("revoked", "cancelled") and event.effective_on <= day:
            open_runs = [
                begins
                for begins, stops in runs
                if begins <= event.effective_on and (stops is None or stops > event.effective_on)
            ]
            days.append(open_runs[-1] if open_runs else event.effective_on)
    over = end(world, certificate)
    if over is None or over.on > day:
        days += [begins for begins, stops in runs if begins <= day and (stops is None or stops > day)]
    # Left out of the status, but not out of sight: an event of which the kind or the day could not be read.
    ends = ("revoked", "cancelled", *(("suspended",) if over is None or over.on > day else ()))
    for event in unclear_events(world, certificate):
        if event.event in ends and event.effective_on <= day:
            days.append(event.effective_on)
    return max(days, default=None)


def earlier_ends(world: World, row: Record) -> Iterator[date]:
    """Ends and suspensions by the submission of the same client's main ITSMS certificates, of any body."""
    for certificate in of_client(world, "certificate", row.org_id):
        is_main = is_itsms(certificate) and certificate.parent_certificate_id is None
        day = own_fault(world, certificate, row.submitted_on) if is_main else None
        if day is not None:
            yield day


@rule(
    "R5.1.2-4",
    by_submission.where(lambda _, row: row.kind in ("initial", "transfer")),
    reads=("certificate_event",),
)
@if_reviewed
def a_year_after_own_fault(world: World, row: Record) -> str:
    """A year had passed since an earlier certificate ended for the client's own reason."""
    told = world.known(row.prior_certificate_ended_on)
    ends = [*earlier_ends(world, row), *([] if told is None else [told])]
    if ends and add_months(max(ends), 12) > row.submitted_on:
        return BREACH
    return UNDETERMINED if client_of(world, row).is_stub else breach_if(False)


@rule("R5.1.2-5", by_submission)
@if_reviewed
def three_months_after_body(world: World, row: Record) -> str:
    """Three months had passed since the earlier body lost its qualification."""
    revoked_on = world.known(row.prior_body_revoked_on)
    return breach_if(revoked_on is not None and add_months(revoked_on, 3) > row.submitted_on)


def spans(first: date | None, last: date | None, day: date) -> bool:
    """Whether a period that may be open at its end covers a day; no beginning: no period."""
    return first is not None and first <= day and (last is None or last >= day)


@rule("R5.1.2-6", by_review)
def ordered_to_close(world: World, row: Record) -> str:
    """The client was not ordered to close."""
    client = client_of(world, row)
    return breach_if(spans(client.closure_from, client.closure_until, row.reviewed_on))


@rule("R5.1.2-7", by_review)
def seriously_dishonest(world: World, row: Record) -> str:
    """The client was not on the list."""
    client = client_of(world, row)
    return breach_if(spans(client.blacklisted_from, client.blacklisted_until, row.reviewed_on))


@each("application")
def bound(world: World, row: Record) -> Iterator[Subject]:
    """ITSMS applications with a contract or a begun audit, on the earlier of the two days."""
    if is_itsms(row):
        day = earliest(world.known(row.contract_signed_on), first_begun(world, row.application_id))
        if day is not None:
            yield Subject(row.application_id, day, (row, day), of=row)


@rule("R5.2.1", bound)
def reviewed_before(_: World, pair: tuple[Record, date]) -> str:
    """A positive review not later than contract and audit."""
    row, day = pair
    if row.review_result == "rejected" or (row.reviewed_on is not None and row.reviewed_on > day):
        return BREACH
    return UNDETERMINED if None in (row.review_result, row.reviewed_on) else breach_if(False)


@rule("R5.2.3", transfers)
def transfer_conditions(_: World, row: Record) -> str:
    """None of the five conditions is false."""
    conditions = (
        row.transfer_scope_accredited,
        row.transfer_certificate_accredited,
        row.transfer_certificate_in_force,
        row.transfer_prior_body_in_order,
        row.transfer_reports_obtained,
    )
    if False in conditions:
        return BREACH
    return breach_if(None if None in conditions else False)


@each("application")
def results(world: World, row: Record) -> Iterator[Subject]:
    """ITSMS applications with the result of a review by as_of."""
    if is_itsms(row) and row.review_result is not None and world.happened(row.reviewed_on):
        yield Subject(row.application_id, row.reviewed_on, row)


@rule("R5.2.4", results, kept=("application.review_notified_on",))
def result_told(world: World, row: Record) -> str:
    """Told within the house days, and not after the contract."""
    told, signed = world.known(row.review_notified_on), world.known(row.contract_signed_on)
    if told is None:
        return warning_if(world.as_of > add_days(row.reviewed_on, TOLD_DAYS))
    return warning_if(signed is not None and told > signed)


@each("application")
def begun(world: World, row: Record) -> Iterator[Subject]:
    """ITSMS applications of which an audit has begun, whatever its status or system, on its first day."""
    if is_itsms(row):
        days = [world.known(audit.actual_start) for audit in of_application(world, row.application_id)]
        first = earliest(*days)
        if first is not None:
            yield Subject(row.application_id, first, (row, first), of=row)


@rule("R5.3.1-a", begun)
def contract_before_audit(_: World, pair: tuple[Record, date]) -> str:
    """The contract was signed when the first audit began."""
    row, first = pair
    return breach_if(row.contract_signed_on is None or row.contract_signed_on > first)


@each("application")
def signed_contracts(_: World, row: Record) -> Iterator[Subject]:
    """ITSMS applications with a contract."""
    if is_itsms(row) and row.contract_signed_on is not None:
        yield Subject(row.application_id, row.contract_signed_on, row)


@rule("R5.3.1-b", signed_contracts)
def paid_by_client(_: World, row: Record) -> str:
    """No third party paid the fee."""
    return breach_if(None if row.paid_by is None else row.paid_by == "third_party")


@rule("R5.3.2", certificates, kept=("certificate.published_on",))
def made_public(world: World, row: Record) -> Judgement:
    """Made public within the house days."""
    late = world.known(row.published_on) is None and world.as_of > add_days(row.issued_on, TOLD_DAYS)
    return Judgement(WARNING if late else "pass")
