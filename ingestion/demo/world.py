"""Everything that the demo business is, computed in order: bodies, clients, cycles, audits, people, teams,
facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ingestion.demo import events as events_
from ingestion.demo.audits import draw_audits
from ingestion.demo.bodies import Bodies, draw_bodies
from ingestion.demo.certificates import Issued, all_certificates
from ingestion.demo.clients import Clients, draw_clients
from ingestion.demo.cycles import Cycles, Fate, plan_cycles
from ingestion.demo.days import NONE, Calendar, year_of
from ingestion.demo.findings import Findings, draw_findings
from ingestion.demo.history import History, tell
from ingestion.demo.overwork import overwork
from ingestion.demo.people import Job, People, hire
from ingestion.demo.scheduling import schedule
from ingestion.demo.sites import draw_sites, visit_sites
from ingestion.demo.streams import Streams

YEARS_OF_HISTORY = 3
"""Records begin on 1 January this many years before the year of as_of."""
MAIN_SHARE = 0.74
"""ITSMS main certificates among all certificates; the others are of other systems or sub-certificates."""
COMBINED_SHARE = 0.235
PIPELINE_DAYS = 110
"""Days after as_of up to which a first stage 2 may be wished: the applications that are under way."""

ENDING_FATES = (Fate.LAPSED, Fate.LAPSED_FORGOTTEN, Fate.SUSPENDED_REVOKED, Fate.CANCELLED, Fate.REVOKED)

Say = Callable[[str], None]


@dataclass(frozen=True)
class World:
    """The whole demo business. rng streams are named by table where tables draw details of their own."""

    size: int
    start: int
    as_of: int
    calendar: Calendar
    streams: Streams
    bodies: Bodies
    clients: Clients
    cycles: Cycles
    people: People
    history: History
    events: events_.Events
    findings: Findings
    issued: Issued

    def people_of(self, job: Job) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        rows = self.people.rows((self.people.job == job) & (self.people.left == NONE))
        size = np.bincount(self.people.body[rows], minlength=self.bodies.count)
        return rows, np.cumsum(size) - size, size

    def one_of(self, job: Job, body: np.ndarray, draw: np.ndarray) -> np.ndarray:
        """A person of the job in each body, by a draw of whole numbers; -1 where the body has nobody of that job."""
        rows, first, size = self.people_of(job)
        at = first[body] + draw % np.maximum(size[body], 1)
        return np.where(size[body] > 0, rows[np.minimum(at, len(rows) - 1)], -1)


def build(certificates: int, seed: int, as_of: int, say: Say) -> World:
    """The business with about so many certificates issued by as_of."""
    streams = Streams(seed)
    start = int(
        np.datetime64(f"{int(year_of(np.array([as_of]))[0]) - YEARS_OF_HISTORY}-01-01").astype(np.int64)
    )
    calendar = Calendar.over(start - 400, as_of + 330)
    bodies = draw_bodies(certificates, streams)
    clients = draw_clients(
        certificates, COMBINED_SHARE, bodies, calendar, start + 75, as_of + PIPELINE_DAYS, streams
    )
    cycles = plan_cycles(clients, as_of, streams)
    count = _clients_for(round(MAIN_SHARE * certificates), cycles, as_of)
    clients, cycles = clients.first(count), cycles.first(count)
    say(f"{count:,} clients of {bodies.count} bodies")
    audits = draw_audits(clients, cycles, calendar, as_of, streams)
    audits, visits = visit_sites(audits, clients, draw_sites(clients, streams))
    people = hire(audits, clients, _in_force(clients, cycles, bodies, as_of), bodies, start, as_of, streams)
    say(f"{len(audits):,} audits to be staffed by {len(people):,} people")
    planned = schedule(audits, clients, people, calendar, streams)
    planned = overwork(planned, audits, clients, people, as_of)
    history = tell(audits, planned, visits, clients, cycles, as_of, streams)
    events = events_.happen(history, cycles, as_of, streams)
    findings = draw_findings(history, as_of, streams)
    issued = all_certificates(certificates, history.certificates, clients, streams)
    say(f"{len(history.certificates):,} ITSMS main certificates, {len(events.certificate):,} events")
    return World(
        certificates,
        start,
        as_of,
        calendar,
        streams,
        bodies,
        clients,
        cycles,
        people,
        history,
        events,
        findings,
        issued,
    )


def _clients_for(main: int, cycles: Cycles, as_of: int) -> int:
    """How many clients it takes for so many ITSMS main certificates, and the applications under way
    besides."""
    issued = ((cycles.issue_on != NONE) & (cycles.issue_on <= as_of)).sum(axis=1)
    return int(np.searchsorted(np.cumsum(issued), main) + 1)


def _in_force(clients: Clients, cycles: Cycles, bodies: Bodies, as_of: int) -> np.ndarray:
    """About how many ITSMS main certificates each body has in force on as_of."""
    issued = (cycles.issue_on != NONE) & (cycles.issue_on <= as_of)
    held = issued[:, 0] & ~(np.isin(cycles.fate[:, 0], ENDING_FATES) & ~issued[:, 1])
    return np.bincount(clients.body[held], minlength=bodies.count)
