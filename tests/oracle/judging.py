"""How a rule is asked: the same order of questions for all rules, and unknown cells by trying values.

A rule is declared with a population and a judgement:

    @each("audit")                                   # the candidates: a table's rows (no stubs), or a function
    def completed_audits(world, audit):              # the subjects that a candidate makes, if any
        if is_itsms(audit) and is_completed(world, audit):
            yield Subject(audit.audit_id, audit.actual_start, audit)

    @rule("R5.4.2-d", completed_audits)
    def half_days(world, audit):                     # a state, or Judgement(state, due_on, measured)
        ...

Candidates must be named without reading unknown cells (use peek or solid); subjects and judgements just read.
For each candidate everything is asked again under every value of the unknown cells that are read (unknown.py):
one common outcome stands, anything else is undetermined ("no subject" and not_applicable are outcomes too).

Order of questions: stub body (rules per body), abroad, kept, no anchor, anchor in the future (unless a term),
anchor before the rule was in force, the judgement, cut-over, "not delivered".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from . import unknown
from .arithmetic import Number, add_days
from .clients import body, client, is_abroad
from .records import Record
from .world import World

PASS = "pass"  # noqa: S105 - a state, not a password
WARNING = "warning"
BREACH = "breach"
UNDETERMINED = "undetermined"
NOT_APPLICABLE = "not_applicable"
NO_SUBJECT = "no subject"
STATES = (PASS, WARNING, BREACH, UNDETERMINED, NOT_APPLICABLE)

EFFECTIVE_FROM = {
    "cnca": date(2026, 3, 1),
    "icas": date(2022, 10, 26),
    "zqhx": date(2026, 3, 1),
    "zdqy": date(2026, 3, 1),
}
PROFILES = tuple(EFFECTIVE_FROM)


@dataclass(frozen=True)
class Subject:
    """A member of a rule's population: its id as exported, its anchor, and what the judgement is given (row).

    `of` is the record whose client and body decide on abroad, kept and cut-over: the row itself where it is a
    record; several records: abroad only where all are. `is_none`: no subject after all, under the values being
    tried; where a rule is floating this one is added as undetermined all the same, since its id is certain.
    """

    id: str
    anchor: date | None
    row: Any
    of: Record | tuple[Record, ...] | None = None
    is_none: bool = False
    is_in_question: bool = False

    @property
    def owners(self) -> tuple[Record, ...]:
        """The records whose client and body decide."""
        if isinstance(self.of, tuple):
            return self.of
        owner = self.of if self.of is not None else self.row
        return (owner,) if isinstance(owner, Record) else ()


@dataclass(frozen=True)
class Judgement:
    """A state with the values that the export shows beside it."""

    state: str
    due_on: date | None = None
    measured: Number | None = None


@dataclass(frozen=True)
class Verdict:
    """One subject's state under one rule."""

    rule_id: str
    profile: str
    subject_id: str
    state: str
    due_on: date | None
    measured: Number | None


Candidates = Callable[[World], Iterable[Any]]
Subjects = Callable[[World, Any], Iterator[Subject]]


@dataclass(frozen=True)
class Population:
    """Where subjects come from: candidates, and the subjects that each makes."""

    candidates: Candidates
    subjects: Subjects

    def where(self, condition: Callable[[World, Any], bool]) -> Population:
        """Only the subjects whose row meets a condition."""

        def some(world: World, candidate: Any) -> Iterator[Subject]:
            return (one for one in self.subjects(world, candidate) if condition(world, one.row))

        return Population(self.candidates, some)


def each(source: str | Candidates, *, stubs: bool = False) -> Callable[[Subjects], Population]:
    """Make a population of a function from (world, candidate) to subjects; candidates: a table, or a function."""

    def candidates(world: World) -> Iterable[Any]:
        return world.table(source, stubs=stubs) if isinstance(source, str) else source(world)

    return lambda subjects: Population(candidates, subjects)


@dataclass(frozen=True)
class Rule:
    """One rule; the flags are said at `rule`."""

    rule_id: str
    profile: str
    population: Population
    judge: Callable[[World, Any], Judgement | str]
    is_term: bool
    abroad: bool
    per_body: bool
    kept: tuple[str, ...]
    cut_over: bool
    reads: tuple[str, ...]
    floating: bool | Callable[[str], bool]

    def verdicts(self, world: World) -> list[Verdict]:
        """Every subject of the population with its state, also those that pass or are not applicable."""
        unknown.absent_read.clear()
        found: dict[str, Judgement] = {}
        for candidate in self.population.candidates(world):
            for subject_id, judgement in self._outcome(world, candidate).items():
                if subject_id in found and found[subject_id] != judgement:
                    raise ValueError(f"{self.rule_id}: {subject_id} is judged twice")
                found[subject_id] = judgement
        if unknown.absent_read or self._not_delivered(world):
            found = {key: _not_known(judgement) for key, judgement in found.items()}
        return [
            Verdict(self.rule_id, self.profile, key, one.state, one.due_on, one.measured)
            for key, one in found.items()
            if one.state != NO_SUBJECT
        ]

    def _not_delivered(self, world: World) -> bool:
        """Whether one of the deciding tables or columns that the rule names was not delivered."""
        for name in self.reads:
            table, _, column = name.partition(".")
            rows = world.source.rows[table]
            if table in world.source.absent_tables or (column and any(column in row._absent for row in rows)):
                return True
        return False

    def _outcome(self, world: World, candidate: Any) -> dict[str, Judgement]:
        """The candidate's subjects; where an unknown cell is read, each of them by itself under every value."""
        try:
            return self._once(world, candidate)
        except unknown.NeedCell:
            pass
        ids = unknown.outcomes(lambda: self._ids(world, candidate), lambda _: False)
        merged = {}
        for subject_id in dict.fromkeys(key for some in ids for key in some):
            budget = unknown.Budget()
            absent: list[bool] = []  # whether an unknown day is behind it, each time it is not there
            found = unknown.outcomes(
                partial(self._only, world, candidate, subject_id, absent),
                partial(self._is_enough, subject_id, absent),
                budget,
            )
            is_left_out = any(absent) and self._floats(subject_id)
            if any(_is_one(one) for one in found) and not is_left_out:
                merged[subject_id] = _merged(found, over=budget.over)
        return merged

    def _ids(self, world: World, candidate: Any) -> tuple[str, ...]:
        return tuple(subject.id for subject in self.population.subjects(world, candidate))

    def _is_enough(self, subject_id: str, absent: list[bool], found: list[Judgement | None]) -> bool:
        """Whether no further value can change what comes of a subject."""
        if self._floats(subject_id):
            return any(absent) and any(one is not None for one in found)
        known = [one for one in found if one is not None and _is_one(one)]
        states = {one.state for one in known} | ({None} if len(known) < len(found) else set())
        shown = {
            (one.due_on, one.measured) for one in known if one.due_on is not None or one.measured is not None
        }
        return len(states) > 1 and len(shown) != 1

    def _floats(self, subject_id: str) -> bool:
        """Whether a subject that is not there under every value is left out."""
        return self.floating(subject_id) if callable(self.floating) else self.floating

    def _once(self, world: World, candidate: Any) -> dict[str, Judgement]:
        """The candidate's subjects under the values that are being tried."""
        found = {}
        for subject in self.population.subjects(world, candidate):
            judgement = self._judgement(world, subject)
            if judgement is not None:
                found[subject.id] = judgement
        return found

    def _only(self, world: World, candidate: Any, subject_id: str, absent: list[bool]) -> Judgement | None:
        """One of the candidate's subjects under the values that are being tried; None where it is none."""
        for subject in self.population.subjects(world, candidate):
            if subject.id == subject_id:
                return self._judgement(world, subject)
        absent.append(unknown.is_a_day_tried())
        return None

    def _due(self, world: World, subject: Subject) -> date | None:
        """The due day alone; what is read for it decides nothing."""
        read = set(unknown.absent_read)
        found = self.judge(world, subject.row)
        unknown.absent_read.intersection_update(read)
        return None if isinstance(found, str) else found.due_on

    def _judgement(self, world: World, subject: Subject) -> Judgement | None:
        if subject.is_none:
            return Judgement(NO_SUBJECT)
        with unknown.quietly():  # whose record it is, is no deciding column
            bodies = [world.get("certification_body", body(world, row, ask=False)) for row in subject.owners]
        if self.per_body and bodies and bodies[0] is not None and bodies[0].is_stub:
            return Judgement(UNDETERMINED, self._due(world, subject) if self.is_term else None)
        anchor = subject.anchor
        is_later = anchor is not None and anchor > world.as_of and not self.is_term
        if is_later and not isinstance(anchor, unknown.TriedDay):
            return None
        if subject.is_in_question:
            return Judgement(UNDETERMINED)
        if self.profile == "cnca" and self.abroad and _all_abroad(world, subject):
            return Judgement(NOT_APPLICABLE)  # abroad and kept come before an anchor that nobody knows
        if self.kept and not any(_is_kept(world, name, subject) for name in self.kept):
            return Judgement(NOT_APPLICABLE)
        if is_later:
            return None
        if anchor is None:
            return Judgement(UNDETERMINED)
        if anchor < EFFECTIVE_FROM[self.profile]:
            return Judgement(NOT_APPLICABLE)
        found = self.judge(world, subject.row)
        judgement = Judgement(found) if isinstance(found, str) else found
        if self.cut_over and judgement.due_on is not None and bodies:
            if bodies[0] is None:  # a body that nobody knows may have been cut over later
                return replace(judgement, state=UNDETERMINED)
            since = bodies[0].reporting_since
            if since is not None and judgement.due_on < since:
                return replace(judgement, state=NOT_APPLICABLE)
        return judgement


def _is_one(judgement: Judgement | None) -> bool:
    """Whether it is the judgement of a subject."""
    return judgement is not None and judgement.state != NO_SUBJECT


def _all_abroad(world: World, subject: Subject) -> bool:
    with unknown.quietly():
        clients = [client(world, row, ask=False) for row in subject.owners]
    return bool(clients) and all(is_abroad(world, org_id) for org_id in clients)


def _is_kept(world: World, name: str, subject: Subject) -> bool:
    """Whether the subject's body fills the column in any row of the table (an unreadable cell is filled)."""
    owner = subject.owners[0]
    return is_kept(world, name, body(world, owner, ask=False))


def is_kept(world: World, name: str, body_id: str | None) -> bool:
    """Whether a body fills table.column in any of its rows."""

    def filled() -> set[str | None]:
        table, column = name.split(".")
        return {
            body(world, row, ask=False)
            for row in world.source.rows[table]
            if not row.is_stub and (row.is_unknown(column) or row.solid(column) is not None)
        }

    # Of a body that nobody knows nothing is excused.
    return body_id is None or body_id in world.remember(("kept", name), filled)


def _merged(judgements: list[Judgement | None], *, over: bool) -> Judgement:
    """One judgement of several: what they have in common."""
    known = [one for one in judgements if one is not None and _is_one(one)]
    states = {one.state for one in known} | ({None} if len(known) < len(judgements) else set())
    due, measured = {one.due_on for one in known}, {one.measured for one in known}
    return Judgement(
        known[0].state if len(states) == 1 and not over else UNDETERMINED,
        due.pop() if len(due) == 1 else None,
        measured.pop() if len(measured) == 1 else None,
    )


def _not_known(judgement: Judgement) -> Judgement:
    """What is left of a judgement where something that decides was not delivered."""
    if judgement.state in (NOT_APPLICABLE, NO_SUBJECT):
        return judgement
    return Judgement(UNDETERMINED, judgement.due_on)


RULES: dict[str, Rule] = {}


def rule(
    rule_id: str,
    population: Population,
    *,
    profile: str = "cnca",
    is_term: bool = False,
    abroad: bool = True,
    per_body: bool = False,
    kept: tuple[str, ...] = (),
    cut_over: bool = False,
    reads: tuple[str, ...] = (),
    floating: bool | Callable[[str], bool] = False,
) -> Callable[[Callable[[World, Any], Judgement | str]], Callable[[World, Any], Judgement | str]]:
    """Register the judgement of one rule.

    is_term   the anchor is a term or a plan: it may lie after as_of
    abroad    not_applicable for clients abroad (profile cnca; False for 3.6, 3.9, 3.10)
    per_body  the subject is a body (or body and more): always undetermined on a stub body
    kept      "table.column" of version 2: not_applicable for a body that fills none of them in any row
    cut_over  a due day before the body's reporting_since is not_applicable
    reads     "table" or "table.column": deciding ones that a judgement does not read every time; those that it
              does read are noticed by themselves where they were not delivered
    floating  the id's second part is made from a day: a subject that is not there under every value of an unknown
              day is left out, not added as undetermined; a function of the id: only these
    """

    def register(judge: Callable[[World, Any], Judgement | str]) -> Callable[[World, Any], Judgement | str]:
        if rule_id in RULES:
            raise ValueError(f"rule {rule_id} is declared twice")
        RULES[rule_id] = Rule(
            rule_id, profile, population, judge, is_term, abroad, per_body, kept, cut_over, reads, floating
        )
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
    """A deadline's state with its due day; a due day that is not known leaves it undetermined.

    done must be a fact by as_of (world.known).
    """
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
