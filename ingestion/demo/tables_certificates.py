"""certificate, certificate_event and decision."""

from __future__ import annotations

import numpy as np

from ingestion.demo import columns as col
from ingestion.demo import vocabulary as voc
from ingestion.demo.audits import Kind
from ingestion.demo.certificates import ITSMS, SYSTEMS, Issued
from ingestion.demo.days import NONE, year_of
from ingestion.demo.events import CHANGE_CODES, EVENT_NAMES, REASONS
from ingestion.demo.people import Job
from ingestion.demo.streams import chance
from ingestion.demo.tables_audits import certificate_rows, decider_draw
from ingestion.demo.world import World

Table = dict[str, col.Column]

NEW_NUMBERS_FROM = int(np.datetime64("2026-03-01").astype(np.int64))
"""From this day on numbers have the form of Annex C; before, each body had its own."""
OFF_FORM_SHARE = 0.006
"""Certificates still printed with a number of the old form."""
STANDARDS = ["ISO/IEC 20000-1:2018", "ISO/IEC 27001:2022", "GB/T 19001-2016/ISO 9001:2015"]
GRANT, RENEW, MAINTAIN, REFUSE = range(4)


def certificate(world: World) -> Table:
    rng = world.streams.of("certificate")
    held, clients = world.history.certificates, world.clients
    issued = world.issued
    main, count = issued.main, len(issued.main)
    client = held.client[main]
    itsms = issued.system == ITSMS
    text = col.bitsets(clients.scopes, voc.SCOPE_NAMES, "、")
    scope_text = col.joined("向外部客户提供", text, "服务")
    scope_text = scope_text.take(client)
    decision = decision_rows(world)[held.audit[main]]
    return {
        "certificate_id": col.ids("C", np.arange(count), 6),
        "certificate_no": _numbers(world, issued, rng),
        "body_id": col.ids("B", clients.body[client], 2),
        "org_id": col.ids("O", client, 6),
        "system": col.words(issued.system, SYSTEMS),
        "standard": col.words(issued.system, STANDARDS),
        "scope_codes": col.where(itsms, col.bitsets(clients.scopes[client], voc.SCOPE_CODES)),
        "scope_text": scope_text,
        "decision_id": col.ids("D", decision, 6),
        "issued_on": col.dates(held.issued[main]),
        "expires_on": col.dates(held.expires[main]),
        "first_certified_on": col.dates(held.first_certified[main]),
        "cycle_no": col.whole(held.cycle[main]),
        "previous_certificate_id": col.ids("C", issued.previous, 6),
        "parent_certificate_id": col.ids("C", np.where(issued.sub > 0, issued.row_of_main[main], -1), 6),
        "accredited": col.flags(np.ones(count)),
        "covers_multiple_sites": col.flags(clients.is_multisite[client] & (issued.sub == 0)),
        "surveillance_notice": col.flags(~chance(rng, 0.002, count)),
        "query_channel": col.words(
            np.where(chance(rng, 0.002, count), -1, 0),
            ["机构网站 www.cb.example.cn/query；电话 400-000-0000"],
        ),
    }


def _numbers(world: World, issued: Issued, rng: np.random.Generator) -> col.Column:
    """The certificates' numbers; a sub-certificate carries its main certificate's with a suffix."""
    number = _itsms_numbers(world, rng).take(issued.main)
    number = col.either(issued.sub > 0, col.joined(number, "-", col.texts(issued.sub)), number)
    return col.either(issued.system == ITSMS, number, _other_numbers(world, issued))


def _itsms_numbers(world: World, rng: np.random.Generator) -> col.Column:
    """Per ITSMS main certificate: Annex C from its day on, a series per body and year; a few still in the
    form used before."""
    held, clients = world.history.certificates, world.clients
    old_form = (held.issued < NEW_NUMBERS_FROM) | chance(rng, OFF_FORM_SHARE, len(held))
    body, year = clients.body[held.client], year_of(held.issued)
    place = col.texts(_running(body * 10000 + year + np.where(old_form, 5000, 0)), 5)
    code, cycle = col.texts(world.bodies.running[body], 3), col.texts(held.cycle)
    new = col.joined(code, col.texts(year % 100, 2), "IT", place, "R", cycle, "CNAS")
    old = col.joined(
        code, "-", col.texts(year), "-ITSMS-", place, "-R", cycle, "-", _sizes(world, held.client)
    )
    return col.either(old_form, old, new)


def _other_numbers(world: World, issued: Issued) -> col.Column:
    """The usual form of the other systems, as for every row."""
    held = world.history.certificates
    client = held.client[issued.main]
    body, year = world.clients.body[client], year_of(held.issued[issued.main])
    letters = col.words(np.maximum(issued.system - 1, 0), ["IS", "Q"])
    place = col.texts(_running(issued.system * 10**8 + body * 10000 + year), 5)
    code, cycle = col.texts(world.bodies.running[body], 3), col.texts(held.cycle[issued.main])
    return col.joined(code, col.texts(year % 100, 2), letters, place, "R", cycle, _sizes(world, client))


def _sizes(world: World, client: np.ndarray) -> col.Column:
    return col.words(np.searchsorted([50, 250], world.clients.headcount[client]), ["S", "M", "L"])


def _running(group: np.ndarray) -> np.ndarray:
    """1, 2, 3 ... within each group, in the order of the rows."""
    order = np.argsort(group, kind="stable")
    sorted_ = group[order]
    rows = np.arange(len(group))
    starts = np.r_[True, sorted_[1:] != sorted_[:-1]] if len(group) else np.zeros(0, dtype=bool)
    place = np.empty(len(group), dtype=np.int64)
    place[order] = rows - np.maximum.accumulate(np.where(starts, rows, 0)) + 1
    return place


def decision_rows(world: World) -> np.ndarray:
    """Row in the decision table of each audit's decision, -1 where none was taken; rows are in order of
    days."""
    decided = world.findings.decided
    audits = np.flatnonzero(decided != NONE)
    rows = np.full(len(decided), -1, dtype=np.int64)
    rows[audits[np.argsort(decided[audits], kind="stable")]] = np.arange(len(audits))
    return rows


def decision(world: World) -> Table:
    rng = world.streams.of("decision")
    history = world.history
    rows = decision_rows(world)
    taken = np.flatnonzero(rows >= 0)
    audit = taken[np.argsort(rows[taken])]
    count = len(audit)
    kind = history.audits.kind[audit]
    refused = world.clients.fails_audit[history.audits.client[audit]] & (kind == Kind.STAGE2)
    what = np.select(
        [refused, kind == Kind.STAGE2, kind == Kind.RECERTIFICATION], [REFUSE, GRANT, RENEW], MAINTAIN
    )
    body = world.clients.body[history.audits.client[audit]]
    who = world.one_of(Job.DECIDER, body, decider_draw(world)[audit])
    who = np.where(chance(rng, 0.002, count), history.schedule.leader[audit], who)
    decided = world.findings.decided[audit]
    notified = decided + rng.integers(1, 5, count)
    return {
        "decision_id": col.ids("D", np.arange(count), 6),
        "audit_id": col.ids("A", audit, 7),
        "certificate_id": col.ids("C", certificate_rows(world)[history.certificate[audit]], 6),
        "kind": col.words(what, ["grant", "renew", "maintain", "refuse"]),
        "decided_on": col.dates(decided),
        "decided_by": col.ids("P", who, 5),
        "notified_on": col.dates(np.where(notified <= world.as_of, notified, NONE)),
    }


LATE_DECISION_SHARE = 0.01
"""Changes of status that somebody decided on only after they had taken effect."""


def certificate_event(world: World) -> Table:
    rng = world.streams.of("event_decision")
    events = world.events
    count = len(events.event)
    body = world.clients.body[world.history.certificates.client[events.certificate]]
    who = world.one_of(Job.DECIDER, body, rng.integers(0, 10**6, count))
    decided = events.effective - rng.integers(0, 4, count)
    late = np.minimum(events.effective + rng.integers(1, 4, count), world.as_of)
    decided = np.where(chance(rng, LATE_DECISION_SHARE, count), late, decided)
    return {
        "event_id": col.ids("E", np.arange(len(events.event)), 6),
        "certificate_id": col.ids("C", certificate_rows(world)[events.certificate], 6),
        "seq": col.whole(events.seq),
        "event": col.words(events.event, EVENT_NAMES),
        "effective_on": col.dates(events.effective),
        "established_on": col.dates(events.established),
        "reason_code": col.words(events.reason, REASONS),
        "suspended_until": col.dates(events.until),
        "change_code": col.words(events.change, CHANGE_CODES),
        "published_on": col.dates(events.published),
        "decided_by": col.ids("P", who, 5),
        "decided_on": col.dates(decided),
    }
