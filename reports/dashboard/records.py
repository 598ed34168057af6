"""Pages of single records: one HTML per kind, the records in files of some hundred, loaded when one is asked for.

Ids are sorted and cut into files of equal number; the index says with which id each file begins. In a file every
block is one table of columns, in which a record has a run of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from reports.dashboard.blocks import Record, RecordFigure, Table
from reports.dashboard.embed import script_value
from reports.dashboard.live_figure import figure_skeleton
from reports.dashboard.packing import packed
from reports.dashboard.payload import encode, needed_columns
from reports.dashboard.values import rows_read, shown_columns
from reports.rows import read

HEAD = "head"
"""Name of the block that holds the record's own columns."""


def record_values(
    connection: duckdb.DuckDBPyConnection, record: Record, heights: dict[str, int], *, masked: bool
) -> Iterator[tuple[str, str]]:
    """(name, expression) of the index and of every file; `heights` gets the pixels of each figure.

    Raises ValueError when a record has two heads, or a block has rows of a record that is not there.
    """
    shown = {HEAD: needed_columns(shown_columns(record.columns, masked=masked))}
    head = read(connection, record.query, ("record_id", *shown[HEAD]))
    if head["record_id"].duplicated().any():
        raise ValueError(f"The head of {record.slug} has more than one row for a record.")
    # The browser compares as Python does, which may not be how the database sorts.
    head = head.sort_values("record_id", kind="stable").reset_index(drop=True)
    ids = head["record_id"].tolist()
    places = {record_id: at for at, record_id in enumerate(ids)}
    frames = {HEAD: head}
    for block in record.blocks:
        shown[block.name] = _columns(block, masked)
        frame = rows_read(connection, block.query, ("record_id", *shown[block.name]))
        frame = frame[frame["record_id"].isin(places)]
        order = np.argsort(frame["record_id"].map(places).to_numpy(), kind="stable")
        frames[block.name] = frame.iloc[order].reset_index(drop=True)
    starts = {
        name: np.searchsorted(frame["record_id"].map(places).to_numpy(), np.arange(len(ids) + 1))
        for name, frame in frames.items()
    }
    index = _index(record, frames, ids, masked)
    for name, looks in index["blocks"].items():
        if "figure" in looks:
            heights[name] = looks["figure"]["layout"]["height"]
    yield f"{record.slug}-index", script_value(index)
    for number, first in enumerate(range(0, len(ids), record.per_file)):
        last = min(first + record.per_file, len(ids))
        shard: dict[str, Any] = {"ids": ids[first:last], "blocks": {}}
        for name, frame in frames.items():
            begin = starts[name][first : last + 1]
            part = frame.iloc[begin[0] : begin[-1]]
            shard["blocks"][name] = {
                # Lengths instead of places: smaller numbers.
                "n": np.diff(begin).tolist(),
                "data": {key: encode(part[key].tolist(), kind) for key, kind in shown[name].items()},
            }
        yield f"{record.slug}-{number}", script_value(packed(shard))


def _columns(block: Table | RecordFigure, masked: bool) -> dict[str, str]:
    if isinstance(block, Table):
        return needed_columns(shown_columns(block.columns, masked=masked))
    return {column.key: str(column.kind) for column in block.columns}


def _index(record: Record, frames: dict[str, pd.DataFrame], ids: list[str], masked: bool) -> dict[str, Any]:
    """What the page knows before any record: how blocks look and which file begins with which id."""
    blocks: dict[str, Any] = {
        HEAD: {"columns": _payloads(record, masked), "name": record.name, "title": record.title}
    }
    for block in record.blocks:
        if isinstance(block, RecordFigure):
            blocks[block.name] = {
                "figure": figure_skeleton(block.draw(frames[block.name].head(0))),
                "words": block.words.payload(),
                "columns": [column.as_payload() for column in block.columns],
            }
        else:
            shown = shown_columns(block.columns, masked=masked)
            blocks[block.name] = {"columns": [column.as_payload() for column in shown], "sort": block.sort}
    return {"first": ids[:: record.per_file], "count": len(ids), "blocks": blocks}


def _payloads(record: Record, masked: bool) -> list[dict[str, Any]]:
    return [column.as_payload() for column in shown_columns(record.columns, masked=masked)]
