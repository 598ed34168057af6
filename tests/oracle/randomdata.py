"""Seeded random sources: many small worlds with disjoint ids, written as one folder of CSV files.

The records otherwise try to be awkward: dates on and beside due days, NULL in nullable columns, facts that lie
after as_of, impossible orders of events, reissues, opening states, plans. Many are in good order all the same, so
that every rule also passes. Some worlds are damaged on top: cells that cannot be read, rows given twice, stubs.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from .contract import TABLES as CONTRACT
from .worlds.audits import Workshop
from .worlds.certificates import add_bulk_body, add_certificate, add_initial, add_life
from .worlds.damage import spoil
from .worlds.dice import Dice
from .worlds.edges import move_edges
from .worlds.extras import add_extras
from .worlds.papers import add_complaints, add_records, add_reports
from .worlds.people import add_bodies, add_clients, add_persons
from .worlds.plans import add_plans
from .worlds.reissues import add_reissues
from .worlds.tables import TABLES, Tables, as_texts, write_source
from .worlds.version2 import add_version_2
from .worlds.workhorses import add_coming_workhorse, add_former_workhorse, add_workhorse

# Issued then, a certificate is renewed around the day on which the oldest profile came into force.
OLD_CYCLE = date(2019, 10, 26)

# How often a nullable cell is emptied, by world: most worlds are whole, so that rules can pass.
NULL_RATES = (0.0, 0.0, 0.01, 0.05)


def make_world(seed: int, world: int, as_of: date) -> Tables:
    """One world, every cell in order."""
    dice = Dice(f"{seed}/{world}/{as_of}", as_of)
    tables = Tables(prefix=f"W{world:03d}")
    bodies = add_bodies(dice, tables, world)
    shop = Workshop(dice, tables, bodies, add_persons(dice, tables, bodies), add_clients(dice, tables, 24))
    for _ in range(26):
        add_initial(shop, dice.pick(shop.clients), dice.pick(bodies))
    for _ in range(10):
        client, body = dice.pick(shop.clients), dice.pick(bodies)
        system = dice.pick(["ITSMS", "ITSMS", "ITSMS", "ISMS", "QMS"])
        issued = dice.near(OLD_CYCLE) if dice.chance(0.15) else dice.day()
        certificate = add_certificate(shop, client, body, issued, system=system)
        add_life(shop, certificate, client, body)
    dice.pick([add_workhorse, add_workhorse, add_former_workhorse, add_coming_workhorse])(shop)
    add_plans(shop)
    add_reissues(shop)
    add_extras(shop)
    if dice.chance(0.6):
        add_bulk_body(shop, world)
    add_complaints(shop, 5)
    add_records(shop)
    add_reports(shop)
    move_edges(shop)
    add_version_2(shop)
    share_codes(shop)
    empty_cells(dice, tables, dice.pick(NULL_RATES))
    return tables


def share_codes(shop: Workshop) -> None:
    """Now and then two clients with one unified code, written in another way: the same client."""
    one, other = shop.dice.random.sample(shop.clients, 2)
    if one["uscc"] and shop.dice.chance(0.7):
        other["uscc"] = one["uscc"].lower()


def empty_cells(dice: Dice, tables: Tables, rate: float) -> None:
    """Empty nullable cells of every table, each with the same probability."""
    if not rate:
        return
    for table in TABLES:
        nullable = [column.name for column in CONTRACT[table].columns.values() if not column.required]
        for row in tables.rows[table]:
            for name in nullable:
                if dice.chance(rate):
                    row[name] = None


def write_random_source(
    folder: Path,
    *,
    seed: int,
    worlds: int,
    as_of: date,
    damaged: float = 0.5,
    without: Collection[str] = (),
) -> None:
    """Write a source of so many worlds; the same arguments give the same bytes.

    damaged: the share of worlds that are not in order (worlds/damage.py); without: tables, or "table.column",
    that are not delivered.
    """
    texts = []
    for world in range(worlds):
        tables = make_world(seed, world, as_of)
        texts.append(as_texts(tables))
        dice = Dice(f"{seed}/{world}/{as_of}/damage", as_of)
        if dice.chance(damaged):
            spoil(dice, texts[-1], tables.prefix)
    write_source(texts, folder, without)
