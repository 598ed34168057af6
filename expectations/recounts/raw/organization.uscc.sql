-- Proves that a Chinese organization's code is one (GB 32100-2015): 18 characters of 31, the last of them being
-- (31 - weighted sum mod 31) mod 31. The outer modulo is often forgotten.
with organizations as (
    select
        org_id,
        upper(uscc) as code,
        '0123456789ABCDEFGHJKLMNPQRTUWXY' as alphabet,
        [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as weights
    from batch
    where uscc is not null and coalesce(country_code, '156') = '156'
),

digits as (
    select
        org_id,
        code,
        alphabet,
        list_sum([
            (strpos(alphabet, substr(code, cast(place as integer), 1)) - 1) * weights[place] for place in range(1, 18)
        ]) as weighted
    from organizations
)

select org_id as record
from digits
where not regexp_full_match(code, '[' || alphabet || ']+')
    or length(code) <> 18
    or substr(code, 18, 1) <> substr(alphabet, cast((31 - weighted % 31) % 31 + 1 as integer), 1)
