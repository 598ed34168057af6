"""From preparing to the receipt and the correction, by the command, on a real warehouse.

A failure means that a clerk who does what the command says comes to an end, or that the proof does not hold.
"""

from __future__ import annotations

import csv
import os
import random
import shutil
import signal
import subprocess
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from dagster_project.cli import main
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.verifying import verify
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.publish import publish
from tests.support.command import COMMAND, environment
from tests.support.pipeline import build_warehouse

V1 = "monthly/B2/2026-09/v1"
V2 = "monthly/B2/2026-09/v2"
ID_NUMBER = "110101199003074514"
ON = ("--on", "2026-10-05")
SMALL_BODY = Path(__file__).parents[2] / "fixtures" / "small_body"
AS_OF = date(2026, 10, 5)


@pytest.fixture(scope="module")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of tests/fixtures/small_body on 2026-10-05. Not to be written into."""
    root = tmp_path_factory.mktemp("published") / "home"
    candidate = build_warehouse(SMALL_BODY, root, AS_OF)
    (batch,) = (path.name for path in (root / "landing").iterdir() if not path.name.startswith("."))
    publish(Home.at(root), candidate, AS_OF, batch)
    return root


@pytest.fixture
def home(published_home: Path, tmp_path: Path) -> Path:
    """A copy of it, with landing and dbt's parsed project linked, not copied."""
    root = tmp_path / "home"
    shutil.copytree(published_home, root, ignore=shutil.ignore_patterns("landing", "dagster"))
    for room in ("landing", "dagster"):
        (root / room).symlink_to(published_home / room)
    return root


class Clerk:
    """Types commands for one home."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *arguments: str, exits: int = 0) -> str:
        result = CliRunner().invoke(main, ["submission", *arguments, "--home", str(self.home)])
        assert result.exit_code == exits, result.output
        assert "Traceback" not in result.output
        return result.output


def _correct(home: Path) -> None:
    """What a run after a correction of the records would publish."""
    (warehouse,) = (home / "warehouse").glob("*.duckdb")
    candidate = Home.at(home).scratch / "corrected.duckdb"
    candidate.write_bytes(warehouse.read_bytes())
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(
            "update submissions.sub_monthly__certificate_information set postcode = '002301' where body_id = 'B2'"
        )
    publish(Home.at(home), candidate, AS_OF, warehouse.stem.removeprefix(f"{AS_OF}-"))


def _to_sent(clerk: Clerk, version: str) -> None:
    clerk("check", version, "--by", "王编制", *ON)
    clerk("approve", version, "--by", "钱批准", *ON)
    clerk("approve", version, "--by", "孙批准", *ON)
    clerk("sent", version, "--by", "王编制", "--channel", "网上上报", *ON)


def test_from_preparing_to_the_correction(home: Path, tmp_path: Path) -> None:
    clerk = Clerk(home)
    assert f"{V1}: ready" in clerk("prepare", "monthly", "--body", "B2", "--by", "王编制", *ON)
    assert "unchanged and prepared" in clerk("prepare", "monthly", "--body", "B2", "--by", "李", *ON)
    refused = clerk("approve", V1, "--by", "钱批准", exits=1)
    assert "prepared, not checked" in refused and "submission check" in refused and "尚未校验" in refused
    clerk("check", V1, "--by", "王编制", *ON)
    assert "编制人" in clerk("approve", V1, "--by", " 王 编制", exits=1)
    assert "second person" in clerk("approve", V1, "--by", "钱批准", *ON)
    assert "不能批准两次" in clerk("approve", V1, "--by", "钱批准 ", exits=1)
    assert "submission sent" in clerk("approve", V1, "--by", "孙批准", *ON)
    clerk("sent", V1, "--by", "王编制", *ON)
    assert "waits for receipt" in clerk("work-list")

    facts = _facts(home)
    assert facts and {result for *_, result in facts} == {"pending"}
    sheet, row = next((sheet, row) for _, sheet, row in _rows(home) if row)
    rejected = tmp_path / "rejected.csv"
    rejected.write_text(f"sheet,row,reason\n{sheet},{row},身份证{ID_NUMBER}不符\n", encoding="utf-8")
    answer = ("--result", "partly", "--receipt-no", "CNCA-2026-7", "--rejected", str(rejected))
    clerk("receipt", V1, "--by", "王编制", *answer, *ON)
    assert {result for *_, result in _facts(home)} == {"accepted", "rejected"}
    assert f"{sheet} row {row}: 身份证[已隐去]不符" in clerk("work-list")

    assert "unchanged and partly_accepted" in clerk(
        "prepare", "monthly", "--body", "B2", "--by", "王编制", *ON
    )
    _correct(home)
    assert f"{V2}: ready" in clerk("prepare", "monthly", "--body", "B2", "--by", "王编制", *ON)
    assert "superseded by version 2" in clerk("sent", V1, "--by", "王编制", exits=1)
    assert "002301" in clerk("diff", V2)
    _to_sent(clerk, V2)
    clerk("receipt", V2, "--by", "王编制", "--result", "accepted", "--receipt-no", "CNCA-2026-8", *ON)
    assert clerk("work-list") == "Nothing waits.\n"
    shown = clerk("show", V1)
    assert (
        "answer recorded: partly, receipt CNCA-2026-7 by 王编制" in shown
        and "superseded by version 2" in shown
    )
    listed = clerk("list")
    assert "superseded" in listed and "accepted" in listed
    assert "everything is as it was recorded" in clerk("verify")
    _holds_no_personal_data(home)


def _facts(home: Path) -> list[tuple[str, str, str]]:
    with Ledger.read(home / "ledger.sqlite") as ledger:
        return [(fact.kind, fact.subject_id, fact.result) for fact in ledger.facts()]


def _rows(home: Path) -> list[tuple[str, str, str]]:
    with (home / "submissions" / V1 / "facts.csv").open(encoding="utf-8", newline="") as file:
        return [(line["subject_id"], line["sheet"], line["row"]) for line in csv.DictReader(file)]


def _holds_no_personal_data(home: Path) -> None:
    with (Path(__file__).parents[2] / "fixtures" / "small_body" / "person.csv").open(
        encoding="utf-8"
    ) as file:
        people = list(csv.DictReader(file))
    planted = {person[column] for person in people for column in ("id_number", "name") if person.get(column)}
    assert len(planted) > 4
    kept = b"".join(path.read_bytes() for path in home.glob("ledger*")).decode("utf-8", "ignore")
    assert not [value for value in (*planted, ID_NUMBER) if value in kept]


def test_a_filed_version_made_again_is_the_same_to_the_byte(home: Path) -> None:
    """The second version comes from a warehouse that was changed by hand: no batch gives it."""
    clerk = Clerk(home)
    clerk("prepare", "monthly", "--body", "B2", "--by", "王编制")
    _correct(home)
    clerk("prepare", "monthly", "--body", "B2", "--by", "王编制")
    before = {path: path.read_bytes() for path in (home / "submissions").rglob("*") if path.is_file()}
    for warehouse in (home / "warehouse").glob("*.duckdb"):
        warehouse.unlink()
    said = clerk("verify", "--rebuild", exits=1)
    assert f"{V1}: 5 files made again, the same to the byte" in said
    assert f"{V2}: NOT the same when made again" in said
    assert "cnca-monthly-B2-2026-09.xlsx differs" in said
    assert {path: path.read_bytes() for path in before} == before
    assert not list(home.glob(".rebuild-*"))
    assert not list((home / "warehouse").glob("*.duckdb")), "nothing is published"


def test_usage_and_input_have_their_own_exit_codes(home: Path, tmp_path: Path) -> None:
    clerk = Clerk(home)
    assert "submission prepare" in clerk("check", V1, "--by", "x", exits=2)
    clerk("prepare", "monthly", "--body", "B2", "--by", "王编制")
    assert "submission list" in clerk("check", "monthly/B2/2026-08/v1", "--by", "x", exits=2)
    assert "--by" in clerk("check", V1, exits=2)
    assert "YYYY-MM-DD" in clerk("check", V1, "--by", "x", "--on", "5.10.2026", exits=2)
    clerk("prepare", "monthly", "--period", "2026-9", exits=2)
    unreadable = tmp_path / "rejected.csv"
    unreadable.write_text("a,b\n1,2\n")
    assert "sheet, row, reason" in clerk(
        "receipt", V1, "--by", "x", "--result", "rejected", "--rejected", str(unreadable), exits=3
    )
    assert "first version" in clerk("diff", V1, exits=1)
    (home / "submissions" / V1 / "facts.csv").chmod(0o644)
    (home / "submissions" / V1 / "facts.csv").write_text("")
    assert f"entry 1 ({V1}): facts.csv was changed" in clerk("verify", exits=1)


def test_preparing_killed_at_any_moment_is_done_by_the_next(home: Path) -> None:
    dice = random.Random(20261120)  # noqa: S311
    arguments = ["submission", "prepare", "monthly", "--by", "王编制", "--home", str(home)]
    for kill in range(10):
        process = subprocess.Popen(  # noqa: S603
            [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
        )
        time.sleep(dice.uniform(0.2, 1.5))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with Ledger.read(home / "ledger.sqlite") as ledger:
            assert not verify(ledger).faults, f"kill {kill}"
    said = Clerk(home)("prepare", "monthly", "--by", "王编制")
    assert "monthly/B1/2026-09/v1" in said and "monthly/B2/2026-09/v1" in said
    with Ledger.read(home / "ledger.sqlite") as ledger:
        assert [filing.version for filing in ledger.filings()] == [1, 1]
        assert not verify(ledger).faults
