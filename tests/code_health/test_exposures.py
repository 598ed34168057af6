"""Lineage reaches the reader: one exposure per page, report and form, which names exactly the relations that its Python
reads. A failure means that a change of a model would not be seen to change the page, or that the map shows an edge that
is not there.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from reports.dashboard.blocks import Page, Record, Source
from reports.dashboard.pages import PAGES, RECORDS
from reports.dashboard.values import INDICATORS, TRENDS
from reports.rows import Rows

ROOT = Path(__file__).parents[2]
EXPOSURES = ROOT / "dbt" / "models" / "pages" / "_exposures.yml"
RELATION = re.compile(r"\b(?:staging|intermediate|marts|pages|seeds|submissions(?=\.sub_))\.([a-z]\w+)")
IN_FORM = re.compile(r"\bsub_\w+")
FRAME = {"dim_run", "dim_certification_body", "dim_parameter", "page_certificate__count"}
"""What every page reads: the run, the bodies and the regions to choose from, the numbers in its sentences."""

_OF_CNCA = ("reports/submissions/monthly.py", "reports/submissions/status_change.py")
_OF_STATISTICS = ("reports/submissions/statistics",)
FILES = {
    "rule_book": ("reports/rulebook.py", "reports/dashboard/rule_book.py", "reports/dashboard/run.py"),
    "annual_report": ("reports/annual_report",),
    "export": ("reports/export.py",),
    "explanation": ("reports/explain.py",),
    "submission_calendar": ("dagster_project/filing/due.py", "dagster_project/filing/scheduled.py"),
    "form_cnca_2016": ("reports/submissions/forms/cnca-2016/form.yml", *_OF_CNCA),
    "form_cnca_2021": ("reports/submissions/forms/cnca-2021/form.yml", *_OF_CNCA),
    "form_annual_2026": _OF_STATISTICS,
    "form_social_responsibility_2026": _OF_STATISTICS,
    "form_monthly_statistics_zqhx": ("reports/submissions/monthly_statistics.py", *_OF_STATISTICS),
}
"""Exposures whose relations stand in the strings of files, or in a form's own description."""


def _of(query: Source) -> set[str]:
    """Relations of dbt: schema meta is none of its models."""
    return set(RELATION.findall(query.relation if isinstance(query, Rows) else query))


def _page_reads(page: Page) -> set[str]:
    read = set(FRAME)
    for block in (*page.tables, *page.figures):
        read |= _of(block.query)
    for indicator in page.indicators:
        if indicator.is_of_meta:
            read |= set(RELATION.findall(indicator.counted))
            continue
        read.add(INDICATORS.partition(".")[2])
        read |= {TRENDS.partition(".")[2]} if indicator.trend else set()
    return read - {"main.filing"}


def _record_reads(record: Record) -> set[str]:
    return {"dim_run", "dim_certification_body", "dim_parameter"}.union(
        _of(record.query), *(_of(block.query) for block in record.blocks)
    )


def _file_reads(places: tuple[str, ...]) -> set[str]:
    read: set[str] = set()
    for place in places:
        path = ROOT / place
        if path.suffix == ".yml":
            read |= set(IN_FORM.findall(path.read_text(encoding="utf-8")))
            continue
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            tree = ast.parse(file.read_text(encoding="utf-8"))
            docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                    read |= set(RELATION.findall(node.value))
    return read - {"stg_"}


READS = {
    **{f"page_{page.slug}": _page_reads(page) for page in PAGES},
    **{f"record_{record.slug}": _record_reads(record) for record in RECORDS},
    **{name: _file_reads(places) for name, places in FILES.items()},
}


def declared() -> dict[str, set[str]]:
    exposures = yaml.safe_load(EXPOSURES.read_text(encoding="utf-8"))["exposures"]
    return {
        exposure["name"]: {
            found[1] for ref in exposure["depends_on"] if (found := re.fullmatch(r"ref\('(\w+)'\)", ref))
        }
        for exposure in exposures
    }


@pytest.mark.parametrize("name", sorted(READS))
def test_an_exposure_names_what_its_reader_reads(name: str) -> None:
    assert declared().get(name) == READS[name]


def test_there_is_no_exposure_without_a_reader() -> None:
    assert not set(declared()) - set(READS)
