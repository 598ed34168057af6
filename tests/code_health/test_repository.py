"""The repository stands alone and says nothing of the machines it was made on.

A failure means that a clone elsewhere would not work, or would tell where it came from.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOP_LEVEL = {
    ".ci", ".gitignore", ".pre-commit-config.yaml", ".sqlfluff", "CHANGELOG.md", "LICENSE", "Makefile", "README.md",
    "README.zh.md", "benchmarks", "dagster_project", "dbt", "docs", "expectations", "ingestion", "pyproject.toml",
    "reports", "requirements-dev.lock", "requirements.lock", "tests",
}  # fmt: skip
TEXT = {".py", ".sql", ".yml", ".yaml", ".toml", ".md", ".csv", ".html", ".css", ".js", ".lock", ".cfg", ""}


def _tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S607
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_top_level_is_the_agreed_one() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in _tracked()} == TOP_LEVEL


def test_no_machine_path_no_registry_host() -> None:
    offending = re.compile(
        r"(^|[\s\"'=(])/(home/\w|root/|work/|farm/)|--(extra-)?index-url|/simple/|//(cdn\.|unpkg)", re.M
    )
    found = [
        str(path.relative_to(ROOT))
        for path in _tracked()
        if path.suffix in TEXT
        and path != Path(__file__)
        and offending.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not found


def test_dbt_folder_is_not_a_package() -> None:
    """An __init__.py there would shadow the dbt package itself."""
    assert not list((ROOT / "dbt").rglob("__init__.py"))


def test_ingestion_knows_neither_dbt_nor_dagster() -> None:
    offending = re.compile(r"^\s*(import|from) (dbt|dagster)\b", re.M)
    assert not [
        path
        for path in (ROOT / "ingestion").rglob("*.py")
        if offending.search(path.read_text(encoding="utf-8"))
    ]
