"""Source records to an immutable landing batch."""

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from dagster_project.defs.failures import RETRY, explained
from dagster_project.defs.settings import RunSettings
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.limits import limits
from ingestion.landing import Batch, land
from ingestion.landing.batch import find_batch

LANDING_BATCH = dg.AssetKey("landing_batch")


@dg.asset(
    key=LANDING_BATCH,
    group_name="ingestion",
    owners=["team:data"],
    kinds={"parquet", "duckdb"},
    description="The source as landed, with what the authority answered to what was filed from here: one"
    " Parquet file per table of the contract, a manifest with the hash of every source file, and the"
    " quarantine. Write-once; the same source and answers give the same batch.",
    retry_policy=RETRY,
)
def landing_batch(context: dg.AssetExecutionContext, settings: RunSettings) -> dg.MaterializeResult:
    from dagster_project.filing.facts_file import TABLE, write_facts

    started = time.monotonic()
    home = settings.home
    with explained(), tempfile.TemporaryDirectory(prefix="facts-", dir=home.scratch) as scratch:
        facts = write_facts(home, Path(scratch))
        batch = land(
            settings.source_given,
            home.root,
            mapping=settings.mapping_path,
            progress=context.log.info,
            additions={TABLE: facts} if facts else None,
            limits=limits(),
            accept=settings.accept or None,
        )
    totals = _totals(batch.manifest)
    context.log.info(
        f"Batch {batch.batch_id}: {totals['rows_in']} rows in, {totals['landed']} landed,"
        f" {totals['set_aside']} set aside"
    )
    return dg.MaterializeResult(
        metadata={
            "batch_id": batch.batch_id,
            "dagster/row_count": totals["landed"],
            "rows_in": totals["rows_in"],
            "set_aside": totals["set_aside"],
            "hash": batch.batch_id,
            "source_files": dg.MetadataValue.json(
                [{"name": file["name"], "sha256": file["sha256"]} for file in batch.manifest["files"]]
            ),
            "path": dg.MetadataValue.path(batch.path),
            "seconds_land": time.monotonic() - started,
        }
    )


def last_batch(instance: dg.DagsterInstance, home: Home) -> Batch:
    """The batch that was landed last, in this run or an earlier one."""
    event = instance.get_latest_materialization_event(LANDING_BATCH)
    materialization = event.asset_materialization if event is not None else None
    if materialization is None:
        raise dg.Failure(
            "Nothing has been landed yet. Materialize landing_batch first, or all assets together.",
            allow_retries=False,
        )
    batch_id = str(materialization.metadata["batch_id"].value)
    with explained():
        batch = find_batch(home.landing, batch_id)
    if batch is None:
        raise dg.Failure(
            f"The landing batch {batch_id} is no longer in {home.landing}. Materialize landing_batch again.",
            allow_retries=False,
        )
    return batch


def _totals(manifest: Mapping[str, Any]) -> dict[str, int]:
    tables = manifest["tables"].values()
    return {name: sum(table[name] for table in tables) for name in ("rows_in", "landed", "set_aside")}
