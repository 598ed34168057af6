"""China's working days: statutory holidays and make-up working days, from the chinesecalendar package, with a
local file for what it does not know yet or has wrong.

A day that neither knows has no row: rules that need it are then undetermined, never guessed.
"""

from pathlib import Path

import duckdb
from chinese_calendar import constants

from ingestion import sql
from ingestion.errors import SourceRefused

#: A year that only the override file knows is filled up with its plain weekdays once the file lists this many
#: days off: then it holds the State Council's notice for the year, and not a single correction.
_DAYS_OFF_IN_A_NOTICE = 11

_OVERRIDE_HEADER = ("day", "is_working", "note")


def write_working_days(path: Path, overrides: Path | None = None) -> None:
    """Writes Parquet: day DATE, is_working BOOLEAN, source VARCHAR ('chinesecalendar' or 'override'), one row
    a day.

    `overrides` is a CSV with the columns day, is_working, note; its days come before the package's. Raises
    SourceRefused if it cannot be read.
    """
    with duckdb.connect() as connection:
        _create_overrides(connection, overrides)
        connection.execute("create table holiday (day date)")
        connection.execute("insert into holiday select unnest(?)", [sorted(constants.holidays)])
        connection.execute("create table make_up (day date)")
        connection.execute("insert into make_up select unnest(?)", [sorted(constants.workdays)])
        path.parent.mkdir(parents=True, exist_ok=True)
        connection.execute(f"copy ({_WORKING_DAYS}) to {sql.text(str(path))} (format parquet)")


def _create_overrides(connection: duckdb.DuckDBPyConnection, overrides: Path | None) -> None:
    connection.execute("create table override (day date, is_working boolean, note varchar)")
    if overrides is None:
        return
    try:
        connection.execute(
            "insert into override select day, is_working, note "
            f"from read_csv({sql.file(overrides)}, header = true, "
            "auto_detect = false, delim = ',', quote = '\"', escape = '\"', dateformat = '%Y-%m-%d', "
            "columns = {'day': 'DATE', 'is_working': 'BOOLEAN', 'note': 'VARCHAR'})"
        )
    except duckdb.Error as error:
        raise SourceRefused(
            f"{overrides}: cannot be read. Expected a CSV with the columns {', '.join(_OVERRIDE_HEADER)}: "
            "a day as YYYY-MM-DD, true or false, and any text.",
            f"{overrides}：无法读取。应为CSV文件，列为{'、'.join(_OVERRIDE_HEADER)}：日期（年-月-日）、true或false、说明。",
        ) from error
    doubled = connection.execute(
        "select day from override group by day "
        "having count(*) > 1 or day is null or bool_or(is_working is null) order by day"
    ).fetchall()
    if doubled:
        raise SourceRefused(
            f"{overrides}: every day must stand once, with true or false; "
            f"look at {doubled[0][0] or 'an empty day'}.",
            f"{overrides}：每个日期只能出现一次，并写明true或false；请检查{doubled[0][0] or '空白日期'}。",
        )


_WORKING_DAYS = f"""
with known_year as (
    select distinct year(day) as year from holiday
),

noticed_year as (
    select year(day) as year
    from override
    where not is_working and isodow(day) <= 5 and year(day) not in (select year from known_year)
    group by year(day)
    having count(*) >= {_DAYS_OFF_IN_A_NOTICE}
),

weekday as (
    select
        unnest(generate_series(make_date(year, 1, 1), make_date(year, 12, 31), interval 1 day))::date as day,
        source
    from (
        select year, 'chinesecalendar' as source from known_year
        union all
        select year, 'override' as source from noticed_year
    )
),

computed as (
    select
        day,
        (isodow(day) <= 5 and day not in (select day from holiday))
            or day in (select day from make_up) as is_working,
        source
    from weekday
)

select day, is_working, 'override' as source from override
union all
select day, is_working, source from computed where day not in (select day from override)
order by day
"""
