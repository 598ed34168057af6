"""What SQL in Python may do: choose columns and rows of one relation and order them. Whatever joins, groups, branches or
compares with a number is meaning: it stands in dbt, where it has lineage, a linter and a contract. What is left in Python
is counted below, file by file, each with its reason; the counts may only fall.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("reports", "dagster_project", "expectations")
STATEMENT = re.compile(
    r"\bselect\b.*\bfrom\b|\bwith \w+ as \(|\bfrom (marts|staging|intermediate|pages|seeds|meta)\.\w"
    r"|\b(count|sum|min|max|any_value|string_agg)\((\*|distinct |[a-z_]+\))",
    re.S,
)
MEANING = re.compile(
    r"\bjoin\b|\bcase (when|\w+ when)\b|\bgroup by\b|\bover \(|\bunion\b|\bintersect\b|\bhaving\b|\bfilter \("
    r"|\b(i)?like '|\bstarts_with\(|\bwith (recursive )?\w+ as \(|[<>=] ?\d|\bin \(select\b"
    r"|\b(sum|min|max|avg|any_value|string_agg)\(|\bcount\((?!\*\))",
    re.S,
)
PERIOD = "counts over the days of a period that is asked for: any year, and the same days of the year before"
FORM = "checks, counts and compares the rows of one filled form, over that form's own Parquet"
META = "schema meta is not dbt's: it says of the file what was landed and checked, partly after dbt has run"
LEDGER = "the ledger's own SQLite file"
BATCH = "gives a recount the rows of its relation"
LANDED = "writes what was landed, before dbt runs"

EXCEPTIONS: Mapping[str, tuple[int, str]] = {
    "reports/annual_report/chapters/audits.py": (5, PERIOD),
    "reports/annual_report/chapters/caveats.py": (3, PERIOD),
    "reports/annual_report/chapters/certificate_groups.py": (1, PERIOD),
    "reports/annual_report/chapters/certificates.py": (2, PERIOD),
    "reports/annual_report/chapters/complaints.py": (1, PERIOD),
    "reports/annual_report/chapters/people.py": (1, PERIOD),
    "reports/annual_report/chapters/reporting.py": (1, PERIOD),
    "reports/annual_report/chapters/rules.py": (3, PERIOD),
    "reports/annual_report/chapters/surveillance.py": (5, PERIOD),
    "reports/annual_report/chapters/workload.py": (5, PERIOD),
    "reports/annual_report/reading.py": (1, PERIOD),
    "reports/dashboard/pages/overview.py": (1, META),
    "reports/dashboard/pages/quality.py": (3, META),
    "reports/dashboard/sections/intake.py": (3, META),
    "reports/dashboard/sections/lineage.py": (4, META),
    "reports/dashboard/sections/quarantine.py": (4, META),
    "reports/submissions/records/cells.py": (2, FORM),
    "reports/submissions/records/cell_difference.py": (5, FORM),
    "reports/submissions/records/cell_errors.py": (2, FORM),
    "reports/submissions/records/sheet_filing.py": (1, FORM),
    "reports/submissions/records/sheet_rows.py": (1, FORM),
    "reports/submissions/records/streamed_rows.py": (2, FORM),
    "reports/submissions/records/cell_supplement.py": (3, FORM),
    "reports/submissions/records/uncertain.py": (2, FORM),
    "dagster_project/filing/database.py": (1, LEDGER),
    "dagster_project/warehouse/meta.py": (1, LANDED),
    "dagster_project/warehouse/summary.py": (1, LANDED),
    "expectations/suites/files.py": (1, BATCH),
}
"""File -> how many such strings it still has, and why."""


def sql_strings(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string that is SQL or a part of it; f-strings with their fields left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))  # what a docstring says is no SQL
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in ast.walk(node) if isinstance(part, ast.Constant)}
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            text = node.value
        else:
            continue
        if STATEMENT.search(text):
            yield node.lineno, text


@cache
def with_meaning() -> dict[str, list[int]]:
    """Lines of SQL that does more than choose and order, by file."""
    found: dict[str, list[int]] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            lines = [line for line, text in sql_strings(path) if MEANING.search(text)]
            if lines:
                found[path.relative_to(ROOT).as_posix()] = lines
    return found


@pytest.mark.parametrize("file", sorted({*with_meaning(), *EXCEPTIONS}))
def test_sql_in_python_chooses_and_orders(file: str) -> None:
    """A page that works something out by itself says it without lineage, and a second page says it differently."""
    lines = with_meaning().get(file, [])
    allowed, _ = EXCEPTIONS.get(file, (0, ""))
    assert len(lines) <= allowed, f"meaning belongs to dbt: {file} lines {lines}"
    assert len(lines) == allowed, f"there are only {len(lines)} left: lower the number of {file}"


@pytest.mark.parametrize(
    "text",
    [
        "select a.x from marts.a as a join marts.b as b using (x)",
        "select x from marts.a where message like '%超过%'",
        "select case when x then 'a' end from marts.a",
        "select x, count(*) from marts.a group by x",
        "select x from marts.a where days > 30",
        "count(*) filter (where state = 'breach')",
    ],
)
def test_the_check_sees_meaning(text: str) -> None:
    """A check that lets the proven faults of the first page pass would prove nothing."""
    assert STATEMENT.search(text) and MEANING.search(text)


def test_choosing_and_ordering_is_no_meaning() -> None:
    text = "select body_id, state from marts.fct_rule_finding where state = 'breach' order by due_on desc nulls last"
    assert STATEMENT.search(text)
    assert not MEANING.search(text)
