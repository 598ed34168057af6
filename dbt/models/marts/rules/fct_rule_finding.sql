-- What deserves attention: warnings, breaches and what could not be determined, each explained.
select
    results.rule_id || '|' || results.subject_id as finding_id,
    results.rule_id,
    results.profile,
    rules.clause,
    rules.title_zh,
    rules.severity,
    results.body_id,
    rules.subject_type,
    results.subject_id,
    subjects.label_zh as subject_label,
    subjects.org_id,
    subjects.certificate_id,
    subjects.person_id,
    -- What else the subject is or belongs to, where the rule names it.
    results.application_id,
    results.audit_id,
    results.decision_id,
    results.nc_id,
    results.event_id,
    results.complaint_id,
    results.record_id,
    results.site_id,
    results.scope_code,
    results.clause_no,
    results.recipient,
    results.period,
    results.state,
    results.month,
    results.anchor_on,
    results.due_on,
    results.observed_on,
    results.measured,
    results.limit_value,
    rules.unit,
    coalesce(subjects.label_zh, results.subject_id) || '：'
        || case results.state when 'breach' then '不符合' when 'warning' then '预警' else '无法判定' end
        || '（' || rules.title_zh || '）。'
        || coalesce(results.found, '判断所依据的日期未记录') || '。'
        || '（条款 ' || rules.clause || '）' as message,
    results.found,
    results.evidence
from {{ ref('rule_results') }} as results
inner join {{ ref('dim_rule') }} as rules on results.rule_id = rules.rule_id
left join {{ ref('int_finding__subject') }} as subjects
    on rules.subject_type = subjects.subject_type
    and results.subject_id = subjects.subject_id
    and results.body_id is not distinct from subjects.body_id
where results.subject_id is not null
