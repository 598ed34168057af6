"""How a row that is no record is told from one that is, in SQL over the cells of a source.

Only rows whose key cannot be a key are suspected: a record never goes for what its other cells say.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from ingestion import sql
from ingestion.cells.blanks import EDGE as BLANK
from ingestion.contract import Table, contract
from ingestion.unreadable import is_unreadable, raw_of

#: Compared without blanks inside.
TOTAL = (
    r"(本页|本月|本年|本季|当前|全部|总)?(合计|小计|总计|共计|累计|总数|汇总|总和)([:：(（].*|\d+(\.\d+)?.{0,3})?"
    r"|.{0,12}(合计|小计|总计)[:：]?"
    r"|共\d+(家|条|人|张|个|项|份|行|次|笔|名|户|天|组|场|件)?.{0,12}"
    r"|(?i:(sub|grand)?total|sum)[:：]?\d*"
)
NOTE = (
    r"(制表|填表|填报|编制|审核|复核|审批|批准|核准|负责|经办|联系|统计|录入|导出|打印|报送|报表|填表|制作|更新)"
    r"(人|者|日期|时间|单位|部门|机构|负责人)?(签字|签名|签章)?[:：].*"
    r"|(单位|部门|机构)?(负责人|主管|公章|盖章|签章|签字|签名)[:：(（].*"
    r"|(日期|时间|备注|注释?|说明|附注?|附件|数据来源|来源|编号规则|填写说明)[:：].*"
    r"|(注|备注|说明)\d*[:：、.．].*"
    r"|[※＊*].+"
    r"|第\d+页.*|(共\d+页.*)"
    r"|[-—–=（(【\[*]*(以下空白|以下无正文|以上.{0,12}|完|结束|end)[-—–=）)】\]*]*"
    r"|(?i:note|notes|source|remarks?|prepared by|printed|exported)[:：].*"
)
#: A word and no number of a record: without digits, a year's section (2025年到期).
_WORD = r"^[^0-9]+$|^(19|20)\d{2}年|(暂停|撤销|注销|失效|作废|过期)"
#: What is computed from the records above.
_FIGURE = r"(.{0,6})(平均|均值|最大|最小|最高|最低|中位数|计数|占比|比例|百分比)(值|数)?|计"
_FIGURE += r"|[0-9]+(家|人|张|个|项|份|条|次|户|组|场)"
_ENGLISH = (
    "total", "Total", "TOTAL", "Total:", "total:", "Subtotal", "subtotal", "SUBTOTAL", "Grand total",
    "Grand Total", "Sum", "sum", "SUM", "Grand Total:", "Subtotal:", "TOTAL:", "Sub-total", "Average", "average",
    "AVERAGE", "Avg", "Count", "count", "COUNT", "Max", "MAX", "Min", "MIN",
)  # fmt: skip


def suspected(
    table: Table,
    positions: Mapping[str, int],
    every: Sequence[str],
    headings: Sequence[AbstractSet[str]],
) -> str:
    """SQL that holds for the few rows to be looked at: a part of the key, or a column before it that the
    contract does not know, is empty, written in other than plain letters, or reads like its own heading."""
    keys = _keys(table, positions)
    looked_at = [*keys, *([0] if 0 not in positions.values() else [])]
    tests = []
    for at in looked_at:
        words = tuple(sorted({*_ENGLISH, *(headings[at] if at < len(headings) else ())}))
        tests.append(
            f"strlen({every[at]}) <> length({every[at]}) or {every[at]} in {sql.texts(words)} or {every[at]} < '!'"
        )
    tests += [f"{every[at]} is null" for at in keys]
    return " or ".join(tests)


def said(every: Sequence[str]) -> str:
    """SQL of a row's cells as a list, without blanks; a cell merged with others says what stands in them."""
    text = f"case when {is_unreadable('x')} then {raw_of('x')} else x end"
    return f"list_transform([{', '.join(every)}], lambda x: regexp_replace({text}, '[{BLANK}]+', '', 'g'))"


def words(said: str) -> str:
    """SQL of those cells in which something stands."""
    return f"list_filter({said}, lambda x: x <> '')"


def reason(
    table: Table,
    positions: Mapping[str, int],
    width: int,
    headings: Sequence[AbstractSet[str]],
    said: str,
    words: str,
) -> str:
    """SQL of why a suspected row is no record; NULL if it is one. It is none when
    - its cells are the headings;
    - its first cell is a word of a total, and its key is empty or such a word;
    - its first cell is a note or signature, and its key is empty or that same cell;
    - one text stands in it alone, merged over most of its cells, or as a sentence;
    - its key is a word and hardly anything else that a record must have stands in it: a mean, the name of a section.
    """
    keys = [f"{said}[{at + 1}]" for at in _keys(table, positions)]
    first, filled = f"{words}[1]", f"len({words})"
    key_says_nothing = " or ".join(f"coalesce({key}, '') = ''" for key in keys)
    key_is_first = " or ".join(f"{key} = {first}" for key in keys)
    key_is_total = " or ".join(f"regexp_full_match({key}, {sql.text(TOTAL)})" for key in keys)
    before_the_key = f"{said}[1] = {first}" if 0 not in positions.values() else "false"
    whens = []
    if any(headings):
        same = " + ".join(
            f"coalesce({said}[{at + 1}] in {sql.texts(tuple(sorted(map(squeezed, texts))))}, false)::int"
            for at, texts in enumerate(headings)
            if texts
        )
        # The names of this table's columns in other places are the headings of another list.
        other = " + ".join(
            f"coalesce({said}[{at + 1}] in {sql.texts(_headings_of(table))} "
            f"and {said}[{at + 1}] not in {sql.texts(tuple(sorted(map(squeezed, texts))) or ('',))}, false)::int"
            for at, texts in enumerate(headings)
        )
        whens.append(
            f"when {same} >= greatest(least(2, {filled}), ({filled} + 1) // 2) and {other} = 0 then 'repeated_heading'"
        )
    total = f"regexp_full_match({first}, {sql.text(TOTAL)})"
    note = f"regexp_full_match({first}, {sql.text(NOTE)})"
    sentence = f"regexp_matches({first}, '[。；！？]|：.')"
    return f"""case {" ".join(whens)}
        when {total} and ({key_says_nothing} or {key_is_total} or {before_the_key}) then 'total'
        when ({key_is_total}) and {_hardly_filled(table, positions, said)} then 'total'
        when {note} and ({key_says_nothing} or {key_is_first} or {before_the_key}) then 'note'
        when len(list_distinct({words})) = 1 and ({filled} >= 3 and {filled} * 2 > {width} or {sentence})
            then 'note'
        when {_is_section(table, positions, said, words)} then 'section'
    end"""


def _is_section(table: Table, positions: Mapping[str, int], said: str, words: str) -> str:
    """Of a table with one column of keys: a figure over the records, or a word that stands alone."""
    if len(table.pk) != 1 or table.pk[0] not in positions:
        return "false"
    key = f"{said}[{positions[table.pk[0]] + 1}]"
    figure = f"({key} in {sql.texts(_ENGLISH)} or regexp_full_match({key}, {sql.text(_FIGURE)}))"
    alone = (
        f"(len({words}) = 1 and strlen({key}) <> length({key}) and regexp_matches({key}, {sql.text(_WORD)}))"
    )
    return f"({figure} or {alone}) and {_hardly_filled(table, positions, said)}"


def _hardly_filled(table: Table, positions: Mapping[str, int], said: str) -> str:
    """Whether of what a record must have beside its key next to nothing stands in the row."""
    required = required_positions(table, positions)
    if not required:
        return "false"
    filled = " + ".join(f"(coalesce({said}[{at + 1}], '') <> '')::int" for at in required)
    return f"({filled}) <= {1 if len(required) >= 3 else 0}"


def required_positions(table: Table, positions: Mapping[str, int]) -> list[int]:
    """Of the columns beside the key in which something must stand."""
    return [
        positions[column.name]
        for column in table.columns
        if column.required and not column.pk and column.name in positions
    ]


def other_headings(words: str) -> str:
    """SQL of whether the words of a row are mostly names of columns of the contract, two at least."""
    known = f"len(list_filter({words}, lambda x: x in {sql.texts(_all_headings())}))"
    return f"({known} >= 2 and {known} * 2 > len({words}))"


def only_words(words: str) -> str:
    """SQL of whether several words stand in a row, and no digit."""
    return f"(len({words}) >= 2 and len(list_filter({words}, lambda x: regexp_matches(x, '[0-9]'))) = 0)"


def _headings_of(table: Table) -> tuple[str, ...]:
    return tuple(
        sorted({squeezed(word) for column in table.columns for word in (column.name, column.label_zh)})
    )


@cache
def _all_headings() -> tuple[str, ...]:
    tables = contract().tables.values()
    return tuple(
        sorted(
            {
                squeezed(word)
                for table in tables
                for column in table.columns
                for word in (column.name, column.label_zh)
            }
        )
    )


def squeezed(text: str) -> str:
    """The text without blanks and line breaks."""
    return "".join(text.split())


def _keys(table: Table, positions: Mapping[str, int]) -> list[int]:
    """Positions of the key's columns; of the first column if the source has none of them."""
    return [positions[name] for name in table.pk if name in positions] or [0]
