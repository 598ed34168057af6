"""The choices at the head of every page: what can be chosen, and which column of a block each one looks at.

A block follows a choice when its query gives the column; period has no column of its own, so a block names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from reports.labels import PROFILE
from reports.reference import PROVINCE, SCOPE
from reports.rows import Rows, read

COLUMNS = {"body": "body_id", "region": "region_code", "scope": "scope_codes", "profile": "profile"}
"""Filter -> column. region_code: the client's, of which the province counts; scope_codes: joined by ';'."""

_YEARS_BACK = 3
_MONTHS_BACK = 12
_MONTHS_AHEAD = 6


def follows(columns: Iterable[str], period: str = "") -> dict[str, str]:
    """Filter -> own column, for a block whose query gives `columns`."""
    have = set(columns)
    found = {name: column for name, column in COLUMNS.items() if column in have}
    if period:
        if period not in have:
            raise ValueError(f"The query does not give the column {period!r} that the period looks at.")
        found["period"] = period
    return found


@dataclass(frozen=True)
class Group:
    """Part of a list, with a heading where there are several."""

    title: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choice:
    """One list at the head of the page."""

    name: str
    label: str
    everything: str
    groups: tuple[Group, ...]


def choices(
    connection: duckdb.DuckDBPyConnection, bodies: tuple[tuple[str, str], ...], as_of: str, profiles: str
) -> tuple[Choice, ...]:
    """The five lists, made from what the warehouse holds."""
    held = read(
        connection, Rows("pages.page_certificate__count", where={"has_region": True}), ("province_code",)
    )
    regions = sorted(set(held["province_code"]))
    enabled = [profile for profile in profiles.split(",") if profile]
    return (
        Choice("body", "认证机构", f"全部（{len(bodies)} 家）", (Group("", bodies),)),
        Choice(
            "region",
            "地区",
            "全部",
            (Group("", tuple((code, PROVINCE.get(code, code)) for code in regions)),),
        ),
        Choice(
            "scope",
            "业务范围",
            "全部",
            (Group("", tuple((code, f"{code} {title}") for code, title in SCOPE.items())),),
        ),
        Choice("period", "期间", "全部", _periods(date.fromisoformat(as_of))),
        Choice(
            "profile",
            "规则来源",
            "全部",
            (Group("", tuple((name, PROFILE.get(name, name)) for name in enabled)),),
        ),
    )


def _periods(as_of: date) -> tuple[Group, ...]:
    """Years, quarters and months around as_of, latest first; own ranges are typed."""
    here = as_of.year * 12 + as_of.month - 1
    quarter = here // 3
    months = [divmod(month, 12) for month in range(here + _MONTHS_AHEAD, here - _MONTHS_BACK - 1, -1)]
    quarters = [divmod(one, 4) for one in range(quarter + 2, quarter - 5, -1)]
    years = range(as_of.year + 1, as_of.year - _YEARS_BACK - 1, -1)
    return (
        Group("", (("range", "自定义月份…"),)),
        Group("年", tuple((str(year), f"{year} 年") for year in years)),
        Group("季度", tuple((f"{year}Q{at + 1}", f"{year} 年第 {at + 1} 季度") for year, at in quarters)),
        Group("月", tuple((f"{year}-{at + 1:02}", f"{year} 年 {at + 1} 月") for year, at in months)),
    )
