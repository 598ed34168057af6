"""`certhouse submission` on a ledger: what it shows, and that it never ends in a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dagster_project.cli import main
from dagster_project.filing import steps
from tests.support.filed import (
    ANSWERS,
    PREPARER,
    SERIES,
    V1,
    V2,
    WARNING,
    WAY,
    brought_to,
    open_ledger,
    registered,
    write_version,
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A rejected version with a justified warning, its correction, and a folder that nobody registered."""
    with open_ledger(tmp_path) as ledger:
        registered(ledger, warnings=[WARNING, "1002.PHONE.pattern"])
        steps.justify(ledger, V1, by="周", warnings=["EMAIL.pattern", "PHONE.pattern"], because="客户没有")
        brought_to(ledger, "accepted")
        steps.receipt(ledger, V1, by=PREPARER, result="rejected", instead_because="误登记")
        registered(ledger, 2)
    write_version(tmp_path, series="annual/B1/2025")
    return tmp_path


def _said(home: Path, *arguments: str, exits: int = 0) -> str:
    result = CliRunner().invoke(main, ["submission", *arguments, "--home", str(home)])
    assert result.exit_code == exits, result.output
    assert "Traceback" not in result.output and "Not expected" not in result.output
    return result.output


def test_show_tells_the_whole_story(home: Path) -> None:
    said = _said(home, "show", V1)
    for part in (
        "superseded by version 2; until then it was rejected",
        f"justified {WARNING}, 1002.PHONE.pattern by 周",
        f"warning {WARNING}: 客户没有",
        "approved by 钱批准",
        "sent (网上上报) by 赵编制",
        "answer recorded: accepted, receipt CNCA-1",
        "answer recorded: rejected, instead of the one before (误登记)",
        "facts.csv",
    ):
        assert part in said
    assert "Next: " not in said
    assert "Next: " in _said(home, "show", SERIES)


def test_list_names_states_and_what_is_not_registered(home: Path) -> None:
    lines = _said(home, "list").splitlines()
    assert [line.split()[:2] for line in lines] == [
        [V1, "superseded"], [V2, "prepared"], ["annual/B1/2025/v1", "not"],
    ]  # fmt: skip
    assert V1 not in _said(home, "list", "--state", "prepared")
    assert V2 not in _said(home, "list", "--body", "B9")


def test_verify_names_what_it_has_not_looked_at(home: Path) -> None:
    said = _said(home, "verify")
    assert "9 entries, 2 versions, 6 files: everything is as it was recorded" in said
    assert "Not in the ledger, so not looked at: annual/B1/2025/v1" in said


def test_verify_names_the_entry_and_fails(home: Path) -> None:
    path = home / "submissions" / V2 / "cnca.xlsx"
    path.chmod(0o644)
    path.write_text("forged")
    assert f"DOES NOT HOLD: entry 9 ({V2}): cnca.xlsx was changed" in _said(home, "verify", exits=1)


def test_a_cut_ledger_is_not_written_onto(home: Path) -> None:
    (home / "ledger.head").unlink()
    said = _said(home, "check", V2, "--by", "周", exits=1)
    assert "ledger.head" in said and "submission verify" in said and "台账" in said


def test_one_step_after_another_by_the_hints_alone(home: Path) -> None:
    for step, reached in zip(("check", "approve", "approve", "sent"), WAY, strict=True):
        assert f"certhouse submission {step} {V2}" in _said(home, "show", V2).splitlines()[-1]
        with open_ledger(home) as ledger:
            WAY[reached](ledger, V2)
    with open_ledger(home) as ledger:
        ANSWERS["accepted"](ledger, V2)
    assert _said(home, "work-list") == "Nothing waits.\n"


def test_steps_load_nothing_heavy(home: Path) -> None:
    """A clerk approves twenty files in a row: each must not wait for a data engine."""
    script = (
        "import sys\nfrom dagster_project.cli import main\n"
        f"try:\n    main(['submission', 'show', '{V1}', '--home', '{home}'])\n"
        "except SystemExit as end:\n    assert not end.code\n"
        "heavy = {'dagster', 'dbt', 'great_expectations', 'pandas', 'duckdb', 'pyarrow'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)  # noqa: S603
