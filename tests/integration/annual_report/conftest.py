"""One real warehouse for the annual report: a made-up body of 300 certificates, a body without anything, complaints
of every kind, a failed check."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.meta import write_outcomes
from expectations.outcome import Outcome, Severity, Status
from ingestion.demo import generate
from reports.annual_report.model import Report
from reports.annual_report.reading import read_report
from reports.warehouse import open_warehouse
from tests.support.pipeline import build_warehouse

AS_OF = date(2026, 11, 15)
BODY, EMPTY_BODY = "B01", "B99"
_COMPLAINTS = (
    ("CT1", "complaint", "2026-02-01", "2026-03-01"),
    ("CT2", "complaint", "2026-03-01", "2026-08-01"),
    ("CT3", "appeal", "2026-05-01", ""),
    ("CT4", "appeal", "2026-11-01", ""),
    ("CT5", "complaint", "2025-11-20", "2026-01-05"),
)


def _append(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        headings = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, headings, restval="").writerows(rows)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records as CSV."""
    source = tmp_path_factory.mktemp("annual") / "source"
    generate(source, certificates=300, seed=5, as_of=AS_OF)
    _append(
        source / "certification_body.csv",
        [{"body_id": EMPTY_BODY, "name": "新设认证有限公司", "approval_no": "CNCA-R-2026-999"}],
    )
    _append(
        source / "complaint.csv",
        [
            {
                "complaint_id": key,
                "body_id": BODY,
                "kind": kind,
                "received_on": received,
                "decided_on": notified,
                "notified_on": notified,
            }
            for key, kind, received, notified in _COMPLAINTS
        ],
    )
    return source


@pytest.fixture(scope="session")
def warehouse(source: Path) -> Path:
    """The warehouse on 2026-11-15, so that 2026 is running, 2025 is over and 2020 has no records."""
    built = build_warehouse(source, source.with_name("home"), AS_OF)
    failed = Outcome(
        suite="raw", name="planted", severity=Severity.WARNING, status=Status.FAIL, observed=3,
        detail_zh="植入的未通过校验", records=(),
    )  # fmt: skip
    with duckdb.connect(str(built)) as connection:
        write_outcomes(connection, [failed])
    return built


@pytest.fixture(scope="session")
def running(warehouse: Path) -> Report:
    return read_report(warehouse, BODY, 2026)


@pytest.fixture(scope="session")
def past(warehouse: Path) -> Report:
    return read_report(warehouse, BODY, 2025)


@pytest.fixture(scope="session")
def connection(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(warehouse) as opened:
        yield opened
