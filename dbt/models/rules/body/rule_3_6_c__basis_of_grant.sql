-- 3.6 (1)-(3) A professional auditor is granted a scope on education and experience, training and audits, or projects.
with grants as (
    select
        grants.*,
        persons.body_id,
        case grants.basis
            when 'education_experience' then
                grants.bachelor_or_above
                and (
                    grants.experience_years >= {{ parameter('professional_experience_years_min', on='grants.granted_on') }}
                    or grants.intermediate_title
                )
            when 'training_and_audits' then
                grants.guided_audits >= {{ parameter('professional_guided_audits_min', on='grants.granted_on') }}
                and grants.guided_onsite_days >= {{ parameter('professional_guided_days_min', on='grants.granted_on') }}
            when 'project' then
                grants.projects >= {{ parameter('professional_projects_min', on='grants.granted_on') }}
        end as is_basis_met
    from {{ ref('stg_auditor_scope') }} as grants
    inner join {{ ref('stg_person') }} as persons on grants.person_id = persons.person_id
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
        case
            when is_basis_met then 'pass'
            when not is_basis_met then 'breach'
            else 'undetermined'
        end as state
    from grants
)

{{ judgement(
    'judged',
    found="'评定依据：' || basis_zh || case state when 'breach' then '，所记录的条件未满足' else '，所需信息未记录' end",
    evidence=['person_id', 'scope_code', 'granted_on', 'basis', 'bachelor_or_above', 'experience_years', 'intermediate_title', 'guided_audits', 'guided_onsite_days', 'projects']
) }}
