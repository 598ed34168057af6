"""Dates: YYYY-MM-DD; read as well: other separators, 年月日, without leading zeros, eight digits, a midnight
time and a spreadsheet's serial number. Not read: two-digit years, days that do not exist, days outside the
contract's range, a time other than midnight (the day may be another one elsewhere), and any order that does
not begin with the year.
"""

from ingestion import sql
from ingestion.cells.blanks import common_repairs, common_steps, width_repair
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.contract import Column

EARLIEST = "1950-01-01"
LATEST = "2199-12-31"
UNLIMITED_DAY = "9999-12-31"
UNLIMITED_WORDS = ("长期", "长期有效", "永久", "永久有效", "无固定期限")

_MIDNIGHT = r"(T| +)0{1,2}:00(:00(\.0+)?)?$"
_ANY_TIME = r"(T| +)\d{1,2}:\d{2}"
_SEPARATED = r"\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}"
_CHINESE = r"\d{4} *年 *\d{1,2} *月 *\d{1,2} *日"
_EIGHT_DIGITS = r"\d{8}"
# Five digits reach to 2173; six would also be read as a short YYMMDD.
_SERIAL = r"\d{5}(\.0+)?"
_SHORT_YEAR = r"'?\d{1,2}[-/.年] *\d{1,2}[-/.月] *\d{1,2} *日?"


def reading(column: Column, dialect: Dialect) -> Reading:
    x, f = sql.name(column.name), step(column, "f")
    d, iso, v = step(column, "d"), step(column, "iso"), step(column, "v")
    in_range = f"between date '{EARLIEST}' and date '{LATEST}'"
    unlimited = "false"
    if column.may_be_unlimited:
        unlimited = f"coalesce({f} in {sql.texts(UNLIMITED_WORDS)} or {v} = date '{UNLIMITED_DAY}', false)"
    return Reading(
        # Written back, it is the same text: so there is no other form to it.
        canonical=f"try_cast({x} as date)::varchar = {x} and try_cast({x} as date) {in_range}",
        cast=f"{x}::date",
        steps=(
            *common_steps(column),
            ("d", f"case when contains({f}, ':') then regexp_replace({f}, '{_MIDNIGHT}', '') else {f} end"),
            ("iso", _iso(d, dialect)),
            ("v", f"try_cast({iso} as date)"),
        ),
        value=f"case when not {unlimited} and {v} {in_range} then {v} end",
        problem=f"""case
            when {f} is null or {unlimited} then null
            when regexp_matches({d}, '{_ANY_TIME}') then 'date_has_time'
            when regexp_full_match({d}, '{_SHORT_YEAR.replace("'", "''")}') then 'date_two_digit_year'
            when {iso} is null then 'date_unreadable'
            when {v} is null then 'date_impossible'
            when not {v} {in_range} then 'date_out_of_range'
        end""",
        repairs=(
            *common_repairs(column),
            width_repair(column),
            ("unlimited", unlimited),
            ("midnight_time", f"{d} <> {f}"),
            ("excel_serial", f"{v} is not null and regexp_full_match({d}, '{_SERIAL}')"),
            ("date_form", f"{v}::varchar <> {d} and not regexp_full_match({d}, '{_SERIAL}')"),
        ),
    )


def _iso(d: str, dialect: Dialect) -> str:
    """Year, month and day joined by '-', or NULL for a text of no known form."""
    serial = f"""when regexp_full_match({d}, '{_SERIAL}')
            then (date '{dialect.day_zero}' + split_part({d}, '.', 1)::int)::varchar"""
    if dialect.day_zero is None:
        serial = ""
    return f"""case
        when regexp_full_match({d}, '{_SEPARATED}') then regexp_replace({d}, '[/.]', '-', 'g')
        when regexp_full_match({d}, '{_CHINESE}')
            then regexp_replace(regexp_replace({d}, ' *[年月] *', '-', 'g'), ' *日', '')
        when regexp_full_match({d}, '{_EIGHT_DIGITS}')
            then substr({d}, 1, 4) || '-' || substr({d}, 5, 2) || '-' || substr({d}, 7, 2)
        {serial}
    end"""
