"""A landing batch to the published warehouse: dbt's layers and marts, their checks, and publication.

One step, because a candidate is one file with one writer and is worth nothing unless all of it was built
and checked. Its assets and checks come from the parsed dbt project, partitioned by the day for which it speaks.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from dagster_project.defs.asset_map import MARTS, AssetMap, Path, asset_map
from dagster_project.defs.failures import RETRY, explained
from dagster_project.defs.ingestion import LANDING_BATCH, last_batch
from dagster_project.defs.inputs import RAW
from dagster_project.defs.partitions import day_of, days
from dagster_project.defs.settings import RunSettings
from dagster_project.warehouse.build import Candidate
from dagster_project.warehouse.models import Models
from dagster_project.warehouse.release import Progress, Release, release
from dagster_project.warehouse.rule_counts import breaches_by_rule
from dagster_project.warehouse.summary import TableSummary
from expectations.outcome import Outcome, Severity, Status

PUBLISHED_WAREHOUSE = dg.AssetKey("published_warehouse")

_LAYERS = {
    "staging": "The contract's tables as landed, one table each.",
    "intermediate": "What marts and rules are derived from: status, surveillances, person-days, calendar.",
    "rules": "One model per rule of the rule book, and their union.",
    "submissions": "The rows of the regulator's workbooks.",
    "pages": "What pages, reports and lists show, one relation per block.",
}
_SUITE_ASSET = {
    "raw": "staging",
    "marts": "published_warehouse",
    "submissions": "submissions",
}
_SUITES = {
    "raw_structure": "Keys, required cells, closed lists, references and counts against the source contract.",
    "raw_content": "Check digits, codes and dates that nobody would write on purpose. Warns, never blocks.",
    "marts": "Invariants: one status per certificate and day, loads, counts and monthly flows that add up.",
    "submissions": "Rows of the regulator's files: each once, whole, about what the warehouse knows.",
}
_RULES_CHECK = "no_breach"
_OUTCOMES_SHOWN = 200


def warehouse_assets(models: Models) -> dg.AssetsDefinition:
    """The multi-asset of everything that dbt builds and of its publication."""
    assets = asset_map(models)
    specs = [*_specs(models, assets), _published_spec(assets)]
    check_specs = [*_dbt_check_specs(models, assets), *_suite_check_specs(), _rules_check_spec()]

    @dg.multi_asset(
        name="warehouse", specs=specs, check_specs=check_specs, partitions_def=days, retry_policy=RETRY
    )
    def warehouse(context: dg.AssetExecutionContext, settings: RunSettings) -> Iterator[Any]:
        so_far = Progress()
        batch = last_batch(context.instance, settings.home)
        try:
            with explained():
                done = release(
                    settings.home,
                    batch,
                    day_of(context),
                    settings.profiles_given,
                    context.log.info,
                    overrides=settings.overrides_path,
                    so_far=so_far,
                )
        except dg.Failure:
            yield from _suite_results(so_far.outcomes)
            raise
        yield from _materializations(assets, done)
        yield from _dbt_results(models, assets, done.candidate)
        yield from _suite_results(done.outcomes)
        yield _rules_result(breaches_by_rule(done.path, settings.home.scratch))

    return warehouse


def mart_key(name: str) -> dg.AssetKey:
    return dg.AssetKey([MARTS, name])


def newest(key: dg.AssetKey) -> dg.AssetDep:
    """What is published now, for assets whose period is not the day of a warehouse."""
    return dg.AssetDep(key, partition_mapping=dg.LastPartitionMapping())


def _specs(models: Models, assets: AssetMap) -> Iterator[dg.AssetSpec]:
    descriptions = {model.name: model.description for model in models.catalogue}
    for path, parents in assets.parents.items():
        description = _LAYERS[path[0]] if len(path) == 1 else descriptions[path[-1]]
        deps = {dg.AssetKey(parent) for parent in parents}
        if any(parent[0] == RAW for parent in parents):
            deps.add(LANDING_BATCH)  # what is only observed orders no steps
        yield _spec(dg.AssetKey(path), description, deps=sorted(deps))


def _published_spec(assets: AssetMap) -> dg.AssetSpec:
    return _spec(
        PUBLISHED_WAREHOUSE,
        "The finished, checked, closed DuckDB file that reports read. Replaced by rename only.",
        deps=[dg.AssetKey(path) for path in sorted(assets.parents)],
        kinds={"duckdb"},
    )


def _spec(
    key: dg.AssetKey, description: str, *, deps: Sequence[dg.AssetKey], kinds: set[str] | None = None
) -> dg.AssetSpec:
    return dg.AssetSpec(
        key,
        description=description.strip(),
        deps=deps,
        group_name="warehouse" if key.path[0] != MARTS else MARTS,
        owners=["team:data"],
        kinds=kinds or {"dbt", "duckdb"},
    )


def _tests_by_asset(models: Models, assets: AssetMap) -> dict[dg.AssetKey, list[str]]:
    tests: dict[dg.AssetKey, list[str]] = defaultdict(list)
    for model in models.catalogue:
        tests[dg.AssetKey(assets.asset_of[model.name])].extend(model.tests)
    return {key: found for key, found in tests.items() if found}


def _dbt_check_specs(models: Models, assets: AssetMap) -> Iterator[dg.AssetCheckSpec]:
    for key, tests in _tests_by_asset(models, assets).items():
        yield dg.AssetCheckSpec(
            "dbt_tests",
            asset=key,
            description=f"{len(tests)} dbt tests of grain, keys and values.",
            blocking=True,
        )


def _suite_check_specs() -> Iterator[dg.AssetCheckSpec]:
    for name, description in _SUITES.items():
        yield dg.AssetCheckSpec(
            f"expectations_{name}",
            asset=_SUITE_ASSET[name.partition("_")[0]],
            description=description,
            blocking=name in ("raw_structure", "marts", "submissions"),
        )


def _rules_check_spec() -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        _RULES_CHECK,
        asset="rules",
        description="No subject breaches a rule. A breach is a finding: reported, never blocking.",
        blocking=False,
    )


def _rules_result(breaches: dict[str, int]) -> dg.AssetCheckResult:
    found = {rule: count for rule, count in breaches.items() if count}
    return dg.AssetCheckResult(
        check_name=_RULES_CHECK,
        asset_key="rules",
        passed=not found,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "rules": len(breaches),
            "breached": len(found),
            "breaches": dg.MetadataValue.json(found),
        },
    )


def _materializations(assets: AssetMap, done: Release) -> Iterator[dg.MaterializeResult]:
    tables: dict[Path, list[TableSummary]] = defaultdict(list)
    for table in done.candidate.tables:
        if table.name in assets.asset_of:
            tables[assets.asset_of[table.name]].append(table)
    for path in assets.parents:
        made = tables[path]  # none where every model of the layer is inlined into others
        rows = sum(table.rows for table in made)
        if path[0] == MARTS:
            content_hash = made[0].content_hash or ""
            yield dg.MaterializeResult(
                asset_key=dg.AssetKey(path),
                metadata={"dagster/row_count": rows, "hash": content_hash},
                data_version=dg.DataVersion(content_hash),
            )
        else:
            yield dg.MaterializeResult(
                asset_key=dg.AssetKey(path),
                metadata={
                    "dagster/row_count": rows,
                    "rows": dg.MetadataValue.json({table.name: table.rows for table in made}),
                    "hash": done.candidate.batch_id,
                },
            )
    yield dg.MaterializeResult(
        asset_key=PUBLISHED_WAREHOUSE,
        metadata={
            "path": dg.MetadataValue.path(done.path),
            "as_of": done.candidate.as_of.isoformat(),
            "batch_id": done.candidate.batch_id,
            "hash": done.candidate.batch_id,
            "dagster/row_count": sum(table.rows for table in done.candidate.tables),
            "size_bytes": done.path.stat().st_size,
            **{f"seconds_{phase}": seconds for phase, seconds in done.seconds.items()},
        },
    )


def _dbt_results(models: Models, assets: AssetMap, candidate: Candidate) -> Iterator[dg.AssetCheckResult]:
    results = {node.unique_id: node for node in candidate.nodes}
    for key, tests in _tests_by_asset(models, assets).items():
        ran = [results[test] for test in tests if test in results]
        bad = [node for node in ran if node.status not in ("pass", "success")]
        yield dg.AssetCheckResult(
            check_name="dbt_tests",
            asset_key=key,
            passed=not bad and len(ran) == len(tests),
            # A failing test of error severity never gets here: dbt fails the run.
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"tests": len(tests), "ran": len(ran), "not_passed": [node.unique_id for node in bad]},
        )


def _suite_results(outcomes: list[Outcome]) -> Iterator[dg.AssetCheckResult]:
    if not outcomes:
        return
    for name in _SUITES:
        suite, _, part = name.partition("_")
        of_check = [
            outcome
            for outcome in outcomes
            if outcome.suite == suite
            and (not part or (outcome.severity is Severity.BLOCKING) == (part == "structure"))
        ]
        open_ones = [outcome for outcome in of_check if outcome.status is not Status.PASS]
        blocking = any(outcome.blocks for outcome in open_ones)
        yield dg.AssetCheckResult(
            check_name=f"expectations_{name}",
            asset_key=_SUITE_ASSET[suite],
            passed=not open_ones,
            severity=dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN,
            metadata={
                "expectations": len(of_check),
                "failed": sum(outcome.status is Status.FAIL for outcome in open_ones),
                "in_error": sum(outcome.status is Status.ERROR for outcome in open_ones),
                "not_passed": dg.MetadataValue.json(
                    {outcome.name: outcome.detail_zh for outcome in open_ones[:_OUTCOMES_SHOWN]}
                ),
            },
        )
