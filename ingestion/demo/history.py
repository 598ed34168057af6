"""What took place: the scheduled audits in the order of their days, and what they led to up to as_of."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from ingestion.demo.audits import Audits, Kind
from ingestion.demo.clients import Clients
from ingestion.demo.cycles import CYCLES, Cycles
from ingestion.demo.days import NONE, add_months
from ingestion.demo.scheduling import Schedule
from ingestion.demo.sites import SiteVisits
from ingestion.demo.streams import Streams, between, chance

LATE_REPORT_SHARE = 0.003
BEFORE_DECISION_SHARE = 0.002
TOO_LONG_SHARE = 0.002


@dataclass(frozen=True)
class Applications:
    """One row per application, by day of submission. of: row of (client, cycle), -1 where there is none."""

    client: np.ndarray
    cycle: np.ndarray
    submitted: np.ndarray
    reviewed: np.ndarray
    signed: np.ndarray
    of: np.ndarray


@dataclass(frozen=True)
class Certificates:
    """ITSMS main certificates by day of issue. audit: the audit that led to it; previous: row of the one
    that it replaces; replaced_on: day on which it was itself replaced. of: row of (client, cycle), -1 =
    none."""

    client: np.ndarray
    cycle: np.ndarray
    audit: np.ndarray
    issued: np.ndarray
    expires: np.ndarray
    first_certified: np.ndarray
    previous: np.ndarray
    replaced_on: np.ndarray
    of: np.ndarray

    def __len__(self) -> int:
        return len(self.client)


@dataclass(frozen=True)
class History:
    """Per audit: first and last day, whether it is over (completed or broken off), its report, whether it
    led to a decision and when. certificate: the certificate audited, -1 for the stages of a first
    certification."""

    audits: Audits
    schedule: Schedule
    visits: SiteVisits
    over: np.ndarray
    broken_off: np.ndarray
    reported: np.ndarray
    decided: np.ndarray
    certificate: np.ndarray
    application: np.ndarray
    applications: Applications
    certificates: Certificates


def tell(
    audits: Audits,
    schedule: Schedule,
    visits: SiteVisits,
    clients: Clients,
    cycles: Cycles,
    as_of: int,
    streams: Streams,
) -> History:
    """The facts up to as_of. Rows of audits and certificates come out in the order of their days."""
    audits, schedule, visits = _in_order(audits, schedule, visits)
    rng = streams.of("history")
    count = len(audits)
    over = schedule.last <= as_of
    certifying = np.isin(audits.kind, (Kind.STAGE2, Kind.RECERTIFICATION))
    broken_off = over & (audits.kind == Kind.STAGE2) & clients.audit_breaks_off[audits.client]
    lag = cycles.decision_lag[audits.client, audits.cycle]
    decided = np.where(over & certifying & ~broken_off, schedule.last + lag, NONE)
    reported = schedule.last + between(rng, 3, 12, count)
    reported = np.where(chance(rng, LATE_REPORT_SHARE, count) & certifying, schedule.last + lag + 2, reported)
    applications = _applications(audits, schedule, clients, as_of, streams)
    certificates = _certificates(audits, decided, clients, cycles, as_of, rng)
    during = np.isin(audits.kind, (Kind.SURVEILLANCE, Kind.SPECIAL))
    held = np.where(during, audits.cycle, audits.cycle - 1)
    certificate = np.where(held >= 0, certificates.of[audits.client, np.maximum(held, 0)], -1)
    decided = np.where(decided <= as_of, decided, NONE)
    opening = np.where(during, -1, applications.of[audits.client, audits.cycle])
    return History(
        audits, schedule, visits, over, broken_off, np.where(over & (reported <= as_of), reported, NONE),
        decided, certificate, opening, applications, certificates,
    )  # fmt: skip


def _in_order(audits: Audits, schedule: Schedule, visits: SiteVisits) -> tuple[Audits, Schedule, SiteVisits]:
    order = np.argsort(schedule.first, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    moved = Audits(**{f.name: getattr(audits, f.name)[order] for f in fields(Audits)})
    moved = replace(moved, partner=np.where(moved.partner >= 0, place[moved.partner], -1))
    member = place[schedule.member_audit]
    by_audit = np.argsort(member, kind="stable")
    told = replace(
        schedule,
        first=schedule.first[order],
        last=schedule.last[order],
        leader=schedule.leader[order],
        member_audit=member[by_audit],
        member_person=schedule.member_person[by_audit],
        member_half_days=schedule.member_half_days[by_audit],
    )
    visited = place[visits.audit]
    by_visit = np.argsort(visited, kind="stable")
    seen = SiteVisits(**{f.name: getattr(visits, f.name)[by_visit] for f in fields(SiteVisits)})
    return moved, told, replace(seen, audit=visited[by_visit])


def _applications(
    audits: Audits, schedule: Schedule, clients: Clients, as_of: int, streams: Streams
) -> Applications:
    rng = streams.of("applications")
    opens = np.flatnonzero(np.isin(audits.kind, (Kind.STAGE1, Kind.RECERTIFICATION)))
    refused = np.flatnonzero(clients.fails_review)
    client = np.concatenate([audits.client[opens], refused])
    cycle = np.concatenate([audits.cycle[opens], np.zeros(len(refused), dtype=np.int64)])
    begins = np.concatenate([schedule.first[opens], clients.first_audit[refused] - 20])
    submitted = begins - between(rng, 35, 80, len(begins))
    made = submitted <= as_of
    client, cycle, submitted = client[made], cycle[made], submitted[made]
    order = np.argsort(submitted, kind="stable")
    client, cycle, submitted = client[order], cycle[order], submitted[order]
    reviewed = submitted + between(rng, 2, 10, len(client))
    signed = np.where(clients.fails_review[client], NONE, reviewed + between(rng, 1, 8, len(client)))
    late = chance(rng, 0.003, len(client)) & (signed != NONE)
    signed = np.where(late, submitted + 85, signed)
    of = np.full((len(clients.body), CYCLES), -1, dtype=np.int64)
    of[client, cycle] = np.arange(len(client))
    return Applications(client, cycle, submitted, reviewed, signed, of)


def _certificates(
    audits: Audits,
    decided: np.ndarray,
    clients: Clients,
    cycles: Cycles,
    as_of: int,
    rng: np.random.Generator,
) -> Certificates:
    rows = np.flatnonzero((decided != NONE) & ~clients.fails_audit[audits.client])
    client, cycle = audits.client[rows], audits.cycle[rows]
    issued = decided[rows] + cycles.issue_lag[client, cycle]
    issued = np.where(chance(rng, BEFORE_DECISION_SHARE, len(rows)), decided[rows] - 1, issued)
    shown = (issued <= as_of) & (decided[rows] <= as_of)
    rows, client, cycle, issued = rows[shown], client[shown], cycle[shown], issued[shown]
    order = np.argsort(issued, kind="stable")
    rows, client, cycle, issued = rows[order], client[order], cycle[order], issued[order]
    expires = add_months(issued, 36) - 1
    expires = np.where(chance(rng, TOO_LONG_SHARE, len(rows)), add_months(issued, 37) - 1, expires)
    of = np.full((len(clients.body), CYCLES), -1, dtype=np.int64)
    of[client, cycle] = np.arange(len(rows))
    previous = np.where(cycle > 0, of[client, np.maximum(cycle - 1, 0)], -1)
    renewed = np.flatnonzero(previous >= 0)
    late = renewed[issued[renewed] > expires[previous[renewed]]]
    expires[late] = add_months(expires[previous[late]], 36)
    replaced_on = np.full(len(rows), NONE, dtype=np.int64)
    replaced_on[previous[renewed]] = issued[renewed]
    first_certified = issued.copy()
    first_certified[renewed] = issued[previous[renewed]]
    return Certificates(client, cycle, rows, issued, expires, first_certified, previous, replaced_on, of)
