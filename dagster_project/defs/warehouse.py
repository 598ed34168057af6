"""A landing batch to the published warehouse: dbt's layers and marts, their checks, and publication.

One step, because a candidate is one file with one writer and is worth nothing unless all of it was built
and checked. Its assets and checks come from the parsed dbt project: marts one by one, the other layers as
one asset each, since every asset costs event records and what is looked up are the marts.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from dagster_project.defs.failures import RETRY, explained
from dagster_project.defs.ingestion import LANDING_BATCH, last_batch
from dagster_project.defs.settings import RunSettings
from dagster_project.warehouse.build import Candidate
from dagster_project.warehouse.models import Model, Models
from dagster_project.warehouse.release import Progress, Release, release
from dagster_project.warehouse.summary import TableSummary
from expectations.outcome import Outcome, Severity, Status

PUBLISHED_WAREHOUSE = dg.AssetKey("published_warehouse")

_MARTS = "marts"
_PAGES = "pages"
_LAYERS = {
    "staging": "The contract's tables as landed, one table each.",
    "intermediate": "What marts and rules are derived from: status, surveillances, person-days, calendar.",
    "rules": "One model per rule of the rule book, and their union.",
    "submissions": "The rows of the regulator's workbooks.",
    _PAGES: "What pages, reports and lists show, one relation per block.",
}
_SUITE_ASSET = {
    "raw": "staging",
    "marts": "published_warehouse",
    "rules": "rules",
    "submissions": "submissions",
}
_SUITES = {
    "raw_structure": "Keys, required cells, closed lists, references and counts against the source contract.",
    "raw_content": "Check digits, codes and dates that nobody would write on purpose. Warns, never blocks.",
    "marts": "Invariants: one status per certificate and day, loads, counts and monthly flows that add up.",
    "rules": "One expectation per rule. A breach is a finding: reported, never blocking.",
    "submissions": "Rows of the regulator's files: each once, whole, about what the warehouse knows.",
}
_OUTCOMES_SHOWN = 200


def warehouse_assets(models: Models) -> dg.AssetsDefinition:
    """The multi-asset of everything that dbt builds and of its publication."""
    specs = [*_layer_specs(models), *_mart_specs(models), _published_spec(models)]
    check_specs = [*_dbt_check_specs(models), *_suite_check_specs()]

    @dg.multi_asset(name="warehouse", specs=specs, check_specs=check_specs, retry_policy=RETRY)
    def warehouse(context: dg.AssetExecutionContext, settings: RunSettings) -> Iterator[Any]:
        so_far = Progress()
        batch = last_batch(context.instance, settings.home)
        try:
            with explained():
                done = release(
                    settings.home,
                    batch,
                    settings.day,
                    settings.profiles_given,
                    context.log.info,
                    overrides=settings.overrides_path,
                    so_far=so_far,
                )
        except dg.Failure:
            yield from _suite_results(so_far.outcomes)
            raise
        yield from _materializations(models, done)
        yield from _dbt_results(models, done.candidate)
        yield from _suite_results(done.outcomes)

    return warehouse


def mart_key(name: str) -> dg.AssetKey:
    return dg.AssetKey([_MARTS, name])


def _layer_specs(models: Models) -> Iterator[dg.AssetSpec]:
    above: list[dg.AssetKey] = [LANDING_BATCH]
    for layer, description in _LAYERS.items():
        if models.layer(layer):
            key = dg.AssetKey(layer)
            yield _spec(key, description, deps=_marts_read(models) if layer == _PAGES else above)
            above = [key] if layer != "submissions" else above


def _marts_read(models: Models) -> list[dg.AssetKey]:
    """The marts that the pages' relations are made of."""
    marts = {model.name for model in models.layer(_MARTS)}
    read = {parent for model in models.layer(_PAGES) for parent in model.depends_on if parent in marts}
    return [mart_key(name) for name in sorted(read)]


def _mart_specs(models: Models) -> Iterator[dg.AssetSpec]:
    layer_of = {model.name: model.layer for model in models.catalogue}
    for model in models.layer(_MARTS):
        deps = {
            mart_key(parent) if layer_of[parent] == _MARTS else dg.AssetKey(layer_of[parent])
            for parent in model.depends_on
        }
        yield _spec(mart_key(model.name), model.description, deps=sorted(deps) or [dg.AssetKey("staging")])


def _published_spec(models: Models) -> dg.AssetSpec:
    deps = [mart_key(model.name) for model in models.layer(_MARTS)]
    deps += [dg.AssetKey(layer) for layer in ("submissions", _PAGES) if models.layer(layer)]
    return _spec(
        PUBLISHED_WAREHOUSE,
        "The finished, checked, closed DuckDB file that reports read. Replaced by rename only.",
        deps=deps,
        kinds={"duckdb"},
    )


def _spec(
    key: dg.AssetKey, description: str, *, deps: Sequence[dg.AssetKey], kinds: set[str] | None = None
) -> dg.AssetSpec:
    return dg.AssetSpec(
        key,
        description=description.strip(),
        deps=deps,
        group_name="warehouse" if key.path[0] != _MARTS else _MARTS,
        owners=["team:data"],
        kinds=kinds or {"dbt", "duckdb"},
    )


def _asset_of(model: Model) -> dg.AssetKey:
    return mart_key(model.name) if model.layer == _MARTS else dg.AssetKey(model.layer)


def _tests_by_asset(models: Models) -> dict[dg.AssetKey, list[str]]:
    tests: dict[dg.AssetKey, list[str]] = defaultdict(list)
    for model in models.catalogue:
        tests[_asset_of(model)].extend(model.tests)
    return {key: found for key, found in tests.items() if found}


def _dbt_check_specs(models: Models) -> Iterator[dg.AssetCheckSpec]:
    for key, tests in _tests_by_asset(models).items():
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


def _layer_result(layer: str, tables: list[TableSummary], done: Release) -> dg.MaterializeResult:
    return dg.MaterializeResult(
        asset_key=layer,
        metadata={
            "dagster/row_count": sum(table.rows for table in tables),
            "rows": dg.MetadataValue.json({table.name: table.rows for table in tables}),
            "hash": done.candidate.batch_id,
        },
    )


def _materializations(models: Models, done: Release) -> Iterator[dg.MaterializeResult]:
    by_schema: dict[str, list[TableSummary]] = defaultdict(list)
    for table in done.candidate.tables:
        by_schema[table.schema].append(table)
    layers = [layer for layer in _LAYERS if models.layer(layer)]
    for layer in layers:
        if layer != _PAGES:
            yield _layer_result(layer, by_schema[layer], done)
    summaries = {table.name: table for table in by_schema[_MARTS]}
    for model in models.layer(_MARTS):
        table = summaries[model.name]
        yield dg.MaterializeResult(
            asset_key=mart_key(model.name),
            metadata={"dagster/row_count": table.rows, "hash": table.content_hash or ""},
            data_version=dg.DataVersion(table.content_hash or ""),
        )
    # What pages show is made of marts: it is told after them.
    if _PAGES in layers:
        yield _layer_result(_PAGES, by_schema[_PAGES], done)
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


def _dbt_results(models: Models, candidate: Candidate) -> Iterator[dg.AssetCheckResult]:
    results = {node.unique_id: node for node in candidate.nodes}
    for key, tests in _tests_by_asset(models).items():
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
