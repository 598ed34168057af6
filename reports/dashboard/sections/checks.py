"""What the data checks say, and the records they name."""

from __future__ import annotations

from reports.columns import Column, Link
from reports.dashboard.blocks import Figure, Section, Table
from reports.figures import check_results
from reports.labels import CHECK_SEVERITY, CHECK_STATUS, SUITE
from reports.rows import Rows

SECTION = Section(
    slug="quality-checks",
    title="数据校验",
    intro="“阻止发布”类的校验未通过时，本次数据不会发布，仍保留上一次的；“提示”类只列出。",
    blocks=(
        Figure(
            name="check_results",
            title="校验结果",
            source="meta.check_result",
            unit="项",
            query=Rows(
                "meta.check_result",
                ones={
                    "failed": ("status", "fail"),
                    "in_error": ("status", "error"),
                    "passed": ("status", "pass"),
                },
            ),
            drawing=check_results.DRAWING,
        ),
        Table(
            name="checks",
            title="各项校验",
            source="meta.check_result",
            query=Rows("meta.check_result", order=("position",)),
            columns=(
                Column("status", "结果", kind="code", labels=CHECK_STATUS, filter=True),
                Column("severity", "类别", kind="code", labels=CHECK_SEVERITY, filter=True),
                Column("suite", "范围", kind="code", labels=SUITE, filter=True, wide=True),
                Column("detail_zh", "校验内容"),
                Column(
                    "observed",
                    "涉及",
                    kind="number",
                    unit="条",
                    link=Link("check_records", {"check_name": "check_name"}),
                ),
                Column("check_name", "校验", wide=True),
            ),
        ),
        Table(
            name="check_records",
            title="校验列出的记录",
            source="meta.check_record",
            empty="没有。",
            query=Rows("meta.check_record", order=("suite", "check_name", "record_key")),
            columns=(
                Column("detail_zh", "校验内容"),
                Column("record_key", "记录"),
                Column("check_name", "校验", filter=True, wide=True),
                Column("suite", "范围", kind="code", labels=SUITE, filter=True, wide=True),
            ),
        ),
    ),
)
