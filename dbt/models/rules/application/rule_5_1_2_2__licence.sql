-- 5.1.2 (2) An application is accepted only while a required licence is valid.
with judged as (
    select
        applications.application_id,
        applications.application_id as subject_id,
        applications.body_id,
        applications.org_id,
        applications.is_abroad,
        applications.is_judged,
        applications.reviewed_on,
        applications.reviewed_on as anchor_on,
        clients.licence_required,
        clients.licence_valid_until,
        case when clients.licence_required then '是' when not clients.licence_required then '否' else '未记录' end as is_required_zh,
        case
            when clients.licence_required is null then 'undetermined'
            when not clients.licence_required then 'pass'
            else {{ state_if('clients.licence_valid_until < applications.reviewed_on') }}
        end as state
    from {{ ref('int_application__judged') }} as applications
    left join {{ ref('int_client') }} as clients on applications.org_id = clients.org_id
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('受理于 {reviewed_on}，是否需要行政许可：{is_required_zh}，许可有效期至 {licence_valid_until}（按今日记录）'),
    evidence=['org_id', 'reviewed_on', 'licence_required', 'licence_valid_until']
) }}
