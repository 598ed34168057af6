"""Dates: YYYY-MM-DD; read as well: what people and systems write that can be one day only. Other separators, dashes,
年月日 and 号, Chinese numerals, without leading zeros, eight digits, the month in English letters, a day of the week
beside it, a local time after it, Shanghai's zone, and in a spreadsheet its serial number.

Not read: two-digit years, days that do not exist, days outside the contract's range, another zone than Shanghai's (the
day may be another one there), counts of days or milliseconds outside a spreadsheet, and any order of digits that does
not begin with the year. Nothing here asks the machine for its zone or language.
"""

from ingestion import sql
from ingestion.cells import hours
from ingestion.cells.blanks import clean_repairs, clean_steps
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.contract import Column

EARLIEST = "1950-01-01"
LATEST = "2199-12-31"
UNLIMITED_DAY = "9999-12-31"
UNLIMITED_WORDS = ("长期", "长期有效", "永久", "永久有效", "无固定期限", "infinity")

_DASHES = "‐‑‒–—―"
_WEEKDAY = r" *[(]?(?:星期|礼拜|周)[一二三四五六日天][)]? *"
_ENGLISH_WEEKDAY = r"^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTHS = "'jan','feb','mar','apr','may','jun','jul','aug','sep','oct','nov','dec'"
_ZONE = r"(Z|[+-]\d{2}(?::?\d{2})?)?"
_SHANGHAI = r"[+]08(?::?00)?"

_SEPARATED = r"\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}"
_CHINESE = r"\d{4} *年 *\d{1,2} *月 *\d{1,2} *[日号]"
_NUMERALS = (
    r"[〇○零一二三四五六七八九]{4} *年 *[一二三四五六七八九十]{1,2} *月 *[一二三四五六七八九十]{1,3} *[日号]"
)
_EIGHT_DIGITS = r"\d{8}"
_DAY_FIRST = rf"(?i)\d{{1,2}}(?:st|nd|rd|th)?[- /.]*{_MONTH}\.?,?[- /.]*\d{{4}}"
_MONTH_FIRST = rf"(?i){_MONTH}\.? *\d{{1,2}}(?:st|nd|rd|th)?,? +\d{{4}}"
_YEAR_FIRST = rf"(?i)\d{{4}}[- /]{_MONTH}[- /]\d{{1,2}}"
# Five digits reach to 2173; six would also be read as a short YYMMDD.
_SERIAL = r"\d{5}(\.\d+)?"
_SHORT_YEAR = (
    rf"(?i)'?\d{{1,2}}[-/.年] *\d{{1,2}}[-/.月] *\d{{1,2}} *[日号]?|\d{{1,2}}[- /]{_MONTH}[- /]'?\d{{2}}"
)
_NO_DAY = r"0000[-/.年]?0{1,2}[-/.月]?0{1,2}日?"
_ANY_TIME = r"\d{1,2}:\d{2}"


def reading(column: Column, dialect: Dialect) -> Reading:
    x, f, d, g, p = (sql.name(column.name), *(step(column, name) for name in ("c", "d", "g", "p")))
    iso, v = step(column, "iso"), step(column, "v")
    in_range = f"between date '{EARLIEST}' and date '{LATEST}'"
    unlimited = "false"
    if column.may_be_unlimited:
        unlimited = (
            f"coalesce(lower({f}) in {sql.texts(UNLIMITED_WORDS)} or {v} = date '{UNLIMITED_DAY}', false)"
        )
    no_day = f"coalesce(regexp_full_match({p}, '{_NO_DAY}'), false)"
    nothing = "false" if column.required else no_day
    elsewhere = f"({g} is not null and {g}.zone <> '' and not regexp_full_match({g}.zone, '{_SHANGHAI}'))"
    hour = hours.clock(g)
    serial_hour = "null"
    if dialect.day_zero:
        share = f"(try_cast({p} as double) - floor(try_cast({p} as double)))"
        serial_hour = f"case when regexp_full_match({p}, '\\d{{5}}\\.\\d*[1-9]\\d*') then {hours.of_fraction(share)} end"
    time = f"nullif(coalesce({hour}, {serial_hour}), '00:00')"
    return Reading(
        # Written back, it is the same text: so there is no other form to it.
        canonical=f"try_cast({x} as date)::varchar = {x} and try_cast({x} as date) {in_range}",
        cast=f"{x}::date",
        steps=(
            *clean_steps(column, dialect),
            ("d", _without_weekday(f)),
            ("g", _day_and_time(d)),
            ("p", f"case when {g} is not null then {g}.day else {d} end"),
            ("iso", _iso(p, dialect)),
            (
                "v",
                f"case when {elsewhere} or ({g} is not null and {hour} is null) then null "
                f"else try_cast({iso} as date) end",
            ),
        ),
        value=f"case when not {unlimited} and {v} {in_range} then {v} end",
        problem=f"""case
            when {f} is null or {unlimited} or {nothing} then null
            when {no_day} then 'date_zero'
            when {elsewhere} then 'date_has_zone'
            when regexp_full_match({p}, {sql.text(_SHORT_YEAR)}) then 'date_two_digit_year'
            when {iso} is null or ({g} is not null and {hour} is null) then 'date_unreadable'
            when {v} is null then 'date_impossible'
            when not {v} {in_range} then 'date_out_of_range'
        end""",
        repairs=(
            *clean_repairs(column),
            ("unlimited", unlimited),
            ("zero_date", nothing),
            ("midnight_time", f"{g} is not null and {v} is not null and {time} is null"),
            ("time_of_day", f"{v} is not null and {time} is not null"),
            ("excel_serial", f"{v} is not null and regexp_full_match({p}, '{_SERIAL}')"),
            ("date_form", f"{v}::varchar <> {p} and not regexp_full_match({p}, '{_SERIAL}')"),
        ),
        time=time,
    )


def _without_weekday(f: str) -> str:
    bare = f"regexp_replace(regexp_replace({f}, '{_WEEKDAY}', ' '), '{_ENGLISH_WEEKDAY}', '')"
    return f"case when regexp_matches({f}, '[星礼周]|^[A-Z][a-z]+,? +') then trim({bare}) else {f} end"


def _day_and_time(d: str) -> str:
    """The day, the groups of the clock and the zone of a text that has an hour, else NULL."""
    pattern = rf"(.*?[0-9日号]) *T? *(?:{hours.CLOCK}) *{_ZONE}"
    groups = f"['day', {hours.GROUPS}, 'zone']"
    return (
        f"case when regexp_matches({d}, '[:时点]') and regexp_full_match({d}, '{pattern}') "
        f"then regexp_extract({d}, '^{pattern}$', {groups}) end"
    )


def _iso(p: str, dialect: Dialect) -> str:
    """Year, month and day joined by '-', or NULL for a text of no known form."""
    dashed = f"regexp_replace({p}, ' *[{_DASHES}]+ *', '-', 'g')"
    serial = (
        f"when regexp_full_match({p}, '{_SERIAL}') "
        f"then (date '{dialect.day_zero}' + split_part({p}, '.', 1)::int)::varchar"
        if dialect.day_zero
        else ""
    )
    month = f"list_position([{_MONTHS}], lower(regexp_extract({p}, '[A-Za-z]{{3}}')))"
    year_month = f"regexp_extract({p}, '(\\d{{4}})', 1) || '-' || {month} || '-' || regexp_extract({p}, "
    day_first = year_month + r"'^(\d{1,2})', 1)"
    month_first = year_month + r"'[A-Za-z. ](\d{1,2})', 1)"
    year_first = year_month + r"'(\d{1,2})$', 1)"
    return f"""case
        when regexp_full_match({p}, '{_SEPARATED}') then regexp_replace({p}, '[/.]', '-', 'g')
        when regexp_matches({p}, '^\\d{{4}} *[{_DASHES}]') and regexp_full_match({dashed}, '{_SEPARATED}') then {dashed}
        when regexp_full_match({p}, '{_CHINESE}')
            then regexp_replace(regexp_replace({p}, ' *[年月] *', '-', 'g'), ' *[日号]', '')
        when regexp_full_match({p}, '{_EIGHT_DIGITS}')
            then substr({p}, 1, 4) || '-' || substr({p}, 5, 2) || '-' || substr({p}, 7, 2)
        {serial}
        when regexp_full_match({p}, '{_NUMERALS}') then {_of_numerals(p)}
        when regexp_full_match({p}, '{_DAY_FIRST}') then {day_first}
        when regexp_full_match({p}, '{_MONTH_FIRST}') then {month_first}
        when regexp_full_match({p}, '{_YEAR_FIRST}') then {year_first}
    end"""


def _of_numerals(p: str) -> str:
    digits = "'〇○零一二三四五六七八九', '000123456789'"
    month = _number(f"regexp_extract({p}, '年 *([一二三四五六七八九十]+)', 1)", digits)
    day = _number(f"regexp_extract({p}, '月 *([一二三四五六七八九十]+)', 1)", digits)
    return f"translate(left({p}, 4), {digits}) || '-' || {month} || '-' || {day}"


def _number(words: str, digits: str) -> str:
    """十 is 10, 十二 is 12, 二十 is 20, 二十六 is 26; two digits side by side are no number."""
    return f"""case
        when {words} = '十' then '10'
        when regexp_full_match({words}, '十[^十]') then '1' || translate(substr({words}, 2), {digits})
        when regexp_full_match({words}, '[^十]十') then translate(left({words}, 1), {digits}) || '0'
        when regexp_full_match({words}, '[^十]十[^十]')
            then translate(left({words}, 1) || right({words}, 1), {digits})
        when regexp_full_match({words}, '[^十]') then translate({words}, {digits})
    end"""
