"""Seeded random sources: many small worlds with disjoint ids, written as one folder of CSV files.

The records keep the contract (types, keys, references, closed lists) and otherwise try to be awkward: dates
on and beside due days, NULL in nullable columns, facts that lie after as_of, impossible orders of events.
Many are in good order all the same, so that every rule also passes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .contract import TABLES as CONTRACT
from .worlds.audits import Workshop
from .worlds.certificates import add_bulk_body, add_certificate, add_initial, add_life
from .worlds.dice import Dice
from .worlds.edges import move_edges
from .worlds.papers import add_complaints, add_records, add_reports
from .worlds.people import add_bodies, add_clients, add_persons
from .worlds.tables import TABLES, Tables, write_source
from .worlds.workhorses import add_coming_workhorse, add_former_workhorse, add_workhorse

# Issued then, a certificate is renewed around the day on which the oldest profile came into force.
OLD_CYCLE = date(2019, 10, 26)

# How often a nullable cell is emptied, by world: most worlds are whole, so that rules can pass.
NULL_RATES = (0.0, 0.0, 0.01, 0.05)


def make_world(seed: int, world: int, as_of: date) -> Tables:
    """One world."""
    dice = Dice(f"{seed}/{world}/{as_of}", as_of)
    tables = Tables(prefix=f"W{world:03d}")
    bodies = add_bodies(dice, tables, world)
    shop = Workshop(dice, tables, bodies, add_persons(dice, tables, bodies), add_clients(dice, tables, 15))
    for _ in range(26):
        add_initial(shop, dice.pick(shop.clients), dice.pick(bodies))
    for _ in range(10):
        client, body = dice.pick(shop.clients), dice.pick(bodies)
        system = dice.pick(["ITSMS", "ITSMS", "ITSMS", "ISMS", "QMS"])
        issued = dice.near(OLD_CYCLE) if dice.chance(0.15) else dice.day()
        certificate = add_certificate(shop, client, body, issued, system=system)
        add_life(shop, certificate, client, body)
    dice.pick([add_workhorse, add_workhorse, add_former_workhorse, add_coming_workhorse])(shop)
    if dice.chance(0.6):
        add_bulk_body(shop, world)
    add_complaints(shop, 5)
    add_records(shop)
    add_reports(shop)
    move_edges(shop)
    empty_cells(dice, tables, dice.pick(NULL_RATES))
    return tables


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


def write_random_source(folder: Path, *, seed: int, worlds: int, as_of: date) -> None:
    """Write a source of so many worlds; the same arguments give the same bytes."""
    write_source([make_world(seed, world, as_of) for world in range(worlds)], folder)
