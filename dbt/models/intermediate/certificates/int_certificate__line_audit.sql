-- Audits of certificates, whatever their status: for every row of a line those of its whole line; is_of_line: those of
-- the row itself and of the rows that it reissues. ITSMS audits, and those whose systems could not be read.
select
    line_rows.certificate_id,
    line_rows.is_earlier as is_of_line,
    audits.audit_id,
    audits.certificate_id as audited_certificate_id,
    audits.audit_type,
    audits.status,
    audits.planned_end,
    audits.actual_start,
    audits.actual_end,
    audits.is_itsms,
    audits.is_completed,
    audits.is_begun
from {{ ref('int_audit__itsms') }} as audits
inner join {{ ref('int_certificate__line_row') }} as line_rows on audits.certificate_id = line_rows.row_id
