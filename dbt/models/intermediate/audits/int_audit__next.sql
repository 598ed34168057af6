-- Whether the next audit has begun by as_of: an ITSMS audit of the same application, or of a certificate of the whole line,
-- that began after this one ended; after a stage 1 only a stage 2. may_be_next_begun: one whose state, start, type or system
-- could not be read.
with begun as (
    select
        audit_id,
        application_id,
        certificate_id,
        is_begun and is_itsms and audit_type is not null as is_sure,
        coalesce(audit_type = 'stage2', true) as may_be_stage2,
        coalesce(actual_start, {{ as_of() }}) as start_on
    from {{ ref('int_audit') }}
    where {{ in_population('is_begun and is_itsms') }}
),

of_applications as (
    select
        application_id,
        max(case when is_sure then start_on end) as last_start_on,
        max(case when is_sure and may_be_stage2 then start_on end) as last_stage2_start_on,
        max(case when not coalesce(is_sure, false) then start_on end) as last_unsure_on,
        max(case when not coalesce(is_sure, false) and may_be_stage2 then start_on end) as last_unsure_stage2_on
    from begun
    where application_id is not null
    group by application_id
),

-- A certificate that is not in the data is a line by itself.
lines as (
    select
        certificate_id,
        row_id
    from {{ ref('int_certificate__line_row') }}
    union all
    select
        certificate_id,
        certificate_id as row_id
    from {{ ref('stg_certificate') }}
    where is_stub
),

of_lines as (
    select
        lines.certificate_id,
        max(case when begun.is_sure then begun.start_on end) as last_start_on,
        max(case when begun.is_sure and begun.may_be_stage2 then begun.start_on end) as last_stage2_start_on,
        max(case when not coalesce(begun.is_sure, false) then begun.start_on end) as last_unsure_on,
        max(case when not coalesce(begun.is_sure, false) and begun.may_be_stage2 then begun.start_on end) as last_unsure_stage2_on
    from lines
    inner join begun on lines.row_id = begun.certificate_id
    group by lines.certificate_id
),

-- An audit whose records say that it began after it ended, or of which nobody knows whether it began, would follow itself:
-- its followers are looked for one by one.
odd as (
    select
        audits.audit_id,
        bool_or(begun.is_sure and (audits.audit_type <> 'stage1' or begun.may_be_stage2)) as is_next_begun,
        bool_or(not coalesce(begun.is_sure, false) and (audits.audit_type <> 'stage1' or begun.may_be_stage2)) as may_be_next_begun
    from {{ ref('int_audit') }} as audits
    inner join begun
        on begun.start_on > audits.actual_end
        and audits.audit_id <> begun.audit_id
    left join lines
        on audits.certificate_id = lines.certificate_id
        and begun.certificate_id = lines.row_id
    where (audits.actual_start > audits.actual_end or (audits.is_begun and audits.is_itsms) is null)
        and (audits.application_id = begun.application_id or lines.row_id is not null)
    group by audits.audit_id
)

select
    audits.audit_id,
    case
        when audits.actual_start > audits.actual_end or (audits.is_begun and audits.is_itsms) is null then odd.is_next_begun
        when audits.audit_type = 'stage1'
            then greatest(of_applications.last_stage2_start_on, of_lines.last_stage2_start_on) > audits.actual_end
        else greatest(of_applications.last_start_on, of_lines.last_start_on) > audits.actual_end
    end as is_next_begun,
    case
        when audits.actual_start > audits.actual_end or (audits.is_begun and audits.is_itsms) is null then odd.may_be_next_begun
        when audits.audit_type = 'stage1'
            then greatest(of_applications.last_unsure_stage2_on, of_lines.last_unsure_stage2_on) > audits.actual_end
        else greatest(of_applications.last_unsure_on, of_lines.last_unsure_on) > audits.actual_end
    end as may_be_next_begun
from {{ ref('int_audit') }} as audits
left join of_applications on audits.application_id = of_applications.application_id
left join of_lines on audits.certificate_id = of_lines.certificate_id
left join odd on audits.audit_id = odd.audit_id
