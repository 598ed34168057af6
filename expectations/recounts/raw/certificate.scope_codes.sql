-- Proves that ITSMS certificates name business scopes of Annex A, table A; the first two levels count. Certificates of
-- other systems are coded after other lists.
with codes as (
    select
        certificate_id,
        unnest(string_split(scope_codes, ';')) as code
    from batch
    where scope_codes is not null and system = 'ITSMS'
)

select distinct codes.certificate_id as record
from codes
left join read_csv('{reference}/scope.csv', all_varchar = true) as scopes on substr(codes.code, 1, 5) = scopes.code
where scopes.code is null
