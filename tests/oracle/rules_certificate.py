"""Chapter 6: certificates and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from .arithmetic import add_months
from .audits import is_itsms, sites
from .clients import of_client, same_client
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    Subject,
    any_of,
    breach_if,
    each,
    rule,
    warning_if,
)
from .lines import decision_of, is_reissue, line, previous, start
from .numbers import Number, body_code, normalised, parsed
from .records import Record
from .rules_conduct import audited_by
from .standards import names_current
from .status import own_end
from .world import World, blank, remembered


@each("certificate")
def certificates(_: World, row: Record) -> Iterator[Subject]:
    """ITSMS certificates, main and sub, on the day of issue."""
    if is_itsms(row):
        yield Subject(row.certificate_id, row.issued_on, row)


@rule("R6.2.1", certificates)
def validity(world: World, row: Record) -> str:
    """Three years at most from the line's start, and not less than nothing."""
    return breach_if(row.expires_on < row.issued_on or row.expires_on > add_months(start(world, row), 36))


# --- 6.2.2: the decision ----------------------------------------------


class Basis(NamedTuple):
    """The decision that a certificate names, itself or through its main or reissued one, whenever decided."""

    decision: Record | None
    is_hidden: bool  # behind a main certificate that is a stub


def basis(world: World, row: Record) -> Basis:
    """Follow decision_id, the main certificate, the reissued one."""
    seen: list[Record] = []
    one: Record | None = row
    while one is not None and one not in seen:
        if one.is_stub:
            return Basis(None, is_hidden=True)
        seen.append(one)
        if one.decision_id is not None:
            return Basis(world.get("decision", one.decision_id), is_hidden=False)
        if one.parent_certificate_id is not None:
            one = world.get("certificate", one.parent_certificate_id)
        else:
            one = previous(world, one) if is_reissue(world, one) else None
    return Basis(None, is_hidden=False)


@rule("R6.2.2", certificates, reads=("decision",))
def decided_first(world: World, row: Record) -> str:
    """Not issued before the decision."""
    decision, is_hidden = basis(world, row)
    if is_hidden or (decision is not None and decision.is_stub):
        return UNDETERMINED
    if decision is None:
        return NOT_APPLICABLE
    if decision.decided_on > world.as_of:
        return UNDETERMINED
    return breach_if(decision.decided_on > row.issued_on)


@rule("R6.2.2-b", certificates, reads=("decision", "application"))
def rests_on_a_decision(world: World, row: Record) -> str:
    """It rests on a positive decision about this client by this body."""
    decision, is_hidden = basis(world, row)
    if is_hidden or (decision is not None and decision.is_stub):
        return UNDETERMINED
    if decision is not None and not world.happened(decision.decided_on):
        decision = None
    if decision is not None and decision.kind == "refuse":
        return BREACH
    client = world.get("organization", row.org_id)
    is_client_hidden = client is None or client.is_stub
    if decision is not None and decision.audit_id is not None:
        audit = world.get("audit", decision.audit_id)
        if audit is None or audit.is_stub:
            return UNDETERMINED
        if audit.body_id != row.body_id:
            return BREACH
        if is_client_hidden:
            return UNDETERMINED
        audited = world.get("organization", audit.org_id)
        if audited is None or (audited.is_stub and audited is not client):
            return UNDETERMINED
        return breach_if(not same_client(world, audit.org_id, row.org_id))
    if is_client_hidden:
        return UNDETERMINED
    if decision is not None and decision.kind == "grant":
        return PASS
    if audited_by(world, row.org_id, row.body_id, row.issued_on) or _was_transferred(world, row):
        return UNDETERMINED
    return BREACH


def _was_transferred(world: World, row: Record) -> bool:
    """Whether the body had accepted an application for transfer of this client."""
    return any(
        application.kind == "transfer"
        and is_itsms(application)
        and application.review_result == "accepted"
        and application.body_id == row.body_id
        and application.reviewed_on is not None
        and application.reviewed_on <= row.issued_on
        for application in of_client(world, "application", row.org_id)
    )


# --- 6.2.3 ----------------------------------------------


@each("certificate")
def late_renewals(world: World, row: Record) -> Iterator[Subject]:
    """Certificates issued after the one that they follow had expired."""
    if is_itsms(row) and row.previous_certificate_id is not None:
        before = world.get("certificate", row.previous_certificate_id)
        if before is not None and (before.is_stub or row.issued_on > before.expires_on):
            yield Subject(
                row.certificate_id, row.issued_on, (row, before), row, is_in_question=before.is_stub
            )


@rule("R6.2.3", late_renewals)
def late_renewal(_: World, pair: tuple[Record, Record]) -> str:
    """Valid no longer than the old expiry + 3 years."""
    row, before = pair
    return breach_if(row.expires_on > add_months(before.expires_on, 36))


# --- 6.2.4: the number ----------------------------------------------


@rule("R6.2.4-a", certificates)
def number_form(_: World, row: Record) -> str:
    """The number has the form of Annex C."""
    return UNDETERMINED if row.certificate_no is None else breach_if(parsed(row.certificate_no) is None)


@each("certificate")
def well_formed(_: World, row: Record) -> Iterator[Subject]:
    """Certificates whose number has the form, or is not known."""
    if is_itsms(row):
        number = None if row.certificate_no is None else parsed(row.certificate_no)
        if number is not None or row.certificate_no is None:
            is_unsure = row.certificate_no is None
            yield Subject(row.certificate_id, row.issued_on, (row, number), row, is_in_question=is_unsure)


def is_in_year(day: date, two_digits: int) -> bool:
    """Whether a day lies in a year that ends in these two digits."""
    return any(date(year, 1, 1) <= day <= date(year, 12, 31) for year in range(1900 + two_digits, 2300, 100))


def accreditation_contradicts(row: Record, number: Number, body: Record) -> bool | None:
    """Whether the accreditation part is wrong; unknown while the certificate or the body does not say."""
    if row.accredited is None:
        return None
    if not row.accredited:
        return number.accreditation != "00"
    if body.is_stub:
        return None
    return blank(body.accreditation_code) or number.accreditation != normalised(body.accreditation_code or "")


def suffix_contradicts(world: World, row: Record, number: Number) -> bool | None:
    """A suffix for sub-certificates and only for them; the rest is the main one's number."""
    if row.parent_certificate_id is None:
        return number.has_suffix
    main = world.get("certificate", row.parent_certificate_id)
    if not number.has_suffix:
        return True
    if main is None or main.is_stub or main.certificate_no is None:
        return None
    return number.stem != normalised(main.certificate_no)


@rule(
    "R6.2.4-b",
    well_formed,
    reads=("certificate.accredited", "certification_body.accreditation_code"),
)
def number_parts(world: World, pair: tuple[Record, Number | None]) -> str:
    """No part of the number contradicts the certificate."""
    row, number = pair
    body = world.get("certification_body", row.body_id)
    if number is None or body is None:
        return UNDETERMINED
    code = None if body.is_stub else body_code(body)
    printed = start(world, row) if is_reissue(world, row) else row.issued_on
    return breach_if(
        any_of(
            None if code is None else number.body != code,
            not is_in_year(printed, number.year),
            number.cycle != row.cycle_no,
            accreditation_contradicts(row, number, body),
            suffix_contradicts(world, row, number),
        )
    )


@remembered
def certificates_by_number(world: World) -> dict[str, list[Record]]:
    """The certificates of every normalised number, whatever their system."""
    found: dict[str, list[Record]] = {}
    for row in world.table("certificate"):
        if row.certificate_no is not None:
            found.setdefault(normalised(row.certificate_no), []).append(row)
    return found


@each(certificates_by_number)
def number_uses(world: World, number: str) -> Iterator[Subject]:
    """Every number in use, on the day it was last issued."""
    rows = [
        row
        for row in certificates_by_number(world)[number]
        if is_itsms(row) and world.happened(row.issued_on)
    ]
    if rows:
        yield Subject(number, max(row.issued_on for row in rows), rows, tuple(rows))


@rule("R6.2.4-c", number_uses, reads=("certificate_event",))
def unique_number(world: World, rows: list[Record]) -> str:
    """One certificate per number, of whatever body; the rows of a line are one, but for a revoked one."""
    for row in rows:
        for other in rows:
            if row is not other and row not in line(world, other) and other not in line(world, row):
                return BREACH
    for row in rows:
        before = previous(world, row) if is_reissue(world, row) else None
        over = None if before not in rows else own_end(world, before)
        if over is not None and over.how == "revoked" and over.on < row.issued_on:
            return BREACH
    return PASS


def all_bodies(world: World) -> Iterable[Record]:
    """Every body, stubs among them."""
    return world.table("certification_body", stubs=True)


@each(all_bodies)
def sequences(world: World, body: Record) -> Iterator[Subject]:
    """The serial numbers of a body's main certificates by year of issue, from 2026 on."""
    for year in range(2026, world.as_of.year + 1):
        serials = set()
        for row in world.of("certificate", "body_id", body.body_id):
            number = None if row.certificate_no is None else parsed(row.certificate_no)
            if (
                number is not None
                and not row.is_stub
                and is_itsms(row)
                and row.parent_certificate_id is None
                and world.happened(row.issued_on)
                and date(year, 1, 1) <= row.issued_on <= date(year, 12, 31)
                and not is_reissue(world, row)
            ):
                serials.add(number.serial)
        if serials:
            yield Subject(f"{body.body_id}|{year}", world.as_of, serials, body)


@rule("R6.2.4-d", sequences, per_body=True, floating=True)
def holes(_: World, serials: set[int]) -> str:
    """No hole from 1 to the largest."""
    return warning_if(bool(set(range(1, max(serials) + 1)) - serials))


# --- 6.2.6 ----------------------------------------------

SITE_KINDS = ("headquarters", "similar", "dissimilar", "service_point")


def _lacks_addresses(world: World, row: Record) -> bool | None:
    """Whether a certificate of several sites rests on an audit with a site without address."""
    if row.covers_multiple_sites is None:
        return None
    if not row.covers_multiple_sites:
        return False
    decision = decision_of(world, row)
    if decision is None or decision.is_stub:
        return None if basis(world, row).is_hidden or decision is not None else False
    audit = world.get("audit", decision.audit_id)
    return audit is not None and any(blank(site.address) for site in sites(world, audit, *SITE_KINDS))


def _lacks_accreditation_no(world: World, row: Record) -> bool | None:
    """Whether an accredited certificate's body has no accreditation number."""
    if row.accredited is None:
        return None
    if not row.accredited:
        return False
    body = world.get("certification_body", row.body_id)
    return None if body is None or body.is_stub else blank(body.accreditation_no)


@rule(
    "R6.2.6",
    certificates,
    reads=("audit_site", "audit_site.address", "certification_body.accreditation_no", "decision"),
)
def required_items(world: World, row: Record) -> str:
    """Nothing required is missing."""
    client = world.get("organization", row.org_id)
    if client is None or client.is_stub:
        nameless = None
    else:
        nameless = any(
            blank(text)
            for text in (client.name, client.uscc, client.registered_address, client.business_address)
        )
    current = names_current(row.standard, row.issued_on)
    return breach_if(
        any_of(
            blank(row.scope_text),
            blank(row.query_channel),
            row.surveillance_notice is not True,
            nameless,
            None if current is None else not current,
            _lacks_addresses(world, row),
            _lacks_accreditation_no(world, row),
        )
    )
