"""Certificates: status today and over time, and the register."""

from __future__ import annotations

from reports.columns import Column, Link
from reports.dashboard.blocks import Figure, Page, Section, Table
from reports.figures import certificate_flow, certificate_status, certificate_trend
from reports.labels import CERTIFICATE_STATUS

_MONTHS_SHOWN = 36

_SECTION = Section(
    slug="certificates-section",
    title="证书",
    intro="截至日的状态、近三年的变化，以及证书名录。",
    blocks=(
        Figure(
            name="certificate_status",
            title="证书状态",
            source="marts.dim_certificate",
            unit="张（主证书与子证书）",
            query="""
                select
                    body_id,
                    status,
                    count(*) filter (where system = 'ITSMS') as itsms,
                    count(*) filter (where system is distinct from 'ITSMS') as other
                from marts.dim_certificate
                group by body_id, status
                order by body_id, status""",
            drawing=certificate_status.DRAWING,
        ),
        Figure(
            name="certificate_trend",
            title="有效与暂停的 ITSMS 证书",
            source="marts.fct_certificate_status_interval",
            unit="张，月末（最后一点为截至日）",
            query=f"""
                with days as (
                    select least(last_day(as_of - to_months(cast(back as integer))), as_of) as day_on
                    from marts.dim_run, range(0, {_MONTHS_SHOWN}) as months (back)
                ),

                intervals as (
                    select body_id, status, from_on, coalesce(to_on, date '9999-12-31') as to_on
                    from marts.fct_certificate_status_interval
                    where system = 'ITSMS' and status in ('valid', 'suspended')
                )

                select
                    intervals.body_id,
                    cast(days.day_on as varchar) as day_on,
                    count(*) filter (where intervals.status = 'valid') as valid,
                    count(*) filter (where intervals.status = 'suspended') as suspended
                from days
                inner join intervals on days.day_on >= intervals.from_on and days.day_on <= intervals.to_on
                group by intervals.body_id, days.day_on
                order by intervals.body_id, days.day_on""",
            drawing=certificate_trend.DRAWING,
        ),
        Figure(
            name="certificate_flow",
            title="ITSMS 证书每月增减",
            source="marts.fct_monthly_statistics",
            unit="张",
            query=f"""
                select
                    body_id,
                    strftime(month, '%Y-%m') as month,
                    {", ".join(f"cast(sum({key}) as bigint) as {key}" for key, *_ in certificate_flow.FLOWS)}
                from marts.fct_monthly_statistics
                where system = 'ITSMS'
                    and month <= (select as_of from marts.dim_run)
                    and month > (select as_of - to_months({_MONTHS_SHOWN}) from marts.dim_run)
                group by body_id, month
                order by body_id, month""",
            drawing=certificate_flow.DRAWING,
        ),
        Table(
            name="certificates",
            title="证书名录",
            source="marts.dim_certificate",
            note="先列有效和暂停的。",
            query="""
                select
                    certificate_id,
                    certificate_no,
                    org_name,
                    org_id,
                    system,
                    status,
                    cast(status_since as varchar) as status_since,
                    cast(issued_on as varchar) as issued_on,
                    cast(expires_on as varchar) as expires_on,
                    cast(next_surveillance_due_on as varchar) as next_surveillance_due_on,
                    case when is_main then '主证书' else '子证书' end as is_main,
                    parent_certificate_id,
                    previous_certificate_id,
                    cycle_no,
                    scope_codes,
                    region_code,
                    body_name,
                    body_id
                from marts.dim_certificate
                order by status not in ('valid', 'suspended'), certificate_id""",
            columns=(
                Column("certificate_id", "证书"),
                Column("certificate_no", "证书编号", wide=True),
                Column("org_name", "获证组织"),
                Column("system", "体系", filter=True, wide=True),
                Column("status", "状态", kind="code", labels=CERTIFICATE_STATUS, filter=True),
                Column("status_since", "状态起始", kind="date", wide=True),
                Column("issued_on", "发证", kind="date", wide=True),
                Column("expires_on", "有效期至", kind="date"),
                Column(
                    "next_surveillance_due_on",
                    "下次监督",
                    kind="date",
                    wide=True,
                    link=Link("surveillance", {"q": "certificate_id"}),
                ),
                Column("body_name", "认证机构", wide=True),
                Column("is_main", "主/子证书", filter=True, detail=True),
                Column("scope_codes", "业务范围", detail=True),
                Column("region_code", "行政区划", detail=True),
                Column("cycle_no", "认证周期", kind="number", detail=True),
                Column("parent_certificate_id", "主证书", detail=True),
                Column("previous_certificate_id", "上一证书", detail=True),
                Column("org_id", "组织编号", detail=True),
            ),
        ),
    ),
)

PAGE = Page(slug="certificates", title="证书", sections=(_SECTION,))
