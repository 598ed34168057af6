"""How a row that is no record is told from one that is, in SQL over the cells of a source.

Only rows whose key cannot be a key are suspected: a record never goes for what its other cells say.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from ingestion import sql
from ingestion.cells.blanks import EDGE as BLANK
from ingestion.contract import Table

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
_ENGLISH = (
    "total", "Total", "TOTAL", "Total:", "total:", "Subtotal", "subtotal", "SUBTOTAL", "Grand total",
    "Grand Total", "Sum", "sum", "SUM",
)  # fmt: skip


def no_record(
    table: Table,
    positions: Mapping[str, int],
    every: Sequence[str],
    headings: Sequence[AbstractSet[str]],
) -> tuple[str, str]:
    """(SQL that holds for the few rows to be looked at, SQL of the reason for which such a row is no record).

    A row is looked at when a part of its key is empty, or written in other than plain letters, or reads like
    its own heading. It is no record when
    - its cells are the headings;
    - its first cell is a word of a total, and its key is empty or such a word;
    - its first cell is a note or signature, and its key is empty or that same cell;
    - one text stands in it alone, merged over three cells or more, or as a sentence.
    """
    keys = [every[positions[name]] for name in table.pk if name in positions] or [every[0]]
    first_is_unknown = 0 not in positions.values()
    suspects = [f"{key} is null or strlen({key}) <> length({key})" for key in keys]
    suspects += [f"{key} in {sql.texts(_ENGLISH)}" for key in keys]
    if first_is_unknown:
        suspects.append(f"strlen({every[0]}) <> length({every[0]})")
        suspects.append(f"{every[0]} in {sql.texts(_ENGLISH)}")
    if headings:
        suspects += [
            f"{every[at]} in {sql.texts(tuple(sorted(headings[at])))}"
            for name in table.pk
            if name in positions and headings[at := positions[name]]
        ]
    bare = [_bare(cell) for cell in every]
    said = [f"nullif({cell}, '')" for cell in bare]
    first = f"coalesce({', '.join(said)})"
    key_says_nothing = " or ".join(f"coalesce({_bare(key)}, '') = ''" for key in keys)
    any_key_is = " or ".join(f"{_bare(key)} = _first" for key in keys)
    any_key_total = " or ".join(f"regexp_full_match({_bare(key)}, {sql.text(TOTAL)})" for key in keys)
    alone = " and ".join(f"coalesce({cell}, '') in ('', _first)" for cell in bare)
    filled = " + ".join(f"(coalesce({cell}, '') <> '')::int" for cell in bare)
    first_column = f"coalesce({bare[0]}, '') = _first" if first_is_unknown else "false"
    whens = []
    if headings:
        same = " + ".join(
            f"coalesce({cell} in {sql.texts(tuple(sorted(map(squeezed, texts))))}, false)::int"
            for cell, texts in zip(bare, headings, strict=False)
            if texts
        )
        whens.append(
            f"when {same} >= greatest(least(2, {filled}), ({filled} + 1) // 2) then 'repeated_heading'"
        )
    total = f"regexp_full_match(_first, {sql.text(TOTAL)})"
    note = f"regexp_full_match(_first, {sql.text(NOTE)})"
    whens.append(
        f"when {total} and (({key_says_nothing}) or ({any_key_total}) or {first_column}) then 'total'"
    )
    whens.append(f"when {note} and (({key_says_nothing}) or ({any_key_is}) or {first_column}) then 'note'")
    sentence = "regexp_matches(_first, '[。；！？]|：.')"
    whens.append(
        f"when ({alone}) and ({filled} >= 3 and {filled} * 2 > {len(every)} or {sentence}) then 'note'"
    )
    reason = f"case {' '.join(whens)} end".replace("_first", first)
    return " or ".join(f"({suspect})" for suspect in suspects), reason


def squeezed(text: str) -> str:
    """The text without blanks and line breaks."""
    return "".join(text.split())


def _bare(x: str) -> str:
    return f"regexp_replace({x}, '[{BLANK}]+', '', 'g')"
