"""Data quality: what came in, what was held back and why, what is missing, what the checks say, what depends on what."""

from __future__ import annotations

from reports.dashboard.blocks import Indicator, Page
from reports.dashboard.sections import checks, intake, lineage, quarantine, undetermined

PAGE = Page(
    slug="quality",
    title="数据质量",
    indicators=(
        Indicator(
            "quality_rows",
            "来源行数",
            "行",
            "plain",
            "go=landing",
            "select coalesce(sum(rows_in), 0) as value from meta.manifest_table",
        ),
        Indicator(
            "quality_quarantined",
            "搁置的行",
            "行",
            "warning",
            "go=quarantine",
            "select coalesce(sum(set_aside), 0) as value from meta.manifest_table",
            note="未进入统计",
        ),
        Indicator(
            "quality_repaired",
            "修复的单元格",
            "处",
            "plain",
            "go=repairs",
            "select coalesce(sum(cells), 0) as value from meta.fate where fate = 'repaired'",
        ),
        Indicator(
            "quality_undetermined",
            "无法判定",
            "条",
            "unknown",
            "go=undetermined",
            "findings_undetermined",
            ("body_id", "profile"),
        ),
        Indicator(
            "quality_checks",
            "数据校验未通过",
            "项",
            "warning",
            "go=checks",
            "select count(*) as value from meta.check_result where status <> 'pass'",
        ),
    ),
    sections=(quarantine.SECTION, undetermined.SECTION, checks.SECTION, intake.SECTION, lineage.SECTION),
)
