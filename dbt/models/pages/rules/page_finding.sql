-- Every finding as the pages list it: what was found, on what evidence, in which record, against which clause.
select
    findings.finding_id,
    findings.state,
    cast(case findings.state when 'breach' then 1 when 'warning' then 2 else 3 end as integer) as state_place,
    findings.rule_id,
    findings.profile,
    findings.severity,
    case
        when rules.is_on_plans then 'before'
        when findings.rule_id = 'RD-1' then 'document'
        when findings.state = 'warning' and rules.has_house_number then 'house'
        else 'rule'
    end as purpose,
    rules.chapter_zh as chapter,
    findings.clause,
    findings.title_zh,
    findings.subject_type,
    findings.subject_id,
    coalesce(findings.subject_label, findings.subject_id) as subject_label,
    findings.certificate_id,
    findings.person_id,
    case
        when findings.person_id is not null then {{ record_address('auditor', 'findings.person_id') }}
        when findings.certificate_id is not null then {{ record_address('certificate', 'findings.certificate_id') }}
    end as href,
    {{ month_text('findings.month') }} as month,
    findings.anchor_on,
    findings.due_on,
    findings.observed_on,
    coalesce(findings.due_on, findings.anchor_on) as on_day,
    findings.measured,
    findings.limit_value,
    findings.unit,
    coalesce(findings.found, '判断所依据的日期未记录') || '。' as found,
    findings.evidence,
    rules.caution_zh as caution,
    bodies.name as body_name,
    findings.body_id,
    certificates.region_code,
    certificates.scope_codes
from {{ ref('fct_rule_finding') }} as findings
inner join {{ ref('dim_rule') }} as rules on findings.rule_id = rules.rule_id
left join {{ ref('dim_certificate') }} as certificates on findings.certificate_id = certificates.certificate_id
left join {{ ref('dim_certification_body') }} as bodies on findings.body_id = bodies.body_id
