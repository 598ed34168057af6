"""What could not be decided, what is missing for it, and how complete the columns are that rules read."""

from __future__ import annotations

from ingestion.contract import contract
from reports.columns import Column, Link, PageLink
from reports.dashboard.blocks import Figure, Section, Table
from reports.evidence import key_labels
from reports.figures import missing_items
from reports.labels import PROFILE
from reports.labels import TABLE as TABLE_NAMES
from reports.rows import Rows


def _columns(*, required: bool | None = None) -> dict[str, str]:
    """'table.column' of the contract -> its name in words."""
    return {
        f"{table.name}.{column.name}": f"{table.label_zh}·{column.label_zh}"
        for table in contract().tables.values()
        for column in table.columns
        if required is None or (column.required or column.pk) == required
    }


_NOT_A_KEY = {"anchor": "判定依据日", "other": "见“何时无法判定”"}
"""Where the evidence has no value that is empty."""


def _missing(keys: str) -> str:
    """What a judgement lacked, in words; `keys` as pages.page_undetermined has them."""
    return "、".join(_NOT_A_KEY.get(key) or key_labels().get(key, key) for key in keys.split(";"))


def _columns_zh(columns_read: str) -> str:
    names = _columns()
    return "、".join(names.get(name, name) for name in columns_read.split(";"))


SECTION = Section(
    slug="quality-undetermined",
    title="无法判定与完整性",
    intro="无法判定不等于通过：补上所缺的数据，下次运行即可判定。",
    blocks=(
        Figure(
            name="missing_items",
            title="因缺什么而无法判定",
            source="pages.page_undetermined",
            unit="条",
            query=Rows("pages.page_undetermined", where={"is_total": False}, words={"missing": _missing}),
            drawing=missing_items.DRAWING,
        ),
        Table(
            name="undetermined",
            title="无法判定的规则，和补上什么即可判定",
            source="pages.page_undetermined",
            empty="没有无法判定的对象。",
            totals=True,
            query=Rows(
                "pages.page_undetermined",
                order=("-findings", "rule_id", "missing", "body_id"),
                renamed={"columns_zh": "columns_read"},
                words={"missing": _missing, "columns_zh": _columns_zh},
            ),
            columns=(
                Column("rule_id", "规则", link=PageLink("rulebook", "rule_id")),
                Column("title_zh", "内容"),
                Column("missing", "依据中未记录的", filter=True),
                Column(
                    "findings",
                    "无法判定",
                    kind="number",
                    unit="条",
                    link=Link("findings", {"rule_id": "rule_id"}, {"state": "undetermined"}),
                ),
                Column("undetermined_when_zh", "何时无法判定", wide=True),
                Column("columns_zh", "规则所用的列", detail=True),
                Column("profile", "规则来源", kind="code", labels=PROFILE, detail=True),
            ),
        ),
        Table(
            name="completeness",
            title="规则所用各列的完整性",
            source="pages.page_completeness",
            note="只列可空的列。空值不一定是缺失：有些列只在特定情形下填写，看右侧是否有因此无法判定的。",
            query=Rows(
                "pages.page_completeness",
                order=("-findings", "-missing_percent", "name"),
                where={"name": tuple(_columns(required=False))},
                renamed={"column_zh": "name"},
                words={"column_zh": _columns_zh},
            ),
            columns=(
                Column("table_name", "表", kind="code", labels=TABLE_NAMES, filter=True, wide=True),
                Column("column_zh", "列"),
                Column("records", "记录", kind="number", unit="条", wide=True),
                Column("missing", "空值", kind="number", unit="条"),
                Column("missing_percent", "空值率", kind="number", unit="%"),
                Column("findings", "因此无法判定", kind="number", unit="条"),
                Column("rules", "所用规则", kind="number", unit="条", wide=True),
                Column("rule_ids", "规则", detail=True),
                Column("name", "代码", detail=True),
            ),
        ),
    ),
)
