"""Whether a load is one that can be worked with. A bad load must not look like a good day: it is refused, and what was
published before stands, unless somebody says why it is to go on.

What is too much is told from outside (parameters of the rules), and so is which columns decide.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from ingestion.contract import contract
from ingestion.errors import SourceRefused


@dataclass(frozen=True)
class Limits:
    """Shares of 1, each passed only by more. `deciding` holds "table.column" of what some rule reads."""

    set_aside_share: Decimal
    emptied_share: Decimal
    row_drop_share: Decimal
    deciding: frozenset[str]


@dataclass(frozen=True)
class Shortfall:
    """What of a table or column is missing. kind: no_row, set_aside, emptied, table_gone, column_gone, rows_fell."""

    kind: str
    table: str
    column: str | None
    message: str
    message_zh: str


@dataclass(frozen=True)
class Acceptance:
    """Why a load was taken although something is missing, and what that is."""

    reason: str
    shortfalls: tuple[Shortfall, ...]

    def as_data(self) -> dict[str, Any]:
        """For the manifest."""
        return asdict(self)


class BadLoad(SourceRefused):
    """The source can be read, but so much of it is missing that what it says would mislead."""

    def __init__(self, shortfalls: Sequence[Shortfall]) -> None:
        self.shortfalls = tuple(shortfalls)
        super().__init__(
            "The load is refused: too much of it is missing. What was published before stands.\n"
            + "".join(f"  - {one.message}\n" for one in shortfalls)
            + "See every fault with `certhouse check --source ... --out faults.xlsx --lang en`; put the source right and "
            'run again. If it is right as it is, say why: add --accept "REASON".',
            "数据缺失过多，本次导入被拒绝，原已发布的结果不变：\n"
            + "".join(f"  - {one.message_zh}\n" for one in shortfalls)
            + "逐条查看：certhouse check --source ... --out 问题清单.xlsx；改正来源后重新运行。"
            '确认来源无误的，请在命令后加 --accept "原因"。',
        )


def shortfalls(
    now: Mapping[str, Mapping[str, Any]],
    before: Mapping[str, Mapping[str, Any]] | None,
    limits: Limits,
    *,
    complete: Collection[str] = (),
    unknown: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Shortfall, ...]:
    """What of a load is missing.

    now, before  `tables` of this manifest and of the last batch's
    complete     tables that the body declares complete, whatever the last batch held
    unknown      table -> headings that the contract does not know
    """
    found: list[Shortfall] = []
    for name in contract().tables:
        if name not in now:
            continue
        found += _of_itself(name, now[name], limits)
        if before is not None and name in before and name not in complete:
            found += _against(name, now[name], before[name], limits, list((unknown or {}).get(name, ())))
    return tuple(found)


def _of_itself(name: str, now: Mapping[str, Any], limits: Limits) -> list[Shortfall]:
    table, zh = contract().tables[name], contract().tables[name].label_zh
    if table.required and now["landed"] == 0:
        return [
            Shortfall(
                "no_row", name, None,
                f"{name}: the table is required and no row of it can be used ({now['rows_in']:,} rows in).",
                f"“{zh}”是必需的表，但没有一行可用（来源{now['rows_in']:,}行）。",
            )
        ]  # fmt: skip
    found = []
    if now["set_aside"] > limits.set_aside_share * now["rows_in"]:
        share = _percent(now["set_aside"], now["rows_in"])
        found.append(
            Shortfall(
                "set_aside", name, None,
                f"{name}: {now['set_aside']:,} of {now['rows_in']:,} rows ({share}) are set aside.",
                f"“{zh}”{now['rows_in']:,}行中有{now['set_aside']:,}行（{share}）被搁置。",
            )
        )  # fmt: skip
    for column, cells in now["emptied"].items():
        if f"{name}.{column}" in limits.deciding and cells > limits.emptied_share * now["rows_in"]:
            share = _percent(cells, now["rows_in"])
            label = table.column(column).label_zh
            found.append(
                Shortfall(
                    "emptied", name, column,
                    f"{name}.{column}: {cells:,} of {now['rows_in']:,} cells ({share}) cannot be read.",
                    f"“{zh}”的“{label}”列{now['rows_in']:,}格中有{cells:,}格（{share}）无法读取。",
                )
            )  # fmt: skip
    return found


def _against(
    name: str, now: Mapping[str, Any], before: Mapping[str, Any], limits: Limits, unknown: list[str]
) -> list[Shortfall]:
    table, zh = contract().tables[name], contract().tables[name].label_zh
    if before["landed"] and not now["landed"]:
        if table.required:
            return []  # said already
        return [
            Shortfall(
                "table_gone", name, None,
                f"{name}: the last batch had {before['landed']:,} rows, this one has none.",
                f"上一批次的“{zh}”有{before['landed']:,}行，本次没有。",
            )
        ]  # fmt: skip
    found = []
    if before["landed"] - now["landed"] > limits.row_drop_share * before["landed"]:
        found.append(
            Shortfall(
                "rows_fell", name, None,
                f"{name}: {before['landed']:,} rows in the last batch, {now['landed']:,} now.",
                f"“{zh}”由上一批次的{before['landed']:,}行减少到{now['landed']:,}行。",
            )
        )  # fmt: skip
    for column in table.columns:
        had, has = before["filled"].get(column.name, 0), now["filled"].get(column.name, 0)
        gone = had and column.name not in now["columns"]
        emptied = not has and had > limits.emptied_share * before["landed"]
        if gone or emptied:
            also = f" Headings that nobody knows: {', '.join(unknown)}." if unknown else ""
            also_zh = f"本次有未识别的表头：{'、'.join(unknown)}。" if unknown else ""
            found.append(
                Shortfall(
                    "column_gone", name, column.name,
                    f"{name}.{column.name}: the last batch had {had:,} values, this one has none.{also}",
                    f"“{zh}”的“{column.label_zh}”列（{column.name}）上一批次有{had:,}个值，本次没有。{also_zh}",
                )
            )  # fmt: skip
    return found


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%"
