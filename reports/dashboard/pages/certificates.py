"""Certificates: status today and over time, and the register."""

from __future__ import annotations

from reports.columns import Column, Link, RecordLink
from reports.dashboard.blocks import Figure, Page, Section, Table
from reports.figures import certificate_flow, certificate_status, certificate_trend, certificates_by
from reports.labels import CERTIFICATE_FLOW, CERTIFICATE_STATUS
from reports.reference import PROVINCE, SCOPE

_MONTHS_SHOWN = 36

_SHOWN_MONTHS = f"""
                with shown as (
                    select as_of, date_trunc('month', as_of) - to_months({_MONTHS_SHOWN - 1}) as first_on
                    from marts.dim_run
                )"""

_VALID = """
                select
                    body_id,
                    region_code,
                    scope_codes,
                    {},
                    count(*) filter (where system = 'ITSMS') as itsms,
                    count(*) filter (where system is distinct from 'ITSMS') as other
                from marts.dim_certificate
                where status = 'valid' and region_code is not null
                group by all
                order by all"""

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
                    region_code,
                    scope_codes,
                    status,
                    count(*) filter (where system = 'ITSMS') as itsms,
                    count(*) filter (where system is distinct from 'ITSMS') as other
                from marts.dim_certificate
                group by all
                order by all""",
            drawing=certificate_status.DRAWING,
        ),
        Figure(
            name="certificate_trend",
            title="有效与暂停的 ITSMS 证书",
            source="marts.fct_certificate_flow",
            unit="张，月末（最后一月为截至日）",
            period="month",
            query=f"""
                {_SHOWN_MONTHS},

                changes as (
                    -- What was before the first month shown is in its opening stock.
                    select
                        flows.body_id,
                        flows.region_code,
                        flows.scope_codes,
                        strftime(greatest(flows.flow_on, shown.first_on), '%Y-%m') as month,
                        flows.valid_change as valid,
                        flows.suspended_change as suspended
                    from marts.fct_certificate_flow as flows
                    cross join shown
                    where flows.system = 'ITSMS' and flows.flow_on <= shown.as_of
                    union all
                    select null, null, null, strftime(as_of, '%Y-%m'), 0, 0 from shown
                )

                select body_id, region_code, scope_codes, month, sum(valid) as valid, sum(suspended) as suspended
                from changes
                group by all
                order by all""",
            drawing=certificate_trend.DRAWING,
        ),
        Figure(
            name="certificate_flow",
            title="ITSMS 证书每月增减",
            source="marts.fct_certificate_flow",
            unit="张",
            period="month",
            wide=True,
            query=f"""
                {_SHOWN_MONTHS}

                select
                    flows.body_id,
                    flows.region_code,
                    flows.scope_codes,
                    strftime(flows.flow_on, '%Y-%m') as month,
                    {", ".join(f"count(*) filter (where flows.flow = '{key}') as {key}" for key, *_ in certificate_flow.FLOWS)}
                from marts.fct_certificate_flow as flows
                cross join shown
                where flows.system = 'ITSMS' and flows.flow_on between shown.first_on and shown.as_of
                group by all
                order by all""",
            drawing=certificate_flow.DRAWING,
        ),
        Figure(
            name="certificates_by_region",
            title="有效证书，按地区",
            source="marts.dim_certificate",
            unit="张",
            query=_VALID.format("left(region_code, 2) as province"),
            drawing=certificates_by.REGION,
        ),
        Figure(
            name="certificates_by_scope",
            title="有效 ITSMS 证书，按业务范围",
            source="marts.dim_certificate",
            unit="张；一张证书可有几个业务范围",
            query="""
                select body_id, region_code, scope_codes, scope_code, count(*) as itsms
                from (
                    select body_id, region_code, scope_codes, unnest(string_split(scope_codes, ';')) as scope_code
                    from marts.dim_certificate
                    where status = 'valid' and system = 'ITSMS' and scope_codes is not null
                )
                group by all
                order by all""",
            drawing=certificates_by.SCOPE_CLASS,
        ),
        Table(
            name="certificates",
            title="证书名录",
            source="marts.dim_certificate",
            note="先列有效和暂停的；期间看有效期至。点证书看它的一生。",
            period="expires_on",
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
                    left(region_code, 2) as province,
                    body_name,
                    body_id
                from marts.dim_certificate
                order by status not in ('valid', 'suspended'), certificate_id""",
            columns=(
                Column("certificate_id", "证书", link=RecordLink("certificate", "certificate_id")),
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
                Column("province", "地区", kind="code", labels=PROVINCE, filter=True, wide=True),
                Column("scope_codes", "业务范围", kind="codes", labels=SCOPE, detail=True),
                Column("region_code", "行政区划", detail=True),
                Column("cycle_no", "认证周期", kind="number", detail=True),
                Column("parent_certificate_id", "主证书", detail=True),
                Column("previous_certificate_id", "上一证书", detail=True),
                Column("org_id", "组织编号", detail=True),
            ),
        ),
        Table(
            name="certificate_flows",
            title="状态变化明细",
            source="marts.fct_certificate_flow",
            note="ITSMS 证书，近三年。",
            empty="没有变化。",
            period="flow_on",
            query=f"""
                {_SHOWN_MONTHS}

                select
                    cast(flows.flow_on as varchar) as flow_on,
                    strftime(flows.flow_on, '%Y-%m') as month,
                    flows.flow,
                    flows.certificate_id,
                    certificates.org_name,
                    flows.status_before,
                    flows.status,
                    flows.region_code,
                    flows.scope_codes,
                    certificates.body_name,
                    flows.body_id
                from marts.fct_certificate_flow as flows
                cross join shown
                inner join marts.dim_certificate as certificates
                    on flows.certificate_id = certificates.certificate_id
                where flows.system = 'ITSMS' and flows.flow_on between shown.first_on and shown.as_of
                order by flows.flow_on desc, flows.certificate_id, flows.flow""",
            columns=(
                Column("flow_on", "日期", kind="date"),
                Column("flow", "变化", kind="code", labels=CERTIFICATE_FLOW, filter=True),
                Column("certificate_id", "证书", link=RecordLink("certificate", "certificate_id")),
                Column("org_name", "获证组织"),
                Column("status_before", "之前", kind="code", labels=CERTIFICATE_STATUS, wide=True),
                Column("status", "之后", kind="code", labels=CERTIFICATE_STATUS, wide=True),
                Column("body_name", "认证机构", wide=True),
                Column("month", "月份", kind="date", filter=True, detail=True),
            ),
        ),
    ),
)

PAGE = Page(slug="certificates", title="证书", sections=(_SECTION,))
