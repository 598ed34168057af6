"""Unknown cells: what is said of a subject must hold under whatever value stood in the cell."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.oracle.contract import TABLES
from tests.oracle.exports import all_verdicts
from tests.oracle.judging import UNDETERMINED
from tests.oracle.landing import load
from tests.oracle.randomdata import write_random_source
from tests.oracle.records import Record, Source, record
from tests.oracle.world import World

AS_OF = date(2026, 11, 15)
# Rules of which the catalogue says what a NULL means (the audit's days stand in; an event without a day is left
# out; a filled cell is "kept"), or which count the rows of a body: a row of unknown body counts nowhere.
SAID_OTHERWISE = {
    *("R3.11-a", "R3.11-a-p", "R4-a", "R4-a-p", "R7-seq", "RC.2-b", "R5.8.2-p"),
    *("R5.2.4", "R5.3.2", "R5.6.2.3", "R5.7.3-1", "R7.1-b", "RC.3"),
    *("R3.6-b", "R3.9-b", "R11.2", "RD-1", "R9.1-a", "R9.1-b", "ZQHX-3.2.2", "ZQHX-3.2.2-b", "ZDQY-5.2-a"),
}


def some_value(
    dice: random.Random, row: Record, name: str, days: list[date], keys: dict[str, list[str]]
) -> Any:
    """Any value that the column may have, NULL too where it may."""
    column = row.column(name)
    if not column.required and column.kind != "list" and dice.random() < 0.15:
        return None
    if column.reference:
        return dice.choice(keys[column.reference])
    if column.codes:
        return dice.choice(column.codes)
    if column.kind == "date":
        near = dice.choice(days) + timedelta(days=dice.randint(-1, 1))
        return dice.choice(
            [near, AS_OF - timedelta(days=dice.randint(-60, 400)), date(1990, 1, 1), date(2150, 1, 1)]
        )
    return {
        "bool": lambda: dice.random() < 0.5,
        "int": lambda: dice.choice([0, 1, 2, 3, 10, 20, 80, 500]),
        "dec": lambda: Decimal(dice.choice(["0", "0.5", "1", "1.3", "2", "10", "200"])),
        "list": lambda: dice.choice([("ITSMS",), ("QMS",), ("ITSMS", "ISMS")]) if name == "systems" else (),
        "text": lambda: dice.choice(["ITSMS", "QMS"]),
    }[column.kind]()


def with_values(source: Source, dice: random.Random) -> Source:
    """The source with some value in every unknown cell; stubs stay stubs."""
    keys = {name: [row.peek(TABLES[name].key[0]) for row in rows] for name, rows in source.rows.items()}
    days = sorted(
        {
            value
            for rows in source.rows.values()
            for row in rows
            for value in row.__dict__.values()
            if type(value) is date
        }
    )
    made = Source()
    for name, rows in source.rows.items():
        for row in rows:
            values = {key: value for key, value in row.__dict__.items() if not key.startswith("_")}
            if not row.is_stub:
                values |= {key: some_value(dice, row, key, days, keys) for key in sorted(row._unknown)}
            made.rows[name].append(record(name, values, stub=row.is_stub))
    return made


def judged(source: Source) -> dict[tuple[str, str], str]:
    return {
        (one.rule_id, one.subject_id): one.state
        for one in all_verdicts(World(source, AS_OF))
        if one.rule_id not in SAID_OTHERWISE
    }


def test_what_is_said_holds_whatever_stood_in_the_unreadable_cells(tmp_path: Path) -> None:
    """Otherwise the search for values stops too early, and the product is held to a guess."""
    write_random_source(tmp_path, seed=21, worlds=1, as_of=AS_OF, damaged=1)
    source = load(tmp_path)
    said = judged(source)
    dice = random.Random(7)  # noqa: S311 - test data, not a secret
    for _ in range(6):
        found = judged(with_values(source, dice))
        wrong = {
            key: (state, found.get(key))
            for key, state in said.items()
            if state not in (UNDETERMINED, found.get(key))
        }
        assert wrong == {}
        assert {key for key, state in found.items() if key not in said} == set()
