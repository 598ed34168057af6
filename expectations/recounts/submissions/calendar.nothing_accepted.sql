-- Proves that nothing is asked for again that was accepted by as_of.
select calendar.subject_id as record
from batch as calendar
cross join marts.dim_run as run
inner join staging.stg_cnca_report as reports
    on calendar.subject_id = reports.subject_id
    and calendar.report_kind = reports.kind
    and calendar.recipient = reports.recipient
where reports.result = 'accepted' and reports.reported_on <= run.as_of
