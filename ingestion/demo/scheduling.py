"""Who audits when: teams for all audits of all bodies, batch by batch, without double booking.

Within a batch the jobs of each pool of people are matched with its members in the order of the work they
had in the year before; who is not free is passed over in the next round, and when nobody is free the audit
moves by a day. Every step is an array operation over all open jobs of all bodies; the loops run over
batches and rounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ingestion.demo.audits import Audits
from ingestion.demo.clients import Clients
from ingestion.demo.days import NONE, Calendar
from ingestion.demo.people import Job, People
from ingestion.demo.streams import Streams, between, chance

SHIFTS = (0, 1, 2, -1, 3, -2, 4, 5, -3, 6, 7, 8)
"""Working days by which an audit is moved when nobody is free, in the order in which they are tried."""
TRIES_PER_SHIFT = 4
AGAIN = 3
"""Rounds in which those with the least work are asked again, for another day, before the others."""
HASTY_SHARE = 0.006
"""Pairs of stage 1 and stage 2 with fewer days between them than the rule asks for."""
BATCH = 2
"""Working days whose audits are staffed in one go."""
MONTH = 20
"""Working days."""
FILL = 0.9
"""Share of a body's auditors that may be on site on one day; the rest covers what is matched at the same
time."""


@dataclass(frozen=True)
class Schedule:
    """first, last: days of each audit. member_*: one row per auditor of an audit; half days each."""

    first: np.ndarray
    last: np.ndarray
    leader: np.ndarray
    member_audit: np.ndarray
    member_person: np.ndarray
    member_half_days: np.ndarray
    forced: int


class _Diary:
    """Who is taken on which working day, and how much work each person had by month."""

    def __init__(self, people: People, calendar: Calendar) -> None:
        self.people = people
        self.calendar = calendar
        days = calendar.working[None, :]
        left = np.where(people.left == NONE, np.iinfo(np.int64).max, people.left)
        self.taken = (days < people.joined[:, None] + 30) | (days >= left[:, None])
        self.origin = int(calendar.working[0])
        self.work = np.zeros((len(people), len(calendar.working) // MONTH + 3))
        auditors = people.rows(people.job == Job.AUDITOR)
        self.places = np.zeros((int(people.body.max()) + 1, len(calendar.working)))
        np.add.at(self.places, people.body[auditors], ~self.taken[auditors] * FILL)

    def month(self, index: np.ndarray) -> np.ndarray:
        return index // MONTH

    def ease(self, index: int) -> np.ndarray:
        """Work per person around a working day relative to what the person draws: low comes first."""
        here = index // MONTH
        span = self.work[:, max(here - 11, 0) : here + 2].sum(axis=1)
        present = (self.calendar.working[index] - self.people.joined).clip(60, 365) / 365
        return span / present / np.maximum(self.people.drive, 1e-6)

    def free(self, person: np.ndarray, first: np.ndarray, length: np.ndarray) -> np.ndarray:
        ok = np.ones(len(person), dtype=bool)
        for day in range(int(length.max(initial=0))):
            ok &= ~(self.taken[person, np.minimum(first + day, self.taken.shape[1] - 1)] & (day < length))
        return ok

    def book(self, person: np.ndarray, first: np.ndarray, length: np.ndarray) -> None:
        for day in range(int(length.max(initial=0))):
            rows = day < length
            self.taken[person[rows], np.minimum(first[rows] + day, self.taken.shape[1] - 1)] = True

    def has_room(
        self, body: np.ndarray, team: np.ndarray, first: np.ndarray, length: np.ndarray
    ) -> np.ndarray:
        """Whether the body's auditors who are not yet spoken for are enough for the whole team."""
        ok = np.ones(len(body), dtype=bool)
        for day in range(int(length.max(initial=0))):
            here = np.minimum(first + day, self.places.shape[1] - 1)
            ok &= (self.places[body, here] >= team) | (day >= length) | (team == 0)
        return ok

    def reserve(self, body: np.ndarray, team: np.ndarray, first: np.ndarray, length: np.ndarray) -> None:
        for day in range(int(length.max(initial=0))):
            rows = day < length
            here = np.minimum(first[rows] + day, self.places.shape[1] - 1)
            np.subtract.at(self.places, (body[rows], here), team[rows])

    def load(self, person: np.ndarray, first: np.ndarray, half_days: np.ndarray) -> None:
        np.add.at(self.work, (person, self.month(first)), half_days / 2)


class _Pools:
    """People by pool, in the order in which they are asked."""

    def __init__(self, pool: np.ndarray, rows: np.ndarray) -> None:
        self.rows = rows
        self.pool = pool[rows]
        self.size = np.bincount(self.pool, minlength=int(pool.max(initial=0)) + 1)
        self.start = np.cumsum(self.size) - self.size
        self.order = rows

    def rank(self, ease: np.ndarray) -> None:
        self.order = self.rows[np.lexsort((ease[self.rows], self.pool))]

    def member(self, pool: np.ndarray, place: np.ndarray) -> np.ndarray:
        return self.order[self.start[pool] + place % self.size[pool]]


@dataclass
class _Windows:
    """The working days that a job takes: one stretch, or (stage 1 and 2 under one leader) two of them."""

    calendar: Calendar
    wished: np.ndarray
    length: np.ndarray
    spacing: np.ndarray
    second_length: np.ndarray
    body: np.ndarray
    team: np.ndarray
    second_team: np.ndarray

    def first(self, jobs: np.ndarray, shift: int) -> np.ndarray:
        return self.calendar.fit(np.maximum(self.wished[jobs] + shift, 0), self.length[jobs])

    def second(self, jobs: np.ndarray, first: np.ndarray) -> np.ndarray:
        start = first + self.length[jobs] - 1 + self.spacing[jobs]
        return self.calendar.fit(start, self.second_length[jobs])


def _match(
    pools: _Pools, pool: np.ndarray, windows: _Windows, diary: _Diary, shifts: tuple[int, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """A free person for every job: person, first working day, first working day of the second stretch, and
    how many jobs had to be forced on someone who was not free."""
    count = len(pool)
    person, first, second = (np.zeros(count, dtype=np.int64) for _ in range(3))
    waiting = np.argsort(pool, kind="stable")

    def settle(jobs: np.ndarray, who: np.ndarray, start: np.ndarray, start2: np.ndarray) -> None:
        person[jobs], first[jobs], second[jobs] = who, start, start2
        diary.book(who, start, windows.length[jobs])
        diary.book(who, start2, windows.second_length[jobs])
        body = windows.body[jobs]
        diary.reserve(body, windows.team[jobs], start, windows.length[jobs])
        diary.reserve(body, windows.second_team[jobs], start2, windows.second_length[jobs])

    for turn in range(len(shifts) * TRIES_PER_SHIFT):
        if not len(waiting):
            return person, first, second, 0
        place = _place_in_pool(pool[waiting])
        who = pools.member(pool[waiting], place + max(turn - AGAIN, 0))
        start = windows.first(waiting, shifts[turn // TRIES_PER_SHIFT])
        start2 = windows.second(waiting, start)
        free = place < pools.size[pool[waiting]]
        free &= diary.free(who, start, windows.length[waiting])
        free &= diary.free(who, start2, windows.second_length[waiting])
        body = windows.body[waiting]
        free &= diary.has_room(body, windows.team[waiting], start, windows.length[waiting])
        free &= diary.has_room(body, windows.second_team[waiting], start2, windows.second_length[waiting])
        settle(waiting[free], who[free], start[free], start2[free])
        waiting = waiting[~free]
    start = windows.first(waiting, 0)
    who = pools.member(pool[waiting], _place_in_pool(pool[waiting]))
    settle(waiting, who, start, windows.second(waiting, start))
    return person, first, second, len(waiting)


def _place_in_pool(pool: np.ndarray) -> np.ndarray:
    """0, 1, ... among the rows of the same pool (rows sorted by pool)."""
    rows = np.arange(len(pool))
    starts = np.r_[True, pool[1:] != pool[:-1]] if len(pool) else np.zeros(0, dtype=bool)
    return rows - np.maximum.accumulate(np.where(starts, rows, 0))


def schedule(
    audits: Audits, clients: Clients, people: People, calendar: Calendar, streams: Streams
) -> Schedule:
    """Days and teams of all audits. A stage 1 and its stage 2 are led by the same person."""
    rng = streams.of("scheduling")
    count = len(audits)
    diary = _Diary(people, calendar)
    auditors = people.job == Job.AUDITOR
    leaders = _Pools(people.body * 2 + people.profile, people.rows(auditors & people.full_time))
    everyone = _Pools(people.body, people.rows(auditors))
    body = clients.body[audits.client]
    pool = body * 2 + clients.profile[audits.client]

    partner = np.full(count, -1, dtype=np.int64)
    stage2 = np.flatnonzero(audits.partner >= 0)
    partner[audits.partner[stage2]] = stage2
    wished = calendar.fit(calendar.index(audits.wished_on), audits.length)
    apart = np.where(partner >= 0, wished[partner] - wished - audits.length + 1, 0)
    spacing = np.where(chance(rng, HASTY_SHARE, count), 2, np.maximum(apart, between(rng, 6, 9, count)))
    jobs = np.flatnonzero(audits.partner < 0)
    jobs = jobs[np.argsort(wished[jobs], kind="stable")]

    first, leader = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    seats: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    forced = 0
    for batch in np.split(
        jobs, np.searchsorted(wished[jobs], np.arange(BATCH, len(calendar.working), BATCH))
    ):
        if not len(batch):
            continue
        ease = diary.ease(int(wished[batch[0]]))
        leaders.rank(ease)
        everyone.rank(ease)
        then = partner[batch]
        second_length = np.where(then >= 0, audits.length[then], 0)
        team2 = np.where(then >= 0, audits.team[then], 0)
        windows = _Windows(
            calendar, wished[batch], audits.length[batch], spacing[batch], second_length,
            body[batch], audits.team[batch], team2,
        )  # fmt: skip
        who, start, start2, missed = _match(leaders, pool[batch], windows, diary, SHIFTS)
        first[batch], leader[batch] = start, who
        first[then[then >= 0]], leader[then[then >= 0]] = start2[then >= 0], who[then >= 0]
        forced += missed

        both = np.concatenate([batch, then[then >= 0]])
        seats.append((both, leader[both], _share(audits, both, np.zeros(len(both), dtype=np.int64))))
        diary.load(leader[both], first[both], seats[-1][2])
        audit, place = _other_seats(audits, both)
        none = np.zeros(len(audit), dtype=np.int64)
        fixed = _Windows(calendar, first[audit], audits.length[audit], none, none, body[audit], none, none)
        who, start, _, missed = _match(everyone, body[audit], fixed, diary, (0,) * 60)
        forced += missed
        seats.append((audit, who, _share(audits, audit, place)))
        diary.load(who, start, seats[-1][2])
    member_audit, member_person, member_half_days = (np.concatenate(c) for c in zip(*seats, strict=True))
    by_audit = np.argsort(member_audit, kind="stable")
    return Schedule(
        first=calendar.day(first),
        last=calendar.day(first + audits.length - 1),
        leader=leader,
        member_audit=member_audit[by_audit],
        member_person=member_person[by_audit],
        member_half_days=member_half_days[by_audit],
        forced=forced,
    )


def _share(audits: Audits, rows: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Half days of the team member at a place (0 = leader): equal shares, the rest to the first ones."""
    return audits.work[rows] // audits.team[rows] + (place < audits.work[rows] % audits.team[rows])


def _other_seats(audits: Audits, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The seats besides the leader's: second seats of all audits first, then the third ones ..."""
    open_ = audits.team[rows] - 1
    audit = np.repeat(rows, open_)
    place = np.arange(len(audit)) - np.repeat(np.cumsum(open_) - open_, open_) + 1
    order = np.argsort(place, kind="stable")
    return audit[order], place[order]
