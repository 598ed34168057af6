"""The nineteen tables of the source contract as plain typed rows, read from a folder of clean CSV files.

The oracle judges only data that keeps the contract, so a value that does not fit its type is an error here,
never a repair: cleaning is the product's business and is tested elsewhere.
"""

from __future__ import annotations

import csv
import types
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints


@dataclass(frozen=True, slots=True)
class CertificationBody:
    body_id: str
    name: str
    approval_no: str
    accreditation_code: str | None
    accreditation_no: str | None
    accreditation_mark_code: str | None
    itsms_approved_on: date | None
    approved_scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    org_id: str
    name: str
    name_en: str | None
    former_name: str | None
    uscc: str | None
    country_code: str | None
    region_code: str | None
    registered_address: str | None
    business_address: str | None
    postcode: str | None
    phone: str | None
    contact_person: str | None
    fax: str | None
    legal_person: str | None
    org_type_code: str | None
    industry_code: str | None
    registered_capital: Decimal | None
    capital_currency: str | None
    staff_total: int | None
    legal_status_valid_until: date | None
    legal_status_revoked_on: date | None
    licence_required: bool | None
    licence_valid_until: date | None
    blacklisted_from: date | None
    blacklisted_until: date | None
    closure_from: date | None
    closure_until: date | None


@dataclass(frozen=True, slots=True)
class Application:
    application_id: str
    body_id: str
    org_id: str
    kind: str
    systems: tuple[str, ...]
    scope_codes: tuple[str, ...]
    headcount_effective: int | None
    sms_operating_since: date | None
    submitted_on: date
    reviewed_on: date | None
    review_result: str | None
    prior_certificate_ended_on: date | None
    prior_body_revoked_on: date | None
    transfer_scope_accredited: bool | None
    transfer_certificate_accredited: bool | None
    transfer_certificate_in_force: bool | None
    transfer_prior_body_in_order: bool | None
    transfer_reports_obtained: bool | None
    transfer_from_approval_no: str | None
    transfer_from_certificate_no: str | None
    contract_no: str | None
    contract_signed_on: date | None
    contract_fee: Decimal | None
    paid_by: str | None


@dataclass(frozen=True, slots=True)
class Person:
    person_id: str
    body_id: str
    name: str
    id_type_code: str | None
    id_number: str | None
    phone: str | None
    employment: str
    employer: str | None
    joined_on: date | None
    left_on: date | None
    works_in_prc: bool | None


@dataclass(frozen=True, slots=True)
class AuditorRegistration:
    person_id: str
    system: str
    registration_no: str
    grade: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class AuditorScope:
    person_id: str
    scope_code: str
    capacity: str
    basis: str | None
    bachelor_or_above: bool | None
    experience_years: Decimal | None
    intermediate_title: bool | None
    guided_audits: int | None
    guided_onsite_days: Decimal | None
    projects: int | None
    granted_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Audit:
    audit_id: str
    body_id: str
    org_id: str
    application_id: str | None
    certificate_id: str | None
    audit_type: str
    systems: tuple[str, ...]
    status: str
    planned_start: date
    planned_end: date
    actual_start: date | None
    actual_end: date | None
    client_confirmed_on: date | None
    headcount_effective: int | None
    total_days: Decimal | None
    onsite_days: Decimal | None
    reduction_reason: str | None
    combined_total_days: Decimal | None
    separate_days_sum: Decimal | None
    is_onsite: bool | None
    offsite_reason: str | None
    shifts_total: int | None
    shifts_audited: int | None
    shift_skip_reason: str | None
    top_manager_present: bool | None
    authorised_deputy: bool | None
    absence_reason: str | None
    top_manager_interviewed: bool | None
    top_manager_competent: bool | None
    conclusion: str | None
    report_issued_on: date | None
    termination_reason: str | None
    programme_no: str | None
    overdue_cause: str | None


@dataclass(frozen=True, slots=True)
class AuditAssignment:
    audit_id: str
    person_id: str
    role: str
    onsite_start: date
    onsite_end: date
    onsite_days: Decimal
    mentor_id: str | None


@dataclass(frozen=True, slots=True)
class AuditSite:
    audit_id: str
    site_id: str
    site_kind: str
    audited: bool
    headcount: int | None
    onsite_days: Decimal | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Nonconformity:
    nc_id: str
    audit_id: str
    grade: str
    clause: str | None
    raised_on: date
    accepted_on: date | None
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    decision_id: str
    audit_id: str | None
    certificate_id: str | None
    kind: str
    decided_on: date
    decided_by: str
    notified_on: date | None


@dataclass(frozen=True, slots=True)
class Certificate:
    certificate_id: str
    certificate_no: str
    body_id: str
    org_id: str
    system: str
    standard: str | None
    scope_codes: tuple[str, ...]
    scope_text: str | None
    decision_id: str | None
    issued_on: date
    expires_on: date
    first_certified_on: date | None
    cycle_no: int
    previous_certificate_id: str | None
    parent_certificate_id: str | None
    accredited: bool | None
    covers_multiple_sites: bool | None
    branch_name: str | None
    surveillance_notice: bool | None
    query_channel: str | None


@dataclass(frozen=True, slots=True)
class CertificateEvent:
    event_id: str
    certificate_id: str
    seq: int
    event: str
    effective_on: date
    established_on: date | None
    reason_code: str | None
    suspended_until: date | None
    change_code: str | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class CncaReport:
    report_id: str
    body_id: str
    kind: str
    period: str | None
    subject_id: str | None
    recipient: str | None
    reported_on: date
    receipt_no: str | None
    result: str | None


@dataclass(frozen=True, slots=True)
class Complaint:
    complaint_id: str
    body_id: str
    kind: str
    audit_id: str | None
    received_on: date
    decided_on: date | None
    decided_by: str | None
    notified_on: date | None


@dataclass(frozen=True, slots=True)
class Relationship:
    person_id: str
    org_id: str
    kind: str
    started_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class InternalAudit:
    internal_audit_id: str
    body_id: str
    held_on: date


@dataclass(frozen=True, slots=True)
class RecordItem:
    record_id: str
    application_id: str | None
    audit_id: str | None
    kind: str
    stored_on: date
    signed: bool | None
    medium: str
    disposed_on: date | None


@dataclass(frozen=True, slots=True)
class ServiceObjective:
    audit_id: str
    objective: str
    target: Decimal
    actual: Decimal | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """One source folder: every table as a list of rows, in file order."""

    certification_body: list[CertificationBody] = field(default_factory=list)
    organization: list[Organization] = field(default_factory=list)
    application: list[Application] = field(default_factory=list)
    person: list[Person] = field(default_factory=list)
    auditor_registration: list[AuditorRegistration] = field(default_factory=list)
    auditor_scope: list[AuditorScope] = field(default_factory=list)
    audit: list[Audit] = field(default_factory=list)
    audit_assignment: list[AuditAssignment] = field(default_factory=list)
    audit_site: list[AuditSite] = field(default_factory=list)
    nonconformity: list[Nonconformity] = field(default_factory=list)
    decision: list[Decision] = field(default_factory=list)
    certificate: list[Certificate] = field(default_factory=list)
    certificate_event: list[CertificateEvent] = field(default_factory=list)
    cnca_report: list[CncaReport] = field(default_factory=list)
    complaint: list[Complaint] = field(default_factory=list)
    relationship: list[Relationship] = field(default_factory=list)
    internal_audit: list[InternalAudit] = field(default_factory=list)
    record_item: list[RecordItem] = field(default_factory=list)
    service_objective: list[ServiceObjective] = field(default_factory=list)


Row = TypeVar("Row")


def _list(text: str) -> tuple[str, ...]:
    """A list cell: ';' between values, trimmed, no blanks, a value given twice counts once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def _bool(text: str) -> bool:
    return {"true": True, "false": False}[text]


_PARSERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    bool: _bool,
    date: date.fromisoformat,
    Decimal: Decimal,
}


def _parser(hint: Any) -> Callable[[str], Any]:
    """The parser for one annotated column; an empty cell is None (an empty tuple for a list)."""
    if getattr(hint, "__origin__", None) is tuple:
        return _list
    nullable = isinstance(hint, types.UnionType)
    kind = next(arg for arg in get_args(hint) if arg is not type(None)) if nullable else hint
    parse = _PARSERS[kind]
    if not nullable:
        return parse
    return lambda text: parse(text) if text.strip() else None


def read_table(path: Path, row_type: type[Row]) -> list[Row]:
    """All rows of one CSV file; an absent file is an empty table, an absent column is all NULL."""
    if not path.exists():
        return []
    hints = get_type_hints(row_type)
    parsers = {column.name: _parser(hints[column.name]) for column in fields(row_type)}  # type: ignore[arg-type]
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [
            row_type(**{name: parse((raw.get(name) or "").strip()) for name, parse in parsers.items()})
            for raw in csv.DictReader(lines)
        ]


def load(folder: Path) -> Source:
    """Read a source folder of clean CSV files, one per table."""
    tables = {
        table.name: read_table(folder / f"{table.name}.csv", get_args(get_type_hints(Source)[table.name])[0])
        for table in fields(Source)
    }
    return Source(**tables)
