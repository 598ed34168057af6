"""Certificates: status today and over time, and the register."""

from __future__ import annotations

from reports.columns import Column, Link, RecordLink
from reports.dashboard.blocks import Figure, Page, Section, Table
from reports.figures import certificate_flow, certificate_status, certificate_trend, certificates_by
from reports.labels import CERTIFICATE_FLOW, CERTIFICATE_STATUS, IS_MAIN
from reports.reference import PROVINCE, SCOPE
from reports.rows import Rows

_SYSTEMS = {"itsms": ("system_group", "itsms"), "other": ("system_group", "other")}

_SECTION = Section(
    slug="certificates-section",
    title="证书",
    intro="截至日的状态、近 {parameter:certificate_history_months:years}的变化，以及证书名录。",
    blocks=(
        Figure(
            name="certificate_status",
            title="证书状态",
            source="marts.dim_certificate",
            unit="张（主证书与子证书）",
            query=Rows("pages.page_certificate__count", ones=_SYSTEMS, weight="certificates"),
            drawing=certificate_status.DRAWING,
        ),
        Figure(
            name="certificate_trend",
            title="有效与暂停的 ITSMS 证书",
            source="marts.fct_certificate_flow",
            unit="张，月末（最后一月为截至日）",
            period="month",
            query=Rows("pages.page_certificate__month"),
            drawing=certificate_trend.DRAWING,
        ),
        Figure(
            name="certificate_flow",
            title="ITSMS 证书每月增减",
            source="marts.fct_certificate_flow",
            unit="张",
            period="month",
            wide=True,
            query=Rows(
                "pages.page_certificate__month",
                where={"flow": tuple(key for key, *_ in certificate_flow.FLOWS)},
                ones={key: ("flow", key) for key, *_ in certificate_flow.FLOWS},
                weight="flows",
            ),
            drawing=certificate_flow.DRAWING,
        ),
        Figure(
            name="certificates_by_region",
            title="有效证书，按地区",
            source="marts.dim_certificate",
            unit="张",
            query=Rows(
                "pages.page_certificate__count",
                where={"status": "valid", "has_region": True},
                renamed={"province": "province_code"},
                ones=_SYSTEMS,
                weight="certificates",
            ),
            drawing=certificates_by.REGION,
        ),
        Figure(
            name="certificates_by_scope",
            title="有效 ITSMS 证书，按业务范围",
            source="marts.dim_certificate",
            unit="张；一张证书可有几个业务范围",
            query=Rows("pages.page_certificate__scope", renamed={"itsms": "certificates"}),
            drawing=certificates_by.SCOPE_CLASS,
        ),
        Table(
            name="certificates",
            title="证书名录",
            source="marts.dim_certificate",
            note="先列有效和暂停的；期间看有效期至。点证书看它的一生。",
            period="expires_on",
            query=Rows(
                "marts.dim_certificate",
                order=("-is_in_force", "certificate_id"),
                renamed={"province": "province_code"},
            ),
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
                Column("is_main", "主/子证书", kind="code", labels=IS_MAIN, filter=True, detail=True),
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
            note="ITSMS 证书，近 {parameter:certificate_history_months:years}。",
            empty="没有变化。",
            period="flow_on",
            query=Rows("pages.page_certificate__flow", order=("-flow_on", "certificate_id", "flow")),
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
