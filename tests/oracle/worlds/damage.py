"""Sources that are not in order: cells that cannot be read, empty required cells, rows given twice, references
that lead nowhere. Done on the finished texts of a world, few per table, so that most records stay sound.
"""

from __future__ import annotations

from collections.abc import Callable

from ..contract import NEEDED, TABLES, Column
from .dice import Dice

Text = dict[str, str]
World = dict[str, list[Text]]

_UNREADABLE = {
    "date": ("待定", "2026-02-30", "1900-01-01", "3026-05-02"),
    "int": ("约二十", "x"),
    "dec": ("几天", "1.5d"),
    "bool": ("maybe", "?"),
    "text": ("no such code", "？"),
}
# Cells on which much hangs.
_TELLING = {
    "application": ("kind", "submitted_on", "reviewed_on", "review_result", "contract_signed_on"),
    "audit": ("status", "audit_type", "actual_start", "actual_end", "actual_end", "systems"),
    "audit_assignment": ("role", "onsite_start", "onsite_days"),
    "certificate": ("issued_on", "expires_on", "expires_on", "system", "status_given"),
    "certificate_event": ("event", "effective_on", "established_on"),
    "decision": ("kind", "decided_on"),
    "nonconformity": ("grade", "raised_on", "verified_on"),
    "person": ("employment", "left_on"),
    "cnca_report": ("kind", "result", "reported_on", "recipient"),
}
_NOTHING = ("", "null", "-", "—", "\\N")


def spoil(dice: Dice, world: World, prefix: str) -> None:
    """Do every kind of damage to a world, some rows each."""
    for name, rows in world.items():
        if not rows:
            continue
        few = max(1, len(rows) // 40)
        columns = list(TABLES[name].columns.values())
        deciding = [column for column in columns if column.kind != "text" or column.codes]
        required = [column for column in columns if column.required and not column.is_key]
        references = [column for column in columns if column.reference]
        _each(dice, rows, few, deciding, _spoilt)
        _each(dice, rows, max(1, few // 2), required, lambda dice, _: dice.pick(_NOTHING))
        _each(
            dice,
            rows,
            max(1, few // 2),
            references,
            lambda dice, column: f"{prefix}X{dice.number(1, 3)}{column.reference}",
        )
        telling = [column for column in columns if column.name in _TELLING.get(name, ())]
        _each(dice, rows, max(1, few // 2), telling, _spoilt)
        _give_twice(dice, rows)
        if name not in NEEDED and dice.chance(0.2):
            _each(dice, rows, 1, [column for column in columns if column.is_key], lambda *_: "")
    _lose(dice, world)


def _spoilt(dice: Dice, column: Column) -> str:
    return (
        dice.pick(_UNREADABLE["text" if column.codes else column.kind]) if column.kind in _UNREADABLE else ""
    )


def _each(
    dice: Dice, rows: list[Text], count: int, columns: list[Column], text: Callable[[Dice, Column], str]
) -> None:
    """Change one cell of some rows."""
    for row in dice.random.sample(rows, min(len(rows), count)) if columns else ():
        column = dice.pick(columns)
        row[column.name] = text(dice, column)


def _give_twice(dice: Dice, rows: list[Text]) -> None:
    """Now and then a row twice, equal or not."""
    if len(rows) > 20 and dice.chance(0.5):
        rows.append(dict(dice.pick(rows)))
    if len(rows) > 60 and dice.chance(0.25):
        other = dict(dice.pick(rows))
        name = dice.pick([name for name in other if not other[name]] or list(other)[-1:])
        other[name] = "" if other[name] else "无此说明"
        rows.append(other)


def _lose(dice: Dice, world: World) -> None:
    """Rows that others refer to are not there: stubs."""
    for name in (
        "person",
        "organization",
        "application",
        "audit",
        "decision",
        "certificate",
        "certification_body",
    ):
        rows = world[name]
        chance = 0.2 if name == "certification_body" else 0.6
        if len(rows) > 3 and dice.chance(chance):
            rows.remove(dice.pick(rows))
