"""How a reader says that a cell holds something that cannot be read, which is not the same as an empty cell.

A formula that was never calculated, an error such as #N/A, a nested value: the text of such a cell in the raw
table is a mark, the kind and what stood there. Unicode keeps the two marks out of all interchange, so that no
source's own text begins with one. A reader names the columns that hold any (`Extract.unreadable`); the cells
of all other columns need no look.
"""

from ingestion import sql

#: Opens the text of an unreadable cell; the second ends its kind. Both are noncharacters of Unicode.
_OPENS, _ENDS_KIND = "\ufdd0", "\ufdd1"

#: kind -> (English, Chinese): what stood in the cell, and what to do.
KINDS: dict[str, tuple[str, str]] = {
    "formula_without_value": (
        "The cell holds a formula without a calculated value: open the workbook in a spreadsheet program and "
        "save it.",
        "单元格为公式但没有计算结果，请用电子表格软件打开并保存后再导入。",
    ),
    "error_value": (
        "The cell shows an error instead of a value: put the formula right.",
        "单元格显示错误值，请更正公式。",
    ),
    "merged_across": (
        "The cell is merged with the one to its left: which column the value belongs to, nobody can say. Take the merging apart.",
        "该单元格与左侧单元格合并，无法确定值属于哪一列，请取消合并后分别填写。",
    ),
    "nested_value": (
        "The cell holds a nested value: write plain values, lists joined by ';'.",
        "单元格为嵌套结构，请改为普通值；多个值以“;”分隔。",
    ),
    "binary_value": (
        "The cell holds bytes that are no text: write text.",
        "单元格为二进制数据，请改为文本。",
    ),
    "too_long": (
        "The cell is longer than any value can be: it was not read.",
        "单元格内容过长，未读取。",
    ),
}


def unreadable(kind: str, raw: str) -> str:
    """The text of an unreadable cell. `kind` is one of KINDS."""
    return f"{_OPENS}{kind}{_ENDS_KIND}{raw}"


def opening(kind: str) -> str:
    """What stands before the raw text of a cell of this kind, for SQL that puts the two together."""
    return f"{_OPENS}{kind}{_ENDS_KIND}"


def is_unreadable(x: str) -> str:
    """SQL: whether the text `x` is such a cell; NULL for NULL."""
    return f"starts_with({x}, {sql.text(_OPENS)})"


def kind_of(x: str) -> str:
    """SQL: the kind of the unreadable cell `x`."""
    return f"substr(split_part({x}, {sql.text(_ENDS_KIND)}, 1), 2)"


def raw_of(x: str) -> str:
    """SQL: what stood in the unreadable cell `x`, as far as there is a text of it."""
    return f"split_part({x}, {sql.text(_ENDS_KIND)}, 2)"
