"""What a relation's shape promises, and the expectations that say it: keys, cells, code lists, references, days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic import Strict as StrictMode

from expectations.outcome import Check, Expectation, Severity

T = TypeVar("T")
Many = Annotated[tuple[T, ...], StrictMode(False)]
Grave = Annotated[Severity, StrictMode(False)]


class Strict(BaseModel):
    """A part of a suite's file: no key more, none less, no value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Range(Strict):
    """Columns whose days lie from `first_on` on and before `before_on`."""

    columns: Many[str]
    first_on: date
    before_on: date


class Rows(Strict):
    """How many rows there are: all, or those of which a truth value is so."""

    count: int
    name: str = "row_count"
    label_zh: str = ""
    column: str = ""
    is_true: bool = True


class Relation(Strict):
    """A relation and what must hold of it.

    record    columns that name a row
    key       columns that are unique together
    filled    columns that are never empty
    listed    columns with the values that they may have
    known     columns with the column (schema.relation.column) in which their values stand
    ordered   days with the day before which they do not lie
    labels    columns with their Chinese names
    """

    relation: str
    severity: Grave
    label_zh: str = ""
    record: Many[str] = ()
    key: Many[str] = ()
    filled: Many[str] = ()
    listed: Mapping[str, Many[str]] = Field(default_factory=dict)
    known: Mapping[str, str] = Field(default_factory=dict)
    ordered: Mapping[str, str] = Field(default_factory=dict)
    between: Many[Range] = ()
    rows: Many[Rows] = ()
    labels: Mapping[str, str] = Field(default_factory=dict)


def checks_of(suite: str, relation: Relation) -> Iterator[Check]:
    """One check per promise."""
    subject = relation.relation.partition(".")[2].removeprefix("stg_").removeprefix("sub_")
    for name, title, expectation in _promises(relation):
        yield Check(
            suite=suite,
            name=f"{subject}.{name}",
            relation=relation.relation,
            expectation=expectation,
            severity=relation.severity,
            title_zh=f"{relation.label_zh}：{title}",
            record=relation.record,
        )


Promise = tuple[str, str, Expectation]


def _promises(relation: Relation) -> Iterator[Promise]:
    yield from _counts(relation)
    yield from _key(relation)
    yield from _cells(relation)
    yield from _days(relation)


def _counts(relation: Relation) -> Iterator[Promise]:
    for rows in relation.rows:
        arguments: dict[str, object] = {"value": rows.count}
        if rows.column:
            arguments["row_condition"] = {
                "type": "comparison",
                "column": {"name": rows.column},
                "operator": "==",
                "parameter": rows.is_true,
            }
        yield rows.name, f"{rows.label_zh}行数相符", Expectation("expect_table_row_count_to_equal", arguments)


def _key(relation: Relation) -> Iterator[Promise]:
    if len(relation.key) == 1:
        unique = Expectation("expect_column_values_to_be_unique", {"column": relation.key[0]})
        yield "key_unique", "主键唯一", unique
    elif relation.key:
        unique = Expectation("expect_compound_columns_to_be_unique", {"column_list": list(relation.key)})
        yield "key_unique", "主键唯一", unique


def _cells(relation: Relation) -> Iterator[Promise]:
    for column in relation.filled:
        filled = Expectation("expect_column_values_to_not_be_null", {"column": column})
        yield f"{column}_filled", f"{_label(relation, column)}非空", filled
    for column, values in relation.listed.items():
        listed = Expectation("expect_column_values_to_be_in_set", {"column": column, "value_set": [*values]})
        yield f"{column}_listed", f"{_label(relation, column)}取值在代码表内", listed
    for column, place in relation.known.items():
        where, _, key = place.rpartition(".")
        known = Expectation(
            "expect_column_values_to_be_known", {"column": column, "relation": where, "key": key}
        )
        yield f"{column}_known", f"{_label(relation, column)}所指记录存在", known


def _days(relation: Relation) -> Iterator[Promise]:
    for later, earlier in relation.ordered.items():
        arguments = {
            "column_A": later,
            "column_B": earlier,
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        }
        ordered = Expectation("expect_column_pair_values_a_to_be_greater_than_b", arguments)
        yield f"{later}_order", f"{_label(relation, later)}早于{_label(relation, earlier)}", ordered
    for span in relation.between:
        for column in span.columns:
            limits = {"min_value": span.first_on, "max_value": span.before_on, "strict_max": True}
            between = Expectation("expect_column_values_to_be_between", {"column": column, **limits})
            yield f"{column}_plausible", f"{_label(relation, column)}不合常理", between


def _label(relation: Relation, column: str) -> str:
    return relation.labels.get(column, column)
