-- Audits of all systems that were held by as_of: completed, or terminated after they had begun.
{{ config(materialized='ephemeral') }}
select *
from {{ ref('int_audit') }}
where is_held
