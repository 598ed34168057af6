"""Surveillance audits: what is overdue and what is coming."""

from __future__ import annotations

from reports.columns import Column, Link
from reports.dashboard.blocks import Figure, Page, Section, Table
from reports.figures.surveillance_due import DRAWING
from reports.labels import CERTIFICATE_STATUS, SURVEILLANCE_HORIZON, YES_NO

_OPEN = """
    from marts.fct_surveillance as links
    left join marts.dim_certificate as certificates on links.certificate_id = certificates.certificate_id
    where links.is_overdue or links.forecast_days is not null"""

_IN_FORCE = "coalesce(certificates.status in ('valid', 'suspended'), false)"

_SECTION = Section(
    slug="surveillance-section",
    title="监督审核",
    intro=(
        "首次监督在发证后 12 个月内，以后每次距上次不超过 12 个月（条款 5.4.1.4）。"
        "列出未做而已逾期的，和 180 天内到期的。"
    ),
    blocks=(
        Figure(
            name="surveillance_due",
            title="未完成的监督审核，按到期月份",
            source="marts.fct_surveillance",
            unit="次",
            query=f"""
                select
                    links.body_id,
                    strftime(links.due_on, '%Y-%m') as due_month,
                    count(*) filter (where links.is_overdue and {_IN_FORCE}) as overdue,
                    count(*) filter (where links.is_overdue and not {_IN_FORCE}) as overdue_ended,
                    count(*) filter (where not links.is_overdue) as coming
                {_OPEN}
                group by all
                order by all""",
            drawing=DRAWING,
        ),
        Table(
            name="surveillance",
            title="逾期与将到期的监督审核",
            source="marts.fct_surveillance",
            note="在册：证书有效或暂停。先列在册的，再按到期日。",
            empty="没有逾期的，180 天内也没有到期的。",
            query=f"""
                select
                    case
                        when links.is_overdue then 'overdue'
                        else cast(links.forecast_days as varchar)
                    end as horizon,
                    links.certificate_id,
                    certificates.certificate_no,
                    certificates.org_name,
                    links.n,
                    cast(links.due_on as varchar) as due_on,
                    case when links.is_overdue then links.days_overdue end as days_overdue,
                    case when not links.is_overdue then links.days_to_due end as days_to_due,
                    case when {_IN_FORCE} then 'yes' else 'no' end as in_force,
                    strftime(links.due_on, '%Y-%m') as due_month,
                    certificates.status,
                    certificates.region_code,
                    certificates.body_name,
                    cast(certificates.expires_on as varchar) as expires_on,
                    links.body_id
                {_OPEN}
                order by in_force desc, links.due_on, links.certificate_id, links.n""",
            columns=(
                Column("horizon", "期限", kind="code", labels=SURVEILLANCE_HORIZON, filter=True),
                Column("due_on", "到期日", kind="date"),
                Column("days_overdue", "逾期", kind="number", unit="天", wide=True),
                Column("days_to_due", "距到期", kind="number", unit="天", wide=True),
                Column("certificate_id", "证书", link=Link("certificates", {"q": "certificate_id"})),
                Column("certificate_no", "证书编号", wide=True),
                Column("org_name", "获证组织"),
                Column("n", "第几次", kind="number", wide=True),
                Column("in_force", "在册", kind="code", labels=YES_NO, filter=True, wide=True),
                Column("status", "证书状态", kind="code", labels=CERTIFICATE_STATUS, filter=True, wide=True),
                Column("body_name", "认证机构", wide=True),
                Column("due_month", "到期月份", kind="date", filter=True, detail=True),
                Column("region_code", "行政区划", detail=True),
                Column("expires_on", "证书有效期至", kind="date", detail=True),
            ),
        ),
    ),
)

PAGE = Page(slug="surveillance", title="监督审核", sections=(_SECTION,))
