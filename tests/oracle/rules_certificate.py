"""Chapter 6: certificates and their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from .arithmetic import add_months
from .judging import PASS, UNDETERMINED, Subject, any_of, breach_if, rule, warning_if
from .numbers import Number, body_code, normalised, parsed
from .records import Certificate, CertificationBody
from .world import World, blank, grouped


def certificates(world: World) -> Iterator[Subject[Certificate]]:
    """ITSMS certificates, main and sub, on the day of issue."""
    for row in world.itsms_certificates:
        yield Subject(row.certificate_id, row.issued_on, row)


@rule("R6.2.1", certificates)
def validity(_: World, row: Certificate) -> str:
    """Three years at most, and not less than nothing."""
    return breach_if(row.expires_on > add_months(row.issued_on, 36) or row.expires_on < row.issued_on)


@rule("R6.2.2", certificates)
def decided_first(world: World, row: Certificate) -> str:
    """Not issued before the decision."""
    decision = world.decision.get(row.decision_id or "")
    if decision is None or not world.happened(decision.decided_on):
        return UNDETERMINED
    return breach_if(decision.decided_on > row.issued_on)


def late_renewals(world: World) -> Iterator[Subject[tuple[Certificate, Certificate]]]:
    """Certificates issued after the one that they follow had expired."""
    for row in world.itsms_certificates:
        previous = world.certificate.get(row.previous_certificate_id or "")
        if previous is not None and row.issued_on > previous.expires_on:
            yield Subject(row.certificate_id, row.issued_on, (row, previous))


@rule("R6.2.3", late_renewals)
def late_renewal(_: World, pair: tuple[Certificate, Certificate]) -> str:
    """Valid no longer than the old expiry + 3 years."""
    row, previous = pair
    return breach_if(row.expires_on > add_months(previous.expires_on, 36))


@rule("R6.2.4-a", certificates)
def number_form(_: World, row: Certificate) -> str:
    """The number has the form of Annex C."""
    return breach_if(parsed(row.certificate_no) is None)


def well_formed(world: World) -> Iterator[Subject[tuple[Certificate, Number]]]:
    """Certificates whose number has the form."""
    for row in world.itsms_certificates:
        number = parsed(row.certificate_no)
        if number is not None:
            yield Subject(row.certificate_id, row.issued_on, (row, number))


def accreditation_contradicts(row: Certificate, number: Number, body: CertificationBody) -> bool | None:
    """Whether the accreditation part is wrong; unknown while the certificate does not say."""
    if row.accredited is None:
        return None
    if not row.accredited:
        return number.accreditation != "00"
    return blank(body.accreditation_code) or number.accreditation != normalised(body.accreditation_code or "")


@rule("R6.2.4-b", well_formed)
def number_parts(world: World, pair: tuple[Certificate, Number]) -> str:
    """No part of the number contradicts the certificate."""
    row, number = pair
    body = next(body for body in world.source.certification_body if body.body_id == row.body_id)
    code = body_code(body)
    parent = world.certificate.get(row.parent_certificate_id or "")
    if parent is None:
        wrong_suffix = number.has_suffix
    else:
        wrong_suffix = not number.has_suffix or number.stem != normalised(parent.certificate_no)
    return breach_if(
        any_of(
            None if code is None else number.body != code,
            number.year != row.issued_on.year % 100,
            number.cycle != row.cycle_no,
            accreditation_contradicts(row, number, body),
            wrong_suffix,
        )
    )


def number_uses(world: World) -> Iterator[Subject[list[Certificate]]]:
    """Every number in use, on the day it was last issued."""
    by_number = grouped(world.itsms_certificates, lambda row: normalised(row.certificate_no))
    for number, rows in by_number.items():
        yield Subject(number, max(row.issued_on for row in rows), rows)


@rule("R6.2.4-c", number_uses)
def unique_number(_: World, rows: list[Certificate]) -> str:
    """One certificate per number, of whatever body."""
    return breach_if(len(rows) > 1)


def sequences(world: World) -> Iterator[Subject[set[int]]]:
    """The serial numbers of a body's main certificates by year of issue, from 2026 on."""
    serials: dict[str, set[int]] = {}
    for subject in well_formed(world):
        row, number = subject.row
        if row.parent_certificate_id is None and row.issued_on.year >= 2026:
            serials.setdefault(f"{row.body_id}|{row.issued_on.year}", set()).add(number.serial)
    for subject_id, found in serials.items():
        yield Subject(subject_id, world.as_of, found)


@rule("R6.2.4-d", sequences)
def holes(_: World, serials: set[int]) -> str:
    """No hole from 1 to the largest."""
    return warning_if(bool(set(range(1, max(serials) + 1)) - serials))


@rule("R6.2.6", certificates)
def required_items(world: World, row: Certificate) -> str:
    """Nothing required is missing."""
    client = world.organization[row.org_id]
    texts = (
        client.name,
        client.uscc,
        client.registered_address,
        row.scope_text,
        row.standard,
        row.query_channel,
    )
    missing = any(blank(text) for text in texts) or row.surveillance_notice is not True
    if not missing and row.covers_multiple_sites is None:
        return UNDETERMINED
    return breach_if(missing) if missing else PASS
