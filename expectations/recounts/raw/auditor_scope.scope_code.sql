-- Proves that people are professional in business scopes of Annex A, table A; the first two levels count.
select concat_ws('|', persons.person_id, persons.scope_code, persons.capacity) as record
from batch as persons
left join read_csv('{reference}/scope.csv', all_varchar = true) as scopes on substr(persons.scope_code, 1, 5) = scopes.code
where persons.scope_code is not null and scopes.code is null
