-- 5.4.5.1 The plan can name a part-time member's employer and an expert's professional code.
with judged as (
    select
        *,
        audit_id || '|' || person_id as subject_id,
        start_on as anchor_on,
        case when role = 'technical_expert' then '技术专家' else '审核组成员' end as role_zh,
        case when is_employer_missing then '兼职而未记录工作单位' when is_employer_missing is null then '专兼职未记录' else '工作单位无缺' end as employer_zh,
        case when is_code_missing then '没有有效的专业代码' when is_code_missing is null then '专业代码无法判断' else '专业代码无缺' end as code_zh,
        team_state as state
    from {{ ref('int_team__plan_naming') }}
    where not is_plan
)

{{ judgement(
    'judged',
    keys=['audit_id', 'person_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_subject',
    found=say('{role_zh}：{employer_zh}；{code_zh}'),
    evidence=['audit_id', 'person_id', 'role', 'employment', 'scope_codes']
) }}
