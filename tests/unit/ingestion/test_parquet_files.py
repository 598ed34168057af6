"""Parquet files with typed columns. A failure means that a typed value would land as another one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingestion.errors import SourceRefused
from ingestion.landing import Batch, land
from ingestion.mapping import load_mapping
from ingestion.sources import open_source
from ingestion.unreadable import opening
from tests.support.small_source import landed, losses, small_source, write_source


def land_sites(tmp_path: Path, columns: dict[str, Any]) -> Batch:
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    pq.write_table(pa.table(columns), folder / "audit_site.parquet")
    return land(str(folder), tmp_path / "home")


KEYS = {"audit_id": ["A1", "A1"], "site_id": ["S1", "S2"], "site_kind": ["temporary", "临时场所"]}


def test_typed_columns(tmp_path: Path) -> None:
    batch = land_sites(tmp_path, {
        **KEYS, "audited": [True, False], "headcount": pa.array([8.0, float("nan")]),
        "onsite_days": [0.1 + 0.2, 0.00005],
    })  # fmt: skip
    assert losses(batch) == []
    first, second = landed(batch, "audit_site")
    assert (first["audited"], first["headcount"], first["onsite_days"]) == (True, 8, Decimal("0.3"))
    assert (second["audited"], second["headcount"], second["onsite_days"]) == (
        False,
        None,
        Decimal("0.00005"),
    )
    assert [first["_source_row"], second["_source_row"]] == [1, 2]


def test_dates_and_lists(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "certification_body.csv").unlink()
    pq.write_table(pa.table({
        "body_id": ["B1"], "name": ["x"], "approval_no": ["y"],
        "itsms_approved_on": pa.array([dt.datetime(2015, 6, 1)], pa.timestamp("us")),
        "approved_scopes": [["04.03", "06.02"]],
    }), folder / "certification_body.parquet")  # fmt: skip
    (body,) = landed(land(str(folder), tmp_path / "home"), "certification_body")
    assert (body["itsms_approved_on"], body["approved_scopes"]) == (dt.date(2015, 6, 1), "04.03;06.02")


def test_a_landed_table_lands_again_as_it_is(tmp_path: Path) -> None:
    """Parquet written by the landing itself is a clean source: nothing in it needs repair."""
    batch = land(str(write_source(tmp_path / "s")), tmp_path / "home")
    again = tmp_path / "again"
    again.mkdir()
    for table in small_source():
        (again / f"{table}.parquet").write_bytes((batch.path / f"{table}.parquet").read_bytes())
    second = land(str(again), tmp_path / "home")
    assert losses(second) == []
    for table in small_source():
        assert [{**row, "_source_row": 0} for row in landed(second, table)] == [
            {**row, "_source_row": 0} for row in landed(batch, table)
        ]


@pytest.mark.parametrize("content", [b"", b"PAR1 cut off"])
def test_an_unreadable_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "audit.csv").unlink()
    (folder / "audit.parquet").write_bytes(content)
    with pytest.raises(SourceRefused, match=r"audit\.parquet"):
        land(str(folder), tmp_path / "home")


def reader_says(tmp_path: Path, columns: dict[str, Any], column: str) -> list[str | None]:
    """The raw text that the reader hands over for a column."""
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    pq.write_table(pa.table(columns), folder / "audit_site.parquet")
    source = open_source(str(folder), load_mapping(), tmp_path)
    (part,) = [part for part in source.parts if part.table.name == "audit_site"]
    with duckdb.connect() as connection:
        extract = part.load(connection, "raw", tmp_path)
        assert column in extract.columns
        texts = [text for (text,) in connection.execute(f"select {column} from raw").fetchall()]
    assert (column in extract.unreadable) == any(text and is_mark(text) for text in texts)
    return texts


def is_mark(text: str) -> bool:
    return text.startswith(opening("nested_value")[0])


@pytest.mark.parametrize(
    "value",
    [
        [{"a": 1}, {"a": 2}],
        [[{"code": "01.01"}], None],
        [[["a"]], [["b"]]],
        ['{"code": "01.01"}', None],
        ['[{"code": "01.01"}]', None],
    ],
)
def test_nested_values_are_unreadable_cells_and_no_notation(tmp_path: Path, value: list[Any]) -> None:
    """Python's or the database's way of writing an object must not land as a text."""
    columns = {**KEYS, "audited": [True, False], "address": value}
    for text, given in zip(reader_says(tmp_path, columns, "address"), value, strict=True):
        assert (text is None) == (given is None)
        assert text is None or is_mark(text)


def test_a_moment_is_that_of_shanghai_on_any_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    moments = pa.array([dt.datetime(2026, 3, 4, 16), None], pa.timestamp("us", tz="UTC"))
    texts = reader_says(tmp_path, {**KEYS, "audited": [True, False], "address": moments}, "address")
    assert texts == ["2026-03-05 00:00:00", None]


def test_a_file_that_holds_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    """5 KB that name one long text two million times: 200 GB when it is read."""
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000_000, pa.int32()), pa.array(["x" * 100_000]))
    folder = write_source(tmp_path / "s")
    (folder / "audit_site.csv").unlink()
    pq.write_table(pa.table({"audit_id": text}), folder / "audit_site.parquet", compression="zstd")
    with pytest.raises(
        SourceRefused, match=r"audit_site\.parquet: its cells unpack to 200,000,000,000 bytes"
    ):
        land(str(folder), tmp_path / "home")


def test_a_folder_whose_name_looks_like_a_column_changes_no_value(tmp_path: Path) -> None:
    """DuckDB takes kind=x in a path for a column: of the source, of the scratch folder, of the home."""
    root = tmp_path / "kind=appeal" / "body_id=9"
    folder = write_source(root / "s")
    (folder / "complaint.csv").unlink()
    pq.write_table(pa.Table.from_pylist(small_source()["complaint"]), folder / "complaint.parquet")
    batch = land(str(folder), root / "home")
    assert [(row["kind"], row["body_id"]) for row in landed(batch, "complaint")] == [("complaint", "B1")]
    assert batch.manifest["unknown_columns"] == {}


def test_text_with_the_name_of_a_parquet_file_is_read_as_text(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "complaint.csv").rename(folder / "complaint.parquet")
    assert len(landed(land(str(folder), tmp_path / "home"), "complaint")) == 1
