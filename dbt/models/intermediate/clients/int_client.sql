-- 1.3 The client of an application, audit or certificate: where it is, and by which unified code it is the same client
-- as another. A stub, or an organization without country code, is not abroad: the rule applies.
select
    *,
    {{ is_abroad('country_code') }} as is_abroad,
    nullif({{ without_blanks('upper(uscc)') }}, '') as unified_code
from {{ ref('stg_organization') }}
