"""Clauses 3.1, 3.6, 3.9 and 3.10: what is asked of the body, its auditors' number and their days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from . import unknown
from .arithmetic import add_days
from .audits import ITSMS, is_itsms
from .capacity import (
    Count,
    active,
    counted,
    full_time,
    persons,
    stubs_registered,
    valid_certificates,
    valid_of_unknown_system,
)
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Judgement,
    Subject,
    all_of,
    any_of,
    at_least,
    breach_if,
    each,
    negated,
    rule,
)
from .load import IN_FORCE, Work, Workload, work_done, work_planned, workload
from .people import FORMAL_GRADES, codes_held, is_active_auditor, registrations
from .records import Record
from .status import end, is_status
from .world import World

HISTORY_DAYS = 365  # capacity_history_days
LEAST_AUDITORS, MARGIN = 10, 2
# The middle classes of Table A: 01.01 to 01.04 and so on.
TABLE_A = {
    f"{major:02d}.{minor:02d}"
    for major, classes in enumerate((4, 2, 5, 4, 5, 5), start=1)
    for minor in range(1, classes + 1)
}


@each("certificate")
def certificates(_: World, row: Record) -> Iterator[Subject]:
    """ITSMS certificates, main and sub, on the day of issue."""
    if is_itsms(row):
        yield Subject(row.certificate_id, row.issued_on, row)


def body_of(world: World, row: Record) -> Record:
    """The body of a record; a stub where nothing is known of it."""
    found = world.get("certification_body", row.body_id)
    if found is None:
        found = world.get("certification_body", unknown.OTHER)
    assert found is not None
    return found


@rule("R3.1-a", certificates)
def body_approved(world: World, row: Record) -> str:
    """Not issued before the body was approved for ITSMS."""
    approved = world.known(body_of(world, row).itsms_approved_on)
    return breach_if(None if approved is None else row.issued_on < approved)


@each("certificate")
def certificate_scopes(_: World, row: Record) -> Iterator[Subject]:
    """Each scope code of each ITSMS certificate."""
    if is_itsms(row):
        for code in row.scope_codes:
            yield Subject(f"{row.certificate_id}|{code}", row.issued_on, (row, code), of=row)


@rule("R3.1-b", certificate_scopes)
def scope_approved(world: World, pair: tuple[Record, str]) -> str:
    """The body is approved for the code, or for the class of Table A that it belongs to."""
    row, code = pair
    if end(world, row) is not None:
        return NOT_APPLICABLE
    approved = body_of(world, row).approved_scopes
    if not approved:
        return UNDETERMINED
    middle_class = code[:5] if code[:5] in TABLE_A and code[5:6] in ("", ".") else None
    return breach_if(middle_class is None or (code not in approved and middle_class not in approved))


def bodies_of(world: World) -> list[Record]:
    """Every body, stubs too."""
    return world.table("certification_body", stubs=True)


@each(bodies_of)
def bodies(world: World, body: Record) -> Iterator[Subject]:
    """Every body, on as_of."""
    yield Subject(body.body_id, world.as_of, body)


def number_state(count: int) -> str:
    """Ten at least; ten and eleven warn."""
    if count < LEAST_AUDITORS:
        return BREACH
    return WARNING if count < LEAST_AUDITORS + MARGIN else PASS


def agreed(states: set[str]) -> str:
    """The one state, or undetermined where there are several."""
    return states.pop() if len(states) == 1 else UNDETERMINED


def full_time_state(world: World, body_id: str) -> Judgement:
    """The state of R3.6-a, measured by those who count for certain."""
    count = full_time(world, body_id, world.as_of)
    states = {number_state(number) for number in range(count.least, count.most + 1)}
    return Judgement(agreed(states), measured=count.least)


@rule("R3.6-a", bodies, abroad=False, per_body=True, reads=("auditor_registration",))
def full_time_auditors(world: World, body: Record) -> Judgement:
    """At least ten active full-time ITSMS auditors."""
    return full_time_state(world, body.body_id)


def turning_days(world: World, body_id: str, first: date, last: date) -> list[date]:
    """The first day and every day on which a count of the body's auditors can change."""
    days: set[date | None] = {first}
    for person in persons(world, body_id):
        days |= {person.solid("joined_on"), person.solid("left_on")}
        for row in registrations(world, person.person_id):
            until = row.solid("valid_until")
            days |= {row.solid("valid_from"), None if until is None else add_days(until, 1)}
    return sorted(day for day in days if day is not None and first <= day <= last)


@rule("R3.6-d", bodies, abroad=False, per_body=True, reads=("auditor_registration",))
def always_full_time_auditors(world: World, body: Record) -> Judgement:
    """At least ten on every day of the last year in force."""
    first = max(IN_FORCE, add_days(world.as_of, -HISTORY_DAYS))
    last = add_days(world.as_of, -1)
    now = full_time(world, body.body_id, world.as_of)
    if first > last or now.most < LEAST_AUDITORS:
        return Judgement(NOT_APPLICABLE)
    counts = [full_time(world, body.body_id, day) for day in turning_days(world, body.body_id, first, last)]
    lowest = min(count.least for count in counts)
    if now.least < LEAST_AUDITORS:  # whether R3.6-a reports is open
        return Judgement(UNDETERMINED, measured=lowest)
    if any(count.most < LEAST_AUDITORS for count in counts):
        return Judgement(BREACH, measured=lowest)
    return Judgement(UNDETERMINED if lowest < LEAST_AUDITORS else PASS, measured=lowest)


def valid_codes(world: World, body: Record) -> dict[str, bool]:
    """Each code of the body's valid ITSMS certificates and of its approved scopes: whether it is one for certain."""
    codes = dict.fromkeys(body.solid("approved_scopes") or (), True)
    for row in world.of("certificate", "body_id", body.body_id):

        def is_valid(row: Record = row) -> bool:
            return (
                is_itsms(row)
                and world.happened(row.issued_on)
                and is_status(world, row, world.as_of, "valid")
            )

        found = unknown.possible(is_valid)
        if True in found and not row.is_stub:
            for code in row.scope_codes:
                codes[code] = codes.get(code, False) or found == {True}
    return codes


@each(bodies_of)
def body_scopes(world: World, body: Record) -> Iterator[Subject]:
    """Each code that a body works in."""
    for code, certain in valid_codes(world, body).items():
        yield Subject(f"{body.body_id}|{code}", world.as_of, (body, code, certain), of=body)


@rule("R3.6-b", body_scopes, abroad=False, per_body=True, reads=("auditor_scope", "auditor_registration"))
def professional_auditors(world: World, row: tuple[Record, str, bool]) -> str:
    """At least two active auditors hold the code as auditors on as_of."""
    body, code, certain = row

    def holds(person: Record) -> bool:
        return code in codes_held(world, person.person_id, world.as_of) and is_active_auditor(
            world, person, world.as_of, ITSMS
        )

    count = counted(persons(world, body.body_id), holds)
    state = agreed({breach_if(number < 2) for number in (count.least, count.most)})
    return state if certain else UNDETERMINED


@each("auditor_scope")
def scope_grants(_: World, row: Record) -> Iterator[Subject]:
    """Grants as professional auditor."""
    if row.capacity == "auditor":
        yield Subject(f"{row.person_id}|{row.scope_code}", row.granted_on, row)


@rule("R3.6-c", scope_grants, abroad=False, reads=("auditor_registration",))
def basis_of_grant(world: World, row: Record) -> str:
    """The grant's own basis is met."""
    if row.basis is None:
        return UNDETERMINED
    if row.basis == "education_experience":
        met = all_of(row.bachelor_or_above, any_of(at_least(row.experience_years, 2), row.intermediate_title))
    elif row.basis == "training_and_audits":
        is_registered = any(
            one.system == ITSMS and one.grade in FORMAL_GRADES and one.valid_from <= row.granted_on
            for one in registrations(world, row.person_id)
        )
        enough = (at_least(row.guided_audits, 4), at_least(row.guided_onsite_days, 10))
        met = all_of(*enough, is_registered)
    else:
        met = at_least(row.projects, 1)
    return breach_if(negated(met))


# --- 3.9 the cycle-year and the day ----------------------------------------


def every_person(world: World) -> list[Record]:
    """Every person, stubs too."""
    return world.table("person", stubs=True)


@each(every_person)
def people(world: World, person: Record) -> Iterator[Subject]:
    """Every person, also with no load."""
    yield Subject(person.person_id, world.as_of, person)


def cycle_state(sums: Workload) -> str:
    """More than 180 days breach; more than 160, or a plan that exceeds 180, warn."""
    if sums.in_force > 180:
        return BREACH
    if sums.in_force > 160 or sums.rolling_max > 160 or sums.forecast_max > 180:
        return WARNING
    return PASS


def together(*loads: dict[date, Decimal]) -> dict[date, Decimal]:
    """Several loads added up."""
    return {
        day: sum((load.get(day, Decimal(0)) for load in loads), Decimal(0)) for load in loads for day in load
    }


@rule("R3.9-a", people, abroad=False)
def cycle_year(world: World, person: Record) -> Judgement:
    """At most 180 on-site days in any 365."""
    done, planned = work_done(world, person.person_id), work_planned(world, person.person_id)
    least = workload(world, done.certain, planned.certain)
    most = workload(
        world, together(done.certain, done.uncertain), together(planned.certain, planned.uncertain)
    )
    states = {cycle_state(least), cycle_state(most)}
    if cycle_state(least) == BREACH:
        state = BREACH
    elif person.is_stub or done.unlaid or (planned.unlaid and cycle_state(least) == PASS):
        state = UNDETERMINED
    else:
        state = agreed(states)
    return Judgement(state, measured=least.in_force)


@dataclass(frozen=True)
class PersonDay:
    """One person's load on one day: for certain, and what could come on top; is_open: work of unknown length."""

    certain: Decimal
    uncertain: Decimal
    is_open: bool


def open_day(world: World, row: Record) -> date | None:
    """The day that stands for an assignment that cannot be laid: its first day, else the planned day of the audit."""
    if row.is_blank("onsite_days"):
        return None
    if not row.is_unknown("onsite_start"):
        day: date = row.onsite_start
        return day
    audit = world.get("audit", row.audit_id)
    return None if audit is None else audit.solid("planned_start")


@each(every_person)
def person_days(world: World, person: Record) -> Iterator[Subject]:
    """Every person and day with load, or with an assignment that cannot be laid."""
    work: Work = work_done(world, person.person_id)
    open_days = {open_day(world, row) for row in work.unlaid} - {None}
    loaded = {day for load in (work.certain, work.uncertain) for day, days in load.items() if days > 0}
    for day in sorted(loaded | open_days):  # type: ignore[type-var]
        assert day is not None
        load = PersonDay(
            work.certain.get(day, Decimal(0)), work.uncertain.get(day, Decimal(0)), day in open_days
        )
        only_maybe = not load.certain and not load.is_open
        yield Subject(f"{person.person_id}|{day.isoformat()}", None if only_maybe else day, load)


@rule("R3.9-b", person_days, abroad=False)
def one_day(_: World, load: PersonDay) -> str:
    """At most one day's work on one day."""
    if load.certain > 1:
        return BREACH
    if load.is_open or load.certain == 0 or load.certain + load.uncertain > 1:
        return UNDETERMINED
    return PASS


# --- 3.10 certificates per auditor ----------------------------------------


def ratio(certificates: int, auditors: int) -> Fraction | None:
    """Certificates per auditor; NULL without an auditor."""
    return Fraction(certificates, auditors) if auditors else None


def over_ranges(state: Callable[[int, int], str], certificates: Count, auditors: Count) -> set[str]:
    """The states at the ends of both ranges; the state only grows worse with certificates, better with auditors."""
    return {
        state(some, many)
        for some in (certificates.least, certificates.most)
        for many in (auditors.least, auditors.most)
    }


def indicator_state(certificates: int, auditors: int) -> str:
    """More than 50 warn."""
    if not auditors:
        return WARNING if certificates else PASS
    return WARNING if certificates > 50 * auditors else PASS


def ratio_state(certificates: int, auditors: int) -> str:
    """More than 50 breach, more than 45 warn."""
    if not auditors:
        return BREACH if certificates else PASS
    if certificates > 50 * auditors:
        return BREACH
    return WARNING if certificates > 45 * auditors else PASS


@rule("R3.10-a", bodies, abroad=False, per_body=True, reads=("auditor_registration",))
def itsms_per_auditor(world: World, body: Record) -> Judgement:
    """ITSMS certificates per ITSMS auditor."""
    certificates = valid_certificates(world, body.body_id, itsms_only=True)
    auditors = active(world, body.body_id, ITSMS)
    state = agreed(over_ranges(indicator_state, certificates, auditors))
    more = auditors.least + stubs_registered(world, ITSMS)
    if state == WARNING and indicator_state(certificates.least, more) == PASS:
        state = UNDETERMINED
    return Judgement(state, measured=ratio(certificates.least, auditors.least))


@rule("R3.10-b", bodies, abroad=False, per_body=True, reads=("auditor_registration",))
def all_per_auditor(world: World, body: Record) -> Judgement:
    """Certificates of management systems per auditor of any of them."""
    certificates = valid_certificates(world, body.body_id, itsms_only=False)
    auditors = active(world, body.body_id, None)
    state = agreed(over_ranges(ratio_state, certificates, auditors))
    more = auditors.least + stubs_registered(world, None)
    if state != UNDETERMINED and ratio_state(certificates.least, more) != state:
        state = UNDETERMINED
    shown = certificates.least + valid_of_unknown_system(world, body.body_id)
    return Judgement(state, measured=ratio(shown, auditors.least))
