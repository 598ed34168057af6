"""Annex C: sub-certificates, reissues in the term, cycle numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .arithmetic import add_days
from .audits import is_itsms
from .clients import body
from .ground import acts
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Subject,
    any_of,
    breach_if,
    each,
    is_kept,
    rule,
)
from .lines import decision_of, is_reissue, previous, start, whole_line
from .numbers import normalised, parsed
from .records import Record
from .status import is_suspended_by_itself, main_row, own_end, suspensions
from .world import World

SUB_CERTIFICATE_DAYS = 30

# --- C.2 ----------------------------------------------


@each("certificate")
def sub_certificates(_: World, row: Record) -> Iterator[Subject]:
    """ITSMS sub-certificates, on the day of issue."""
    if is_itsms(row) and row.parent_certificate_id is not None:
        yield Subject(row.certificate_id, row.issued_on, row)


@rule("RC.2-a", sub_certificates)
def within_the_main_term(world: World, row: Record) -> str:
    """No longer than the main certificate, and not earlier than its line."""
    main = world.get("certificate", row.parent_certificate_id)
    if main is None or main.is_stub:
        return UNDETERMINED
    return breach_if(row.expires_on > main.expires_on or row.issued_on < start(world, main))


class Stopped(NamedTuple):
    """A sub-certificate whose main certificate was stopped: how, and on which day."""

    row: Record
    main: Record
    how: str
    on: date


@each("certificate")
def stopped_subs(world: World, row: Record) -> Iterator[Subject]:
    """Sub-certificates of a suspended or ended main certificate that had not ended before."""
    if not is_itsms(row) or row.parent_certificate_id is None:
        return
    named = world.get("certificate", row.parent_certificate_id)
    if named is None or named.is_stub:
        yield Subject(row.certificate_id, None, None, row, is_in_question=True)
        return
    main = main_row(world, row)
    if main is None:
        return
    over = own_end(world, main)
    if over is not None:
        how, on = over.how, over.on
    elif is_suspended_by_itself(world, main, world.as_of):
        how, on = "suspended", suspensions(world, main)[-1][0]
    else:
        return
    own = own_end(world, row)
    if own is None or own.on >= on:
        yield Subject(row.certificate_id, on, Stopped(row, main, how, on), row)


@rule("RC.2-b", stopped_subs, reads=("certificate_event",))
def follows_the_main(world: World, found: Stopped) -> str:
    """The sub-certificate's own events say the same as the main certificate's state."""
    row, main, how, on = found
    events = acts(world, row, "suspended", "restored", "revoked", "cancelled", "reissued", "changed")
    if how == "suspended":
        contradicted = any(event.event == "restored" and event.effective_on >= on for event in events)
    else:
        contradicted = row.issued_on > on or any(
            event.event in ("restored", "suspended", "reissued", "changed") and event.effective_on > on
            for event in events
        )
    if contradicted:
        return BREACH
    if how in ("revoked", "cancelled", "suspended"):
        entered = any(event.event == how and event.effective_on >= on for event in events)
        return PASS if entered else WARNING
    if how == "superseded":
        late = world.as_of >= add_days(on, SUB_CERTIFICATE_DAYS)
        missing = not _has_new_sub(world, main) and own_end(world, row) is None
        return WARNING if late and missing else PASS
    return PASS


def _has_new_sub(world: World, main: Record) -> bool:
    """Whether a row that renewed the main certificate has a sub-certificate."""
    renewed = [
        other
        for other in world.of("certificate", "previous_certificate_id", main.certificate_id)
        if not is_reissue(world, other) and world.happened(other.issued_on)
    ]
    return any(
        world.happened(sub.issued_on)
        for other in renewed
        for row in whole_line(world, other)
        for sub in world.of("certificate", "parent_certificate_id", row.certificate_id)
    )


# --- C.3 ----------------------------------------------


class Change(NamedTuple):
    """What a reissue says: number and term, before and after."""

    old_number: str | None
    new_number: str | None
    old_term: date | None
    new_term: date | None


@each("certificate")
def reissued_rows(world: World, row: Record) -> Iterator[Subject]:
    """Reissues that are rows of their own."""
    if is_itsms(row) and is_reissue(world, row):
        before = previous(world, row)
        if before is not None:
            change = Change(before.certificate_no, row.certificate_no, before.expires_on, row.expires_on)
            yield Subject(f"certificate|{row.certificate_id}", row.issued_on, change, row)


def _term_before(world: World, event: Record, certificate: Record) -> date:
    """The term as of the last earlier reissued event that names one, else the row's."""

    def place(one: Record) -> tuple[date, int]:
        seq = one.solid("seq")
        return one.effective_on, 10**9 if seq is None else seq

    earlier = [
        one
        for one in world.of("certificate_event", "certificate_id", certificate.certificate_id)
        if one is not event
        and one.event == "reissued"
        and world.happened(one.effective_on)
        and place(one) < place(event)
        and one.new_expires_on is not None
    ]
    term: date = max(earlier, key=place).new_expires_on if earlier else certificate.expires_on
    return term


@each("certificate_event")
def reissued_events(world: World, event: Record) -> Iterator[Subject]:
    """Reissues that are events."""
    certificate = world.get("certificate", event.certificate_id)
    if certificate is not None and event.event == "reissued" and is_itsms(certificate):
        yield Subject(f"event|{event.event_id}", event.effective_on, event)


def keeps_the_term(change: Change) -> str:
    """Body code, year, sequence number and term stay."""
    one, other = change.old_number, change.new_number
    renamed, changed = None, None
    if one is not None and other is not None:
        old, new = parsed(one), parsed(other)
        if old is not None and new is not None:
            changed = (old.body, old.year, old.serial) != (new.body, new.year, new.serial)
            renamed = False
        else:
            changed = False
            renamed = normalised(one) != normalised(other)
    moved = None if change.old_term is None or change.new_term is None else change.old_term != change.new_term
    broken = any_of(changed, moved)
    if broken is None or broken:
        return breach_if(broken)
    return WARNING if renamed else PASS


def _judged(world: World, row: Change | Record) -> str:
    if isinstance(row, Change):
        return keeps_the_term(row)
    if (row.old_number, row.new_number, row.new_expires_on) == (None, None, None):
        body_id = body(world, row, ask=False)
        names = ("old_number", "new_number", "new_expires_on")
        is_recorded = any(is_kept(world, f"certificate_event.{name}", body_id) for name in names)
        return UNDETERMINED if is_recorded else NOT_APPLICABLE
    certificate = world.get("certificate", row.certificate_id)
    if certificate is None:
        return UNDETERMINED
    return keeps_the_term(
        Change(row.old_number, row.new_number, _term_before(world, row, certificate), row.new_expires_on)
    )


class _Both:
    """Both kinds of reissue are subjects of one rule."""

    @staticmethod
    def candidates(world: World) -> list[Record]:
        return [*world.table("certificate"), *world.table("certificate_event")]

    @staticmethod
    def subjects(world: World, row: Record) -> Iterator[Subject]:
        source = reissued_rows if row.table == "certificate" else reissued_events
        return source.subjects(world, row)


rule("RC.3", each(_Both.candidates)(_Both.subjects))(_judged)


# --- C.4 ----------------------------------------------


@each("certificate")
def first_of_line(world: World, row: Record) -> Iterator[Subject]:
    """Main ITSMS certificates that are no reissues."""
    if is_itsms(row) and row.parent_certificate_id is None and not is_reissue(world, row):
        yield Subject(row.certificate_id, row.issued_on, row)


@rule("RC.4", first_of_line, reads=("application", "decision"))
def cycle_follows(world: World, row: Record) -> str:
    """The cycle number is the predecessor's + 1, and 0 at first."""
    before = world.get("certificate", row.previous_certificate_id)
    if before is not None and before.is_stub:
        return UNDETERMINED
    if before is not None and is_itsms(before):
        if before.is_unknown("cycle_no"):
            return UNDETERMINED
        return breach_if(row.cycle_no != before.cycle_no + 1)
    decision = decision_of(world, row)
    audit = None
    if decision is not None and not decision.is_stub:
        audit = world.get("audit", decision.audit_id)
    application = None
    if audit is not None and not audit.is_stub:
        application = world.get("application", audit.application_id)
    kind = None if application is None or application.is_stub else application.kind
    if kind == "transfer":
        return NOT_APPLICABLE
    if row.cycle_no == 0:
        return PASS
    return BREACH if kind == "initial" else UNDETERMINED
