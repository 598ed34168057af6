"""Whole and decimal numbers: digits with '.', a sign if any. Thousands separators, units, percent signs and
powers of ten are not read: what they mean is not certain. More decimals than the contract holds are rounded,
half up. The contract counts people, days and money: less than none is taken as it stands, and listed.
"""

from ingestion import sql
from ingestion.cells.blanks import clean_repairs, clean_steps
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.contract import Column

#: Digits that a landed decimal holds before and behind the point.
WHOLE_DIGITS = 12
FRACTION_DIGITS = 6

_INT = r"[+-]?\d+(\.0*)?"
_DEC = r"[+-]?(\d+(\.\d*)?|\.\d+)"
_CANONICAL_DEC = rf"\d{{1,{WHOLE_DIGITS}}}(\.\d{{1,{FRACTION_DIGITS}}})?"


def int_reading(column: Column, dialect: Dialect) -> Reading:
    x, f, v = sql.name(column.name), step(column, "c"), step(column, "v")
    readable = f"regexp_full_match({f}, '{_INT}')"
    return Reading(
        canonical=f"try_cast({x} as bigint)::varchar = {x} and not starts_with({x}, '-')",
        cast=f"{x}::bigint",
        steps=(
            *clean_steps(column, dialect),
            (
                "v",
                f"case when {readable} "
                f"then try_cast(regexp_replace({f}, '^[+]|\\.0*$', '', 'g') as bigint) end",
            ),
        ),
        value=v,
        problem=f"""case
            when {f} is null or {v} is not null then null
            when {readable} then 'number_too_large'
            else 'int_unreadable'
        end""",
        repairs=(*clean_repairs(column), ("number_form", f"{v}::varchar <> {f}")),
        remarks=(("negative", f"{v} < 0"),),
    )


def dec_reading(column: Column, dialect: Dialect) -> Reading:
    x, f, plain, v = sql.name(column.name), step(column, "c"), step(column, "plain"), step(column, "v")
    fraction = f"strlen(split_part({plain}, '.', 2))"
    whole = f"strlen(ltrim(split_part({plain}, '.', 1), '+-0'))"
    return Reading(
        canonical=f"regexp_full_match({x}, '{_CANONICAL_DEC}')",
        cast=f"{x}::decimal(18, 6)",
        steps=(
            *clean_steps(column, dialect),
            ("plain", _plain(f)),
            # The engine rounds a text half away from zero: half up, for a number that is not negative.
            ("v", f"case when {whole} <= {WHOLE_DIGITS} then try_cast({plain} as decimal(18, 6)) end"),
        ),
        value=v,
        problem=f"""case
            when {f} is null or {v} is not null then null
            when {plain} is null then 'number_unreadable'
            else 'number_too_large'
        end""",
        repairs=(
            *clean_repairs(column),
            ("number_form", f"{plain} <> {f}"),
            ("rounded", f"{v} is not null and {fraction} > {FRACTION_DIGITS}"),
        ),
        remarks=(("negative", f"{v} < 0"),),
    )


def _plain(f: str) -> str:
    """A readable decimal without plus sign and closing zeros, with a digit before the point; else NULL."""
    with_zero = f"regexp_replace(ltrim({f}, '+'), '^(-?)\\.', '\\10.')"
    return f"""case
        when not regexp_full_match({f}, '{_DEC}') then null
        when contains({f}, '.') then regexp_replace({with_zero}, '\\.?0*$', '')
        else ltrim({f}, '+')
    end"""
