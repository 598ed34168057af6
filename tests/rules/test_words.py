"""A change of the law changes the words with the judgements: no text that readers see keeps an old number.

The parameters below get other values, in a warehouse of the boundary cases of all rules; then the old numbers are looked for
in every text of the published file that the project itself words, in its comments, on the pages and in the annual report. A
failure means that a sentence says a number that is not the law's any more.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.build import build_candidate
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.meta import write_outcomes
from dagster_project.warehouse.models import PROJECT
from ingestion.landing import land
from reports.annual_report.html import html_of
from reports.annual_report.reading import read_report
from reports.dashboard import build_dashboard
from reports.rulebook import read_rulebook, rulebook_markdown
from reports.warehouse import open_warehouse
from tests.rules.case_source import DEFAULT_AS_OF, load_cases, write_source

pytestmark = pytest.mark.slow

CHANGED = {
    "combined_share_min": "0.9",
    "surveillance_interval_months": "10",
    "qualification_horizon_days": "120",
}
"""What the law, or the house, changes."""

NAMESAKES = {
    "onsite_share_min": "0.7",
    "similar_sites_factor_recertification": "0.75",
    "prior_certificate_wait_months": "11",
    "internal_audit_interval_months": "11",
    "house_client_cycle_months": "11",
    "zdqy_recertification_gap_months": "11",
    "surveillance_calendar_months": "11",
    "auditor_onsite_days_max": "181",
    "surveillance_far_days": "175",
    "house_edition_horizon_days": "170",
}
"""Parameters that had the same numbers, so that an old number is nobody's any more."""

OLD = re.compile(
    r"(?<![\d.%])(80 ?%|80 per ?cent|百分之八十|12 ?个月|十二个月|满一年|一年内|12 months|twelve months|180 ?天|180 days)"
)
MEASURED = ("R3.9-a",)
"""Rules whose cases hold people with just so many days on site: their findings say the old number, and rightly."""

NEW = ("90%", "10 个月", "120 天", "181")
"""What must be said instead: the test would pass on an empty file otherwise."""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of all cases under the changed parameters."""
    folder = tmp_path_factory.mktemp("words")
    project = folder / "dbt"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    seed = project / "seeds" / "parameter.csv"
    with seed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    others = CHANGED | NAMESAKES
    assert set(others) <= {row["name"] for row in rows}
    with seed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "value": others.get(row["name"], row["value"])} for row in rows)
    cases = [case for case in load_cases() if case.as_of == DEFAULT_AS_OF and case.rule not in MEASURED]
    write_source(cases, folder / "source")
    home = Home.at(folder / "home")
    batch = land(str(folder / "source"), home.root)
    profiles = ("cnca", "icas", "zqhx", "zdqy")
    built = build_candidate(home, batch, DEFAULT_AS_OF, profiles, lambda _line: None, project=project).path
    with duckdb.connect(str(built)) as connection:
        write_outcomes(connection, [])
    return built


@pytest.fixture(scope="module")
def connection(changed: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(changed) as opened:
        yield opened


def _found(text: str) -> list[str]:
    return [text[max(0, at.start() - 30) : at.end() + 10] for at in OLD.finditer(text)]


def test_no_old_number_in_the_published_file(connection: duckdb.DuckDBPyConnection) -> None:
    """Schemas raw and staging hold what the source says, and are not the project's words."""
    columns = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns()"
        " where not internal and data_type = 'VARCHAR' and schema_name not in ('raw', 'staging')"
    ).fetchall()
    found: list[tuple[str, str]] = []
    said: set[str] = set()
    for schema, table, column in columns:
        place = f'"{schema}"."{table}"."{column}"'
        texts = connection.execute(
            f'select distinct "{column}" from "{schema}"."{table}" where "{column}" is not null'
        ).fetchall()
        for (text,) in texts:
            found += [(place, hit) for hit in _found(text)]
            said |= {new for new in NEW if new in text}
    comments = connection.execute(
        "select table_name, comment from duckdb_tables() where comment is not null"
        " union all select table_name || '.' || column_name, comment from duckdb_columns() where comment is not null"
    ).fetchall()
    found += [(place, hit) for place, comment in comments for hit in _found(comment)]
    assert found == []
    assert said == set(NEW)


def test_no_old_number_on_the_pages(changed: Path, tmp_path: Path) -> None:
    folder = build_dashboard(changed, tmp_path / "pages").parent
    pages = [*folder.glob("*.html"), *(folder / "data").glob("*.js")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in pages}
    assert {name: hits for name, text in texts.items() if (hits := _found(text))} == {}
    left = {name for name, text in texts.items() if "{parameter:" in text or "\\u007bparameter" in text}
    assert left == set(), "a parameter that the file does not know"
    together = "".join(texts.values())
    assert [new for new in NEW if new not in together] == []


def test_no_old_number_in_the_annual_report_and_the_rule_book(
    changed: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    (body,) = connection.execute("select min(body_id) from marts.dim_certification_body").fetchone() or ("",)
    report = html_of(read_report(changed, body, DEFAULT_AS_OF.year))
    assert _found(report) == []
    assert _found(rulebook_markdown(read_rulebook(changed))) == []
