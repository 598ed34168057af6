-- Proves that who applies for ITSMS names business scopes of Annex A, table A; the first two levels count.
with codes as (
    select
        application_id,
        unnest(string_split(scope_codes, ';')) as code
    from batch
    where scope_codes is not null and list_contains(string_split(systems, ';'), 'ITSMS')
)

select distinct codes.application_id as record
from codes
left join read_csv('{reference}/scope.csv', all_varchar = true) as scopes on substr(codes.code, 1, 5) = scopes.code
where scopes.code is null
