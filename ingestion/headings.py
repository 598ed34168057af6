"""Which heading of a source table is which contract column: found under titles, over two rows, and as people
write them.

A heading is compared without line breaks, blanks, '*', closing colons and remarks in brackets such as （必填）.
A unit in brackets must be the contract's own: 注册资本（元） is no 注册资本（万元）.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingestion.cells.blanks import half_width
from ingestion.contract import Column, Table, contract
from ingestion.errors import SourceRefused
from ingestion.mapping import Words

#: Rows in which headings are looked for: titles, dates of export and notes stand above them.
SEARCHED_ROWS = 40

#: No heading is longer; what is, is a sentence or a damaged file.
LONGEST_HEADING = 500

_INVISIBLE = re.compile("[\u0000\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENDS = " \t:*'\"=。.、_-"
_BRACKETS = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]*)[)）\]】〕]")

#: Units that say how large a number is, and how they are written: 人天 and 人日 are one.
_SAME_UNIT = {
    "人天": "人日",
    "person_days": "人日",
    "rmb": "元",
    "人民币": "元",
    "人民币元": "元",
    "人民币万元": "万元",
}
_UNITS = frozenset(("元", "千元", "万元", "百万元", "亿元", "美元", "万美元", "usd"))
_UNITS |= frozenset(("人日", "小时", "分钟", "天", "日", "周", "月", "年", "%"))

#: What a column left out may be about that changes what the others mean.
_MATTERS = re.compile(
    r"状态|暂停|撤销|注销|恢复|作废|失效|停用|删除|组长|组员|审核员|审核组|有效标志|deleted|del_?flag|is_?del|is_?valid|disabled|status",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Headings:
    """positions: contract column -> position of its heading; unknown: headings that the contract does not
    know; other_unit: those of them that name a contract column in another unit."""

    positions: dict[str, int]
    unknown: tuple[str, ...]
    other_unit: tuple[str, ...] = ()


@dataclass(frozen=True)
class Head:
    """Where the headings of a table stand.

    headings  the text of each column's heading, '' without one.
    first     index of the first heading row among the rows looked at; rows before it are titles.
    depth     how many rows the headings take: 1 or 2.
    """

    headings: tuple[str, ...]
    first: int
    depth: int = 1


def matters(heading: str) -> bool:
    """Whether a column of this name, left out, may change what the table's other columns mean."""
    return _MATTERS.search(heading) is not None


def mattering(name: str, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a file or sheet that holds no table of the contract may change what the tables mean: by its name, or by
    what stands over its columns."""
    heads = (
        cells for row in rows[:5] for cells in [[cell for cell in row if cell.strip()]] if len(cells) >= 3
    )
    return matters(name) or any(matters(cell) for cells in heads for cell in cells if len(cell) <= 12)


def column_of(table: Table, heading: str, words: Words) -> str | None:
    """The contract column that a heading names."""
    return _look_up(table, heading, words)[0]


def find_head(table: Table, rows: Sequence[Sequence[str | None]], words: Words, where: str) -> Head:
    """The heading rows among the first written rows of a table.

    The first row that names all required columns, else the row that names most columns. Raises SourceRefused
    when no row names any.
    """
    searched = [[_text(cell) for cell in row] for row in rows[:SEARCHED_ROWS]]
    named = [named_columns(table, row, words) for row in searched]
    required = {column.name for column in table.columns if column.required}
    best = next((at for at, names in enumerate(named) if required <= names), None)
    if best is None:
        best = max(range(len(named)), key=lambda at: (len(named[at]), -at), default=0)
    two = _over_two_rows(table, searched, named, best, words)
    if two:
        return two
    if not named or not named[best]:
        shown = _shown(searched[0] if searched else [])
        raise SourceRefused(
            f"{where}: row 1 is no heading row, and none of the first {len(searched)} rows is. It reads: "
            f"{shown}. Write the headings of the table {table.name} ({table.label_zh}) above its rows, or "
            "name them in a mapping file.",
            f"{_in_chinese(where)}：第1行不是表头，前{len(searched)}行中也没有表头。第1行内容：{shown}。"
            f"请在数据上方写明“{table.label_zh}”的表头，或在对照文件中说明。",
        )
    return Head(tuple(searched[best]), best)


def heading_texts(head: Head, rows: Sequence[Sequence[str | None]]) -> list[set[str]]:
    """For each column what its heading reads, in each row of it and as a whole."""
    texts = [{heading} for heading in head.headings]
    for row in rows[head.first : head.first + head.depth]:
        for at, cell in enumerate(row[: len(texts)]):
            texts[at].add((cell or "").strip())
    return [{text for text in one if text} for one in texts]


def match_headings(table: Table, headings: Sequence[str], words: Words, where: str) -> Headings:
    """Raises SourceRefused when two headings name one column, or a required column is missing."""
    positions: dict[str, int] = {}
    unknown, other_unit = [], []
    for position, heading in enumerate(headings):
        column, differs = _look_up(table, heading, words)
        if column is None:
            if heading.strip():
                unknown.append(_plain(heading))
            if differs:
                other_unit.append(_plain(heading))
        elif column in positions:
            first = headings[positions[column]]
            raise SourceRefused(
                f"{where}: the headings '{_plain(first)}' and '{_plain(heading)}' both name the column "
                f"{table.name}.{column}. Remove or rename one of them.",
                f"{_in_chinese(where)}：表头“{_plain(first)}”和“{_plain(heading)}”都是“{table.column(column).label_zh}”列，请删除或改名其一。",
            )
        else:
            positions[column] = position
    nameable = any(set(names) <= positions.keys() for names in table.natural_key)
    missing = [
        column
        for column in table.columns
        if column.required and column.name not in positions and not (nameable and column.pk)
    ]
    if missing:
        named = ", ".join(f"{table.name}.{column.name} ({column.label_zh})" for column in missing)
        raise SourceRefused(
            f"{where}: required column {named} is missing. Headings found: {_shown(headings)}. "
            "Add it, or name its heading in a mapping file.",
            f"{_in_chinese(where)}：缺少必需的列{'、'.join(f'“{column.label_zh}”（{column.name}）' for column in missing)}。"
            f"现有表头：{_shown(headings)}。请补上该列，或在对照文件中说明其表头。",
        )
    return Headings(positions=positions, unknown=tuple(unknown), other_unit=tuple(other_unit))


def likely_table(rows: Sequence[Sequence[str | None]], words: Words) -> str | None:
    """The contract table whose key and most other required columns stand in one of these rows: what a file
    that names no table looks like."""
    best: tuple[float, int, str] = (0.0, 0, "")
    for row in rows[:SEARCHED_ROWS]:
        cells = [_text(cell) for cell in row]
        for table in contract().tables.values():
            names = named_columns(table, cells, words)
            required = {column.name for column in table.columns if column.required}
            share = len(names & required) / len(required)
            if share >= 0.6 and len(names) >= 2:
                best = max(best, (share, len(names), table.name))
    return best[2] or None


def _over_two_rows(
    table: Table, rows: list[list[str]], named: list[set[str]], best: int, words: Words
) -> Head | None:
    """Headings in two rows, a group above its columns, if they name more columns than one row does."""
    found: tuple[int, Head] | None = None
    for upper in (best - 1, best):
        if upper < 0 or upper + 1 >= len(rows):
            continue
        joined = _joined(table, rows[upper], rows[upper + 1], words)
        names = named_columns(table, joined, words)
        alone = max(len(named[upper]), len(named[upper + 1]))
        # A row of values under the headings would add nothing: only names of columns count.
        if len(names) > alone and (found is None or len(names) > found[0]):
            found = (len(names), Head(tuple(joined), upper, 2))
    return found[1] if found else None


def _joined(table: Table, upper: list[str], lower: list[str], words: Words) -> list[str]:
    """For each column the first of: group and heading together, the lower, the upper that names something."""
    width = max(len(upper), len(lower))
    group, headings = "", []
    for at in range(width):
        above = upper[at] if at < len(upper) else ""
        below = lower[at] if at < len(lower) else ""
        group = above or group
        both = f"{group}{below}" if below and below != group else ""
        choices = [text for text in (both, below, above) if text]
        known = (text for text in choices if column_of(table, text, words))
        headings.append(next(known, choices[0] if choices else ""))
    return headings


def named_columns(table: Table, cells: Iterable[str], words: Words) -> set[str]:
    """The contract columns that cells of one row name."""
    return {name for cell in cells if cell for name in [column_of(table, cell, words)] if name}


def _look_up(table: Table, heading: str, words: Words) -> tuple[str | None, bool]:
    """The column, and whether the heading names one in another unit."""
    if not heading or len(heading) > LONGEST_HEADING:
        return None, False
    for text, remarks in _readings(heading):
        column = words.column(table, text)
        if column is not None:
            differs = any(_other_unit(table.column(column), remark) for remark in remarks)
            return (None, True) if differs else (column, False)
    return None, False


def _readings(heading: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The heading as it stands, then without what does not belong to it; with the remarks taken off."""
    text = _INVISIBLE.sub("", half_width(heading)).strip()
    yield text, ()
    for form in _without_breaks(text):
        yield form, ()
    remarks = tuple(remark.strip() for remark in _BRACKETS.findall(text))
    if remarks:
        for form in _without_breaks(_BRACKETS.sub("", text)):
            yield form, remarks


def _without_breaks(text: str) -> Iterator[str]:
    """Chinese headings are written on; in English ones a break stands for a blank."""
    bare = text.strip(_ENDS + "\r\n")
    yield re.sub(r"\s+", "", bare)
    yield re.sub(r"\s+", "_", bare)


def _other_unit(column: Column, remark: str) -> bool:
    unit = re.sub(r"^单位[:：]?", "", half_width(remark)).strip().casefold()
    unit = _SAME_UNIT.get(unit, unit)
    if unit not in _UNITS or column.type not in ("int", "dec"):
        return False
    told = re.search(r"单位：([^。；，]+)", column.description_zh)
    own = (
        told.group(1)
        if told
        else "年"
        if "年" in column.label_zh
        else "人日"
        if "人日" in column.label_zh
        else None
    )
    if own == "人日" and unit in ("天", "日"):
        return False
    return unit != own


def _in_chinese(where: str) -> str:
    """A place as the readers name it: a file, its sheet or a database's table."""
    return where.replace(", sheet ", "，工作表").replace(", table ", "，表")


def _text(cell: str | None) -> str:
    return (cell or "").strip()


def _plain(heading: str) -> str:
    """The heading as it can be shown in a line."""
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", heading)).strip()[:LONGEST_HEADING]


def _shown(headings: Sequence[str]) -> str:
    text = ", ".join(_plain(heading) for heading in headings if heading.strip())
    return f"{text[:300]}…" if len(text) > 300 else text or "none"
