"""The last lines of a run: what of the source is not in the numbers, in a few words, from the batch's manifest."""

from collections.abc import Mapping
from typing import Any

from ingestion.contract import contract
from ingestion.sources.fates import Fate

_NAMED = 8


def loss_lines(manifest: Mapping[str, Any]) -> list[str]:
    """Chinese; empty for a source that was read whole."""
    tables = manifest["tables"]
    lines = [
        f"“{contract().tables[name].label_zh}”：{'，'.join(parts)}。"
        for name, entry in tables.items()
        if (parts := _of_table(entry))
    ]
    warned = [fate for fate in (Fate(**entry) for entry in manifest["fates"]) if fate.warns]
    lines += [f"未读取：{_place(fate)}{fate.message_zh}" for fate in warned[:_NAMED]]
    if len(warned) > _NAMED:
        lines.append(f"另有{len(warned) - _NAMED}项未读取。")
    acceptance = manifest.get("acceptance")
    if acceptance:
        lines.append(f"数据缺失过多，按所给理由继续：{acceptance['reason']}")
        lines += [one["message_zh"] for one in acceptance["shortfalls"]]
    return ["数据有缺失，未计入的部分如下：", *lines] if lines else []


def _place(fate: Fate) -> str:
    """Where it stands, unless the message names the file or sheet itself."""
    if fate.name is None and fate.line is None:
        return ""
    sheet = f"#{fate.sheet}" if fate.sheet else ""
    return f"{fate.file}{sheet}{f'第{fate.line}行' if fate.line else ''}："


def _of_table(entry: Mapping[str, Any]) -> list[str]:
    said = [
        (entry["set_aside"], "搁置{n:,}行"),
        (sum(entry["emptied"].values()), "置空{n:,}格（无法读取）"),
        (sum(entry["missing"].values()), "必填为空{n:,}格"),
        (entry["stubs"], "占位{n:,}条（被引用而来源中没有）"),
    ]
    return [words.format(n=n) for n, words in said if n]
