-- The certificates that the rules speak of, main and sub-certificates alike, and those whose system could not be read: they
-- may be (is_itsms is NULL; a rule cannot decide on them).
select *
from {{ ref('int_certificate') }}
where {{ in_population('is_itsms') }}
