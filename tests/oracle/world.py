"""One source on one day: the records, indexed, with the words that many rules share.

"Completed", "order of audits", "stage pair", "gap pair", "ITSMS" and "not yet" are said here once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from .records import (
    Application,
    Audit,
    AuditAssignment,
    AuditorRegistration,
    AuditorScope,
    AuditSite,
    Certificate,
    CertificateEvent,
    CncaReport,
    Complaint,
    Decision,
    Nonconformity,
    Organization,
    Person,
    RecordItem,
    Relationship,
    Source,
)

ITSMS = "ITSMS"
AUDITOR_ROLES = ("leader", "auditor")
FORMAL_GRADES = ("auditor", "senior_auditor")

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


def grouped(rows: Iterable[Row], key: Callable[[Row], Key | None]) -> dict[Key, list[Row]]:
    """Rows by key; a row whose key is None belongs to nobody."""
    groups: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        value = key(row)
        if value is not None:
            groups[value].append(row)
    return dict(groups)


def blank(text: str | None) -> bool:
    """Missing wherever a reason or content is asked for."""
    return text is None or not text.strip()


class World:
    """The facts of one source as they stand on one day."""

    def __init__(self, source: Source, as_of: date) -> None:
        self.source = source
        self.as_of = as_of
        self.organization: dict[str, Organization] = {row.org_id: row for row in source.organization}
        self.person: dict[str, Person] = {row.person_id: row for row in source.person}
        self.application: dict[str, Application] = {row.application_id: row for row in source.application}
        self.audit: dict[str, Audit] = {row.audit_id: row for row in source.audit}
        self.decision: dict[str, Decision] = {row.decision_id: row for row in source.decision}
        self.certificate: dict[str, Certificate] = {row.certificate_id: row for row in source.certificate}
        self.assignments: dict[str, list[AuditAssignment]] = grouped(
            source.audit_assignment, lambda row: row.audit_id
        )
        self.sites: dict[str, list[AuditSite]] = grouped(source.audit_site, lambda row: row.audit_id)
        self.registrations: dict[str, list[AuditorRegistration]] = grouped(
            source.auditor_registration, lambda row: row.person_id
        )
        self.scopes: dict[str, list[AuditorScope]] = grouped(source.auditor_scope, lambda row: row.person_id)
        self.persons_of_body: dict[str, list[Person]] = grouped(source.person, lambda row: row.body_id)
        self.relationships: dict[tuple[str, str], list[Relationship]] = grouped(
            source.relationship, lambda row: (row.person_id, row.org_id)
        )
        self.nonconformities: dict[str, list[Nonconformity]] = grouped(
            source.nonconformity, lambda row: row.audit_id
        )
        self.decisions_on: dict[str, list[Decision]] = grouped(
            [row for row in source.decision if self.happened(row.decided_on)], lambda row: row.audit_id
        )
        self.audits_of_application: dict[str, list[Audit]] = grouped(
            source.audit, lambda row: row.application_id
        )
        self.audits_of_certificate: dict[str, list[Audit]] = grouped(
            source.audit, lambda row: row.certificate_id
        )
        self.successors: dict[str, list[Certificate]] = grouped(
            source.certificate, lambda row: row.previous_certificate_id
        )
        self.records_of_application: dict[str, list[RecordItem]] = grouped(
            source.record_item, lambda row: row.application_id
        )
        self.records_of_audit: dict[str, list[RecordItem]] = grouped(
            source.record_item, lambda row: row.audit_id
        )
        self.events: dict[str, list[CertificateEvent]] = {
            certificate_id: sorted(rows, key=lambda row: (row.effective_on, row.seq))
            for certificate_id, rows in grouped(
                [row for row in source.certificate_event if self.happened(row.effective_on)],
                lambda row: row.certificate_id,
            ).items()
        }
        self._accepted: dict[tuple[str, str], list[CncaReport]] = grouped(
            [
                row
                for row in source.cnca_report
                if row.result == "accepted" and self.happened(row.reported_on)
            ],
            lambda row: None if row.subject_id is None else (row.kind, row.subject_id),
        )
        self._accepted_periodic: dict[tuple[str, str, str], list[CncaReport]] = grouped(
            [
                row
                for row in source.cnca_report
                if row.result == "accepted" and self.happened(row.reported_on)
            ],
            lambda row: None if row.period is None else (row.kind, row.body_id, row.period),
        )

    # --- time ----------------------------------------

    def happened(self, day: date | None) -> bool:
        """Whether a fact with this date counts: it has a date and the date is not later than as_of."""
        return day is not None and day <= self.as_of

    def known(self, day: date | None) -> date | None:
        """A fact's date; a date later than as_of is "not yet"."""
        return day if self.happened(day) else None

    # --- audits ----------------------------------------

    def is_completed(self, audit: Audit) -> bool:
        """Completed, whatever the systems."""
        return audit.status == "completed" and self.happened(audit.actual_end)

    @staticmethod
    def is_itsms(audit: Audit) -> bool:
        """Whether ITSMS is among the audit's systems."""
        return ITSMS in audit.systems

    @cached_property
    def itsms_audits(self) -> list[Audit]:
        """ITSMS audits of every status."""
        return [audit for audit in self.source.audit if self.is_itsms(audit)]

    @cached_property
    def completed_audits(self) -> list[Audit]:
        """Completed ITSMS audits."""
        return [audit for audit in self.itsms_audits if self.is_completed(audit)]

    def in_order(self, audits: Iterable[Audit], *types: str) -> list[Audit]:
        """The completed ITSMS audits among these, of these types, by (actual_end, audit_id)."""
        return sorted(
            (
                audit
                for audit in audits
                if self.is_itsms(audit)
                and self.is_completed(audit)
                and (not types or audit.audit_type in types)
            ),
            key=order,
        )

    def stages(self, application_id: str | None, *types: str) -> list[Audit]:
        """An application's completed ITSMS audits of these types, in order."""
        if application_id is None:
            return []
        return self.in_order(self.audits_of_application.get(application_id, []), *types)

    def stage_pair(self, application_id: str) -> tuple[Audit, Audit] | None:
        """The application's last completed stage 1 and last completed stage 2."""
        ones = self.stages(application_id, "stage1")
        twos = self.stages(application_id, "stage2")
        return (ones[-1], twos[-1]) if ones and twos else None

    def gap_pair(self, application_id: str) -> tuple[Audit | None, Audit] | None:
        """The first completed stage 2, and the stage 1 that its interval is counted from, if any."""
        twos = self.stages(application_id, "stage2")
        if not twos:
            return None
        two = twos[0]
        ones = self.stages(application_id, "stage1")
        start = two.actual_start
        before = [one for one in ones if start is not None and ended(one) <= start]
        candidates = before or ones
        return (candidates[-1] if candidates else None, two)

    def team(self, audit_id: str) -> list[AuditAssignment]:
        """All assignments of an audit."""
        return self.assignments.get(audit_id, [])

    def auditors(self, audit_id: str) -> list[AuditAssignment]:
        """Assignments as leader or auditor."""
        return [row for row in self.team(audit_id) if row.role in AUDITOR_ROLES]

    def auditor_ids(self, audit_id: str) -> set[str]:
        """Persons who are leader or auditor of an audit."""
        return {row.person_id for row in self.auditors(audit_id)}

    # --- what is ITSMS ----------------------------------------

    @cached_property
    def itsms_applications(self) -> list[Application]:
        """Applications for ITSMS, alone or with other systems."""
        return [row for row in self.source.application if ITSMS in row.systems]

    @cached_property
    def issued(self) -> list[Certificate]:
        """Certificates of every system issued by as_of."""
        return [row for row in self.source.certificate if self.happened(row.issued_on)]

    @cached_property
    def itsms_certificates(self) -> list[Certificate]:
        """ITSMS certificates issued by as_of, main and sub."""
        return [row for row in self.issued if row.system == ITSMS]

    @cached_property
    def itsms_decisions(self) -> list[Decision]:
        """Decisions that follow an ITSMS audit or, without an audit, an ITSMS certificate."""
        chosen = []
        for row in self.source.decision:
            if row.audit_id is not None:
                belongs = self.is_itsms(self.audit[row.audit_id])
            else:
                certificate = self.certificate.get(row.certificate_id or "")
                belongs = certificate is not None and certificate.system == ITSMS
            if belongs:
                chosen.append(row)
        return chosen

    @cached_property
    def itsms_nonconformities(self) -> list[Nonconformity]:
        """Nonconformities of ITSMS audits of any status."""
        return [row for row in self.source.nonconformity if self.is_itsms(self.audit[row.audit_id])]

    @cached_property
    def itsms_events(self) -> list[CertificateEvent]:
        """Events of ITSMS certificates that have taken effect."""
        return [
            row
            for row in self.source.certificate_event
            if self.happened(row.effective_on) and self.certificate[row.certificate_id].system == ITSMS
        ]

    @cached_property
    def itsms_records(self) -> list[RecordItem]:
        """Records that follow an ITSMS audit, else an ITSMS application; without a parent they stay in."""
        return [row for row in self.source.record_item if self._record_is_itsms(row)]

    def _record_is_itsms(self, row: RecordItem) -> bool:
        if row.audit_id is not None:
            return self.is_itsms(self.audit[row.audit_id])
        if row.application_id is not None:
            return ITSMS in self.application[row.application_id].systems
        return True

    @cached_property
    def itsms_complaints(self) -> list[Complaint]:
        """Complaints about ITSMS audits; without an audit they stay in."""
        return [
            row
            for row in self.source.complaint
            if row.audit_id is None or self.is_itsms(self.audit[row.audit_id])
        ]

    # --- reports ----------------------------------------

    def reported(self, kind: str, subject_id: str, recipients: tuple[str | None, ...]) -> date | None:
        """The earliest accepted report of a kind on a subject to one of these recipients."""
        rows = self._accepted.get((kind, subject_id), [])
        return min((row.reported_on for row in rows if row.recipient in recipients), default=None)

    def reported_period(
        self, kind: str, body_id: str, period: str, recipients: tuple[str | None, ...]
    ) -> date | None:
        """The earliest accepted report of a kind by a body for a period to one of these recipients."""
        rows = self._accepted_periodic.get((kind, body_id, period), [])
        return min((row.reported_on for row in rows if row.recipient in recipients), default=None)


def ended(audit: Audit) -> date:
    """The end of a completed audit."""
    if audit.actual_end is None:
        raise ValueError(f"audit {audit.audit_id} has not ended")
    return audit.actual_end


def order(audit: Audit) -> tuple[date, str]:
    """The order of audits."""
    return ended(audit), audit.audit_id


def factor(*reasons: str | None) -> Fraction:
    """f: 1 when no reason for a reduction is given, else 0.7."""
    return Fraction(1) if all(blank(reason) for reason in reasons) else Fraction(7, 10)


def earliest(*days: date | None) -> date | None:
    """The earliest of the days that are known."""
    return min((day for day in days if day is not None), default=None)
