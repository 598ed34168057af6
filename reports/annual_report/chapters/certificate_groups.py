"""Certificates in and out by region, by business scope and by system."""

from __future__ import annotations

from typing import Any

from reports.annual_report import names
from reports.annual_report.asking import Asking
from reports.annual_report.model import Column, Table

SOURCE = "marts.fct_certificate_flow"
_OURS = f"from {SOURCE} where body_id = $body and system = 'ITSMS'"
_BY = """
    select
        {key} as key,
        coalesce(sum(valid_change + suspended_change) filter (where flow_on <= $eve), 0)::bigint,
        count(*) filter (where flow_on between $first and $last and flow in ('issued', 'renewed')),
        coalesce(-sum(valid_change + suspended_change) filter (
            where flow_on between $first and $last and status not in ('valid', 'suspended')
        ), 0)::bigint,
        coalesce(sum(valid_change + suspended_change), 0)::bigint
    from ({flows})
    where flow_on <= $last
    group by 1"""
_FLOW_COLUMNS = (
    Column("opening", "期初在册", "张"),
    Column("entered", "新发与换证", "张"),
    Column("ended", "终止", "张"),
    Column("closing", "期末在册", "张"),
    Column("before", "上年同期在册", "张"),
)


def _grouped(asking: Asking, key: str, flows: str) -> list[tuple[Any, ...]]:
    """(key, opening, entered, ended, closing, closing the year before), nothing but zeros left out."""
    found = asking.keyed_pair(_BY.format(key=key, flows=flows))
    rows = [(name, *now, None if before is None else before[3]) for name, (now, before) in found.items()]
    return sorted((row for row in rows if any(row[1:])), key=lambda row: (-row[4], row[0]))


def _summed(rows: list[tuple[Any, ...]], label: str = "合计") -> tuple[Any, ...]:
    columns = list(zip(*rows, strict=True))[1:] if rows else [(0,)] * 5
    return (label, *(None if None in column else sum(column) for column in columns))


def by_region(asking: Asking) -> Table:
    rows = [
        (names.province(row[0]), *row[1:])
        for row in _grouped(
            asking,
            "case region_code when '未记录' then '未记录' else substr(region_code, 1, 2) end",
            f"select * {_OURS}",
        )
    ]
    return Table(
        name="by_region",
        title="ITSMS 证书按获证组织所在地区",
        columns=(Column("region", "地区", number=False), *_FLOW_COLUMNS),
        rows=(*rows, _summed(rows)),
        totals=(-1,),
        source=SOURCE,
        note="地区取获证组织行政区划代码的前两位。终止：撤销、注销、到期失效、被新证书替换。",
    )


def by_scope(asking: Asking) -> Table:
    flows = f"select *, unnest(string_split(scope_codes, ';')) as scope_code {_OURS}"
    rows = [(names.scope(row[0]), *row[1:]) for row in _grouped(asking, "scope_code", flows)]
    return Table(
        name="by_scope",
        title="ITSMS 证书按业务范围",
        columns=(Column("scope", "业务范围", number=False), *_FLOW_COLUMNS),
        rows=(*rows, _summed(rows, "合计（范围次）")),
        totals=(-1,),
        source=SOURCE,
        note="一张证书有几个业务范围就在几行里各算一次，所以合计大于证书数。",
    )


def by_system(asking: Asking) -> Table:
    rows = _grouped(asking, "system", f"select * from {SOURCE} where body_id = $body")
    return Table(
        name="by_system",
        title="各认证体系的证书",
        columns=(Column("system", "认证体系", number=False), *_FLOW_COLUMNS),
        rows=(*rows, _summed(rows)),
        totals=(-1,),
        source=SOURCE,
    )
