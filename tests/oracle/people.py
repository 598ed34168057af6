"""Persons: in service, registered, active; the codes that they hold; relations to clients."""

from __future__ import annotations

from datetime import date

from .arithmetic import add_days
from .records import Record
from .world import World, remembered

FORMAL_GRADES = ("auditor", "senior_auditor")
# A code that this list lacks counts as a management system.
_NO_MANAGEMENT_SYSTEM = ("SC", "PC")


def is_management_system(system: str) -> bool:
    """Whether a system code is one of a management system."""
    return system not in _NO_MANAGEMENT_SYSTEM


@remembered
def registrations(world: World, person_id: str) -> list[Record]:
    """A person's registrations, of any system and grade."""
    return world.of("auditor_registration", "person_id", person_id)


def is_registered(
    world: World, person_id: str, system: str, first: date, last: date, *, trainee: bool = False
) -> bool:
    """Whether registrations of one system leave no day of [first, last] open (an empty span: none is)."""
    spans = [
        (row.valid_from, row.valid_until)
        for row in registrations(world, person_id)
        if row.system == system and (trainee or row.grade in FORMAL_GRADES)
    ]
    day = first
    while day <= last:
        reaching = [until for begins, until in spans if begins <= day <= until]
        if not reaching:
            return False
        day = add_days(max(reaching), 1)
    return True


def is_in_service(person: Record, body_id: str | None, first: date, last: date) -> bool:
    """In service of a body over the whole of [first, last]."""
    return person.body_id == body_id and has_served(person, first, last)


def has_served(person: Record, first: date, last: date) -> bool:
    """joined_on NULL or by the first day, left_on NULL or not before the last."""
    return (person.joined_on is None or person.joined_on <= first) and (
        person.left_on is None or person.left_on >= last
    )


def is_present(person: Record, day: date) -> bool:
    """Not left on a day, and joined by it."""
    return (person.left_on is None or person.left_on > day) and (
        person.joined_on is None or person.joined_on <= day
    )


def has_formal_registration(world: World, person_id: str, day: date, system: str | None) -> bool:
    """A registration as (senior) auditor in force on a day for the system; None: for any management system."""
    return any(
        row.grade in FORMAL_GRADES
        and row.valid_from <= day <= row.valid_until
        and (row.system == system if system else is_management_system(row.system))
        for row in registrations(world, person_id)
    )


def is_active_auditor(world: World, person: Record, day: date, system: str | None) -> bool:
    """An active auditor of the system on a day (None: of any management system)."""
    return is_present(person, day) and has_formal_registration(world, person.person_id, day, system)


def codes_held(world: World, person_id: str, day: date, capacity: str = "auditor") -> set[str]:
    """Scope codes that a person holds in a capacity on a day."""
    return {
        row.scope_code
        for row in world.of("auditor_scope", "person_id", person_id)
        if row.capacity == capacity
        and row.granted_on <= day
        and (row.expires_on is None or row.expires_on >= day)
    }


def relations(world: World, person_id: str, org_id: str, kind: str) -> list[Record]:
    """A person's interests in, or services to, a client."""
    return [
        row
        for row in world.of("relationship", "person_id", person_id)
        if row.org_id == org_id and row.kind == kind
    ]
