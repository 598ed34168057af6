"""Clauses 5.10.2 and 5.10.3: nonconformities and their verification (ICAS 6.4.8 stands in rules_icas)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from . import unknown
from .arithmetic import add_months
from .audits import is_completed, is_itsms, order, stages
from .chain import has_links, links
from .clients import of_client
from .judging import (
    BREACH,
    EFFECTIVE_FROM,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Judgement,
    Population,
    Subject,
    breach_if,
    deadline,
    each,
    rule,
    warning_if,
)
from .lines import completed_audits, current_row, decision_of, is_decision_hidden, possibly_decided_on
from .records import Record
from .world import World


def of_grade(grade: str) -> Population:
    """Nonconformities of a grade of ITSMS audits of any status."""

    @each("nonconformity")
    def found(world: World, row: Record) -> Iterator[Subject]:
        if row.grade == grade and is_itsms(world.get("audit", row.audit_id)):
            yield Subject(row.nc_id, row.raised_on, row)

    return found


majors, minors = of_grade("major"), of_grade("minor")


def found_in(world: World, audit: Record) -> list[Record]:
    """The nonconformities of an audit."""
    return world.of("nonconformity", "audit_id", audit.audit_id)


# --- 5.10.3 ----------------------------------------------


def _day_of_end(world: World, audit: Record) -> date | None:
    """actual_end; a planned audit has none yet."""
    return None if audit.status == "planned" else world.known(audit.actual_end)


def verification_due(world: World, row: Record) -> date | None:
    """The day by which a major nonconformity must be verified; None where it is not known."""
    audit = world.get("audit", row.audit_id)
    if audit is None or audit.is_stub:
        return None
    if audit.audit_type == "recertification":
        certificate = world.get("certificate", audit.certificate_id)
        return None if certificate is None or certificate.is_stub else certificate.expires_on
    if audit.audit_type in ("stage1", "stage2"):
        twos = stages(world, audit.application_id, "stage2")
        from_day, months = (twos[-1].actual_end if twos else _day_of_end(world, audit)), 6
    else:
        from_day, months = _day_of_end(world, audit), 3
    return None if from_day is None else add_months(from_day, months)


@rule("R5.10.3", majors, reads=("nonconformity.verified_on",))
def verified_in_time(world: World, row: Record) -> Judgement:
    """Verified within the term of the audit's type; after a special audit a miss only warns."""
    due = verification_due(world, row)
    found = deadline(world, due, world.known(row.verified_on))
    audit = world.get("audit", row.audit_id)
    if found.state == BREACH and audit is not None and audit.audit_type == "special":
        return Judgement(WARNING, due)
    return found


# --- 5.10.2 ----------------------------------------------


@dataclass(frozen=True)
class Duty:
    """A minor nonconformity with its lines and the audit that had to verify it, as far as they are known."""

    row: Record
    certificates: tuple[Record, ...]
    audit: Record | None
    is_hidden: bool = False  # behind a stub there may be more
    given: str | None = None  # the state where there is nothing to look at


def _rests_on(world: World, certificate: Record, audit: Record) -> bool | None:
    """Whether D of a certificate was taken on the audit or its application; unknown behind a stub."""
    decision = decision_of(world, certificate)
    if decision is None:
        return None if is_decision_hidden(world, certificate) else False
    if decision.is_stub:
        return None
    deciding = world.get("audit", decision.audit_id)
    if deciding is None:
        return False
    if audit.audit_type == "recertification" and decision.kind not in ("renew", "grant"):
        return False
    if deciding is audit:
        return True
    if deciding.is_stub:
        return None
    return audit.application_id is not None and deciding.application_id == audit.application_id


def _granted(world: World, audit: Record) -> list[Record] | None:
    """The certificates that rest on an audit or its application; None where a stub hides it."""
    candidates = dict.fromkeys(
        [
            *of_client(world, "certificate", audit.org_id),
            *possibly_decided_on(world, audit.application_id),
        ]
    )
    answers = [(row, _rests_on(world, row, audit)) for row in candidates if is_itsms(row)]
    found = [row for row, answer in answers if answer]
    return None if not found and any(answer is None for _, answer in answers) else found


def _lines(world: World, audit: Record) -> list[Record] | str:
    """Certificates whose lines follow an audit, or the state where there is none."""
    if audit.audit_type in ("stage1", "stage2"):
        found = _granted(world, audit)
        if found is None or (not found and audit.application_id is None):
            return UNDETERMINED
        return found or NOT_APPLICABLE
    certificate = world.get("certificate", audit.certificate_id)
    if certificate is None:
        return NOT_APPLICABLE if audit.audit_type == "special" else UNDETERMINED
    renewed = _granted(world, audit) if audit.audit_type == "recertification" else []
    return renewed or [certificate]


def _following(world: World, audit: Record, certificates: list[Record]) -> list[Record]:
    """Completed surveillance and recertification audits of the lines after an audit, in order."""
    found = {
        other
        for certificate in certificates
        for other in completed_audits(world, certificate, "surveillance", "recertification")
    }
    return sorted((other for other in found if order(other) > order(audit)), key=order)


def _duty_audit(row: Record, following: list[Record], world: World) -> Record | None:
    """The first one in force before whose beginning it was not verified, else the first one."""
    verified = world.known(row.verified_on)
    for other in following:
        begins = other.actual_start if other.actual_start is not None else other.actual_end
        open_still = verified is None or not verified < begins
        if other.actual_end >= EFFECTIVE_FROM["cnca"] and open_still:
            return other
    return following[0] if following else None


@each("nonconformity")
def minor_duties(world: World, row: Record) -> Iterator[Subject]:
    """Minor nonconformities of completed audits, on the day the audit that had to verify them ended."""
    audit = world.get("audit", row.audit_id)
    if audit is None or row.grade != "minor":
        return
    if audit.is_stub:
        yield Subject(row.nc_id, world.as_of, Duty(row, (), None, given=UNDETERMINED), row)
        return
    if not (is_itsms(audit) and is_completed(world, audit)):
        return
    certificates = _lines(world, audit)
    if isinstance(certificates, str):
        yield Subject(row.nc_id, world.as_of, Duty(row, (), None, given=certificates), row)
        return
    duty = _duty_audit(row, _following(world, audit, certificates), world)
    anchor = world.as_of if duty is None else duty.actual_end
    is_hidden = audit.audit_type == "recertification" and _granted(world, audit) is None
    yield Subject(row.nc_id, anchor, Duty(row, tuple(certificates), duty, is_hidden), row)


def _next_link_is_overdue(world: World, certificates: tuple[Record, ...]) -> bool | None:
    """Whether the last link of one of the lines is overdue; None where what decides it was not delivered."""
    is_open = False
    for certificate in certificates:
        current = current_row(world, certificate)
        if not current.is_stub and has_links(world, current):
            read = set(unknown.absent_read)
            with unknown.quietly():  # R5.4.1.4 itself says what was not delivered
                last = links(world, current)[-1]
                is_open = is_open or unknown.absent_read > read
            if last.done is None and last.state == BREACH and not is_open:
                return True
    return None if is_open else False


@rule("R5.10.2", minor_duties, reads=("nonconformity.verified_on",))
def verified_at_the_next_audit(world: World, duty: Duty) -> str:
    """A minor nonconformity is verified by the end of the next audit."""
    if duty.given is not None:
        return duty.given
    verified = world.known(duty.row.verified_on)
    if duty.audit is not None:
        late = verified is None or verified > duty.audit.actual_end
        return UNDETERMINED if duty.is_hidden and not late else breach_if(late)
    if verified is not None:
        return PASS
    if duty.is_hidden or any(certificate.is_stub for certificate in duty.certificates):
        return UNDETERMINED
    return warning_if(_next_link_is_overdue(world, duty.certificates))
