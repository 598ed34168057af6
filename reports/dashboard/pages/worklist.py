"""What needs action today, of all domains in one list, most urgent first. Each line leads to its record.

Open obligations and limits come from the marts of their domain; every other deadline, and what went wrong in the
last days, from the findings of the rules.
"""

from __future__ import annotations

from reports.columns import AddressLink, Column
from reports.dashboard.blocks import Table
from reports.labels import DEADLINE_KIND, URGENCY, WORK_DOMAIN
from reports.words_in_sql import words_case

DAYS_SOON = 7
DAYS_AHEAD = 30
DAYS_BACK = 30

_OWN_LINES = ("5.4.1.4", "9.", "3.9", "3.10", "3.6")
"""Clauses whose obligations have lines of their own: their findings would say the same again."""

_OF_OTHERS = " or ".join(f"starts_with(clause, '{clause}')" for clause in _OWN_LINES)

_SURVEILLANCES = f"""
    select
        'surveillance' as domain, certificate_id, cast(null as varchar) as person_id, body_id, region_code,
        scope_codes, 'cnca' as profile, due_on,
        '第 ' || cast(n as varchar) || ' 次监督审核'
        || case plan_state
            when 'none' then '，未安排'
            when 'late' then '，计划晚于期限（' || cast(planned_start as varchar) || '）'
            when 'lapsed' then '，计划的日期已过'
            else '，已安排 ' || cast(planned_start as varchar)
        end as what,
        org_name as subject,
        'surveillance.html#go=surveillance&surveillance.q=' || url_encode(certificate_id) as list_href
    from marts.fct_surveillance_open, marts.dim_run
    where is_in_force and (is_overdue or (due_on <= as_of + {DAYS_AHEAD} and plan_state <> 'in_time'))"""

_EXPIRIES = f"""
    select
        'expiry', certificate_id, null, body_id, region_code, scope_codes, 'cnca', expires_on,
        '证书到期，尚未再认证', org_name,
        'certificates.html#go=certificates&certificates.q=' || url_encode(certificate_id)
    from marts.dim_certificate, marts.dim_run
    where system = 'ITSMS' and is_main and status = 'valid' and expires_on <= as_of + {DAYS_AHEAD}"""

_REPORTS = f"""
    select
        'report', deadlines.certificate_id, null, deadlines.body_id, certificates.region_code,
        certificates.scope_codes, 'cnca', deadlines.due_on,
        '上报：' || {words_case("deadlines.kind", DEADLINE_KIND)}
        || coalesce('（' || deadlines.period || '）', ''),
        coalesce(certificates.org_name, deadlines.subject_id),
        'submissions.html#go=deadlines&deadlines.q=' || url_encode(deadlines.subject_id)
        || '&deadlines.kind=' || deadlines.kind
    from (
        select
            obligations.*,
            case subject_type
                when 'certificate' then subject_id
                when 'event' then events.certificate_id
                when 'audit' then audits.certificate_id
            end as certificate_id
        from marts.fct_submission_deadline as obligations
        left join marts.fct_certificate_event as events
            on obligations.subject_type = 'event' and obligations.subject_id = events.event_id
        left join marts.fct_audit as audits
            on obligations.subject_type = 'audit' and obligations.subject_id = audits.audit_id
    ) as deadlines
    left join marts.dim_certificate as certificates on deadlines.certificate_id = certificates.certificate_id
    cross join marts.dim_run as run
    where deadlines.done_on is null
        and (deadlines.state = 'breach' or deadlines.due_on <= run.as_of + {DAYS_SOON})"""

_AUDITORS = """
    select
        'workload', null, person_id, body_id, null, null, 'cnca',
        case state when 'breach' then rolling_max_end_on end,
        case state
            when 'breach' then '连续 365 天现场 ' || cast(cast(rolling_max_days as double) as varchar) || ' 天，超过上限'
            else '连续 365 天现场最多 ' || cast(cast(rolling_max_days as double) as varchar) || ' 天，接近上限'
        end,
        person_id,
        'auditors.html#go=auditors&auditors.q=' || url_encode(person_id)
    from marts.fct_auditor_workload
    where state in ('breach', 'warning')
    union all
    select
        'workload', null, person_id, body_id, null, null, 'cnca', min(crossed_on),
        '按计划将超过上限', person_id,
        'auditors.html#go=crossings&crossings.q=' || url_encode(person_id)
    from marts.fct_auditor_crossing
    where is_forecast and level = 'limit'
    group by person_id, body_id"""

_BODIES = """
    select
        'capacity', null, null, body_id, null, null, 'cnca', as_of,
        case
            when state_itsms = 'breach' then 'ITSMS 人均证书 ' || cast(round(ratio_itsms, 1) as varchar) || '，超过上限'
            when state_all = 'breach' then '全部体系人均证书 ' || cast(round(ratio_all, 1) as varchar) || '，超过上限'
            when state_full_time <> 'pass' then '专职 ITSMS 审核员 ' || cast(itsms_auditors_full_time as varchar) || ' 人'
            else '人均证书接近上限'
        end,
        body_name,
        'capacity.html#go=bodies'
    from marts.fct_body_capacity, marts.dim_run
    where state_itsms in ('breach', 'warning') or state_all in ('breach', 'warning') or state_full_time = 'breach'"""

_FINDINGS = f"""
    select
        case when findings.due_on is null then 'found' else 'deadline' end,
        findings.certificate_id, findings.person_id, findings.body_id, certificates.region_code,
        certificates.scope_codes, findings.profile, findings.due_on,
        '条款 ' || findings.clause || ' ' || findings.title_zh,
        coalesce(findings.subject_label, findings.subject_id),
        'rules.html#go=findings&findings.q=' || url_encode(findings.subject_id)
        || '&findings.rule_id=' || url_encode(findings.rule_id)
    from marts.fct_rule_finding as findings
    left join marts.dim_certificate as certificates on findings.certificate_id = certificates.certificate_id
    cross join marts.dim_run as run
    where not ({_OF_OTHERS})
        and (
            (
                findings.due_on is not null and findings.observed_on is null
                and findings.state in ('breach', 'warning') and findings.due_on <= run.as_of + {DAYS_AHEAD}
            )
            or (findings.due_on is null and findings.state = 'breach' and findings.anchor_on > run.as_of - {DAYS_BACK})
        )"""

_PLACES = " ".join(f"when '{domain}' then {place}" for place, domain in enumerate(WORK_DOMAIN))

QUERY = f"""
    with work as (
        {_SURVEILLANCES}
        union all
        {_EXPIRIES}
        union all
        {_REPORTS}
        union all
        {_AUDITORS}
        union all
        {_BODIES}
        union all
        {_FINDINGS}
    ),

    graded as (
        select
            work.*,
            case
                when domain = 'found' then 'found'
                when domain = 'workload' and what like '%超过上限' and not what like '按计划%' then 'overdue'
                when domain = 'capacity' then case when what like '%超过上限' then 'overdue' else 'month' end
                when due_on is null then 'month'
                when due_on < as_of then 'overdue'
                when due_on <= as_of + {DAYS_SOON} then 'week'
                else 'month'
            end as urgency,
            due_on - as_of as days_left,
            case domain {_PLACES} end as place
        from work, marts.dim_run
    )

    select
        urgency, domain, what, subject, certificate_id, person_id, cast(due_on as varchar) as due_on, days_left,
        bodies.name as body_name, graded.body_id, region_code, scope_codes, profile, list_href,
        case
            when certificate_id is not null then 'certificate.html#id=' || url_encode(certificate_id)
            when person_id is not null then 'auditor.html#id=' || url_encode(person_id)
            else list_href
        end as href
    from graded
    left join marts.dim_certification_body as bodies on graded.body_id = bodies.body_id
    order by
        case urgency when 'overdue' then 1 when 'week' then 2 when 'month' then 3 else 4 end,
        place, due_on nulls first, certificate_id, person_id, what, subject, list_href"""

TABLE = Table(
    name="worklist",
    title="待办，按紧急程度",
    source="marts.fct_surveillance_open、fct_submission_deadline、fct_auditor_workload、fct_body_capacity、dim_certificate、fct_rule_finding",
    note=(
        f"已逾期或超限的在前，然后 {DAYS_SOON} 天内、{DAYS_AHEAD} 天内到期的，"
        f"最后是近 {DAYS_BACK} 天新发现的不符合。上报只列 {DAYS_SOON} 天内到期的，其余见“上报”页。"
        "点事项看清单，点对象看记录。"
    ),
    empty="没有待办。",
    period="due_on",
    query=QUERY,
    columns=(
        Column("urgency", "紧急程度", kind="code", labels=URGENCY, filter=True),
        Column("domain", "类别", kind="code", labels=WORK_DOMAIN, filter=True, wide=True),
        Column("what", "事项", link=AddressLink("list_href")),
        Column("subject", "对象", link=AddressLink("href")),
        Column("due_on", "期限", kind="date", wide=True),
        Column("days_left", "剩余", kind="number", unit="天", wide=True),
        Column("body_name", "认证机构", wide=True),
        Column("certificate_id", "证书", wide=True, detail=True),
        Column("person_id", "人员编号", detail=True),
    ),
)
