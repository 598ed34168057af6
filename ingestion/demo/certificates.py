"""All certificates: ITSMS main ones, those of the systems audited with them, and sub-certificates of sites."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


from ingestion.demo.world import World

ITSMS, ISMS, QMS = range(3)
SYSTEMS = ["ITSMS", "ISMS", "QMS"]
MOST_SUBS = 5


@dataclass(frozen=True)
class Issued:
    """One row per certificate by day of issue. main: its ITSMS main certificate (for one of another system: the
    one issued with it). sub: 0 for a main certificate, 1.. for sub-certificates. row_of_main: row of each main."""

    main: np.ndarray
    system: np.ndarray
    sub: np.ndarray
    row_of_main: np.ndarray
    previous: np.ndarray




def all_certificates(world: World) -> Issued:
    """Every certificate; sub-certificates make up the number asked for."""
    held = world.history.certificates
    count = len(held)
    rows = np.arange(count)
    with_isms, with_qms = world.clients.with_isms[held.client], world.clients.with_qms[held.client]
    main = np.concatenate([rows, rows[with_isms], rows[with_qms]])
    system = np.repeat([ITSMS, ISMS, QMS], [count, int(with_isms.sum()), int(with_qms.sum())])
    subs = _subs(world, world.size - len(main))
    sub_main = np.repeat(rows, subs)
    number = np.arange(len(sub_main)) - np.repeat(np.cumsum(subs) - subs, subs) + 1
    main = np.concatenate([main, sub_main])
    system = np.concatenate([system, np.full(len(sub_main), ITSMS)])
    sub = np.concatenate([np.zeros(len(system) - len(sub_main), dtype=np.int64), number])
    order = np.lexsort((sub, system, main))
    main, system, sub = main[order], system[order], sub[order]
    row_of_main = np.flatnonzero((system == ITSMS) & (sub == 0))
    return Issued(main, system, sub, row_of_main, _previous(world, main, system, sub))


def _subs(world: World, wanted: int) -> np.ndarray:
    """Number of sub-certificates of each main certificate: none but for multi-site clients, `wanted` in all."""
    held = world.history.certificates
    count = len(held)
    subs = np.zeros(count, dtype=np.int64)
    able = np.flatnonzero(world.clients.is_multisite[held.client])
    if wanted <= 0 or not len(able):
        return subs
    rng = world.streams.of("sub_certificates")
    each = max(MOST_SUBS, -(-wanted // len(able)))
    seats = rng.permutation(np.repeat(able, each))[:wanted]
    return np.bincount(seats, minlength=count)


def _previous(world: World, main: np.ndarray, system: np.ndarray, sub: np.ndarray) -> np.ndarray:
    """Row of the certificate that each one replaces: the same system's, the same number's, of the cycle before."""
    before = world.history.certificates.previous[main]
    key = (main * 4 + system) * 1000 + sub
    wanted = np.where(before >= 0, (before * 4 + system) * 1000 + sub, -1)
    place = np.searchsorted(key, wanted).clip(0, len(key) - 1)
    return np.where(key[place] == wanted, place, -1) if len(key) else wanted


