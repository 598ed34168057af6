"""All certificates: ITSMS main ones, those of the systems audited with them, and sub-certificates of
sites."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ingestion.demo.clients import Clients
from ingestion.demo.history import Certificates
from ingestion.demo.streams import Streams

ITSMS, ISMS, QMS = range(3)
SYSTEMS = ["ITSMS", "ISMS", "QMS"]
MOST_SUBS = 5


@dataclass(frozen=True)
class Issued:
    """One row per certificate by day of issue. main: its ITSMS main certificate (for one of another
    system: the one issued with it). sub: 0 for a main certificate, 1.. for sub-certificates. row_of_main:
    row of each main."""

    main: np.ndarray
    system: np.ndarray
    sub: np.ndarray
    row_of_main: np.ndarray
    previous: np.ndarray


def all_certificates(wanted: int, held: Certificates, clients: Clients, streams: Streams) -> Issued:
    """Every certificate; sub-certificates make up the number wanted."""
    count = len(held)
    rows = np.arange(count)
    with_isms, with_qms = clients.with_isms[held.client], clients.with_qms[held.client]
    main = np.concatenate([rows, rows[with_isms], rows[with_qms]])
    system = np.repeat([ITSMS, ISMS, QMS], [count, int(with_isms.sum()), int(with_qms.sum())])
    subs = _subs(wanted - len(main), clients.is_multisite[held.client], streams)
    sub_main = np.repeat(rows, subs)
    number = np.arange(len(sub_main)) - np.repeat(np.cumsum(subs) - subs, subs) + 1
    main = np.concatenate([main, sub_main])
    system = np.concatenate([system, np.full(len(sub_main), ITSMS)])
    sub = np.concatenate([np.zeros(len(system) - len(sub_main), dtype=np.int64), number])
    order = np.lexsort((sub, system, main))
    main, system, sub = main[order], system[order], sub[order]
    row_of_main = np.flatnonzero((system == ITSMS) & (sub == 0))
    return Issued(main, system, sub, row_of_main, _previous(held, main, system, sub))


def _subs(wanted: int, able: np.ndarray, streams: Streams) -> np.ndarray:
    """Number of sub-certificates of each main certificate: none but for multi-site clients, `wanted` in
    all."""
    rows = np.flatnonzero(able)
    if wanted <= 0 or not len(rows):
        return np.zeros(len(able), dtype=np.int64)
    each = max(MOST_SUBS, -(-wanted // len(rows)))
    chosen = streams.of("sub_certificates").permutation(np.repeat(rows, each))[:wanted]
    return np.bincount(chosen, minlength=len(able))


def _previous(held: Certificates, main: np.ndarray, system: np.ndarray, sub: np.ndarray) -> np.ndarray:
    """Row of the certificate that each one replaces: the same system's, the same number's, of the cycle
    before."""
    before = held.previous[main]
    key = (main * 4 + system) * 1000 + sub
    wanted = np.where(before >= 0, (before * 4 + system) * 1000 + sub, -1)
    place = np.searchsorted(key, wanted).clip(0, len(key) - 1)
    return np.where(key[place] == wanted, place, -1) if len(key) else wanted
