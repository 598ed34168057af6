-- All results of all chapters: read once by the findings and once, cheaply, by the counts.
select * from {{ ref('rule_results__body') }}
union all
select * from {{ ref('rule_results__application') }}
union all
select * from {{ ref('rule_results__audit') }}
union all
select * from {{ ref('rule_results__decision') }}
union all
select * from {{ ref('rule_results__certificates') }}
union all
select * from {{ ref('rule_results__status') }}
union all
select * from {{ ref('rule_results__reporting') }}
union all
select * from {{ ref('rule_results__profiles') }}
