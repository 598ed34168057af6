"""Hours of the day, HH:MM, local."""

from ingestion import sql
from ingestion.cells import hours
from ingestion.cells.blanks import clean_repairs, clean_steps
from ingestion.cells.reading import Dialect, Reading, step
from ingestion.contract import Column

#: A day before the hour says nothing here.
_DAY = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[T ]+)?"


def reading(column: Column, dialect: Dialect) -> Reading:
    x, c, g, v = (sql.name(column.name), *(step(column, name) for name in ("c", "g", "v")))
    fraction = "null"
    if dialect.day_zero:
        share = f"(try_cast({c} as double) - floor(try_cast({c} as double)))"
        fraction = f"case when regexp_full_match({c}, '0?\\.\\d+|\\d{{5}}\\.\\d+') then {hours.of_fraction(share)} end"
    return Reading(
        canonical=f"regexp_full_match({x}, '([01]\\d|2[0-3]):[0-5]\\d')",
        cast=x,
        steps=(
            *clean_steps(column, dialect),
            (
                "g",
                f"case when regexp_full_match({c}, '{_DAY}{hours.CLOCK}') "
                f"then regexp_extract({c}, '^{_DAY}{hours.CLOCK}$', [{hours.GROUPS}]) end",
            ),
            ("v", f"coalesce({hours.clock(g)}, {fraction})"),
        ),
        value=v,
        problem=f"case when {c} is not null and {v} is null then 'time_unreadable' end",
        repairs=(
            *clean_repairs(column),
            ("time_form", f"{v} <> {c}"),
        ),
    )
