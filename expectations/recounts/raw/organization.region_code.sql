-- Proves that a Chinese organization's region code is one (GB/T 2260): six digits, of which the first two name a province.
select organizations.org_id as record
from batch as organizations
left join read_csv('{reference}/province.csv', all_varchar = true) as provinces
    on substr(organizations.region_code, 1, 2) = provinces.prefix
where organizations.region_code is not null
    and coalesce(organizations.country_code, '156') = '156'
    and (
        provinces.prefix is null
        or not regexp_full_match(organizations.region_code, '[0-9]+')
        or length(organizations.region_code) <> 6
    )
