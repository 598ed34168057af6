-- ITSMS audits of every status, and audits whose systems could not be read: they may be.
{{ config(materialized='ephemeral') }}
select *
from {{ ref('int_audit') }}
where {{ in_population('is_itsms') }}
