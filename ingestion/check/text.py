"""A check as a text for the terminal: Chinese, or English."""

import io
from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table as Grid

from ingestion.check.faults import CLEAN, REFUSED, CheckReport, FaultKind, LeftOut
from ingestion.contract import contract
from ingestion.fates import FATES

_WIDTH = 160
_LEFT_OUT_SHOWN = 60

_WORDS = {
    "zh": {
        "refused": "来源不能导入：", "shortfalls": "缺失过多，导入会被拒绝：", "tables": "各表",
        "faults": "问题（先列根源）", "follow": "由上列问题引起，改正后随之消失", "left": "未读取与另行处理",
        "counts": ("表", "", "来源行数", "入库", "搁置", "合并", "占位", "置空", "必填为空", "修复"),
        "fault": ("处理", "表", "列", "问题", "处数", "位置", "原值", "可能是"),
        "what": ("名称", "说明", "可能是"), "more": "另有{n}项，见 --out 工作簿。",
        "sum": "来源 {rows:,} 行 = 入库 {landed:,} 行 + 搁置 {aside:,} 行 + 合并 {merged:,} 行",
        "clean": "结论：可以导入，没有损失。", "lossy": "结论：可以导入，但有损失（退出码 5）。",
        "no": "结论：不能导入（退出码 3）。",
    },
    "en": {
        "refused": "The source cannot be landed:", "shortfalls": "Too much is missing; the load would be refused:",
        "tables": "Tables", "faults": "Faults, root causes first", "follow": "Follows from the above and goes with it",
        "left": "Left out, or to be known",
        "counts": ("table", "", "rows in", "landed", "set aside", "merged", "stubs", "emptied", "missing", "repaired"),
        "fault": ("fate", "table", "column", "fault", "cells", "place", "raw value", "perhaps"),
        "what": ("name", "what", "perhaps"), "more": "{n} more: see the workbook of --out.",
        "sum": "{rows:,} rows in = {landed:,} landed + {aside:,} set aside + {merged:,} merged",
        "clean": "It can be landed whole.", "lossy": "It can be landed, with losses (exit code 5).",
        "no": "It cannot be landed (exit code 3).",
    },
}  # fmt: skip


def render(report: CheckReport, lang: str = "zh") -> str:
    """The report as plain text."""
    words = _WORDS[lang]
    chinese = lang == "zh"
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False)
    if report.tables:
        console.print(_counts(report, words, chinese))
    if any(report.of(follows=False)):
        console.print(_faults(report.of(follows=False), words, "faults", chinese))
    if any(report.of(follows=True)):
        console.print(_faults(report.of(follows=True), words, "follow", chinese))
    if report.left_out:
        console.print(_left_out(report.left_out, words, chinese))
    for title, lines in (
        ("refused", [one[chinese] for one in report.refusals]),
        ("shortfalls", [one.message_zh if chinese else one.message for one in report.shortfalls]),
    ):
        if lines:
            console.print(str(words[title]), *(f"  - {line}" for line in lines), sep="\n", markup=False)
    merged = sum(count.merged for count in report.tables.values())
    if report.tables:
        told = str(words["sum"]).format(
            rows=report.rows_in, landed=report.landed, aside=report.set_aside, merged=merged
        )
        console.print(told, markup=False)
    code = report.exit_code
    console.print(
        str(words["clean" if code == CLEAN else "no" if code == REFUSED else "lossy"]), markup=False
    )
    written = console.file
    assert isinstance(written, io.StringIO)
    return written.getvalue()


def _counts(report: CheckReport, words: Mapping[str, object], chinese: bool) -> Grid:
    grid = Grid(*_heads(words, "counts"), title=str(words["tables"]))
    for name, count in report.tables.items():
        if not count.rows_in and not count.stubs:
            continue
        repairs = f"{sum(count.repairs.values()):,}" if count.repairs else ""
        numbers = (
            count.rows_in, count.landed, count.set_aside, count.merged, count.stubs,
            sum(count.emptied.values()), sum(count.missing.values()),
        )  # fmt: skip
        grid.add_row(
            name,
            contract().tables[name].label_zh,
            *(f"{number:,}" if number else "" for number in numbers),
            repairs,
        )
    for column in range(2, 10):
        grid.columns[column].justify = "right"
    return grid


def _faults(kinds: Iterable[FaultKind], words: Mapping[str, object], title: str, chinese: bool) -> Grid:
    grid = Grid(*_heads(words, "fault"), title=str(words[title]))
    grid.columns[4].justify = "right"
    for column in (3, 5, 6, 7):
        grid.columns[column].overflow = "fold"
    for kind in kinds:
        fate = FATES[kind.fate][chinese]
        places = "\n".join(
            f"{fault.file}:{fault.row}" if fault.row else str(fault.row_key or "") for fault in kind.examples
        )
        raws = "\n".join(_short(fault.raw_value) for fault in kind.examples)
        table = contract().tables[kind.table].label_zh if chinese else kind.table
        cells = (
            fate, table, kind.column or "", kind.message_zh if chinese else kind.message, f"{kind.cells:,}",
            places, raws, kind.hint,
        )  # fmt: skip
        grid.add_row(*(cell.replace("[", r"\[") for cell in cells))
    return grid


def _left_out(found: tuple[LeftOut, ...], words: Mapping[str, object], chinese: bool) -> Grid:
    """What may matter first."""
    grid = Grid(*_heads(words, "what"), title=str(words["left"]))
    for column in grid.columns:
        column.overflow = "fold"
    ordered = sorted(found, key=lambda one: not one.fate.warns)
    for one in ordered[:_LEFT_OUT_SHOWN]:
        fate = one.fate
        place = f"{fate.file}#{fate.sheet}" if fate.sheet else fate.file
        name = f"{place}:{fate.line}" if fate.line else place
        said = fate.message_zh if chinese else fate.message
        cells = (name, f"! {said}" if fate.warns else said, one.hint)
        grid.add_row(*(cell.replace("[", r"\[") for cell in cells))
    if len(ordered) > _LEFT_OUT_SHOWN:
        grid.add_row("", str(words["more"]).format(n=len(ordered) - _LEFT_OUT_SHOWN), "")
    return grid


def _heads(words: Mapping[str, object], name: str) -> tuple[str, ...]:
    heads = words[name]
    assert isinstance(heads, tuple)
    return heads


def _short(raw: str | None) -> str:
    text = " ".join((raw or "").split())
    return text if len(text) <= 40 else text[:39] + "…"
