"""What Dagster is told: renaming an asset, job, schedule or sensor loses its history, so it is seen here."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import dagster as dg
import pytest

from dagster_project.defs.assembly import build_definitions
from dagster_project.defs.automation import fingerprint
from dagster_project.defs.settings import RunSettings
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.models import Model, Models

_SUBMISSIONS = [
    "annual_submission",
    "audit_plan_submission",
    "monthly_statistics_submission",
    "monthly_submission",
    "social_responsibility_submission",
    "status_change_submission",
]
_SHANGHAI = dt.timezone(dt.timedelta(hours=8))


@pytest.fixture
def definitions(tmp_path: Path) -> dg.Definitions:
    """Definitions over a small catalogue, so that this test does not change with every mart."""
    catalogue = (
        Model("stg_person", "staging", "People.", (), ("test.one",)),
        Model("int_person", "intermediate", "People.", ("stg_person",), ()),
        Model("rule_1", "rules", "Rule.", ("int_person",), ()),
        Model("dim_rule", "marts", "Rules.", (), ()),
        Model("fct_monthly_statistics", "marts", "Months.", ("int_person",), ("test.two", "test.three")),
        Model("fct_rule_finding", "marts", "Findings.", ("rule_1", "dim_rule"), ()),
        Model("fct_submission_calendar", "marts", "Due.", ("int_person",), ()),
        Model("sub_monthly__certificate", "submissions", "Sheet.", ("int_person",), ()),
    )
    settings = RunSettings(source=str(tmp_path), home_directory=str(tmp_path / "home"))
    return build_definitions(Models(tmp_path / "manifest", catalogue), settings)


def test_it_loads(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)


def test_assets_by_group(definitions: dg.Definitions) -> None:
    groups: dict[str, list[str]] = {}
    for spec in definitions.resolve_all_asset_specs():
        groups.setdefault(spec.group_name or "", []).append(spec.key.to_user_string())
    assert {group: sorted(keys) for group, keys in groups.items()} == {
        "ingestion": ["landing_batch"],
        "warehouse": ["intermediate", "published_warehouse", "rules", "staging", "submissions"],
        "marts": [
            "marts/dim_rule",
            "marts/fct_monthly_statistics",
            "marts/fct_rule_finding",
            "marts/fct_submission_calendar",
        ],
        "reports": ["annual_report", "dashboard", "mart_export"],
        "submissions": [*_SUBMISSIONS, "submission_calendar"],
    }


def test_every_asset_says_what_it_is_who_owns_it_and_what_it_is_made_of(definitions: dg.Definitions) -> None:
    for spec in definitions.resolve_all_asset_specs():
        assert spec.description, spec.key
        assert spec.owners, spec.key
        assert spec.kinds, spec.key


def test_lineage_runs_from_source_to_reports(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    above = graph.get_ancestor_asset_keys(dg.AssetKey("dashboard"))
    assert {
        dg.AssetKey("landing_batch"),
        dg.AssetKey("staging"),
        dg.AssetKey(["marts", "fct_rule_finding"]),
    } <= above
    assert graph.get(dg.AssetKey(["marts", "fct_rule_finding"])).parent_keys == {
        dg.AssetKey("rules"),
        dg.AssetKey(["marts", "dim_rule"]),
    }


def test_checks(definitions: dg.Definitions) -> None:
    keys = definitions.resolve_asset_graph().asset_check_keys
    named = sorted(f"{key.asset_key.to_user_string()}:{key.name}" for key in keys)
    of_submissions = [
        f"{name}:{check}" for name in _SUBMISSIONS for check in ("prepared_in_time", "ready_to_file")
    ]
    assert set(of_submissions) <= set(named)
    assert [name for name in named if name not in of_submissions] == [
        "marts/fct_monthly_statistics:dbt_tests",
        "published_warehouse:expectations_marts",
        "rules:expectations_rules",
        "staging:dbt_tests",
        "staging:expectations_raw_content",
        "staging:expectations_raw_structure",
        "submissions:expectations_submissions",
    ]


def test_jobs_schedules_and_sensors(definitions: dg.Definitions) -> None:
    repository = definitions.get_repository_def()
    assert {job.name for job in repository.get_all_jobs() if not job.name.startswith("__")} == {
        "daily",
        "annual",
        "daily_filings",
        "monthly",
        "monthly_statistics",
        "annual_filings",
        "deadlines",
    }
    assert {
        schedule.name: (schedule.cron_schedule, schedule.execution_timezone, schedule.default_status.value)
        for schedule in repository.schedule_defs
    } == {
        "every_morning": ("0 6 * * *", "Asia/Shanghai", "STOPPED"),
        "monthly_draft": ("0 7 5 * *", "Asia/Shanghai", "STOPPED"),
        "monthly_due": ("0 7 10 * *", "Asia/Shanghai", "STOPPED"),
        "monthly_statistics_draft": ("0 7 5 * *", "Asia/Shanghai", "STOPPED"),
        "monthly_statistics_due": ("0 7 10 * *", "Asia/Shanghai", "STOPPED"),
        "daily_filings_morning": ("0 7 * * *", "Asia/Shanghai", "STOPPED"),
        "annual_filings_season": ("0 7 5,20 1-3 *", "Asia/Shanghai", "STOPPED"),
        "deadline_watch": ("0 8 * * *", "Asia/Shanghai", "STOPPED"),
    }
    assert [sensor.name for sensor in repository.sensor_defs] == ["drop_folder"]


def test_partitions(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    now = dt.datetime(2026, 11, 20, tzinfo=_SHANGHAI)
    last = {}
    for name in ("annual_report", *_SUBMISSIONS):
        partitions = graph.get(dg.AssetKey(name)).partitions_def
        assert partitions is not None, name
        last[name] = partitions.get_partition_keys(current_time=now)[-2:]
    days, months, years = ["2026-11-19", "2026-11-20"], ["2026-10-01", "2026-11-01"], ["2025", "2026"]
    assert last == {
        "annual_report": years,
        "annual_submission": years,
        "audit_plan_submission": days,
        "monthly_statistics_submission": months,
        "monthly_submission": months,
        "social_responsibility_submission": years,
        "status_change_submission": days,
    }


@pytest.mark.parametrize(
    ("schedule", "at", "partition"),
    [
        ("monthly_draft", dt.datetime(2026, 11, 5, 7, tzinfo=_SHANGHAI), "2026-10-01"),
        ("monthly_due", dt.datetime(2026, 11, 10, 7, tzinfo=_SHANGHAI), "2026-10-01"),
        ("monthly_due", dt.datetime(2027, 1, 10, 7, tzinfo=_SHANGHAI), "2026-12-01"),
        ("monthly_statistics_due", dt.datetime(2026, 3, 10, 7, tzinfo=_SHANGHAI), "2026-02-01"),
        ("annual_filings_season", dt.datetime(2027, 1, 5, 7, tzinfo=_SHANGHAI), "2026"),
        ("daily_filings_morning", dt.datetime(2026, 11, 20, 7, tzinfo=_SHANGHAI), "2026-11-20"),
        ("daily_filings_morning", dt.datetime(2026, 10, 10, 7, tzinfo=_SHANGHAI), "2026-10-10"),
        ("daily_filings_morning", dt.datetime(2026, 10, 2, 7, tzinfo=_SHANGHAI), None),
        ("daily_filings_morning", dt.datetime(2026, 11, 21, 7, tzinfo=_SHANGHAI), None),
        ("daily_filings_morning", dt.datetime(2040, 1, 2, 7, tzinfo=_SHANGHAI), "2040-01-02"),
    ],
)
def test_schedules_take_the_period_that_is_to_be_reported(
    definitions: dg.Definitions, schedule: str, at: dt.datetime, partition: str | None
) -> None:
    """The month or year before; the day itself on working days: a make-up Saturday is one, a holiday is not."""
    repository = definitions.get_repository_def()
    context = dg.build_schedule_context(scheduled_execution_time=at, repository_def=repository)
    data = repository.get_schedule_def(schedule).evaluate_tick(context)
    assert data.run_requests is not None
    assert [request.partition_key for request in data.run_requests] == ([partition] if partition else [])


def test_the_sensor_waits_until_files_stand_still(
    definitions: dg.Definitions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is still being copied must not be landed."""
    home = Home.at(tmp_path / "home")
    monkeypatch.setenv("CERTHOUSE_HOME", str(home.root))
    sensor = definitions.get_repository_def().get_sensor_def("drop_folder")

    def tick(cursor: str | None) -> tuple[list[str | None], str | None]:
        context = dg.build_sensor_context(cursor=cursor)
        data = sensor.evaluate_tick(context)
        return [request.run_key for request in data.run_requests or []], data.cursor

    assert tick(None) == ([], None)
    home.drop.mkdir()
    (home.drop / "person.csv").write_text("half")
    runs, cursor = tick(None)
    assert runs == []
    (home.drop / "person.csv").write_text("half and half")
    runs, cursor = tick(cursor)
    assert runs == []
    runs, cursor = tick(cursor)
    assert runs == [fingerprint(home.drop)]
    again, _ = tick(cursor)
    assert again == runs, "the same files give the same run key, which Dagster runs once"


def test_fingerprint_sees_size_and_time(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    before = fingerprint(tmp_path)
    os.utime(tmp_path / "a.csv", (1e9, 1e9))
    assert fingerprint(tmp_path) != before
    assert fingerprint(tmp_path / "none") is None
