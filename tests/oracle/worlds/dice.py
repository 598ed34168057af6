"""Seeded choices that prefer edges: due days and those beside them, month ends, leap days, as_of."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from ..arithmetic import add_days, add_months

T = TypeVar("T")

EFFECTIVE = date(2026, 3, 1)
MONTH_ENDS = (
    date(2024, 2, 29),
    date(2024, 8, 31),
    date(2025, 2, 28),
    date(2025, 5, 31),
    date(2025, 8, 31),
    date(2025, 11, 30),
    date(2026, 1, 31),
    date(2026, 2, 28),
    date(2026, 8, 31),
    date(2027, 2, 28),
    date(2028, 2, 29),
)


class Dice:
    """One world's random choices around one as_of."""

    def __init__(self, seed: str, as_of: date) -> None:
        self.random = random.Random(seed)  # noqa: S311 - test data, not a secret
        self.as_of = as_of

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.random.random() < probability

    def pick(self, options: Sequence[T]) -> T:
        """One of several, equally likely."""
        return self.random.choice(options)

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """Up to so many different ones, in the order given."""
        chosen = self.random.sample(range(len(options)), min(len(options), self.number(0, most)))
        return [options[index] for index in sorted(chosen)]

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(least, most)

    def maybe(self, value: T, null: float = 0.1) -> T | None:
        """The value, or NULL with this probability."""
        return None if self.chance(null) else value

    def truth(self, true: float = 0.8, null: float = 0.08) -> bool | None:
        """True mostly; false; or NULL."""
        return self.maybe(self.chance(true), null)

    def day(self) -> date:
        """Any day that could matter: mostly lately, some long ago, some to come, some on an edge."""
        draw = self.random.random()
        if draw < 0.45:
            return add_days(self.as_of, -self.number(0, 240))
        if draw < 0.62:
            return add_days(self.as_of, -self.number(0, 1150))
        if draw < 0.74:
            return self.near(self.as_of, 3)
        if draw < 0.84:
            return self.near(EFFECTIVE, 3)
        if draw < 0.91:
            return self.pick(MONTH_ENDS)
        return add_days(self.as_of, self.number(1, 380))

    def near(self, day: date, reach: int = 1) -> date:
        """The day itself or one beside it."""
        return add_days(day, self.pick([0, 0, 0, *range(-reach, reach + 1)]))

    def about(self, day: date) -> date:
        """On a due day, beside it, or some way off, more often before than after."""
        draw = self.random.random()
        if draw < 0.4:
            return self.near(day, 1)
        if draw < 0.8:
            return add_days(day, -self.number(2, 60))
        return add_days(day, self.number(2, 60))

    def months_from(self, day: date, months: int) -> date:
        """So many months from a day, clamped, or a day beside that."""
        return self.near(add_months(day, months), 1)

    def days_about(self, wanted: Decimal | float, step: str = "0.5") -> Decimal:
        """A number of days on a limit or some steps beside it, with six decimals at most."""
        shift = self.pick([0, 0, 0, 1, 2, -1, -2]) * Decimal(step)
        return round(max(Decimal(0), Decimal(str(wanted)) + shift), 6)
