"""The command line: exit codes, messages that say what to do, and help without waiting."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dagster_project.cli import main


def _invoke(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--source", "x", "--as-of", "2026-13-01"),
        ("run", "--source", "x", "--as-of", "15.11.2026"),
        ("run", "--as-of", "2026-11-15"),
        ("run", "--source", "x", "--profiles", "cnca,nobody"),
        ("run", "--source", "x", "--profiles", ","),
        ("submission", "prepare", "monthly", "--month", "2026-11-15"),
        ("submission", "prepare", "weekly", "--month", "2026-11"),
        ("demo", "--certificates", "0"),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    code, output = _invoke(*arguments)
    assert code == 2, output
    assert "Traceback" not in output


def test_a_wrong_day_is_told_how_to_be_written() -> None:
    assert "YYYY-MM-DD" in _invoke("run", "--source", "x", "--as-of", "15.11.2026")[1]


@pytest.mark.parametrize(
    "arguments", [("export", "--out", "o"), ("submission", "prepare", "monthly", "--month", "2026-10")]
)
def test_nothing_published_is_1_and_says_what_to_run(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    code, output = _invoke(*arguments, "--home", str(tmp_path / "mistyped"))
    assert code == 1
    assert not (tmp_path / "mistyped").exists(), "a reader must not make a home out of a typing error"
    assert "certhouse run --source" in output
    assert "Traceback" not in output


def test_a_source_that_is_not_there_is_3_for_check(tmp_path: Path) -> None:
    code, output = _invoke("check", "--source", str(tmp_path / "nowhere"))
    assert code == 3
    assert "nowhere" in output
    assert "Traceback" not in output


def test_help_imports_nothing_heavy() -> None:
    """Help that takes seconds is help nobody asks for."""
    script = (
        "import sys, dagster_project.cli\n"
        "heavy = {'dagster', 'dbt', 'great_expectations', 'pandas', 'plotly', 'duckdb', 'pyarrow'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603


def test_list_of_no_submissions_says_how_to_prepare_one(tmp_path: Path) -> None:
    code, output = _invoke("submission", "list", "--home", str(tmp_path))
    assert code == 0
    assert "certhouse submission prepare" in output
