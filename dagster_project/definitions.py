"""Everything that Dagster knows of certhouse, for the home that $CERTHOUSE_HOME names.

The dbt project is read as it was last parsed; it is parsed here only if nobody has done so for this home yet.
"""

from __future__ import annotations

from dagster_project.defs.assembly import build_definitions
from dagster_project.defs.settings import home_from_environment
from dagster_project.warehouse.models import prepare

defs = build_definitions(prepare(home_from_environment()))
