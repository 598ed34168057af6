"""China's working days. A failure means that deadlines in working days would be a day or a week off."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import duckdb
import pytest

from ingestion.calendar import write_working_days
from ingestion.errors import SourceRefused


def days(path: Path) -> dict[date, tuple[bool, str]]:
    with duckdb.connect() as connection:
        rows = connection.execute(f"select day, is_working, source from '{path}'").fetchall()
    found = {day: (is_working, source) for day, is_working, source in rows}
    assert len(found) == len(rows), "a day stands twice"
    return found


def written(tmp_path: Path, overrides: str | None = None) -> dict[date, tuple[bool, str]]:
    file = tmp_path / "overrides.csv"
    if overrides is not None:
        file.write_text("day,is_working,note\n" + overrides, "utf-8")
    write_working_days(tmp_path / "calendar.parquet", file if overrides is not None else None)
    return days(tmp_path / "calendar.parquet")


def test_every_known_day_is_as_the_package_says(tmp_path: Path) -> None:
    found = written(tmp_path)
    assert min(found) == date(2004, 1, 1)
    assert all(chinese_calendar.is_workday(day) == is_working for day, (is_working, _) in found.items())
    assert len(found) == (max(found) - min(found)).days + 1
    assert max(found) == date(max(found).year, 12, 31)


def test_a_holiday_and_a_make_up_day(tmp_path: Path) -> None:
    found = written(tmp_path)
    assert found[date(2026, 10, 1)] == (False, "chinesecalendar")
    assert found[date(2026, 10, 10)] == (True, "chinesecalendar")  # a Saturday worked for the holiday week


def test_the_override_comes_first(tmp_path: Path) -> None:
    found = written(tmp_path, "2026-10-10,false,moved\n2026-10-12,false,local\n")
    assert found[date(2026, 10, 10)] == (False, "override")
    assert found[date(2026, 10, 12)] == (False, "override")
    assert found[date(2026, 10, 13)] == (True, "chinesecalendar")


def test_a_year_is_known_when_its_notice_is_there(tmp_path: Path) -> None:
    start = date(2098, 1, 1)
    notice = [start + timedelta(days=at) for at in range(21)]
    text = "".join(f"{day},false,\n" for day in notice) + "2098-02-01,true,make-up\n"
    found = written(tmp_path, text)
    assert found[date(2098, 1, 2)] == (False, "override")
    assert found[date(2098, 2, 1)] == (True, "override")
    assert found[date(2098, 3, 3)] == (True, "override")
    assert found[date(2098, 3, 8)] == (False, "override")
    assert sum(day.year == 2098 for day in found) == 365


def test_a_single_correction_makes_no_year_known(tmp_path: Path) -> None:
    """The rest of the year is then unknown, and not a year without a Spring Festival."""
    assert [day for day in written(tmp_path, "2098-01-01,false,\n") if day.year == 2098] == [date(2098, 1, 1)]


@pytest.mark.parametrize(
    "lines",
    [
        "2026/10/1,false,\n",
        "2026-10-01,perhaps,\n",
        "2026-10-01,,\n",
        "2026-13-01,true,\n",
        "2026-10-01,true,\n2026-10-01,false,\n",
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, lines: str) -> None:
    with pytest.raises(SourceRefused, match=r"overrides\.csv"):
        written(tmp_path, lines)
