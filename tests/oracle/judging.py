"""How a rule is asked: population and anchor first, then the judgement, the same for all rules.

A rule module declares, per rule, where its subjects come from and how one subject is judged. The order of
questions (no anchor, anchor in the future, anchor before the rule was in force) is answered here once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from .arithmetic import Number, add_days
from .world import World

PASS = "pass"  # noqa: S105 - a state, not a password
WARNING = "warning"
BREACH = "breach"
UNDETERMINED = "undetermined"
NOT_APPLICABLE = "not_applicable"
STATES = (PASS, WARNING, BREACH, UNDETERMINED, NOT_APPLICABLE)

EFFECTIVE_FROM = {
    "cnca": date(2026, 3, 1),
    "icas": date(2022, 10, 26),
    "zqhx": date(2026, 3, 1),
    "zdqy": date(2026, 3, 1),
}
PROFILES = tuple(EFFECTIVE_FROM)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Subject(Generic[T]):
    """A member of a rule's population: its id as exported, its anchor date, and what the judgement needs."""

    id: str
    anchor: date | None
    row: T


@dataclass(frozen=True, slots=True)
class Judgement:
    """A state with the values that the export shows beside it."""

    state: str
    due_on: date | None = None
    measured: Number | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One subject's state under one rule."""

    rule_id: str
    profile: str
    subject_id: str
    state: str
    due_on: date | None
    measured: Number | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its population, its judgement, and whether its anchor is a term or a plan."""

    rule_id: str
    profile: str
    is_term: bool
    population: Callable[[World], Iterable[Subject[Any]]]
    judge: Callable[[World, Any], Judgement | str]

    def verdicts(self, world: World) -> Iterator[Verdict]:
        """Every subject of the population with its state, also those that pass or are not applicable."""
        for subject in self.population(world):
            judgement = self._judgement(world, subject)
            if judgement is not None:
                yield Verdict(
                    self.rule_id,
                    self.profile,
                    subject.id,
                    judgement.state,
                    judgement.due_on,
                    judgement.measured,
                )

    def _judgement(self, world: World, subject: Subject[Any]) -> Judgement | None:
        if subject.anchor is None:
            return Judgement(UNDETERMINED)
        if subject.anchor > world.as_of and not self.is_term:
            return None
        if subject.anchor < EFFECTIVE_FROM[self.profile]:
            return Judgement(NOT_APPLICABLE)
        found = self.judge(world, subject.row)
        return Judgement(found) if isinstance(found, str) else found


RULES: dict[str, Rule] = {}


def rule(
    rule_id: str,
    population: Callable[[World], Iterable[Subject[T]]],
    *,
    profile: str = "cnca",
    is_term: bool = False,
) -> Callable[[Callable[[World, T], Judgement | str]], Callable[[World, T], Judgement | str]]:
    """Register the judgement of one rule."""

    def register(judge: Callable[[World, T], Judgement | str]) -> Callable[[World, T], Judgement | str]:
        if rule_id in RULES:
            raise ValueError(f"rule {rule_id} is declared twice")
        RULES[rule_id] = Rule(rule_id, profile, is_term, population, judge)
        return judge

    return register


def breach_if(broken: bool | None) -> str:
    """Breach, pass, or (NULL) undetermined."""
    if broken is None:
        return UNDETERMINED
    return BREACH if broken else PASS


def warning_if(missed: bool | None) -> str:
    """Warning, pass, or (NULL) undetermined: for rules that never breach."""
    if missed is None:
        return UNDETERMINED
    return WARNING if missed else PASS


def deadline_state(as_of: date, due: date, done: date | None, horizon: int) -> str:
    """The deadline rule: equality is on time, and as_of = due is a warning."""
    if done is not None:
        return BREACH if done > due else PASS
    if as_of > due:
        return BREACH
    return WARNING if as_of >= add_days(due, -horizon) else PASS


def deadline(world: World, due: date | None, done: date | None, horizon: int = 30) -> Judgement:
    """A deadline's state with its due day; a due day that is not known leaves it undetermined."""
    if due is None:
        return Judgement(UNDETERMINED)
    return Judgement(deadline_state(world.as_of, due, done, horizon), due)


# --- three-valued logic: None is "not known" ----------------------------------------------


def all_of(*values: bool | None) -> bool | None:
    """And: false as soon as one is false, else unknown as soon as one is unknown."""
    if False in values:
        return False
    return None if None in values else True


def any_of(*values: bool | None) -> bool | None:
    """Or: true as soon as one is true, else unknown as soon as one is unknown."""
    if True in values:
        return True
    return None if None in values else False


def negated(value: bool | None) -> bool | None:
    """Not."""
    return None if value is None else not value


def at_least(value: Number | None, limit: Number) -> bool | None:
    """A comparison that NULL leaves unknown."""
    return None if value is None else value >= limit
