"""Gives the overworked auditors the seats of colleagues until they are beyond the yearly limit for
certain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ingestion.demo.audits import Audits
from ingestion.demo.clients import Clients
from ingestion.demo.people import People
from ingestion.demo.scheduling import Schedule

HALF_DAYS = 2 * 184
"""What an overworked auditor is to have in the year before as_of."""
YEAR = 360


def overwork(schedule: Schedule, audits: Audits, clients: Clients, people: People, as_of: int) -> Schedule:
    """The schedule with one-day seats handed over, at most one a day and only on days that are still free."""
    seats = schedule.member_audit
    first, last = schedule.first[seats], schedule.last[seats]
    person = schedule.member_person.copy()
    recent = (first > as_of - YEAR) & (last <= as_of)
    ready = recent & (audits.length[seats] == 1) & (person != schedule.leader[seats])
    for one in people.rows(people.overworked):
        mine = person == one
        missing = HALF_DAYS - int(schedule.member_half_days[mine & recent].sum())
        if missing <= 0:
            continue
        days = np.arange(int(audits.length.max()) + 4)[:, None]
        taken = np.unique(np.minimum(first[mine] + days, last[mine]))
        free = np.flatnonzero(ready & ~mine & (clients.body[audits.client[seats]] == people.body[one]))
        free = free[~np.isin(first[free], taken)]
        _, one_a_day = np.unique(first[free], return_index=True)
        rows = free[one_a_day]
        enough = np.searchsorted(np.cumsum(schedule.member_half_days[rows]), missing) + 1
        person[rows[:enough]] = one
    return replace(schedule, member_person=person)
