-- Annex C The parts of every ITSMS certificate number: body code, year, running number, cycle,
-- accreditation code and, for sub-certificates, a suffix. NULL parts where the form is another.
{% set form = '([0-9]{3,4}|F[0-9]{3})([0-9]{2})IT([0-9]{5})R([0-9]+)(00|[A-Z]{2,})(-[0-9]+)?' -%}
with numbers as (
    select
        *,
        {{ matches('normalised_no', form) }} as has_annex_c_form
    from {{ ref('int_certificate__itsms') }}
)

select
    *,
    case when has_annex_c_form then {{ extracted('normalised_no', form, 1) }} end as number_body_code,
    case when has_annex_c_form then {{ extracted('normalised_no', form, 2) }} end as number_year,
    case when has_annex_c_form then {{ extracted('normalised_no', form, 3) }} end as number_sequence,
    case when has_annex_c_form then {{ extracted('normalised_no', form, 4) }} end as number_cycle,
    case when has_annex_c_form then {{ extracted('normalised_no', form, 5) }} end as number_accreditation,
    case when has_annex_c_form then {{ extracted('normalised_no', form, 6) }} end as number_suffix
from numbers
