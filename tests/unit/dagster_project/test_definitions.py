"""What Dagster is told: renaming an asset, job, schedule or sensor loses its history, so it is seen here."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import dagster as dg
import pytest

from dagster_project.defs.assembly import build_definitions
from dagster_project.defs.asset_map import asset_map
from dagster_project.defs.automation import fingerprint
from dagster_project.defs.settings import RunSettings
from dagster_project.warehouse.home import Home
from tests.support.parsed import manifest, parsed_models

_SUBMISSIONS = [
    "annual_submission",
    "audit_plan_submission",
    "monthly_statistics_submission",
    "monthly_submission",
    "social_responsibility_submission",
    "status_change_submission",
]
_SHANGHAI = dt.timezone(dt.timedelta(hours=8))


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    """Over the project as it is shipped: an invented one would show no edge that is missing."""
    place = tmp_path_factory.mktemp("definitions")
    return build_definitions(
        parsed_models(), RunSettings(source=str(place), home_directory=str(place / "home"))
    )


def test_it_loads(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)


def test_assets_by_group(definitions: dg.Definitions) -> None:
    groups: dict[str, list[str]] = {}
    for spec in definitions.resolve_all_asset_specs():
        groups.setdefault(spec.group_name or "", []).append(spec.key.to_user_string())
    assert {group: sorted(keys) for group, keys in groups.items() if group not in ("marts", "inputs")} == {
        "ingestion": ["landing_batch"],
        "warehouse": [
            "intermediate",
            "intermediate/int_finding__subject",
            "pages",
            "published_warehouse",
            "rules",
            "staging",
            "submissions",
        ],
        "reports": ["annual_report", "dashboard", "mart_export"],
        "submissions": [*_SUBMISSIONS, "submission_calendar"],
    }
    assert sorted(groups["marts"]) == sorted(
        f"marts/{model.name}" for model in parsed_models().layer("marts")
    )
    assert {"raw/certificate", "raw/delivered", "reference/working_day", "seeds/parameter"} <= set(
        groups["inputs"]
    )


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
        dg.AssetKey(["raw", "certificate"]),
        dg.AssetKey("staging"),
        dg.AssetKey(["marts", "fct_rule_finding"]),
    } <= above


@pytest.mark.parametrize(
    ("asset", "reads", "does_not_read"),
    [
        (
            "submissions",
            {"staging", "intermediate", "seeds/parameter", "marts/fct_submission_deadline"},
            {"rules", "landing_batch"},
        ),
        ("rules", {"staging", "intermediate", "seeds/parameter", "seeds/clause"}, {"submissions"}),
        ("intermediate", {"staging", "reference/working_day", "seeds/parameter"}, {"rules", "landing_batch"}),
        ("intermediate/int_finding__subject", {"rules", "marts/dim_rule"}, {"landing_batch"}),
        ("staging", {"raw/certificate", "landing_batch"}, {"raw/delivered"}),
    ],
)
def test_what_an_asset_reads(
    definitions: dg.Definitions, asset: str, reads: set[str], does_not_read: set[str]
) -> None:
    """A map that was drawn by hand hung the submissions on the rules alone, which they do not read."""
    found = _parents(definitions)[asset]
    assert reads <= found
    assert not does_not_read & found


def test_the_map_says_what_the_refs_say(definitions: dg.Definitions) -> None:
    """Every ref and source of every model is inside one asset or an edge, and there is no further edge."""
    own = {"int_finding__subject"}
    said: dict[str, set[str]] = {}

    def asset(unique_id: str) -> str:
        node = nodes.nodes.get(unique_id) or nodes.sources[unique_id]
        alone = node.resource_type != "model" or node.schema == "marts" or node.name in own
        return f"{node.schema}/{node.name}" if alone else str(node.schema)

    nodes = manifest()
    for unique_id, node in nodes.nodes.items():
        if node.resource_type == "model":
            said.setdefault(asset(unique_id), set()).update(map(asset, node.depends_on.nodes))
    drawn = _parents(definitions)
    for name, parents in said.items():
        ordered = {"landing_batch"} if any(parent.startswith("raw/") for parent in parents) else set()
        assert drawn[name] == (parents - {name}) | ordered, name


def test_what_is_read_is_yielded_before_what_reads_it() -> None:
    """Dagster refuses the results of a step in another order, after the warehouse has been published."""
    parents = asset_map(parsed_models()).parents
    seen: set[tuple[str, ...]] = set()
    for path, read in parents.items():
        assert read & parents.keys() <= seen, path
        seen.add(path)


def _parents(definitions: dg.Definitions) -> dict[str, set[str]]:
    graph = definitions.resolve_asset_graph()
    return {
        key.to_user_string(): {parent.to_user_string() for parent in graph.get(key).parent_keys}
        for key in graph.get_all_asset_keys()
    }


def test_checks(definitions: dg.Definitions) -> None:
    keys = definitions.resolve_asset_graph().asset_check_keys
    named = sorted(f"{key.asset_key.to_user_string()}:{key.name}" for key in keys)
    of_submissions = [
        f"{name}:{check}" for name in _SUBMISSIONS for check in ("prepared_in_time", "ready_to_file")
    ]
    assert set(of_submissions) <= set(named)
    tested = {model.name for model in parsed_models().layer("marts") if model.tests}
    assert {f"marts/{name}:dbt_tests" for name in tested} <= set(named)
    assert [name for name in named if name not in of_submissions and not name.startswith("marts/")] == [
        "intermediate:dbt_tests",
        "pages:dbt_tests",
        "published_warehouse:expectations_marts",
        "rules:dbt_tests",
        "rules:no_breach",
        "staging:expectations_raw_content",
        "staging:expectations_raw_structure",
        "submissions:dbt_tests",
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
    daily = (
        "staging",
        "marts/dim_run",
        "published_warehouse",
        "dashboard",
        "mart_export",
        "submission_calendar",
    )
    for name in ("annual_report", *daily, *_SUBMISSIONS):
        partitions = graph.get(dg.AssetKey.from_user_string(name)).partitions_def
        assert partitions is not None, name
        last[name] = partitions.get_partition_keys(current_time=now)[-2:]
    days, months, years = ["2026-11-19", "2026-11-20"], ["2026-10-01", "2026-11-01"], ["2025", "2026"]
    assert last == {
        **dict.fromkeys(daily, days),
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
        ("every_morning", dt.datetime(2026, 11, 21, 6, tzinfo=_SHANGHAI), "2026-11-21"),
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
        context = dg.build_sensor_context(cursor=cursor, repository_def=definitions.get_repository_def())
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
