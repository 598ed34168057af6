"""The sites of multi-site clients and which of them each audit visits, for how long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ingestion.demo import audit_time
from ingestion.demo.audit_time import ceil_div
from ingestion.demo.audits import Audits, Kind
from ingestion.demo.clients import Clients
from ingestion.demo.streams import Streams, between, chance, pick

HEADQUARTERS, SIMILAR, DISSIMILAR, SERVICE_POINT = range(4)
SITE_KINDS = ["headquarters", "similar", "dissimilar", "service_point"]


@dataclass(frozen=True)
class SiteVisits:
    """One row per audit and site in scope. number: the site's place within its client. quarters: quarter
    days."""

    audit: np.ndarray
    site: np.ndarray
    number: np.ndarray
    kind: np.ndarray
    audited: np.ndarray
    headcount: np.ndarray
    quarters: np.ndarray


@dataclass(frozen=True)
class Sites:
    """One row per site. start: first row of each client (clients + 1)."""

    client: np.ndarray
    number: np.ndarray
    kind: np.ndarray
    place: np.ndarray
    alike: np.ndarray
    headcount: np.ndarray
    start: np.ndarray


def draw_sites(clients: Clients, streams: Streams) -> Sites:
    """Headquarters and some other sites for every multi-site client; place: 0.. among the sites of its
    kind."""
    rng = streams.of("sites")
    count = len(clients.body)
    multi = clients.is_multisite
    similar = np.where(multi, pick(rng, [4, 2, 3, 2, 2, 1, 1], count), 0)
    dissimilar = np.where(multi, pick(rng, [3, 4, 2, 1], count), 0)
    dissimilar = np.where(multi & (similar + dissimilar == 0), 1, dissimilar)
    points = np.where(multi & chance(rng, 0.4, count), between(rng, 1, 3, count), 0)
    numbers = np.stack([multi.astype(np.int64), similar, dissimilar, points], axis=1)
    kind = np.repeat(np.tile(np.arange(4), count), numbers.ravel())
    owner = np.repeat(np.repeat(np.arange(count), 4), numbers.ravel())
    sizes = np.repeat(numbers.ravel(), numbers.ravel())
    first = np.repeat(np.cumsum(numbers.ravel()) - numbers.ravel(), numbers.ravel())
    start = np.concatenate([[0], np.cumsum(numbers.sum(axis=1))])
    heads = clients.headcount[owner]
    others = (similar + dissimilar + points)[owner]
    away = np.maximum(heads // 2 // np.maximum(others, 1), 2)
    headcount = np.where(kind == HEADQUARTERS, np.maximum(heads - away * others, 2), away)
    rows = np.arange(len(owner))
    return Sites(owner, rows - start[owner], kind, rows - first, sizes, headcount, start)


def visit_sites(audits: Audits, clients: Clients, sites: Sites) -> tuple[Audits, SiteVisits]:
    """The visits of every stage 2, surveillance and recertification, and the audits with time on site to
    match."""
    per_client = np.diff(sites.start)
    many = ~np.isin(audits.kind, (Kind.STAGE1, Kind.SPECIAL)) & (per_client[audits.client] > 1)
    rows = np.flatnonzero(many)
    repeats = per_client[audits.client[rows]]
    audit = np.repeat(rows, repeats)
    within = np.arange(len(audit)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    site = sites.start[audits.client[audit]] + within
    audited = _visited(audits, audit, sites, site)
    need = _least_quarters(audits, audit, clients, sites, site)
    quarters = np.where(audited & (sites.kind[site] != HEADQUARTERS), need, 0)
    head = sites.kind[site] == HEADQUARTERS
    elsewhere = np.bincount(audit, quarters, len(audits)).astype(np.int64)
    head_need = np.bincount(audit[head], need[head], len(audits)).astype(np.int64)
    onsite = np.where(many, np.maximum(audits.onsite, ceil_div(elsewhere + head_need, 2)), audits.onsite)
    grown = audits.with_onsite(onsite, clients.extra_systems[audits.client])
    quarters = np.where(head, 2 * onsite[audit] - elsewhere[audit], quarters)
    visits = SiteVisits(
        audit, site, within, sites.kind[site], audited, sites.headcount[site], np.where(audited, quarters, 0)
    )
    return grown, visits


def _visited(audits: Audits, audit: np.ndarray, sites: Sites, site: np.ndarray) -> np.ndarray:
    """Headquarters always; similar sites by the square-root sample, dissimilar ones all or in turn."""
    surveillance = audits.kind[audit] == Kind.SURVEILLANCE
    root = np.select([audits.kind[audit] == Kind.STAGE2, surveillance], [10, 6], 8)
    size = sites.alike[site]
    sample = np.ceil(root * np.sqrt(size) / 10 - 1e-9).astype(np.int64)
    third = ceil_div(3 * size, 10)
    wanted = np.select(
        [sites.kind[site] == SIMILAR, sites.kind[site] == DISSIMILAR],
        [sample, np.where(surveillance, third, size)],
        np.where(sites.kind[site] == HEADQUARTERS, 1, 1),
    )
    turn = audits.n[audit] + audits.cycle[audit]
    return (sites.place[site] + turn * wanted) % size < wanted


def _least_quarters(
    audits: Audits, audit: np.ndarray, clients: Clients, sites: Sites, site: np.ndarray
) -> np.ndarray:
    """Quarter days that a visited site needs at least: 0.5 x 0.8 of its own audit time, a point a quarter
    day."""
    client = audits.client[audit]
    kind = audits.kind[audit]
    numerator = np.select([kind == Kind.SURVEILLANCE, kind == Kind.RECERTIFICATION], [1, 2], 3)
    factor = np.where(clients.is_reduced[client], 7, 10)
    own = audit_time.share(audit_time.base(sites.headcount[site]), factor * numerator, 30)
    return np.where(sites.kind[site] == SERVICE_POINT, 2, np.maximum(ceil_div(8 * own, 10), 2))
