"""Fixed forms of codes (the contract's `format:`): what a code of the form looks like, and how one that a spreadsheet or a
typist bent is put right, where the form allows one reading only.

A code that is bent in another way stays as written: what is wrong with it is content, and the checks of content
name it. Digits that are gone (1.1E+17) come back from nowhere: such a cell is emptied.
"""

import csv
from functools import cache
from importlib.resources import files

from ingestion import sql
from ingestion.cells.blanks import clean_repairs, clean_steps
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.contract import Column

_DASHES = "‐‑‒–—―"
#: 1.10101E+17 and what Java writes, 1.3812345678E10. 5E12 without point and sign is a code as good as any.
_POWER = r"[+]?\d[.,]\d+ *[eE] *[+]? *\d{1,3}|[+]?\d+[eE][+]\d{1,3}"
#: What may be one: asked of every cell.
MAY_BE_POWER = r"^[+]?\d[\d.,]* *[eE][ +\d]"
#: A spreadsheet and a binary number hold so many digits.
_DIGITS_KEPT = 15

#: What a code of the form looks like that needs no second look.
_CANONICAL = {
    "uscc": "[0-9A-Z]{18}",
    "id_number": "[0-9]{17}[0-9X]",
    "phone": "[0-9][0-9 ()-]*",
    "postcode": "[0-9]{6}",
    "region_code": "[0-9]{6}",
    "industry_code": "[0-9]{4}",
    "country_code": "[0-9]{3}",
    "id_type_code": "[0-9]{2}",
    "accreditation_mark_code": "[0-9]{2}",
    "org_type_code": "[0-9]{4}",
    "overdue_cause": "[0-9]{2}",
    "change_code": "0[0-9]{3}",
    "scope_code": r"\d\d\.\d\d",
    "system_code": "[A-Z0-9][A-Z0-9 _+-]*",
    # No number that a program made a fraction of: 7.0.
    "key": r"[!-~]*[^0]|[0-9]*0|[!-~]*[^.]0",
    "certificate_number": "[!-~]+",
    "approval_number": "[!-~]+",
}

#: Forms whose codes are digits: a number that a program wrote with '.0' is the code.
_DIGITS = frozenset({
    "id_number", "phone", "postcode", "region_code", "industry_code", "country_code", "id_type_code",
    "accreditation_mark_code", "org_type_code", "overdue_cause", "change_code",
})  # fmt: skip

#: Form -> (length, least digits): leading zeros come back up to the length.
_LENGTHS = {"postcode": (6, 5), "country_code": (3, 1), "accreditation_mark_code": (2, 1)}

#: Forms whose codes stand in a list: a number that only one of them can have been is that one.
_LISTED = frozenset({"id_type_code", "overdue_cause", "change_code", "scope_code"})

FORMATS = frozenset({*_CANONICAL, "time", "period"})


@cache
def code_lists() -> dict[str, tuple[str, ...]]:
    """Form -> its codes, for forms that have a list."""
    text = files("ingestion.contract").joinpath("code_lists.csv").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        lists.setdefault(row["format"], []).append(row["code"])
    return {name: tuple(codes) for name, codes in lists.items()}


def canonical(form: str | None) -> str | None:
    """The regular expression of a code that needs no second look; None: no form."""
    return _CANONICAL.get(form or "")


def repair_kind(form: str | None) -> str:
    return "zeros_restored" if form in {*_LENGTHS, *_LISTED, "industry_code"} else "code_form"


def is_power(x: str) -> str:
    return f"coalesce(regexp_full_match({x}, '{_POWER}'), false)"


def expanded(x: str) -> str:
    """A power of ten that still shows all its digits is the number."""
    fraction = f"strlen(regexp_extract({x}, '\\.(\\d+)[eE]', 1))"
    exponent = f"try_cast(regexp_extract({x}, '(\\d{{1,3}})$', 1) as int)"
    return (
        f"case when {is_power(x)} and {exponent} between 1 and {_DIGITS_KEPT - 1} and {fraction} >= {exponent} "
        f"then coalesce(try_cast({x} as decimal(18, 0))::varchar, {x}) else {x} end"
    )


def restored(form: str | None, x: str) -> str:
    """The code in its form; one of another form as it is."""
    if form is None:
        return x
    if form in _DIGITS:
        x = f"regexp_replace({x}, '^([0-9]+)\\.0+$', '\\1')"
    match form:
        case "uscc":
            bare = f"regexp_replace({_plain_dashes(f'upper({x})')}, '[\\s-]', '', 'g')"
            return f"case when regexp_full_match({bare}, '[0-9A-Z]{{18}}') then {bare} else upper({x}) end"
        case "id_number":
            bare = f"upper(regexp_replace({x}, '\\s', '', 'g'))"
            return (
                f"case when regexp_full_match({bare}, '\\d{{17}}[\\dX]|\\d{{15}}') then {bare} else {x} end"
            )
        case "industry_code":
            # Divisions 01 to 05 are agriculture; a class has four digits, so three of them lack the zero.
            return (
                f"case when regexp_full_match({x}, '[1-5]\\d\\d') then '0' || {x} "
                f"when regexp_full_match({x}, '[A-T]\\d{{4}}') then substr({x}, 2) else {x} end"
            )
        case "system_code":
            return f"upper({x})"
        case "certificate_number" | "approval_number":
            return f"regexp_replace({_plain_dashes(x)}, '[\\r\\n]+', '', 'g')"
        case "key":
            # A column of numbers in which one is missing is written with fractions: 7.0 is the key 7.
            return f"regexp_replace({x}, '^([0-9]+)\\.0$', '\\1')"
        case "phone":
            return _plain_dashes(x)
        case _ if form in _LENGTHS:
            length, least = _LENGTHS[form]
            return (
                f"case when regexp_full_match({x}, '\\d{{{least},{length - 1}}}') "
                f"then lpad({x}, {length}, '0') else {x} end"
            )
        case _ if form in _LISTED:
            return _from_list(form, x)
    return x


def _plain_dashes(x: str) -> str:
    return f"translate({x}, '{_DASHES}', '{'-' * len(_DASHES)}')"


def _from_list(form: str, x: str) -> str:
    """Written without the zeros before its numbers or without its point, where no code of the list is written so and
    one alone can be meant."""
    codes = code_lists()[form]
    short: dict[str, set[str]] = {}
    for code in codes:
        parts = code.split(".")
        for text in {code.lstrip("0"), ".".join(part.lstrip("0") for part in parts), "".join(parts)}:
            short.setdefault(text, set()).add(code)
    whens = " ".join(
        f"when {sql.text(text)} then {sql.text(*meant)}"
        for text, meant in sorted(short.items())
        if len(meant) == 1 and text not in codes
    )
    return f"case {x} {whens} else {x} end"


_MONTHS = "'jan','feb','mar','apr','may','jun','jul','aug','sep','oct','nov','dec'"
_SEPARATED_MONTH = r"\d{4} *(?:[-/.]|年) *\d{1,2} *(?:月份?)?"
_FIRST_OF_MONTH = r"\d{4} *(?:[-/.]|年) *\d{1,2} *(?:[-/.]|月) *0?1 *日?"


def period_reading(column: Column, dialect: Dialect) -> Reading:
    """A month or a year. A month that a spreadsheet made a date is a month; 2026.1 may be January, or October without
    its zero."""
    x, c, p = (sql.name(column.name), *(step(column, name) for name in ("c", "p")))
    y, m, v = step(column, "y"), step(column, "m"), step(column, "v")
    separated = f"(regexp_full_match({p}, '{_SEPARATED_MONTH}') and not regexp_full_match({p}, '\\d{{4}}\\.[01]|\\d{{4}}\\.0+'))"
    first = f"regexp_full_match({p}, '{_FIRST_OF_MONTH}')"
    named = rf"regexp_full_match(lower({p}), '[a-z]{{3,9}}[-, ]+\d{{4}}')"
    serial = (
        f"(regexp_full_match({p}, '\\d{{5}}') and day(date '{dialect.day_zero}' + try_cast({p} as int)) = 1)"
        if dialect.day_zero
        else "false"
    )
    serial_day = f"(date '{dialect.day_zero or '1899-12-30'}' + try_cast({p} as int))"
    return Reading(
        canonical=f"regexp_full_match({x}, '(19[5-9]\\d|20\\d\\d|21\\d\\d)(-(0[1-9]|1[0-2]))?')",
        cast=x,
        steps=(
            *clean_steps(column, dialect),
            ("p", f"regexp_replace({c}, '(T| +)0{{1,2}}:00(:00(\\.0+)?)?$', '')"),
            (
                "y",
                f"case when {serial} then year({serial_day})::varchar "
                f"when {named} then right({p}, 4) "
                f"when regexp_full_match({p}, '\\d{{6}}|\\d{{6}}01|\\d{{4}} *年?度?|\\d{{4}}\\.0+') or {separated} or {first} "
                f"then left({p}, 4) end",
            ),
            (
                "m",
                f"case when {serial} then month({serial_day}) "
                f"when {named} then list_position([{_MONTHS}], left(lower({p}), 3)) "
                f"when regexp_full_match({p}, '\\d{{6}}|\\d{{6}}01') then try_cast(substr({p}, 5, 2) as int) "
                f"when {separated} or {first} then try_cast(regexp_extract({p}, '^\\d{{4}}\\D+(\\d{{1,2}})', 1) as int) end",
            ),
            (
                "v",
                f"case when try_cast({y} as int) not between 1950 and 2199 then null "
                f"when regexp_full_match({p}, '\\d{{4}} *年?度?|\\d{{4}}\\.0+') then {y} "
                f"when {m} between 1 and 12 then {y} || '-' || lpad({m}::varchar, 2, '0') end",
            ),
        ),
        value=v,
        problem=f"case when {c} is not null and {v} is null then 'period_unreadable' end",
        repairs=(
            *clean_repairs(column),
            ("month_from_date", f"{v} is not null and ({first} or {serial})"),
            ("period_form", f"{v} <> {c} and not ({first} or {serial})"),
        ),
    )
