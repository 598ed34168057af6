"""Holding a version made again against the one that was filed: rows by what they say, all else by its bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dagster_project.filing.rebuilding import _differences

ROWS = "rows-103010.parquet"


def _folder(path: Path, *, rows: list[str] | None = None, compression: str = "zstd", book: str = "a") -> Path:
    path.mkdir()
    (path / "a.xlsx").write_text(book)
    files = [{"name": "a.xlsx", "sha256": book}]
    if rows is not None:
        pq.write_table(pa.table({"ORG_NAME": rows}), path / ROWS, compression=compression)
        files.append({"name": ROWS, "sha256": compression})
    manifest = {"files": files, "warehouse": str(path)}
    (path / "manifest.json").write_text(json.dumps(manifest))
    return path


@pytest.mark.parametrize(
    ("filed", "again", "found"),
    [
        ({"rows": ["甲"]}, {"rows": ["甲"]}, []),
        # Another version of the library writes the same rows otherwise.
        ({"rows": ["甲"]}, {"rows": ["甲"], "compression": "gzip"}, []),
        ({"rows": ["甲"]}, {"rows": ["乙"]}, [f"{ROWS} differs"]),
        # Filed before rows were kept.
        ({}, {"rows": ["甲"]}, []),
        ({"rows": ["甲"]}, {}, [f"{ROWS} was filed, and is not made again"]),
        ({}, {"book": "b", "rows": ["甲"]}, ["a.xlsx differs", "manifest.json differs"]),
    ],
)
def test_what_differs(tmp_path: Path, filed: dict, again: dict, found: list[str]) -> None:  # type: ignore[type-arg]
    assert _differences(_folder(tmp_path / "v1", **filed), _folder(tmp_path / "again", **again)) == found
