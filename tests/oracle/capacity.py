"""Active auditors and valid certificates of a body: the figures of 3.6 and 3.10."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .records import Person
from .status import is_status
from .world import FORMAL_GRADES, ITSMS, World


def is_active_auditor(world: World, person: Person, system: str | None) -> bool:
    """Not left, and a formal registration in force on as_of for the system (None: for any system)."""
    as_of = world.as_of
    if person.left_on is not None and person.left_on <= as_of:
        return False
    if person.joined_on is not None and person.joined_on > as_of:
        return False
    return any(
        row.grade in FORMAL_GRADES
        and row.valid_from <= as_of <= row.valid_until
        and system in (None, row.system)
        for row in world.registrations.get(person.person_id, [])
    )


@dataclass(frozen=True, slots=True)
class Capacity:
    """A body's auditors and valid main certificates on as_of."""

    itsms_full_time: int
    itsms: int
    valid_itsms: int
    all_auditors: int
    valid_all: int

    @property
    def ratio_itsms(self) -> Fraction | None:
        """Valid ITSMS certificates per active ITSMS auditor."""
        return Fraction(self.valid_itsms, self.itsms) if self.itsms else None

    @property
    def ratio_all(self) -> Fraction | None:
        """Valid certificates of all systems per active auditor of any system."""
        return Fraction(self.valid_all, self.all_auditors) if self.all_auditors else None


def capacity(world: World, body_id: str) -> Capacity:
    """The figures of one body."""
    persons = world.persons_of_body.get(body_id, [])
    itsms = [person for person in persons if is_active_auditor(world, person, ITSMS)]
    valid = [
        certificate
        for certificate in world.issued
        if certificate.body_id == body_id
        and certificate.parent_certificate_id is None
        and is_status(world, certificate, world.as_of, "valid")
    ]
    return Capacity(
        itsms_full_time=sum(person.employment == "full_time" for person in itsms),
        itsms=len(itsms),
        valid_itsms=sum(certificate.system == ITSMS for certificate in valid),
        all_auditors=sum(is_active_auditor(world, person, None) for person in persons),
        valid_all=len(valid),
    )
