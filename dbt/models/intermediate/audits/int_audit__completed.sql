-- Completed ITSMS audits: a completed audit that ends after as_of has not happened yet.
{{ config(materialized='ephemeral') }}
select *
from {{ ref('int_audit') }}
where is_completed
    and is_itsms
