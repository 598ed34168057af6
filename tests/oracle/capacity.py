"""Active auditors and valid certificates of a body, with what is not known counted apart: 3.6 and 3.10.

A count is a range: those that certainly count, and those that could as well. Stubs are of no known body, so
they are in neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from . import unknown
from .audits import ITSMS
from .people import has_formal_registration, is_active_auditor, is_management_system
from .records import Record
from .status import is_status
from .world import World


@dataclass(frozen=True)
class Count:
    """So many for certain, so many at most."""

    least: int
    most: int


def counted(rows: Iterable[Record], condition: Callable[[Record], bool]) -> Count:
    """How many rows meet a condition."""
    least = most = 0
    for row in rows:
        found = unknown.possible(lambda row=row: condition(row))  # type: ignore[misc]
        least += found == {True}
        most += True in found
    return Count(least, most)


def persons(world: World, body_id: str) -> list[Record]:
    """The persons of a body."""
    return world.of("person", "body_id", body_id)


def full_time(world: World, body_id: str, day: date) -> Count:
    """Active full-time ITSMS auditors on a day."""
    return counted(
        persons(world, body_id),
        lambda row: is_active_auditor(world, row, day, ITSMS) and row.employment == "full_time",
    )


def active(world: World, body_id: str, system: str | None) -> Count:
    """Active auditors on as_of, full- and part-time; None: of any management system."""
    return counted(persons(world, body_id), lambda row: is_active_auditor(world, row, world.as_of, system))


def stubs_registered(world: World, system: str | None) -> int:
    """Persons that are stubs and have a registration in force on as_of: they could be of any body."""
    return counted(
        (row for row in world.table("person", stubs=True) if row.is_stub),
        lambda row: has_formal_registration(world, row.person_id, world.as_of, system),
    ).most


def is_valid_main(world: World, row: Record) -> bool:
    """A main certificate, issued by as_of and valid on it."""
    return bool(
        row.parent_certificate_id is None
        and world.happened(row.issued_on)
        and is_status(world, row, world.as_of, "valid")
    )


def valid_certificates(world: World, body_id: str, *, itsms_only: bool) -> Count:
    """Valid main certificates of a body on as_of; one of unknown system could count."""

    def is_counted(row: Record) -> bool:
        kind = row.system == ITSMS if itsms_only else is_management_system(row.system)
        return kind and is_valid_main(world, row)

    return counted(world.of("certificate", "body_id", body_id), is_counted)


def valid_of_unknown_system(world: World, body_id: str) -> int:
    """Valid main certificates whose system is not known: they count among those of all systems."""
    return counted(
        (row for row in world.of("certificate", "body_id", body_id) if row.is_unknown("system")),
        lambda row: is_valid_main(world, row),
    ).least


@dataclass(frozen=True)
class Capacity:
    """A body's figures as the export shows them: what counts for certain."""

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
        """Valid certificates of management systems per active auditor of any."""
        return Fraction(self.valid_all, self.all_auditors) if self.all_auditors else None


def capacity(world: World, body_id: str) -> Capacity:
    """The figures of one body."""
    return Capacity(
        itsms_full_time=full_time(world, body_id, world.as_of).least,
        itsms=active(world, body_id, ITSMS).least,
        valid_itsms=valid_certificates(world, body_id, itsms_only=True).least,
        all_auditors=active(world, body_id, None).least,
        valid_all=valid_certificates(world, body_id, itsms_only=False).least
        + valid_of_unknown_system(world, body_id),
    )
