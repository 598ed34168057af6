"""Why a row is not taken, and in which words that is said to the people who have to put it right.

A row may have several reasons; it counts once. Raw values of columns with personal data are not repeated:
neither the quarantine nor a message may carry them further.
"""

from dataclasses import dataclass

import duckdb

from ingestion import sql
from ingestion.cells.dates import EARLIEST, LATEST
from ingestion.cells.numbers import FRACTION_DIGITS, WHOLE_DIGITS
from ingestion.contract import Column, Table

MASK = "***"

#: reason -> (English, Chinese); {name} and {label} are the column's, {values} its closed list.
REASONS: dict[str, tuple[str, str]] = {
    "field_count": (
        "The line does not have as many fields as the header.",
        "该行的字段数与表头不一致。",
    ),
    "malformed_quotes": (
        "A quoted field of the line is not closed, or goes on after its closing quote.",
        "该行的引号不成对或引号后仍有内容。",
    ),
    "missing_required": ("{name} must not be empty.", "“{label}”为必填项，不得为空。"),
    "not_in_list": ("{name} is none of {values}.", "“{label}”不在允许的取值范围内：{values_zh}。"),
    "date_two_digit_year": (
        "{name} has a two-digit year: write the year with four digits.",
        "“{label}”的年份只有两位，请填写四位年份。",
    ),
    "date_has_time": (
        "{name} has a time of day: write the day only.",
        "“{label}”带有具体时刻，请只填写日期。",
    ),
    "date_unreadable": ("{name} is not a date: write YYYY-MM-DD.", "“{label}”不是日期，请按“年-月-日”填写。"),
    "date_impossible": ("{name} is a day that does not exist.", "“{label}”是不存在的日期。"),
    "date_out_of_range": (
        f"{{name}} lies outside {EARLIEST} to {LATEST}.",
        f"“{{label}}”超出允许的日期范围（{EARLIEST} 至 {LATEST}）。",
    ),
    "int_unreadable": ("{name} is not a whole number.", "“{label}”不是整数。"),
    "number_unreadable": (
        "{name} is not a decimal number: write digits and '.', no unit, no thousands separator.",
        "“{label}”不是数字，请只填写数字和小数点，不带单位和千分位。",
    ),
    "number_too_large": ("{name} is too large a number.", "“{label}”的数值过大。"),
    "decimal_precision": (
        f"{{name}} has more than {WHOLE_DIGITS} digits before or {FRACTION_DIGITS} behind the point.",
        f"“{{label}}”的整数部分超过{WHOLE_DIGITS}位或小数部分超过{FRACTION_DIGITS}位。",
    ),
    "bool_unreadable": ("{name} is neither true nor false.", "“{label}”应填写“是”或“否”。"),
    "duplicate_key": (
        "Another row has the same {name}: none of them is taken.",
        "“{label}”与其他行重复，重复的各行均不采用。",
    ),
    "broken_reference": (
        "{name} leads nowhere: {target} has no such row.",
        "“{label}”所指的“{target_zh}”记录不存在。",
    ),
    "depends_on_quarantined": (
        "{name} leads to a row of {target} that is itself in quarantine.",
        "“{label}”所指的“{target_zh}”记录已被隔离。",
    ),
}

#: The columns of quarantine.parquet, in order.
COLUMNS = (
    "table_name", "source_file", "source_row", "column_name",
    "reason", "raw_value", "row_key", "message", "message_zh",
)  # fmt: skip

CREATE = """
create temp table quarantine (
    table_name varchar, source_file varchar, source_row bigint, column_name varchar, reason varchar,
    raw_value varchar, row_key varchar, message varchar, message_zh varchar, column_order integer
)
"""


@dataclass(frozen=True)
class Place:
    """Where the rows of a table come from, for the quarantine."""

    table: Table
    file: str


def quarantine(
    connection: duckdb.DuckDBPyConnection,
    place: Place,
    columns: tuple[Column, ...],
    reason: str,
    *,
    rows: str,
    line: str,
    raw: str = "null",
    key: str = "null",
    target: Table | None = None,
) -> None:
    """Adds every row of the relation `rows`. `columns` are those at fault: none for a whole line."""
    message, message_zh = messages(reason, columns, target)
    masked = any(column.pii for column in columns) or (not columns and place.table.has_pii)
    shown = f"case when {raw} is not null then {sql.text(MASK)} end" if masked else raw
    named = sql.text(",".join(column.name for column in columns)) if columns else "null"
    order = place.table.columns.index(columns[0]) if columns else -1
    connection.execute(
        f"insert into quarantine select {sql.text(place.table.name)}, {sql.text(place.file)}, {line}, "
        f"{named}, {sql.text(reason)}, {shown}, {key}, {sql.text(message)}, {sql.text(message_zh)}, {order} "
        f"from {rows}"
    )


def messages(reason: str, columns: tuple[Column, ...], target: Table | None = None) -> tuple[str, str]:
    """The reason in English and Chinese."""
    english, chinese = REASONS[reason]
    labels = [value for column in columns for value in (column.value_labels or {}).values()]
    return (
        english.format(
            name=", ".join(column.name for column in columns),
            values=", ".join(value for column in columns for value in column.values),
            target=target.name if target else "",
        ),
        chinese.format(
            label="、".join(column.label_zh for column in columns),
            values_zh="、".join(labels),
            target_zh=target.label_zh if target else "",
        ),
    )
