"""What became of the rows and cells of the contract's tables, and in which words that is said to the people who have to
put it right.

A row lands, or it is set aside because it has no usable key; one that stands twice in the same words is one row. A cell
that cannot be read is emptied and its row stays. Whatever is not taken exactly as it stands is listed here, with its
place and what stood there; the files, sheets, headings and lines that are no records are listed by the readers
(ingestion/sources/fates.py). Raw values of columns with personal data are not repeated: neither a list nor a message
may carry them further.
"""

from dataclasses import dataclass

import duckdb

from ingestion import sql
from ingestion.cells.dates import EARLIEST, LATEST
from ingestion.cells.numbers import WHOLE_DIGITS
from ingestion.contract import Column, Table, contract
from ingestion.unreadable import KINDS

MASK = "***"

#: What became of a row or cell: English, Chinese.
FATES: dict[str, tuple[str, str]] = {
    "set_aside": ("set aside", "搁置"),
    "merged": ("one row with an equal one", "合并"),
    "emptied": ("emptied", "置空"),
    "missing": ("required and empty", "必填为空"),
    "stub": ("stands for an unknown record", "占位"),
    "listed": ("taken as it stands, listed", "列出"),
    "repaired": ("repaired", "修复"),
}

#: Fates of rows that do not land; rows in = landed + these.
ROWS_NOT_LANDED = ("set_aside", "merged")

#: reason -> (English, Chinese); {name} and {label} are the column's, {values} its closed list.
REASONS: dict[str, tuple[str, str]] = {
    # rows
    "field_count": (
        "The line does not have as many fields as the header.",
        "该行的字段数与表头不一致。",
    ),
    "malformed_quotes": (
        "A quoted field of the line is not closed, or goes on after its closing quote.",
        "该行的引号不成对或引号后仍有内容。",
    ),
    "line_too_long": (
        "The line is longer than any record can be: is a quote never closed?",
        "该行过长，不可能是一条记录，请检查引号是否成对。",
    ),
    "key_missing": ("{name} is the key and must not be empty.", "“{label}”是编号，不得为空。"),
    "duplicate_key": (
        "Other rows have the same {name} and say something else: none of them is taken.",
        "“{label}”与其他行重复而内容不同，各行均未采用。",
    ),
    "same_row": (
        "Another row is equal to it in every cell: they are one row.",
        "与另一行逐格相同，按一行处理。",
    ),
    # cells
    "missing_required": ("{name} must not be empty.", "“{label}”为必填项，不得为空。"),
    "not_in_list": ("{name} is none of {values}.", "“{label}”不在允许的取值范围内：{values_zh}。"),
    "date_two_digit_year": (
        "{name} has a two-digit year: write the year with four digits.",
        "“{label}”的年份只有两位，请填写四位年份。",
    ),
    "date_has_zone": (
        "{name} is a time of another zone, where the day may be another one: write the day in China.",
        "“{label}”是其他时区的时刻，日期可能不同，请填写北京时间的日期。",
    ),
    "date_zero": ("{name} is required and holds no day.", "“{label}”为必填项，“0000-00-00”不是日期。"),
    "date_unreadable": ("{name} is not a date: write YYYY-MM-DD.", "“{label}”不是日期，请按“年-月-日”填写。"),
    "date_impossible": ("{name} is a day that does not exist.", "“{label}”是不存在的日期。"),
    "date_out_of_range": (
        f"{{name}} lies outside {EARLIEST} to {LATEST}.",
        f"“{{label}}”超出允许的日期范围（{EARLIEST} 至 {LATEST}）。",
    ),
    "time_unreadable": ("{name} is no time of day: write HH:MM.", "“{label}”不是时刻，请按“时:分”填写。"),
    "period_unreadable": (
        "{name} is neither a month (YYYY-MM) nor a year (YYYY).",
        "“{label}”不是月份（年-月）也不是年份。",
    ),
    "int_unreadable": ("{name} is not a whole number.", "“{label}”不是整数。"),
    "number_unreadable": (
        "{name} is not a decimal number: write digits and '.', no unit, no thousands separator.",
        "“{label}”不是数字，请只填写数字和小数点，不带单位和千分位。",
    ),
    "number_too_large": (
        f"{{name}} is too large a number: it has more than {WHOLE_DIGITS} digits.",
        "“{label}”的数值过大。",
    ),
    "negative": (
        "{name} is less than none: look whether the sign is right.",
        "“{label}”为负数，请核对正负号。",
    ),
    "bool_unreadable": ("{name} is neither true nor false.", "“{label}”应填写“是”或“否”。"),
    "digits_lost": (
        "A spreadsheet has cut digits of {name} off: format the column as text, type the number anew.",
        "“{label}”被电子表格按数字处理，后几位已丢失，请将该列设为文本格式后重新填写。",
    ),
    "broken_character": (
        "{name} holds a character that was broken on its way: type it anew.",
        "“{label}”含有乱码或他处无法显示的字符，请重新填写。",
    ),
    **KINDS,
    # references
    "unknown_reference": (
        "{target} has no such row, but others refer to it: a row that holds its key alone stands for it.",
        "“{target_zh}”中没有该记录，但有记录引用它，暂以只有编号的占位行代替。",
    ),
    "set_aside_reference": (
        "Others refer to this row of {target}, which was set aside: a row that holds its key alone stands for it.",
        "“{target_zh}”中的该记录已被搁置，但有记录引用它，暂以只有编号的占位行代替。",
    ),
    "leads_nowhere": ("{name} names a record that is not there.", "“{label}”所指的记录不存在。"),
    "ambiguous_name": (
        "{name} holds a name that several records have: nobody can say which is meant.",
        "“{label}”所填名称对应多条记录，无法确定是哪一条。",
    ),
    "not_unique": ("{name} stands twice.", "“{label}”重复出现。"),
}

#: The columns of fates.parquet, in order. `cells`: how many cells or rows the line stands for.
COLUMNS = (
    "fate", "table_name", "source_file", "source_row", "column_name", "reason", "raw_value", "row_key", "cells",
    "message", "message_zh",
)  # fmt: skip

CREATE = """
create temp table fate (
    fate varchar, table_name varchar, source_file varchar, source_row bigint, column_name varchar, reason varchar,
    raw_value varchar, row_key varchar, cells bigint, message varchar, message_zh varchar, column_order integer
)
"""

#: Where the rows of a table come from: those with a number above `after`, up to the next origin's.
CREATE_ORIGIN = "create temp table origin (table_name varchar, place varchar, after bigint)"


@dataclass(frozen=True)
class Line:
    """SQL over the relation whose rows are listed: number of the source row, what stood there, the row's key."""

    row: str
    raw: str = "null"
    key: str = "null"
    cells: str = "1"


def record(
    connection: duckdb.DuckDBPyConnection,
    fate: str,
    reason: str,
    table: Table,
    columns: tuple[Column, ...],
    relation: str,
    line: Line,
    *,
    target: Table | None = None,
) -> None:
    """Lists every row of `relation`. `columns` are those concerned: none for a whole line."""
    message, message_zh = messages(reason, columns, target) if fate != "repaired" else ("", "")
    masked = any(column.pii for column in columns) or (not columns and table.has_pii)
    shown = f"case when {line.raw} is not null then {sql.text(MASK)} end" if masked else line.raw
    named = sql.text(",".join(column.name for column in columns)) if columns else "null"
    order = table.columns.index(columns[0]) if columns and columns[0] in table.columns else -1
    connection.execute(
        f"insert into fate select {sql.text(fate)}, {sql.text(table.name)}, null, {line.row}, {named}, "
        f"{sql.text(reason)}, {shown}, {line.key}, {line.cells}, {sql.text(message)}, {sql.text(message_zh)}, {order} "
        f"from {relation}"
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


def key_of(table: Table) -> str:
    """SQL of a row's key as one text."""
    return f"concat_ws('|', {', '.join(f'{sql.name(name)}::varchar' for name in table.pk)})"


def listed() -> str:
    """All lines in a fixed order, each under its own file or sheet and with its own number there."""
    order = " ".join(f"when {sql.text(name)} then {at}" for at, name in enumerate(contract().tables))
    fates = " ".join(f"when {sql.text(fate)} then {at}" for at, fate in enumerate(FATES))
    columns = {
        "source_file": "origin.place as source_file",
        "source_row": "fate.source_row - origin.after as source_row",
    }
    return (
        f"select {', '.join(columns.get(name, f'fate.{name}') for name in COLUMNS)} "
        "from fate asof left join origin "
        "on fate.table_name = origin.table_name and fate.source_row > origin.after "
        f"order by case fate.fate {fates} end, case fate.table_name {order} end, fate.source_row, fate.column_order, "
        "fate.reason, fate.raw_value"
    )
