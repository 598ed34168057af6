-- Proves that landing lost and invented no row: each that was read was landed, set aside, or merged with an equal one.
select table_name as record
from batch
where rows_in is distinct from landed + set_aside + merged
