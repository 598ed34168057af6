-- 5.1.2, 5.2.3 ITSMS applications that were accepted, or on which an audit has begun whatever the review says, and those
-- of which that is not known.
{{ config(materialized='ephemeral') }}
select *
from {{ ref('int_application') }}
where {{ in_population('is_judged') }}
