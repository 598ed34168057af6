-- 3.6 (1)-(3) A professional auditor is granted a scope on education and experience, training and audits, or projects.
with registered as (
    select
        person_id,
        min(case when grade is not null then valid_from end) as registered_from,
        bool_or(grade is null or valid_from is null) as may_be_registered
    from {{ ref('stg_auditor_registration') }}
    where system = 'ITSMS'
        and coalesce(grade in ('auditor', 'senior_auditor'), true)
    group by person_id
),

grants as (
    select
        grants.*,
        persons.body_id,
        case
            when registered.registered_from <= grants.granted_on then true
            when registered.may_be_registered then null
            else false
        end as is_registered
    from {{ ref('stg_auditor_scope') }} as grants
    left join {{ ref('stg_person') }} as persons on grants.person_id = persons.person_id
    left join registered on grants.person_id = registered.person_id
    where grants.capacity = 'auditor'
),

judged as (
    select
        *,
        person_id || '|' || scope_code as subject_id,
        granted_on as anchor_on,
        case basis
            when 'education_experience' then '学历与工作经历'
            when 'training_and_audits' then '培训与指导下的审核'
            when 'project' then '项目'
            else '未记录'
        end as basis_zh,
        case when is_registered then '评定前已取得' when not is_registered then '评定前未取得' else '取得时间无法确定' end as registered_zh,
        case basis
            when 'education_experience' then
                bachelor_or_above
                and (
                    experience_years >= {{ parameter('professional_experience_years_min', on='granted_on') }}
                    or intermediate_title
                )
            when 'training_and_audits' then
                guided_audits >= {{ parameter('professional_guided_audits_min', on='granted_on') }}
                and guided_onsite_days >= {{ parameter('professional_guided_days_min', on='granted_on') }}
                and is_registered
            when 'project' then
                projects >= {{ parameter('professional_projects_min', on='granted_on') }}
        end as is_basis_met
    from grants
),

stated as (
    select
        *,
        {{ state_if('not is_basis_met') }} as state
    from judged
)

{{ judgement(
    'stated',
    keys=['person_id', 'scope_code'],
    found=say('评定依据：{basis_zh}，所记录的条件不足或未记录；ITSMS 审核员注册资格{registered_zh}'),
    evidence=['person_id', 'scope_code', 'granted_on', 'basis', 'bachelor_or_above', 'experience_years', 'intermediate_title', 'guided_audits', 'guided_onsite_days', 'projects', 'is_registered']
) }}
