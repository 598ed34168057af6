"""The people of the bodies: enough auditors for the work of each body, deciders, trainees and experts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from ingestion.demo.audits import Audits
from ingestion.demo.bodies import Bodies
from ingestion.demo.clients import Clients
from ingestion.demo.days import NONE
from ingestion.demo.streams import Streams, between, chance

DAYS_PER_AUDITOR = 135
"""On-site days a year that the work is staffed for; individual loads spread around it."""
CERTIFICATES_PER_AUDITOR = 38
STRAINED_CERTIFICATES_PER_AUDITOR = 45
LEAST_FULL_TIME = 13
OVERWORKED_DAYS = (300, 178)
"""On-site days a year that the two overworked auditors of a body draw; what the first one lacks is made up
for afterwards."""
LITTLE_WORK = 1200
"""On-site days a year below which a body has no overworked auditors."""


class Job(IntEnum):
    AUDITOR = 0
    TRAINEE = 1
    EXPERT = 2
    DECIDER = 3


@dataclass(frozen=True)
class People:
    """One row per person. profile: professional profile of auditors (0, 1). drive: how much work a person
    draws compared with the others. joined, left: days (left NONE: still there)."""

    body: np.ndarray
    job: np.ndarray
    full_time: np.ndarray
    profile: np.ndarray
    drive: np.ndarray
    joined: np.ndarray
    left: np.ndarray
    overworked: np.ndarray

    def __len__(self) -> int:
        return len(self.body)

    def rows(self, condition: np.ndarray) -> np.ndarray:
        return np.flatnonzero(condition)


def hire(
    audits: Audits,
    clients: Clients,
    certificates: np.ndarray,
    bodies: Bodies,
    start: int,
    as_of: int,
    streams: Streams,
) -> People:
    """People for the wished audits. certificates: about how many each body will have in force on as_of."""
    rng = streams.of("people")
    parts = [
        _of_body(
            one, one == bodies.strained, *_needed(one, audits, clients, certificates, bodies, as_of), rng
        )
        for one in range(bodies.count)
    ]
    body, job, full_time, profile = (np.concatenate(column) for column in zip(*parts, strict=True))
    count = len(body)
    auditor = job == Job.AUDITOR
    early = start - between(rng, 60, 900, count)
    later = between(rng, start + 200, as_of - 200, count)
    joined = np.where(chance(rng, 0.2, count) & (body != bodies.strained), later, early)
    leaves = chance(rng, 0.05, count) & (joined < as_of - 700) & (body != bodies.strained)
    left = np.where(leaves, between(rng, as_of - 500, as_of - 1, count), NONE)
    drive = np.where(full_time, np.exp(rng.normal(0, 0.07, count)), 0.45)
    people = People(body, job, full_time, profile, np.where(auditor, drive, 0.0), joined, left, left == 0)
    return _with_overworked(people, bodies, _recent_days(audits, clients, bodies, as_of))


def _with_overworked(people: People, bodies: Bodies, days: np.ndarray) -> People:
    """In every fifth body one auditor draws too much work and another nearly too much.

    days: on-site days of each body in the last year. A body with little work has nobody like that.
    """
    for one in range(0, bodies.count, 5):
        steady = people.rows(
            (people.body == one) & (people.job == Job.AUDITOR) & people.full_time & (people.profile == 0)
        )[:2]
        everyone = (people.body == one) & (people.job == Job.AUDITOR)
        usual = days[one] / people.drive[everyone].sum()
        if days[one] < LITTLE_WORK:
            continue
        people.joined[steady] = people.joined.min()
        people.left[steady] = NONE
        people.drive[steady] = np.array(OVERWORKED_DAYS) / usual
        people.overworked[steady[0]] = True
    return people


def _recent_days(audits: Audits, clients: Clients, bodies: Bodies, as_of: int) -> np.ndarray:
    """On-site days of each body in the year before as_of."""
    recent = (audits.wished_on > as_of - 365) & (audits.wished_on <= as_of)
    work = np.bincount(clients.body[audits.client[recent]], audits.work[recent], bodies.count)
    return work / 2


def _needed(
    one: int, audits: Audits, clients: Clients, certificates: np.ndarray, bodies: Bodies, as_of: int
) -> tuple[int, float]:
    """Full-time auditors that a body needs, and the share of its work that falls to profile 1."""
    mine = clients.body[audits.client] == one
    recent = mine & (audits.wished_on > as_of - 365) & (audits.wished_on <= as_of)
    days = float(audits.work[recent].sum()) / 2
    second = float(audits.work[recent & (clients.profile[audits.client] == 1)].sum()) / 2 / max(days, 1.0)
    if one == bodies.strained:
        return max(9, int(certificates[one] / STRAINED_CERTIFICATES_PER_AUDITOR)), second
    by_ratio = certificates[one] / CERTIFICATES_PER_AUDITOR
    return max(LEAST_FULL_TIME, int(np.ceil(max(days / DAYS_PER_AUDITOR, by_ratio) * 1.12))), second


def _of_body(
    one: int, strained: bool, auditors: int, second: float, rng: np.random.Generator
) -> tuple[np.ndarray, ...]:
    part_time = 0 if strained else max(2, auditors // 7)
    in_second = int(
        np.clip(round(auditors * second), min(4, auditors // 2), auditors - min(4, auditors // 2))
    )
    jobs = [
        (Job.AUDITOR, True, auditors),
        (Job.AUDITOR, False, part_time),
        (Job.TRAINEE, True, max(1, auditors // 12)),
        (Job.EXPERT, False, max(1, auditors // 12)),
        (Job.DECIDER, True, max(2, auditors // 10)),
    ]
    job = np.concatenate([np.full(n, int(j)) for j, _, n in jobs])
    full_time = np.concatenate([np.full(n, full) for _, full, n in jobs])
    profile = np.zeros(len(job), dtype=np.int64)
    profile[auditors - in_second : auditors] = 1
    profile[auditors:] = rng.integers(0, 2, len(job) - auditors)
    return np.full(len(job), one), job, full_time, profile
