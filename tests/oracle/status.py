"""Certificate status on any day: the end, the suspension before it, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .arithmetic import add_days
from .records import Certificate, CertificateEvent
from .world import World


@dataclass(frozen=True, slots=True)
class End:
    """How and on which day a certificate ended."""

    on: date
    how: str


@dataclass(frozen=True, slots=True)
class Status:
    """A certificate's status on a day, and the day it has stood since."""

    status: str
    since: date


def end_on(world: World, certificate: Certificate, day: date) -> End | None:
    """The certificate's end as known on a day (never later than as_of); None while it has not ended."""
    day = min(day, world.as_of)
    events = world.events.get(certificate.certificate_id, [])
    ways = [
        *((row.effective_on, 0, "revoked") for row in events if row.event == "revoked"),
        *((row.effective_on, 1, "cancelled") for row in events if row.event == "cancelled"),
        *((row.issued_on, 2, "superseded") for row in world.successors.get(certificate.certificate_id, [])),
        (add_days(certificate.expires_on, 1), 3, "expired"),
    ]
    past = [way for way in ways if way[0] <= day]
    if not past:
        return None
    on, _, how = min(past)
    return End(on, how)


def end(world: World, certificate: Certificate) -> End | None:
    """The certificate's end as known on as_of."""
    return end_on(world, certificate, world.as_of)


def suspension_events(world: World, certificate_id: str) -> list[CertificateEvent]:
    """Suspended and restored events in order."""
    return [row for row in world.events.get(certificate_id, []) if row.event in ("suspended", "restored")]


def status_on(world: World, certificate: Certificate, day: date) -> Status | None:
    """The status on a day that is not later than as_of; None before the certificate was issued."""
    if certificate.issued_on > day:
        return None
    over = end_on(world, certificate, day)
    if over is not None:
        return Status(over.how, over.on)
    run: list[CertificateEvent] = []
    for row in suspension_events(world, certificate.certificate_id):
        if row.effective_on > day:
            break
        if run and run[-1].event != row.event:
            run = []
        run.append(row)
    if not run:
        return Status("valid", certificate.issued_on)
    return Status("suspended" if run[0].event == "suspended" else "valid", run[0].effective_on)


def is_status(world: World, certificate: Certificate, day: date, *names: str) -> bool:
    """Whether the certificate had one of these statuses on a day."""
    found = status_on(world, certificate, day)
    return found is not None and found.status in names
