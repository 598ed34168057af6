"""Suite `marts`: what must hold of the marts whatever the records say. Each is structure and blocks.

The checks recount from another side than the models did: from staging, or from another mart.
"""

from __future__ import annotations

from expectations.outcome import Check, Severity


def checks() -> list[Check]:
    return [*_status(), *_loads(), *_rules(), *_months(), *_registers()]


def _status() -> list[Check]:
    """Exactly one status per certificate and day, from the day of issue to as_of."""
    return [
        _blocking(
            "status.no_overlap_no_gap",
            "fct_certificate_status_interval",
            """
            select certificate_id || '|' || cast(from_on as varchar) as record
            from (
                select
                    certificate_id,
                    from_on,
                    to_on,
                    lead(from_on) over (partition by certificate_id order by from_on, to_on) as next_from_on
                from {batch}
            ) as neighbours
            where from_on is null
                or to_on < from_on
                or (next_from_on is not null and (to_on is null or next_from_on <> to_on + 1))
            """,
            "证书状态区间不重叠、不间断",
        ),
        _blocking(
            "status.one_open_interval",
            "dim_certificate",
            """
            select certificates.certificate_id as record
            from (select * from {batch}) as certificates
            left join marts.fct_certificate_status_interval as intervals
                on certificates.certificate_id = intervals.certificate_id
                and intervals.to_on is null
            group by certificates.certificate_id, certificates.status
            having count(intervals.certificate_id) <> 1 or max(intervals.status) <> certificates.status
            """,
            "每张证书在截止日恰有一个状态且与证书表一致",
        ),
        _blocking(
            "status.from_issue_on",
            "dim_certificate",
            """
            select certificates.certificate_id as record
            from (select * from {batch}) as certificates
            left join marts.fct_certificate_status_interval as intervals
                on certificates.certificate_id = intervals.certificate_id
            group by certificates.certificate_id, certificates.issued_on
            having min(intervals.from_on) is distinct from certificates.issued_on
            """,
            "每张证书自颁发之日起有状态",
        ),
        _blocking(
            "status.no_unknown_certificate",
            "fct_certificate_status_interval",
            """
            select distinct certificate_id as record
            from {batch}
            where certificate_id not in (select certificate_id from marts.dim_certificate)
            """,
            "状态区间只属于已登记的证书",
        ),
    ]


def _loads() -> list[Check]:
    """No person-day is lost or invented when assignments are laid on calendar days (3.9).

    Of work that is not over yet only the days up to as_of are laid.
    """
    return [
        _blocking(
            "loads.sum_to_assignments",
            "fct_auditor_day",
            """
            select coalesce(assigned.person_id, laid.person_id) as record
            from (
                select
                    assignments.person_id,
                    sum(assignments.onsite_days) as days,
                    bool_and(greatest(assignments.onsite_start, assignments.onsite_end) <= run.as_of) as is_over
                from staging.stg_audit_assignment as assignments
                inner join staging.stg_audit as audits on assignments.audit_id = audits.audit_id
                cross join marts.dim_run as run
                where assignments.role in ('leader', 'auditor')
                    and assignments.onsite_days > 0
                    and assignments.onsite_start is not null
                    and not list_contains(assignments.unreadable_columns, 'onsite_end')
                    and (
                        (audits.status = 'completed' and audits.actual_end <= run.as_of)
                        or (audits.status = 'terminated' and audits.actual_start <= run.as_of)
                        or (audits.is_stub and assignments.onsite_end <= run.as_of)
                    )
                group by assignments.person_id
            ) as assigned
            full join (
                select person_id, sum(load_days) as days
                from {batch}
                group by person_id
            ) as laid on assigned.person_id = laid.person_id
            where laid.days > coalesce(assigned.days, 0)
                or (coalesce(assigned.is_over, true) and assigned.days is distinct from laid.days)
            """,
            "人日负荷之和等于审核任务人日之和",
        ),
        _blocking(
            "loads.everybody_is_there",
            "fct_auditor_workload",
            """
            select person_id as record from staging.stg_person
            where person_id not in (select person_id from (select * from {batch}) as workloads)
            """,
            "每名人员都有负荷记录",
        ),
        _blocking(
            "loads.calendar_year",
            "fct_auditor_workload",
            """
            select workloads.person_id as record
            from (select * from {batch}) as workloads
            cross join marts.dim_run as run
            left join marts.fct_auditor_day as day_loads
                on workloads.person_id = day_loads.person_id
                and day_loads.day_on between date_trunc('year', run.as_of) and run.as_of
            group by workloads.person_id, workloads.calendar_year_days
            having coalesce(sum(day_loads.load_days), 0) <> workloads.calendar_year_days
            """,
            "自然年人日等于逐日负荷之和",
        ),
    ]


def _rules() -> list[Check]:
    """No vacuous pass: every rule that is switched on counted its whole population."""
    return [
        _blocking(
            "rules.counts_add_up",
            "fct_rule_evaluation",
            """
            select rule_id as record from (select * from {batch}) as evaluations
            where passed + warning + breach + undetermined + not_applicable is distinct from population
                or least(passed, warning, breach, undetermined, not_applicable) < 0
            """,
            "每条规则五种状态之和等于其总体",
        ),
        _blocking(
            "rules.every_rule_evaluated",
            "dim_rule",
            """
            select rules.rule_id as record
            from (select * from {batch}) as rules
            left join marts.fct_rule_evaluation as evaluations
                on rules.rule_id = evaluations.rule_id and rules.profile = evaluations.profile
            where rules.is_enabled
            group by rules.rule_id
            having count(evaluations.rule_id) <> 1
            """,
            "每条启用的规则都恰好评价一次",
        ),
        _blocking(
            "rules.findings_match_counts",
            "fct_rule_evaluation",
            """
            select evaluations.rule_id as record
            from (select * from {batch}) as evaluations
            left join (
                select
                    rule_id,
                    count(case when state = 'warning' then 1 end) as warning,
                    count(case when state = 'breach' then 1 end) as breach,
                    count(case when state = 'undetermined' then 1 end) as undetermined
                from marts.fct_rule_finding
                group by rule_id
            ) as findings on evaluations.rule_id = findings.rule_id
            where evaluations.warning <> coalesce(findings.warning, 0)
                or evaluations.breach <> coalesce(findings.breach, 0)
                or evaluations.undetermined <> coalesce(findings.undetermined, 0)
            """,
            "发现清单与规则计数一致",
        ),
    ]


def _months() -> list[Check]:
    """Valid at the month's start, plus what became valid, less what ceased to be, is valid at its end."""
    return [
        _blocking(
            "months.follow_on",
            "fct_monthly_statistics",
            """
            select concat_ws('|', body_id, system, cast(month as varchar)) as record
            from (
                select
                    *,
                    lag(valid_at_end, 1, 0) over (partition by body_id, system order by month) as valid_before
                from {batch}
            ) as followed
            where valid_at_start <> valid_before
            """,
            "月初有效数等于上月末有效数",
        ),
        _blocking(
            "months.flows_reconcile",
            "fct_monthly_statistics",
            """
            with changes as (
                select body_id, system, date_trunc('month', from_on) as month, 1 as change
                from marts.fct_certificate_status_interval
                where status = 'valid'
                union all
                select body_id, system, date_trunc('month', to_on + 1) as month, -1 as change
                from marts.fct_certificate_status_interval
                where status = 'valid' and to_on is not null
            ),
            moved as (
                select body_id, system, cast(month as date) as month, sum(change) as change
                from changes
                group by all
            )
            select concat_ws('|', months.body_id, months.system, cast(months.month as varchar)) as record
            from (select * from {batch}) as months
            left join moved
                on months.body_id = moved.body_id
                and months.system = moved.system
                and months.month = moved.month
            where months.valid_at_start + coalesce(moved.change, 0) <> months.valid_at_end
            """,
            "月初有效数加转入减转出等于月末有效数",
        ),
        _blocking(
            "months.end_is_the_register",
            "fct_monthly_statistics",
            """
            select
                coalesce(counted.body_id, registered.body_id)
                || '|'
                || coalesce(counted.system, registered.system) as record
            from (
                select body_id, system, valid_at_end as valid
                from {batch}
                qualify row_number() over (partition by body_id, system order by month desc) = 1
            ) as counted
            full join (
                select body_id, system, count(case when status = 'valid' then 1 end) as valid
                from marts.dim_certificate
                group by body_id, system
            ) as registered
                on counted.body_id = registered.body_id and counted.system = registered.system
            where coalesce(counted.valid, 0) <> coalesce(registered.valid, 0)
            """,
            "最后一个月的月末有效数等于证书表中的有效证书数",
        ),
    ]


def _registers() -> list[Check]:
    return [
        _blocking(
            "register.every_certificate_once",
            "dim_certificate",
            """
            select coalesce(issued.certificate_id, registered.certificate_id) as record
            from (
                select certificate_id
                from staging.stg_certificate
                cross join marts.dim_run as run
                where issued_on <= run.as_of
            ) as issued
            full join (select * from {batch}) as registered
                on issued.certificate_id = registered.certificate_id
            group by 1
            having count(issued.certificate_id) <> 1 or count(registered.certificate_id) <> 1
            """,
            "截止日前颁发的证书在证书表中恰有一行",
        ),
        _blocking(
            "register.every_body_once",
            "fct_body_capacity",
            """
            select coalesce(bodies.body_id, capacities.body_id) as record
            from staging.stg_certification_body as bodies
            full join (select * from {batch}) as capacities on bodies.body_id = capacities.body_id
            group by 1
            having count(bodies.body_id) <> 1 or count(capacities.body_id) <> 1
            """,
            "每家机构在能力表中恰有一行",
        ),
        _blocking(
            "register.one_run",
            "dim_run",
            "select 'dim_run' as record from {batch} having count(*) <> 1",
            "运行信息恰有一行",
        ),
    ]


def _blocking(name: str, mart: str, sql: str, title_zh: str) -> Check:
    return Check("marts", name, f"marts.{mart}", " ".join(sql.split()), Severity.BLOCKING, title_zh)
