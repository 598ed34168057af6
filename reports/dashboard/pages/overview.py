"""The first page: how things stand, each number with where it came from in a year, and what needs action today."""

from __future__ import annotations

from dataclasses import replace

from reports.dashboard.blocks import Figure, Indicator, Page, Section
from reports.dashboard.pages import worklist
from reports.figures import work_by_domain

_BY_CLIENT = ("body_id", "region_code", "scope_codes")
_BY_RULE = (*_BY_CLIENT, "profile")
_STOOD = ("body_id", "region_code")
"""What a number follows of the reader's choices, and what the points of its past do."""

_INDICATORS = (
    Indicator(
        "overdue",
        "监督逾期，证书在册",
        "次",
        "breach",
        "go=surveillance&surveillance.horizon=overdue&surveillance.in_force=yes",
        "surveillance_overdue",
        _BY_CLIENT,
        trend=_STOOD,
    ),
    Indicator(
        "due_near",
        "{parameter:surveillance_near_days} 天内到期监督",
        "次",
        "warning",
        "go=surveillance&surveillance.horizon=near",
        "surveillance_due_near",
        _BY_CLIENT,
    ),
    Indicator(
        "unreported",
        "上报逾期未报",
        "项",
        "breach",
        "go=deadlines&deadlines.progress=overdue",
        "reports_overdue",
        trend=("body_id",),
    ),
    Indicator(
        "over_limit",
        "审核员超过上限",
        "人",
        "breach",
        "go=auditors&auditors.state=breach",
        "workload_breach",
    ),
    Indicator(
        "near_limit",
        "审核员接近上限",
        "人",
        "warning",
        "go=auditors&auditors.state=warning",
        "workload_warning",
    ),
    Indicator("bodies_over", "机构超过人均证书上限", "家", "breach", "go=bodies", "ratio_breach"),
    Indicator(
        "breaches", "不符合", "条", "breach", "go=findings&findings.state=breach", "findings_breach", _BY_RULE
    ),
    Indicator(
        "warnings",
        "预警",
        "条",
        "warning",
        "go=findings&findings.state=warning",
        "findings_warning",
        _BY_RULE,
    ),
    Indicator(
        "undetermined",
        "无法判定",
        "条",
        "unknown",
        "go=findings&findings.state=undetermined",
        "findings_undetermined",
        _BY_RULE,
        "缺少数据，不等于通过",
    ),
    Indicator(
        "quarantined",
        "搁置的行",
        "条",
        "warning",
        "go=quarantine",
        "select coalesce(sum(set_aside), 0) as value from meta.manifest_table",
        note="未进入统计",
    ),
    Indicator(
        "valid",
        "有效 ITSMS 证书",
        "张",
        "plain",
        "go=certificates&certificates.status=valid&certificates.system=ITSMS",
        "certificates_valid",
        _BY_CLIENT,
        trend=_STOOD,
    ),
    Indicator(
        "suspended",
        "暂停 ITSMS 证书",
        "张",
        "plain",
        "go=certificates&certificates.status=suspended&certificates.system=ITSMS",
        "certificates_suspended",
        _BY_CLIENT,
        trend=_STOOD,
    ),
)

PAGE = Page(
    slug="index",
    title="总览",
    indicators=_INDICATORS,
    sections=(
        Section(
            slug="today",
            title="今天要办的",
            intro="各类待办合在一张表里。每一行通向它的记录，每个数字通向它的清单。",
            blocks=(
                Figure(
                    name="work_by_domain",
                    title="待办数量",
                    source="下表",
                    unit="项",
                    period="due_on",
                    wide=True,
                    query=replace(worklist.QUERY, ones={"n": None}),
                    drawing=work_by_domain.DRAWING,
                ),
                worklist.TABLE,
            ),
        ),
    ),
)
