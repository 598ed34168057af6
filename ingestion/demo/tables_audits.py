"""audit, audit_assignment, audit_site, nonconformity, service_objective and complaint."""

from __future__ import annotations

import numpy as np

from ingestion.demo import columns as col
from ingestion.demo import vocabulary as voc
from ingestion.demo.audits import KIND_NAMES, Kind
from ingestion.demo.cycles import Fate
from ingestion.demo.days import NONE, known, year_of
from ingestion.demo.people import Job
from ingestion.demo.sites import SITE_KINDS
from ingestion.demo.streams import between, chance, pick
from ingestion.demo.tables_clients import systems_of
from ingestion.demo.world import World

Table = dict[str, col.Column]

COMPLETED, TERMINATED, PLANNED, CANCELLED = range(4)
STATUS_NAMES = ["completed", "terminated", "planned", "cancelled"]
RECOMMEND, NOT_RECOMMEND, MAINTAIN = 0, 1, 2
UNKNOWN_SHARE = 0.002
"""Cells that nobody filled in: what hangs on them cannot be decided."""
CONCLUSIONS = ["recommend", "not_recommend", "maintain"]


def offsite(world: World) -> np.ndarray:
    """Per audit: a stage 1 that was done from afar."""
    rng = world.streams.of("offsite")
    audits = world.history.audits
    return (audits.kind == Kind.STAGE1) & chance(rng, 0.1, len(audits))


def status_of(world: World) -> np.ndarray:
    rng = world.streams.of("audit_status")
    history = world.history
    count = len(history.audits)
    dropped = chance(rng, 0.02, count) & (history.audits.kind == Kind.SURVEILLANCE)
    planned = np.where(dropped & (history.schedule.first > world.as_of), CANCELLED, PLANNED)
    return np.where(history.broken_off, TERMINATED, np.where(history.over, COMPLETED, planned))


def confirmed_on(world: World) -> np.ndarray:
    """Per audit: the day on which the client confirmed the plan, a few times only when the audit had
    begun."""
    rng = world.streams.of("confirmed_on")
    first = world.history.schedule.first
    ahead = np.where(chance(rng, 0.003, len(first)), -1, between(rng, 1, 9, len(first)))
    return np.where(
        world.history.over, known(first - ahead, world.as_of), known(first - 9 + ahead % 3, world.as_of)
    )


def audit(world: World) -> Table:
    rng = world.streams.of("audit")
    history, clients, as_of = world.history, world.clients, world.as_of
    audits, schedule = history.audits, history.schedule
    client, kind, count = audits.client, audits.kind, len(audits)
    over = history.over
    examined = over & (kind != Kind.STAGE1) & ~history.broken_off
    combined = clients.extra_systems[client] > 0
    remote = offsite(world)
    shifts = np.where(kind == Kind.STAGE1, 1, clients.shifts[client])
    partly = (shifts > 1) & chance(rng, 0.6, count)
    seen = np.where(partly, 1, shifts)
    unexplained = chance(rng, 0.03, count)
    absent = chance(rng, 0.04, count)
    deputised = ~chance(rng, 0.03, count)
    refused = clients.fails_audit[client] & (kind == Kind.STAGE2)
    conclusion = np.select(
        [np.isin(kind, (Kind.SURVEILLANCE, Kind.SPECIAL)), refused], [MAINTAIN, NOT_RECOMMEND], RECOMMEND
    )
    moved = np.where(chance(rng, 0.05, count), between(rng, 1, 5, count), 0)
    fate = world.cycles.fate[client, audits.cycle]
    late = np.isin(fate, (Fate.LATE_SUSPENDED, Fate.LATE_IGNORED)) & (kind == Kind.SURVEILLANCE)
    late &= audits.n == world.cycles.fate_at[client, audits.cycle]
    reduced = clients.is_reduced[client]
    return {
        "audit_id": col.ids("A", np.arange(count), 7),
        "body_id": col.ids("B", clients.body[client], 2),
        "org_id": col.ids("O", client, 6),
        "application_id": col.ids("AP", history.application, 6),
        "certificate_id": col.ids("C", certificate_rows(world)[history.certificate], 6),
        "audit_type": col.words(kind, KIND_NAMES),
        "systems": systems_of(world, client),
        "status": col.words(status_of(world), STATUS_NAMES),
        "planned_start": col.dates(schedule.first - moved),
        "planned_end": col.dates(schedule.last - moved),
        "actual_start": col.dates(known(schedule.first, as_of)),
        "actual_end": col.dates(known(schedule.last, as_of)),
        "client_confirmed_on": col.dates(confirmed_on(world)),
        "headcount_effective": col.whole(clients.headcount[client], chance(rng, UNKNOWN_SHARE, count)),
        "total_days": col.decimals(audits.total / 2),
        "onsite_days": col.decimals(audits.onsite / 2),
        "reduction_reason": col.words(
            np.where(reduced, client % len(voc.REDUCTION_REASONS), -1), voc.REDUCTION_REASONS
        ),
        "combined_total_days": col.decimals(audits.combined / 2, ~combined),
        "separate_days_sum": col.decimals(audits.separate / 2, ~combined),
        "is_onsite": col.flags(~remote),
        "offsite_reason": col.words(
            np.where(remote & ~chance(rng, 0.02, count), pick(rng, [1, 1], count), -1), voc.OFFSITE_REASONS
        ),
        "shifts_total": col.whole(shifts),
        "shifts_audited": col.whole(seen, ~over),
        "shift_skip_reason": col.words(
            np.where(over & (seen < shifts) & ~unexplained, pick(rng, [1, 1], count), -1), voc.SHIFT_REASONS
        ),
        "top_manager_present": col.flags(~absent, ~examined | chance(rng, UNKNOWN_SHARE, count)),
        "authorised_deputy": col.flags(deputised, ~(examined & absent)),
        "absence_reason": col.words(
            np.where(examined & absent & deputised, pick(rng, [3, 1], count), -1), voc.ABSENCE_REASONS
        ),
        "top_manager_interviewed": col.flags(~chance(rng, 0.002, count), ~examined),
        "top_manager_competent": col.flags(~refused, ~examined),
        "conclusion": col.words(np.where(over & ~history.broken_off, conclusion, -1), CONCLUSIONS),
        "report_issued_on": col.dates(history.reported),
        "termination_reason": col.words(
            np.where(history.broken_off, client % len(voc.TERMINATION_REASONS), -1), voc.TERMINATION_REASONS
        ),
        "programme_no": col.joined(col.ids("O", client, 6), "-", col.texts(year_of(schedule.first))),
        "overdue_cause": col.words(
            np.where(late & over, pick(rng, [1, 2, 3, 2, 2], count), -1), ["01", "02", "03", "04", "05"]
        ),
    }


def certificate_rows(world: World) -> np.ndarray:
    """Row in the certificate table of each ITSMS main certificate; the last element (-1) stands for none."""
    return np.append(world.issued.row_of_main, -1)


def audit_assignment(world: World) -> Table:
    """Leader and auditors as scheduled; trainees, experts and observers come along to some audits."""
    rng = world.streams.of("audit_assignment")
    history, people = world.history, world.people
    schedule, audits = history.schedule, history.audits
    audit, person, share = _one_row_per_seat(
        schedule.member_audit, schedule.member_person, schedule.member_half_days
    )
    role = np.where(person == schedule.leader[audit], 0, 1)
    body = world.clients.body[audits.client]
    parts = [(audit, person, role, share, np.full(len(audit), -1, dtype=np.int64))]
    for job, number, share_of_audits in (
        (Job.TRAINEE, 2, 0.05),
        (Job.EXPERT, 3, 0.04),
        (Job.TRAINEE, 4, 0.01),
    ):
        rows = np.flatnonzero(chance(rng, share_of_audits, len(audits)) & (audits.kind != Kind.STAGE1))
        who = world.one_of(job, body[rows], rng.integers(0, 10**6, len(rows)))
        here = people.joined[who] + 60 < schedule.first[rows]
        rows, who = rows[here], who[here]
        mentored = (number == 2) & ~chance(rng, 0.02, len(rows))
        parts.append(
            (
                rows,
                who,
                np.full(len(rows), number),
                2 * audits.length[rows],
                np.where(mentored, schedule.leader[rows], -1),
            )
        )
    audit, person, role, share, mentor = (np.concatenate(column) for column in zip(*parts, strict=True))
    _, first = np.unique(audit * 10**6 + person, return_index=True)
    order = first[np.lexsort((person[first], role[first], audit[first]))]
    audit, person, role, share, mentor = (a[order] for a in (audit, person, role, share, mentor))
    return {
        "audit_id": col.ids("A", audit, 7),
        "person_id": col.ids("P", person, 5),
        "role": col.words(role, ["leader", "auditor", "trainee", "technical_expert", "observer"]),
        "onsite_start": col.dates(schedule.first[audit]),
        "onsite_end": col.dates(schedule.last[audit]),
        "onsite_days": col.decimals(share / 2),
        "mentor_id": col.ids("P", mentor, 5),
    }


def _one_row_per_seat(
    audit: np.ndarray, person: np.ndarray, share: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Seats of the same person in one audit put together (someone had to fill in twice)."""
    key, inverse = np.unique(audit * 10**6 + person, return_inverse=True)
    return key // 10**6, key % 10**6, np.bincount(inverse, share, len(key)).astype(np.int64)


def audit_site(world: World) -> Table:
    rng = world.streams.of("audit_site")
    visits = world.history.visits
    site_count = int(visits.site.max(initial=-1)) + 1
    region = pick(rng, [r[4] for r in voc.REGIONS], site_count)
    street = between(rng, 0, len(voc.STREETS) - 1, site_count)
    house = between(rng, 1, 899, site_count)
    return {
        "audit_id": col.ids("A", visits.audit, 7),
        "site_id": col.joined("S", col.texts(visits.number, 2)),
        "site_kind": col.words(visits.kind, SITE_KINDS),
        "audited": col.flags(visits.audited),
        "headcount": col.whole(visits.headcount),
        "onsite_days": col.decimals(visits.quarters / 4, ~visits.audited),
        "address": col.joined(
            col.words(region[visits.site], [r[2] for r in voc.REGIONS]),
            col.words(street[visits.site], voc.STREETS),
            col.texts(house[visits.site]),
            "号",
        ),
    }


def nonconformity(world: World) -> Table:
    found = world.findings
    return {
        "nc_id": col.ids("NC", np.arange(len(found.audit)), 7),
        "audit_id": col.ids("A", found.audit, 7),
        "grade": col.words(np.where(found.major, 0, 1), ["major", "minor"]),
        "clause": col.words(found.clause, voc.CLAUSES),
        "raised_on": col.dates(found.raised),
        "accepted_on": col.dates(found.accepted),
        "verified_on": col.dates(found.verified),
    }


def service_objective(world: World) -> Table:
    rng = world.streams.of("service_objective")
    history = world.history
    examined = np.flatnonzero(history.over & ~history.broken_off & (history.audits.kind != Kind.STAGE1))
    rows = len(examined)
    parts = [(examined, np.zeros(rows, dtype=np.int64))]
    for number, share in ((1, 0.6), (2, 0.4), (3, 0.15)):
        some = examined[chance(rng, share, rows)]
        parts.append((some, np.full(len(some), number)))
    audit = np.concatenate([a for a, _ in parts])
    objective = np.concatenate([o for _, o in parts])
    order = np.lexsort((objective, audit))
    audit, objective = audit[order], objective[order]
    count = len(audit)
    target = np.array([85, 95, 98, 97])[objective] + between(rng, 0, 2, count)
    room = (100 - target) * 10
    reached = target + (rng.random(count) * room).astype(np.int64) / 10
    missed = chance(rng, 0.04, count)
    actual = np.where(missed, target - between(rng, 1, 30, count) / 10, reached)
    return {
        "audit_id": col.ids("A", audit, 7),
        "objective": col.words(
            objective,
            [
                "customer_satisfaction",
                "timely_response_rate",
                "incident_resolution_rate",
                "fault_repair_rate",
            ],
        ),
        "target": col.decimals(target),
        "actual": col.decimals(np.round(actual, 1), chance(rng, 0.005, count)),
        "unit": col.words(np.where(objective == 0, 0, 1), ["分", "%"]),
    }


def complaint(world: World) -> Table:
    rng = world.streams.of("complaint")
    history, as_of = world.history, world.as_of
    audit = np.flatnonzero(chance(rng, 0.003, len(history.audits)) & history.over)
    count = len(audit)
    received = history.schedule.last[audit] + between(rng, 5, 90, count)
    shown = received <= as_of
    audit, received = audit[shown], received[shown]
    order = np.argsort(received, kind="stable")
    audit, received = audit[order], received[order]
    count = len(audit)
    decided = received + between(rng, 5, 45, count)
    decided = np.where(chance(rng, 0.06, count), received + 66, decided)
    body = world.clients.body[history.audits.client[audit]]
    outsider = world.one_of(Job.DECIDER, body, decider_draw(world)[audit] + 1)
    told = known(decided, as_of)
    return {
        "complaint_id": col.ids("CM", np.arange(count), 5),
        "body_id": col.ids("B", body, 2),
        "kind": col.words(pick(rng, [1, 2], count), ["appeal", "complaint"]),
        "audit_id": col.ids("A", audit, 7),
        "received_on": col.dates(received),
        "decided_on": col.dates(told),
        "decided_by": col.ids("P", np.where(told == NONE, -1, outsider), 5),
        "notified_on": col.dates(known(decided + between(rng, 0, 4, count), as_of)),
    }


def decider_draw(world: World) -> np.ndarray:
    """Per audit: the draw that names its decider, so that a complaint about it can go to somebody else."""
    return world.streams.of("decider").integers(0, 10**6, len(world.history.audits))
