"""The first page: how things stand, each number with where it came from in a year, and what needs action today."""

from __future__ import annotations

from reports.dashboard.blocks import Figure, Indicator, Page, Section
from reports.dashboard.pages import worklist
from reports.figures import work_by_domain

_POINTS = 13
_STEP_DAYS = 30
"""A year of points, one every 30 days; the last is as_of."""

_DAYS = f"""
    select as_of - cast({_STEP_DAYS} * back as integer) as day_on
    from marts.dim_run, range({_POINTS - 1}, -1, -1) as points (back)"""

_GROUP = "links.body_id, left(certificates.region_code, 2) as region_code, certificates.scope_codes"
_IN_FORCE_LINKS = (
    f"select {_GROUP}, count(*) as value from marts.fct_surveillance_open as links"
    " left join marts.dim_certificate as certificates using (certificate_id)"
    " where links.is_in_force and {condition} group by all order by all"
)

# Where a surveillance stood on a day: due before it, not done by it, on a certificate then in force.
_OVERDUE_TREND = f"""
    with days as ({_DAYS})

    select
        cast(days.day_on as varchar) as day_on,
        links.body_id,
        left(certificates.region_code, 2) as region_code,
        count(*) as value
    from marts.fct_surveillance as links
    inner join days on links.due_on < days.day_on
    inner join marts.fct_certificate_status_interval as intervals
        on links.certificate_id = intervals.certificate_id
        and intervals.from_on <= days.day_on
    inner join marts.dim_certificate as certificates on links.certificate_id = certificates.certificate_id
    where (links.done_on is null or links.done_on > days.day_on)
        and links.state <> 'not_applicable'
        and intervals.status in ('valid', 'suspended')
        and (intervals.to_on is null or intervals.to_on >= days.day_on)
    group by all
    union all
    select cast(day_on as varchar), null, null, 0 from days
    order by all"""

_UNREPORTED_TREND = f"""
    with days as ({_DAYS})

    select cast(days.day_on as varchar) as day_on, deadlines.body_id, count(*) as value
    from marts.fct_submission_deadline as deadlines
    inner join days on deadlines.due_on < days.day_on
    where deadlines.done_on is null or deadlines.done_on > days.day_on
    group by all
    union all
    select cast(day_on as varchar), null, 0 from days
    order by all"""


def _status(status: str) -> str:
    return (
        "select body_id, left(region_code, 2) as region_code, scope_codes, count(*) as value"
        f" from marts.dim_certificate where status = '{status}' and system = 'ITSMS' group by all order by all"
    )


def _status_trend(status: str) -> str:
    """Of every day the certificates that had the status then."""
    return f"""
        with days as ({_DAYS})

        select
            cast(days.day_on as varchar) as day_on,
            flows.body_id,
            left(flows.region_code, 2) as region_code,
            sum(flows.{status}_change) as value
        from marts.fct_certificate_flow as flows
        inner join days on flows.flow_on <= days.day_on
        where flows.system = 'ITSMS'
        group by all
        order by all"""


def _findings(state: str) -> str:
    return (
        "select findings.body_id, findings.profile, left(certificates.region_code, 2) as region_code,"
        " certificates.scope_codes, count(*) as value from marts.fct_rule_finding as findings"
        " left join marts.dim_certificate as certificates using (certificate_id)"
        f" where findings.state = '{state}' group by all order by all"
    )


def _workload(state: str) -> str:
    return (
        "select body_id, count(*) as value from marts.fct_auditor_workload"
        f" where state = '{state}' group by all order by all"
    )


_INDICATORS = (
    Indicator(
        "overdue",
        "监督逾期，证书在册",
        "次",
        "breach",
        "go=surveillance&surveillance.horizon=overdue&surveillance.in_force=yes",
        _IN_FORCE_LINKS.format(condition="links.is_overdue"),
        trend=_OVERDUE_TREND,
    ),
    Indicator(
        "due_30",
        "30 天内到期监督",
        "次",
        "warning",
        "go=surveillance&surveillance.horizon=30",
        _IN_FORCE_LINKS.format(condition="links.horizon = '30'"),
    ),
    Indicator(
        "unreported",
        "上报逾期未报",
        "项",
        "breach",
        "go=deadlines&deadlines.progress=overdue",
        "select body_id, count(*) as value from marts.fct_submission_deadline"
        " where state = 'breach' and done_on is null group by all order by all",
        trend=_UNREPORTED_TREND,
    ),
    Indicator(
        "over_limit",
        "审核员超过上限",
        "人",
        "breach",
        "go=auditors&auditors.state=breach",
        _workload("breach"),
    ),
    Indicator(
        "near_limit",
        "审核员接近上限",
        "人",
        "warning",
        "go=auditors&auditors.state=warning",
        _workload("warning"),
    ),
    Indicator(
        "bodies_over",
        "机构超过人均证书上限",
        "家",
        "breach",
        "go=bodies",
        "select body_id, count(*) as value from marts.fct_body_capacity"
        " where state_itsms = 'breach' or state_all = 'breach' group by all order by all",
    ),
    Indicator("breaches", "不符合", "条", "breach", "go=findings&findings.state=breach", _findings("breach")),
    Indicator(
        "warnings", "预警", "条", "warning", "go=findings&findings.state=warning", _findings("warning")
    ),
    Indicator(
        "undetermined",
        "无法判定",
        "条",
        "unknown",
        "go=findings&findings.state=undetermined",
        _findings("undetermined"),
        "缺少数据，不等于通过",
    ),
    Indicator(
        "quarantined",
        "隔离记录",
        "条",
        "warning",
        "go=quarantine",
        "select coalesce(sum(quarantined), 0) as value from meta.manifest_table",
        "未进入统计",
    ),
    Indicator(
        "valid",
        "有效 ITSMS 证书",
        "张",
        "plain",
        "go=certificates&certificates.status=valid&certificates.system=ITSMS",
        _status("valid"),
        trend=_status_trend("valid"),
    ),
    Indicator(
        "suspended",
        "暂停 ITSMS 证书",
        "张",
        "plain",
        "go=certificates&certificates.status=suspended&certificates.system=ITSMS",
        _status("suspended"),
        trend=_status_trend("suspended"),
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
                    query=f"""
                        select domain, urgency, due_on, body_id, region_code, scope_codes, profile, count(*) as n
                        from ({worklist.QUERY})
                        group by all
                        order by all""",
                    drawing=work_by_domain.DRAWING,
                ),
                worklist.TABLE,
            ),
        ),
    ),
)
