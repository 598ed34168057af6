-- Proves that a body is approved for business scopes of Annex A, table A. A body may subdivide its codes further, so that
-- the first two levels count.
with codes as (
    select
        body_id,
        unnest(string_split(approved_scopes, ';')) as code
    from batch
    where approved_scopes is not null
)

select distinct codes.body_id as record
from codes
left join read_csv('{reference}/scope.csv', all_varchar = true) as scopes on substr(codes.code, 1, 5) = scopes.code
where scopes.code is null
