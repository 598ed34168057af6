"""The small body's statistical files, line by line, against files that a person has read through.

They change only on purpose: read the difference, then write what the test says it got.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.submissions.result import SubmissionResult
from tests.integration.submissions.statistics.reading import cells_of, lines_of, sheets_of

GOLDEN = Path(__file__).parent / "golden"
Prepared = dict[tuple[str, str, str], SubmissionResult]
FILES = [
    ("annual", "2026"), ("social_responsibility", "2026"),
    ("monthly_statistics", "2026-09-CNCA"), ("monthly_statistics", "2026-09-CNAS"), ("monthly_statistics", "2026-09-CCAA"),
]  # fmt: skip


def _shown(cell: str | float) -> str:
    return f"{cell:.12g}" if isinstance(cell, float) else cell


def _text(result: SubmissionResult) -> str:
    """Workbook, document and error list as lines; a cell is set off by |."""
    lines: list[str] = []
    for path in sorted(result.path.iterdir()):
        if path.suffix == ".xlsx":
            for sheet in sheets_of(path):
                lines.append(f"## {path.name} {sheet}")
                rows = (" | ".join(map(_shown, row)).rstrip(" |") for row in cells_of(path, sheet))
                lines += [row for row in rows if row]
        elif path.suffix == ".docx":
            lines += [f"## {path.name}", *lines_of(path)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("kind", "period"), FILES)
def test_files_read_as_a_person_has_read_them(prepared: Prepared, kind: str, period: str) -> None:
    golden = GOLDEN / f"{kind}-{period}.txt"
    assert _text(prepared[kind, "B1", period]) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["annual", "social_responsibility"])
def test_a_year_that_runs_is_a_draft(prepared: Prepared, kind: str) -> None:
    running = prepared[kind, "B1", "2026"]
    assert not running.ready
    assert "2026年尚未结束，数据截至2026-10-05" in running.manifest["not_ready_because"]
    over = prepared[kind, "B1", "2025"]
    assert not [reason for reason in over.manifest["not_ready_because"] if "尚未结束" in reason]


def test_what_an_acceptance_establishes(prepared: Prepared) -> None:
    def facts(*key: str) -> str:
        return (
            (prepared[key[0], key[1], key[2]].path / "facts.csv").read_text(encoding="utf-8").splitlines()[1]
        )

    assert facts("annual", "B1", "2025") == "annual_work_report,2025,,CNCA,,"
    assert facts("social_responsibility", "B1", "2025") == "social_responsibility_report,2025,,CNCA,,"
    assert facts("monthly_statistics", "B2", "2026-09-CCAA") == "monthly_report,2026-09,,CCAA,,"


def test_a_body_without_accreditation_reports_to_cnas_too(prepared: Prepared) -> None:
    """The procedure names no exception, and the rule on the month's report asks for every recipient."""
    periods = {period for kind, body, period in prepared if (kind, body) == ("monthly_statistics", "B2")}
    assert periods == {"2026-09-CCAA", "2026-09-CNAS", "2026-09-CNCA"}


def test_readings_of_ours_are_named(prepared: Prepared) -> None:
    for result in prepared.values():
        assert result.manifest["uncertain_codes"], (
            "no form of these files is public: each says what is a reading"
        )
