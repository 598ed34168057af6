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
        max(case when not coalesce(is_sure, false) then start_on end) as last_unsure_on
    from begun
    where application_id is not null
    group by application_id
),

of_lines as (
    select
        lines.certificate_id,
        max(case when begun.is_sure then begun.start_on end) as last_start_on,
        max(case when begun.is_sure and begun.may_be_stage2 then begun.start_on end) as last_stage2_start_on,
        max(case when not coalesce(begun.is_sure, false) then begun.start_on end) as last_unsure_on
    from {{ ref('int_certificate__line_row') }} as lines
    inner join begun on lines.row_id = begun.certificate_id
    group by lines.certificate_id
)

select
    audits.audit_id,
    case
        when audits.audit_type = 'stage1'
            then greatest(of_applications.last_stage2_start_on, of_lines.last_stage2_start_on) > audits.actual_end
        else greatest(of_applications.last_start_on, of_lines.last_start_on) > audits.actual_end
    end as is_next_begun,
    greatest(of_applications.last_unsure_on, of_lines.last_unsure_on) > audits.actual_end as may_be_next_begun
from {{ ref('int_audit') }} as audits
left join of_applications on audits.application_id = of_applications.application_id
left join of_lines on audits.certificate_id = of_lines.certificate_id
