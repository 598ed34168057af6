"""The one expectation that Great Expectations does not have: every value of a column stands in another relation.

Importing it registers it, as `expect_column_values_to_be_known`.
"""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sa
from great_expectations.execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    ColumnMapMetricProvider,
    column_condition_partial,
)


class ColumnValuesKnown(ColumnMapMetricProvider):
    """Whether a value is one of `key` in `relation`. An empty key there makes no value known, and none unknown."""

    condition_metric_name = "column_values.known"
    condition_value_keys = ("relation", "key")

    @column_condition_partial(engine=SqlAlchemyExecutionEngine)
    def _sqlalchemy(cls, column: Any, relation: str, key: str, **_: Any) -> Any:
        schema, _dot, name = relation.partition(".")
        known: Any = sa.column(key)
        return column.in_(
            sa.select(known).select_from(sa.table(name, schema=schema)).where(known.is_not(None))
        )


class ExpectColumnValuesToBeKnown(ColumnMapExpectation):
    """Expect every value of the column, where there is one, to stand in column `key` of `relation`."""

    relation: str
    key: str

    map_metric: ClassVar[str] = "column_values.known"
    success_keys: ClassVar[tuple[str, ...]] = ("relation", "key", "mostly")
    args_keys: ClassVar[tuple[str, ...]] = ("column", "relation", "key")
