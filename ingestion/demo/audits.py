"""The audits that the cycles call for, with their audit time. One row per audit, before teams are found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from ingestion.demo import audit_time
from ingestion.demo.audit_time import ceil_div
from ingestion.demo.clients import Clients
from ingestion.demo.cycles import CYCLES, Cycles
from ingestion.demo.days import LONGEST_AUDIT, NONE, Calendar
from ingestion.demo.streams import Streams, between, chance

PLANNING_HORIZON = 120
"""Days after as_of up to which audits are planned."""


class Kind(IntEnum):
    STAGE1 = 0
    STAGE2 = 1
    SURVEILLANCE = 2
    RECERTIFICATION = 3
    SPECIAL = 4


KIND_NAMES = ["stage1", "stage2", "surveillance", "recertification", "special"]


@dataclass(frozen=True)
class Audits:
    """Audit time in half days. cycle: the cycle that a stage or recertification audit opens, that a
    surveillance belongs to. n: number of the surveillance. wished_on: day wished for the start. partner:
    for a stage 2, the row of its stage 1. work: half days laid on the team (all systems). team: auditors.
    length: working days."""

    client: np.ndarray
    cycle: np.ndarray
    kind: np.ndarray
    n: np.ndarray
    wished_on: np.ndarray
    partner: np.ndarray
    total: np.ndarray
    onsite: np.ndarray
    combined: np.ndarray
    separate: np.ndarray
    work: np.ndarray
    team: np.ndarray
    length: np.ndarray

    def __len__(self) -> int:
        return len(self.client)

    def with_onsite(self, onsite: np.ndarray, extra: np.ndarray) -> Audits:
        """The audits with more time on site (sites need it), and with teams to match."""
        more = onsite - self.onsite
        total = np.maximum(self.total, onsite)
        grown = replace(
            self,
            onsite=onsite,
            total=total,
            work=self.work + more,
            separate=self.separate + (total - self.total),
            combined=np.where(
                extra > 0, np.maximum(self.combined + total - self.total, self.work + more), self.combined
            ),
        )
        return _with_teams(grown)


def draw_audits(clients: Clients, cycles: Cycles, calendar: Calendar, as_of: int, streams: Streams) -> Audits:
    """All audits wished up to PLANNING_HORIZON days after as_of, ordered by client and course."""
    rng = streams.of("audits")
    count = len(clients.body)
    gap = between(rng, 9, 30, count)
    parts = [
        _rows(Kind.STAGE1, 0, 0, cycles.audit_on[:, 0] - gap, cycles.begun[:, 0]),
        _rows(Kind.STAGE2, 0, 0, cycles.audit_on[:, 0], cycles.begun[:, 0]),
    ]
    for cycle in range(CYCLES):
        if cycle:
            parts.append(
                _rows(Kind.RECERTIFICATION, cycle, 0, cycles.audit_on[:, cycle], cycles.begun[:, cycle])
            )
        for place in range(2):
            wish = cycles.surveillance_on[:, cycle, place]
            parts.append(_rows(Kind.SURVEILLANCE, cycle, place + 1, wish, wish != NONE))
        extra = cycles.special_on[:, cycle]
        parts.append(_rows(Kind.SPECIAL, cycle, 0, extra, extra != NONE))
    client, cycle_, kind, n, wished = (np.concatenate(column) for column in zip(*parts, strict=True))
    seen = wished <= as_of + PLANNING_HORIZON
    client, cycle_, kind, n, wished = (column[seen] for column in (client, cycle_, kind, n, wished))
    order = np.lexsort((n, kind == Kind.SURVEILLANCE, kind, cycle_, client))
    client, cycle_, kind, n, wished = (column[order] for column in (client, cycle_, kind, n, wished))
    blank = np.zeros(len(client), dtype=np.int64)
    bare = Audits(client, cycle_, kind, n, wished, _partners(client, kind), *([blank] * 7))
    return _with_teams(_with_time(bare, clients, rng))


def _rows(kind: int, cycle: int, n: int, wished: np.ndarray, exists: np.ndarray) -> tuple[np.ndarray, ...]:
    client = np.flatnonzero(exists)
    same = np.ones(len(client), dtype=np.int64)
    return client, same * cycle, same * kind, same * n, wished[client]


def _partners(client: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Row of the stage 1 of each stage 2: a client has one pair at most."""
    stage1 = np.full(int(client.max(initial=0)) + 1, -1, dtype=np.int64)
    rows = np.flatnonzero(kind == Kind.STAGE1)
    stage1[client[rows]] = rows
    return np.where(kind == Kind.STAGE2, stage1[client], -1)


def _with_time(audits: Audits, clients: Clients, rng: np.random.Generator) -> Audits:
    kind, client = audits.kind, audits.client
    heads, reduced = clients.headcount[client], clients.is_reduced[client]
    initial = audit_time.least(heads, reduced)
    stage1 = np.maximum(initial // 4, 1) + ((initial // 4 + 1) * 3 <= initial) * 1
    recertification = np.maximum(
        audit_time.least(heads, reduced, 2, 3),
        audit_time.share(audit_time.base(heads), 49 + 21 * ~reduced, 100),
    )
    extra_margin = chance(rng, 0.25, len(client)) & (heads > 15)
    total = np.select(
        [kind == Kind.STAGE1, kind == Kind.STAGE2, kind != Kind.RECERTIFICATION],
        [stage1, initial - stage1 + extra_margin, audit_time.least(heads, reduced, 1, 3) + extra_margin],
        recertification + extra_margin,
    )
    off_site = np.where(kind == Kind.STAGE1, np.minimum(initial // 5, stage1 - 1), total // 5)
    off_site = np.where(kind == Kind.STAGE2, 0, np.maximum(off_site, 0))
    onsite = total - np.where(chance(rng, 0.6, len(client)), off_site, 0)
    extra = clients.extra_systems[client]
    other = audit_time.share(total, between(rng, 90, 115, len(client)), 100) * extra
    separate = total + other
    combined = ceil_div(separate * between(rng, 82, 96, len(client)), 100)
    work = np.where(extra > 0, np.maximum(onsite, combined - (total - onsite)), onsite)
    return replace(audits, total=total, onsite=onsite, separate=separate, combined=combined, work=work)


def _with_teams(audits: Audits) -> Audits:
    """As many auditors as finish in a few days; no one is given more than a day's work a day."""
    work = audits.work
    steps = np.searchsorted(np.array([8, 15, 24, 40, 60]), work, side="left") + 2
    team = np.where((work <= 2) & (audits.kind >= Kind.SURVEILLANCE), 1, steps)
    team = np.maximum(np.minimum(team, work), 1)
    return replace(audits, team=team, length=ceil_div(work, 2 * team).clip(1, LONGEST_AUDIT))
