"""A home whose receipts have flowed back: filed on one day, answered, corrected, filed again, answered again."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dagster_project.filing import Ledger, prepare
from dagster_project.filing.due import Due
from dagster_project.filing.due_list import due_of
from dagster_project.filing.facts_file import TABLE, write_facts
from dagster_project.filing.history import RejectedRow
from dagster_project.filing.steps import approve, check, receipt, sent
from dagster_project.warehouse.build import build_candidate
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.publish import publish
from ingestion.demo import generate
from ingestion.landing import Batch, land
from reports.warehouse import open_warehouse

AS_OF = date(2026, 11, 9)
MONTH = "2026-10"
UNREPORTED_FROM = {
    "certification_result": "2026-10-01",
    "monthly_report": "2026-11-01",
    "audit_plan": "2026-11-01",
}
PROFILES = ("cnca",)


@dataclass(frozen=True)
class Stage:
    """What could be seen at one point: the batch, findings and calendar of the warehouse, what was due."""

    batch: Batch
    reports: list[dict[str, Any]]
    findings: dict[tuple[str, str], str]
    calendar: list[dict[str, Any]]
    due: list[Due]


@dataclass(frozen=True)
class FlowBack:
    home: Home
    source: Path
    results: list[str]
    plan: str
    rejected: str
    before: Stage
    answered: list[Due]
    partly: Stage
    accepted: Stage


@pytest.fixture(scope="session")
def flow(tmp_path_factory: pytest.TempPathFactory) -> FlowBack:
    """October's workbook is accepted but for its first certificate, the audit plan is accepted; the records are
    corrected and the workbook's second version accepted. The day is that before the month's deadline."""
    place = tmp_path_factory.mktemp("flow")
    source = _source(place / "source")
    home = Home.at(place / "home")
    before, warehouse = _stage(home, source)

    plan = _file(home, "audit_plan", warehouse, "accepted")
    month = _file(home, "monthly", warehouse, "partly", first_row_rejected=True)
    results = [row["subject_id"] for row in month if row["kind"] == "certification_result"]
    answered = due_of(home)[1]

    rejected = results[0]
    _correct(source / "certificate.csv", rejected)
    partly, warehouse = _stage(home, source)
    _file(home, "monthly", warehouse, "accepted")
    accepted, _warehouse = _stage(home, source)
    return FlowBack(
        home, source, results, plan[0]["subject_id"], rejected, before, answered, partly, accepted
    )


def _source(folder: Path) -> Path:
    """A made-up body that has reported neither October nor the next days' audits."""
    generate(folder, certificates=120, seed=3, as_of=AS_OF)
    _rewrite(
        folder / "cnca_report.csv",
        lambda rows: [
            row for row in rows if row["reported_on"] < UNREPORTED_FROM.get(row["kind"], "9999-12-31")
        ],
    )
    return folder


def _correct(certificates: Path, certificate_id: str) -> None:
    def corrected(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        for row in rows:
            if row["certificate_id"] == certificate_id:
                row["scope_text"] += "（更正）"
        return rows

    _rewrite(certificates, corrected)


def _rewrite(path: Path, change: Any) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(change(rows))


def _stage(home: Home, source: Path) -> tuple[Stage, Path]:
    """Land with the ledger's facts, build, publish, and look; without Great Expectations, which has its tests."""
    folder = home.root / "facts"
    folder.mkdir(exist_ok=True)
    facts = write_facts(home, folder)
    batch = land(str(source), home.root, additions={TABLE: facts} if facts else None)
    shutil.rmtree(folder)
    candidate = build_candidate(home, batch, AS_OF, PROFILES, lambda _line: None)
    warehouse = publish(home, candidate.path, AS_OF, batch.batch_id)
    with open_warehouse(warehouse) as connection:

        def rows(query: str) -> list[dict[str, Any]]:
            found = connection.execute(query)
            names = [name for name, *_ in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        stage = Stage(
            batch,
            rows("select * from staging.stg_cnca_report"),
            {
                (row["rule_id"], row["subject_id"]): row["state"]
                for row in rows("select rule_id, subject_id, state from marts.fct_rule_finding")
            },
            rows("select * from marts.fct_submission_calendar"),
            due_of(home)[1],
        )
    return stage, warehouse


def _file(
    home: Home, kind: str, warehouse: Path, result: str, *, first_row_rejected: bool = False
) -> list[dict[str, str]]:
    """The whole way of one file in one day; the lines of its list of facts."""
    (prepared,) = prepare(home, kind, warehouse, by="甲", on=AS_OF)
    name = prepared.submission_id
    with (prepared.result.path / "facts.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    rejected = (
        [RejectedRow(lines[0]["sheet"], int(lines[0]["row"]), "业务范围有误")] if first_row_rejected else []
    )
    with Ledger.open(home) as ledger:
        check(ledger, name, by="甲", on=AS_OF)
        approve(ledger, name, by="乙", on=AS_OF)
        approve(ledger, name, by="丙", on=AS_OF)
        sent(ledger, name, by="甲", channel="网上上报", on=AS_OF)
        receipt(ledger, name, by="甲", result=result, receipt_no="0001", rejected=rejected, on=AS_OF)
    return lines
