"""What dbt's models read and do not make: assets that are observed on the map and never materialized."""

from collections.abc import Iterator

import dagster as dg

from dagster_project.defs.asset_map import AssetMap
from dagster_project.defs.ingestion import LANDING_BATCH
from ingestion.contract import contract

RAW = "raw"
_SEEDS = "seeds"


def input_assets(assets: AssetMap) -> Iterator[dg.AssetSpec]:
    """Raw tables hang on the landing batch; seeds are files of the repository; the calendar is that of a package."""
    for schema, table in assets.inputs:
        yield dg.AssetSpec(
            dg.AssetKey([schema, table]),
            description=_description(schema, table),
            deps=[LANDING_BATCH] if schema == RAW else [],
            group_name="inputs",
            owners=["team:data"],
            kinds={"csv"} if schema == _SEEDS else {"parquet"},
        )


def _description(schema: str, table: str) -> str:
    if schema == _SEEDS:
        return f"Rows that are kept in the repository and reviewed there: dbt/seeds/{table}.csv."
    if schema != RAW:
        return "Statutory working days: the calendar package, with the body's overrides."
    of_contract = contract().tables.get(table)
    if of_contract is None:
        return "Which columns of the contract the source had."
    return f"{of_contract.label_zh}. {of_contract.description}"
