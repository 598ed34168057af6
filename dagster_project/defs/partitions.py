"""The periods that runs are for."""

import datetime as dt

import dagster as dg

ZONE = "Asia/Shanghai"

days = dg.DailyPartitionsDefinition(start_date="2023-01-01", timezone=ZONE, end_offset=1)
"""Days for which a warehouse can speak, today included. A day outside can be run from the command line; its run then
stands in no cell of the web UI's calendar."""


def day_of(context: dg.AssetExecutionContext) -> dt.date:
    """The day for which a run of daily assets speaks."""
    return dt.date.fromisoformat(context.partition_key)
