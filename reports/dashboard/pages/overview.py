"""The numbers at the head of the page: what needs action, then the situation. Each leads to its records."""

from __future__ import annotations

from reports.dashboard.blocks import Indicator, Page


def _findings(state: str) -> str:
    return f"select body_id, count(*) as value from marts.fct_rule_finding where state = '{state}' group by body_id"


def _status(status: str) -> str:
    return (
        "select body_id, count(*) as value from marts.dim_certificate"
        f" where status = '{status}' and system = 'ITSMS' group by body_id"
    )


def _workload(state: str) -> str:
    return (
        f"select body_id, count(*) as value from marts.fct_auditor_workload where state = '{state}' group by body_id"
    )


_INDICATORS = (
    Indicator(
        "overdue",
        "监督逾期，证书在册",
        "次",
        "breach",
        "go=surveillance&surveillance.horizon=overdue&surveillance.in_force=yes",
        "select links.body_id, count(*) as value from marts.fct_surveillance as links"
        " inner join marts.dim_certificate as certificates using (certificate_id)"
        " where links.is_overdue and certificates.status in ('valid', 'suspended') group by links.body_id",
    ),
    Indicator(
        "overdue_all",
        "监督逾期，全部",
        "次",
        "warning",
        "go=surveillance&surveillance.horizon=overdue",
        "select body_id, count(*) as value from marts.fct_surveillance where is_overdue group by body_id",
        "含已终止的证书",
    ),
    Indicator(
        "due_30",
        "30 天内到期监督",
        "次",
        "warning",
        "go=surveillance&surveillance.horizon=30",
        "select body_id, count(*) as value from marts.fct_surveillance where forecast_days = 30 group by body_id",
    ),
    Indicator(
        "unreported",
        "上报逾期未报",
        "项",
        "breach",
        "go=deadlines&deadlines.progress=overdue",
        "select body_id, count(*) as value from marts.fct_submission_deadline"
        " where state = 'breach' and done_on is null group by body_id",
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
        " where state_itsms = 'breach' or state_all = 'breach' group by body_id",
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
        "缺少判定所需的数据，不等于通过",
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
        "checks_failed",
        "数据校验未通过",
        "项",
        "warning",
        "go=checks",
        "select count(*) as value from meta.check_result where status <> 'pass' and severity <> 'report'",
    ),
    Indicator(
        "valid",
        "有效 ITSMS 证书",
        "张",
        "plain",
        "go=certificates&certificates.status=valid&certificates.system=ITSMS",
        _status("valid"),
    ),
    Indicator(
        "suspended",
        "暂停 ITSMS 证书",
        "张",
        "plain",
        "go=certificates&certificates.status=suspended&certificates.system=ITSMS",
        _status("suspended"),
    ),
)

PAGE = Page(slug="index", title="总览", indicators=_INDICATORS)
