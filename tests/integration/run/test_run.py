"""`certhouse run` from source to dashboard, through the real Dagster, dbt, DuckDB, Great Expectations."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.models import PROJECT
from tests.support.command import certhouse
from tests.support.personal_data import MARK, personal_values

GLOSSARY = PROJECT / "glossary.csv"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run")


@pytest.fixture(scope="module")
def home(place: Path, small_source: Path) -> Path:
    """A home after one run, started in an empty working directory."""
    (place / "cwd").mkdir()
    done = certhouse(
        "run", "--source", small_source, "--as-of", "2026-11-15", "--home", place / "home",
        "--profiles", "cnca,icas", "--timings", place / "timings.json", cwd=place / "cwd",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return place / "home"


@pytest.fixture(scope="module")
def warehouse(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(_current(home)), read_only=True) as connection:
        yield connection


def _current(home: Path) -> Path:
    return home / "warehouse" / (home / "warehouse" / "CURRENT").read_text().splitlines()[0]


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_what_is_left_is_what_the_home_is_for(home: Path, place: Path) -> None:
    assert sorted(path.name for path in home.iterdir()) == [
        "dagster",
        "landing",
        "reports",
        "submissions",
        "warehouse",
    ]
    kept = sorted(path.name for path in (home / "warehouse").iterdir())
    assert kept == sorted(
        [".lock", ".scratch", "CURRENT", _current(home).name, f"{_current(home).name}.seal"]
    )
    assert not list((home / "warehouse" / ".scratch").iterdir())


def test_nothing_is_written_outside_the_home(home: Path, place: Path) -> None:
    assert list((place / "cwd").iterdir()) == []
    assert sorted(path.name for path in place.iterdir()) == ["cwd", "home", "timings.json"]


def test_the_published_file_names_no_path_and_no_other_catalog(warehouse: duckdb.DuckDBPyConnection) -> None:
    """A view over the landing folder, or over the candidate's name, would break on another machine."""
    assert warehouse.execute("select count(*) from duckdb_views() where not internal").fetchall() == [(0,)]
    schemas = warehouse.execute("select schema_name from duckdb_schemas() where not internal").fetchall()
    assert {"raw", "reference"} & {name for (name,) in schemas} == set()


def test_every_relation_and_column_says_what_it_holds(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Who opens the file with a tool of his own finds no column that nobody explains, in dbt or by Python."""
    unsaid = warehouse.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where coalesce(comment, '') = ''"
        " union all select schema_name || '.' || table_name || '.' || column_name from duckdb_columns()"
        " where not internal and coalesce(comment, '') = '' order by 1"
    ).fetchall()
    assert unsaid == [], (
        "describe it in the model's .yml or, if it is the same everywhere, in dbt/glossary.csv"
    )


def test_the_glossary_names_nothing_that_is_not_there(warehouse: duckdb.DuckDBPyConnection) -> None:
    """A word for a column that was renamed or removed would explain nothing for ever."""
    there = {
        name
        for (name,) in warehouse.execute(
            "select column_name from duckdb_columns() where not internal"
            " union select schema_name || '.' || table_name from duckdb_tables()"
        ).fetchall()
    }
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        named = [row["name"] for row in csv.DictReader(file)]
    assert sorted(set(named)) == named, "sorted, each name once"
    assert [name for name in named if name not in there] == []


def test_it_says_what_it_was_made_of(warehouse: duckdb.DuckDBPyConnection, home: Path) -> None:
    as_of, batch_id, profiles = warehouse.execute(
        "select cast(as_of as varchar), batch_id, profiles from marts.dim_run"
    ).fetchall()[0]
    assert (as_of, profiles) == ("2026-11-15", "cnca,icas")
    manifest = json.loads((home / "landing" / batch_id / "manifest.json").read_text())
    landed = dict(warehouse.execute("select table_name, landed from meta.manifest_table").fetchall())
    assert landed == {name: table["landed"] for name, table in manifest["tables"].items()}


def test_every_suite_ran_and_nothing_structural_failed(warehouse: duckdb.DuckDBPyConnection) -> None:
    suites = dict(
        warehouse.execute("select suite, count(*) from meta.check_result group by suite").fetchall()
    )
    assert suites["raw"] > 100
    assert suites["marts"] >= 16
    assert suites["submissions"] > 10
    assert warehouse.execute("select * from meta.check_result where status = 'error'").fetchall() == []
    assert (
        warehouse.execute(
            "select * from meta.check_result where severity = 'blocking' and status <> 'pass'"
        ).fetchall()
        == []
    )


def test_phases_are_timed(home: Path, place: Path) -> None:
    seconds = json.loads((place / "timings.json").read_text())
    assert {"import", "land", "dbt", "expectations", "publish", "reports", "total"} <= set(seconds)
    assert seconds["total"] > seconds["dbt"] > 0


def test_export_is_what_the_run_exported(home: Path, place: Path, tmp_path: Path) -> None:
    done = certhouse("export", "--home", home, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert _hashes(tmp_path / "out") == _hashes(home / "reports" / "2026-11-15" / "export")
    unknown = certhouse("export", "--home", home, "--out", tmp_path / "out", "--as-of", "2020-01-01")
    assert unknown.returncode == 1
    assert "2026-11-15" in unknown.stderr


def test_the_same_source_and_day_give_the_same_bytes(home: Path, place: Path, small_source: Path) -> None:
    """In another home, and from another folder: neither may leave a trace in a page or a file."""
    moved = place / "elsewhere"
    shutil.copytree(small_source, moved)
    try:
        done = certhouse(
            "run",
            "--source",
            moved,
            "--as-of",
            "2026-11-15",
            "--home",
            place / "again",
            "--profiles",
            "cnca,icas",
        )
        assert done.returncode == 0, done.stderr
        assert _current(place / "again").name == _current(home).name
        assert _hashes(place / "again" / "reports") == _hashes(home / "reports")
    finally:
        shutil.rmtree(place / "again", ignore_errors=True)
        shutil.rmtree(moved)


def test_odd_content_is_published_with_warnings(home: Path, place: Path, small_source: Path) -> None:
    """One client's typing errors get through to the findings; they are named and stop nothing."""
    odd = place / "odd"
    shutil.copytree(small_source, odd)
    edited = _edit(odd / "organization.csv", {"uscc": "91110000802100433A", "region_code": "990000"})
    try:
        done = certhouse("run", "--source", odd, "--as-of", "2026-10-31", "--home", place / "odd-home")
        assert done.returncode == 0, done.stderr
        with duckdb.connect(str(_current(place / "odd-home")), read_only=True) as connection:
            named = connection.execute(
                "select check_name, record_key from meta.check_record where record_key = ? order by 1",
                [edited],
            ).fetchall()
            severities = connection.execute(
                "select distinct severity from meta.check_result where suite = 'raw' and status <> 'pass'"
            ).fetchall()
        assert named == [("organization.region_code", edited), ("organization.uscc", edited)]
        assert severities == [("warning",)]
        assert "organization.uscc" in done.stderr
    finally:
        shutil.rmtree(place / "odd-home", ignore_errors=True)
        shutil.rmtree(odd)


def test_a_refused_source_is_3_and_leaves_what_is_published(
    home: Path, place: Path, small_source: Path
) -> None:
    before = _current(home)
    broken = place / "broken"
    shutil.copytree(small_source, broken)
    (broken / "certificate.csv").unlink()
    try:
        done = certhouse("run", "--source", broken, "--as-of", "2026-11-16", "--home", home)
    finally:
        shutil.rmtree(broken)
    assert done.returncode == 3, done.stderr
    assert "certificate" in done.stderr
    assert "Traceback" not in done.stderr
    assert _current(home) == before


def _edit(file: Path, values: dict[str, str]) -> str:
    """Set cells of the first record; return its key."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0].update(values)
    rows[0]["country_code"] = "156"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return rows[0]["org_id"]


def test_names_of_people_stand_on_the_auditors_pages_only(
    home: Path, small_source: Path, tmp_path: Path
) -> None:
    """The contract marks what is personal: none of it may reach a page, but an auditor's name on the own page;
    pages for wider circulation have not even that."""
    personal = personal_values(small_source)
    names = {value for value in personal if value.startswith(MARK)}
    assert names
    assert personal - names
    open_pages = home / "reports" / "2026-11-15"
    found = {path.name for path in _files_with(open_pages, personal)}
    assert found
    assert all(name.startswith("auditor-") for name in found), found
    masked = tmp_path / "masked"
    done = certhouse("report", "dashboard", "--masked", "--home", home, "--out", masked)
    assert done.returncode == 0, done.stderr
    assert (masked / "index.html").is_file()
    assert _files_with(masked, personal) == []


def _files_with(folder: Path, values: set[str]) -> list[Path]:
    pages = [path for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".js")]
    return [path for path in pages if _holds(path.read_text("utf-8"), values)]


def _holds(text: str, values: set[str]) -> bool:
    return any(value in text for value in values)
