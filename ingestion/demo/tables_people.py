"""person, auditor_registration, auditor_scope and relationship."""

from __future__ import annotations

import numpy as np

from ingestion.demo import codes
from ingestion.demo import columns as col
from ingestion.demo.clients import profile_scopes
from ingestion.demo.days import NONE, add_months, known, year_of
from ingestion.demo.people import Job
from ingestion.demo.streams import between, chance, pick
from ingestion.demo.tables_clients import person_names
from ingestion.demo.vocabulary import SCOPE_CODES
from ingestion.demo.world import World

Table = dict[str, col.Column]

TERMS = 5
"""Registrations of three years each that a person's career can show."""


def person(world: World) -> Table:
    rng = world.streams.of("person")
    people, count = world.people, len(world.people)
    born = (
        between(rng, 1964, 1998, count) * 10000
        + between(rng, 1, 12, count) * 100
        + between(rng, 1, 28, count)
    )
    number = np.arange(count)
    employers = ["某大学信息学院", "某信息技术研究所", "某软件行业协会", "自由职业"]
    return {
        "person_id": col.ids("P", number, 5),
        "body_id": col.ids("B", people.body, 2),
        "name": person_names(rng, count),
        "id_type_code": col.constant("01", count),
        "id_number": codes.identity_numbers(born, number),
        "phone": col.joined("1990", col.texts(number, 7)),
        "employment": col.words(np.where(people.full_time, 0, 1), ["full_time", "part_time"]),
        "employer": col.words(np.where(people.full_time, -1, between(rng, 0, 3, count)), employers),
        "joined_on": col.dates(people.joined),
        "left_on": col.dates(known(people.left, world.as_of)),
        "works_in_prc": col.flags(~((people.job == Job.DECIDER) & chance(rng, 0.003, count))),
    }


def first_registered(world: World) -> np.ndarray:
    """Per person: first day of its first registration, always before it joins."""
    rng = world.streams.of("first_registered")
    return world.people.joined - between(rng, 40, 1000, len(world.people))


def auditor_registration(world: World) -> Table:
    rng = world.streams.of("auditor_registration")
    people, count = world.people, len(world.people)
    registered = np.isin(people.job, (Job.AUDITOR, Job.TRAINEE))
    senior = chance(rng, 0.4, count)
    grade = np.where(people.job == Job.TRAINEE, 0, np.where(senior, 2, 1))
    start = first_registered(world)
    holds = [registered, registered & chance(rng, 0.6, count), registered & chance(rng, 0.45, count)]
    parts = [(np.flatnonzero(held), system) for system, held in enumerate(holds)]
    who = np.concatenate([rows for rows, _ in parts])
    system = np.concatenate([np.full(len(rows), number) for rows, number in parts])
    who, system = np.repeat(who, TERMS), np.repeat(system, TERMS)
    term = np.tile(np.arange(TERMS), len(who) // TERMS)
    begins = add_months(start[who] + 17 * system, 36 * term)
    ends = add_months(begins, 36) - 1
    forgotten = chance(rng, 0.03, count)[who] & (begins > world.as_of - 200)
    shown = (begins <= world.as_of) & (ends >= world.start - 200) & ~forgotten
    who, system, term, begins, ends = (a[shown] for a in (who, system, term, begins, ends))
    order = np.lexsort((term, system, who))
    who, system, begins, ends = (a[order] for a in (who, system, begins, ends))
    names = ["ITSMS", "ISMS", "QMS"]
    return {
        "person_id": col.ids("P", who, 5),
        "system": col.words(system, names),
        "registration_no": col.joined(
            col.texts(year_of(begins)),
            "-N1",
            col.words(system, names),
            "-",
            col.texts(200000 + who * 3 + system),
        ),
        "grade": col.words(grade[who], ["trainee", "auditor", "senior_auditor"]),
        "valid_from": col.dates(begins),
        "valid_until": col.dates(ends),
    }


def auditor_scope(world: World) -> Table:
    """Every auditor holds all codes of a profile and some more; experts hold a few as technical experts."""
    rng = world.streams.of("auditor_scope")
    people, count = world.people, len(world.people)
    own = profile_scopes()[people.profile]
    auditor = people.job == Job.AUDITOR
    more = rng.random((count, len(SCOPE_CODES))) < 0.2
    few = own & (rng.random((count, len(SCOPE_CODES))) < 0.35)
    held = np.where(auditor[:, None], own | more, np.where((people.job == Job.EXPERT)[:, None], few, False))
    who, code = np.nonzero(held)
    rows = len(who)
    basis = pick(rng, [5, 3, 2], rows)
    flaw = chance(rng, 0.02, rows)
    years = between(rng, 2, 18, rows)
    granted = np.minimum(first_registered(world)[who] + 400, people.joined[who]) - between(rng, 0, 30, rows)
    unknown = chance(rng, 0.01, rows)
    return {
        "person_id": col.ids("P", who, 5),
        "scope_code": col.words(code, SCOPE_CODES),
        "capacity": col.words(np.where(auditor[who], 0, 1), ["auditor", "technical_expert"]),
        "basis": col.words(
            np.where(unknown, -1, basis), ["education_experience", "training_and_audits", "project"]
        ),
        "bachelor_or_above": col.flags((basis != 0) & chance(rng, 0.8, rows) | (basis == 0)),
        "experience_years": col.decimals(np.where(flaw & (basis == 0), 1, years)),
        "intermediate_title": col.flags(chance(rng, 0.4, rows) & ~flaw),
        "guided_audits": col.whole(np.where(flaw & (basis == 1), 3, between(rng, 4, 9, rows))),
        "guided_onsite_days": col.decimals(between(rng, 20, 44, rows) / 2),
        "projects": col.whole(np.where(basis == 2, np.where(flaw, 0, between(rng, 1, 4, rows)), 0)),
        "granted_on": col.dates(granted),
    }


def relationship(world: World) -> Table:
    """Mostly ties of people to clients of other bodies or long past; a few that should have kept them
    away."""
    rng = world.streams.of("relationship")
    people, schedule = world.people, world.history.schedule
    harmless = np.flatnonzero(chance(rng, 0.06, len(people)) & (people.job == Job.AUDITOR))
    client = between(rng, 0, len(world.clients.body) - 1, len(harmless))
    past = world.start - between(rng, 1500, 3000, len(harmless))
    happened = schedule.last[schedule.member_audit] <= world.as_of
    seat = np.flatnonzero(chance(rng, 0.002, len(happened)) & happened)
    audit = schedule.member_audit[seat]
    who = np.concatenate([harmless, schedule.member_person[seat]])
    org = np.concatenate([client, world.history.audits.client[audit]])
    began = np.concatenate([past, schedule.first[audit] - between(rng, 100, 700, len(seat))])
    ended = np.concatenate([past + 300, np.full(len(seat), NONE)])
    kind = between(rng, 0, 1, len(who))
    _, keep = np.unique(who * 10**7 + org, return_index=True)
    return {
        "person_id": col.ids("P", who[keep], 5),
        "org_id": col.ids("O", org[keep], 6),
        "kind": col.words(kind[keep], ["interest", "consultancy"]),
        "started_on": col.dates(began[keep]),
        "ended_on": col.dates(ended[keep]),
    }
