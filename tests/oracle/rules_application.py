"""Clauses 5.1 to 5.3: application, review, contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from .arithmetic import add_months
from .judging import BREACH, UNDETERMINED, Subject, breach_if, rule
from .records import Application
from .world import World, earliest


def accepted(world: World) -> Iterator[Application]:
    """ITSMS applications accepted by as_of, or accepted on a day that is not known."""
    for row in world.itsms_applications:
        if row.review_result == "accepted" and (row.reviewed_on is None or world.happened(row.reviewed_on)):
            yield row


def by_review(world: World) -> Iterator[Subject[Application]]:
    """Accepted applications, looked at on the day of the review."""
    for row in accepted(world):
        yield Subject(row.application_id, row.reviewed_on, row)


def by_submission(world: World) -> Iterator[Subject[Application]]:
    """Accepted applications, looked at on the day of submission."""
    for row in accepted(world):
        yield Subject(row.application_id, row.submitted_on, row)


def transfers(world: World) -> Iterator[Subject[Application]]:
    """Accepted transfers."""
    return (subject for subject in by_review(world) if subject.row.kind == "transfer")


def reviewed(row: Application) -> date:
    """The review's day, which the population of the rules anchored on it guarantees."""
    if row.reviewed_on is None:
        raise ValueError(f"application {row.application_id} has no review date")
    return row.reviewed_on


@rule("R5.1.2-1", by_review)
def legal_status(world: World, row: Application) -> str:
    """The client's legal status had not ended."""
    client = world.organization[row.org_id]
    until, revoked = client.legal_status_valid_until, client.legal_status_revoked_on
    return breach_if(
        (until is not None and until < reviewed(row)) or (revoked is not None and revoked <= reviewed(row))
    )


@rule("R5.1.2-2", by_review)
def licence(world: World, row: Application) -> str:
    """A required licence had not lapsed."""
    client = world.organization[row.org_id]
    if client.licence_required is None:
        return UNDETERMINED
    if not client.licence_required:
        return breach_if(False)
    if client.licence_valid_until is None:
        return UNDETERMINED
    return breach_if(client.licence_valid_until < reviewed(row))


def if_reviewed(judge: Callable[[World, Application], str]) -> Callable[[World, Application], str]:
    """An acceptance of unknown date leaves a rule anchored on the submission undetermined."""

    def judged(world: World, row: Application) -> str:
        return UNDETERMINED if row.reviewed_on is None else judge(world, row)

    return judged


@rule("R5.1.2-3", by_submission)
@if_reviewed
def in_operation(_: World, row: Application) -> str:
    """The service-management system had run for three months."""
    if row.sms_operating_since is None:
        return UNDETERMINED
    return breach_if(add_months(row.sms_operating_since, 3) > row.submitted_on)


@rule("R5.1.2-4", by_submission)
@if_reviewed
def a_year_after_own_fault(world: World, row: Application) -> str:
    """A year had passed since an earlier certificate ended for the client's own reason."""
    ended_on = world.known(row.prior_certificate_ended_on)
    return breach_if(ended_on is not None and add_months(ended_on, 12) > row.submitted_on)


@rule("R5.1.2-5", by_submission)
@if_reviewed
def three_months_after_body(world: World, row: Application) -> str:
    """Three months had passed since the earlier body lost its qualification."""
    revoked_on = world.known(row.prior_body_revoked_on)
    return breach_if(revoked_on is not None and add_months(revoked_on, 3) > row.submitted_on)


def spans(first: date | None, last: date | None, day: date) -> bool:
    """Whether a period that may be open at its end covers a day; no beginning: no period."""
    return first is not None and first <= day and (last is None or last >= day)


@rule("R5.1.2-6", by_review)
def ordered_to_close(world: World, row: Application) -> str:
    """The client was not ordered to close."""
    client = world.organization[row.org_id]
    return breach_if(spans(client.closure_from, client.closure_until, reviewed(row)))


@rule("R5.1.2-7", by_review)
def seriously_dishonest(world: World, row: Application) -> str:
    """The client was not on the list."""
    client = world.organization[row.org_id]
    return breach_if(spans(client.blacklisted_from, client.blacklisted_until, reviewed(row)))


@rule("R5.2.3", transfers)
def transfer_conditions(_: World, row: Application) -> str:
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


def begun(world: World) -> Iterator[Subject[tuple[Application, date]]]:
    """ITSMS applications of which an audit has begun, whatever its status or system, on its first day."""
    for row in world.itsms_applications:
        audits = world.audits_of_application.get(row.application_id, [])
        first = earliest(*(world.known(audit.actual_start) for audit in audits))
        if first is not None:
            yield Subject(row.application_id, first, (row, first))


@rule("R5.3.1-a", begun)
def contract_before_audit(_: World, pair: tuple[Application, date]) -> str:
    """The contract was signed when the first audit began."""
    row, first = pair
    return breach_if(row.contract_signed_on is None or row.contract_signed_on > first)


def signed(world: World) -> Iterator[Subject[Application]]:
    """ITSMS applications with a contract."""
    for row in world.itsms_applications:
        if row.contract_signed_on is not None:
            yield Subject(row.application_id, row.contract_signed_on, row)


@rule("R5.3.1-b", signed)
def paid_by_client(_: World, row: Application) -> str:
    """No third party paid the fee."""
    return breach_if(None if row.paid_by is None else row.paid_by == "third_party")
