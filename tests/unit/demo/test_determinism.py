"""The same request gives the same bytes, and another one does not."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingestion.contract import contract
from ingestion.demo import Format, generate
from tests.unit.demo.conftest import AS_OF


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("fmt", ["csv", "parquet"])
def test_same_request_same_bytes(tmp_path: Path, fmt: Format) -> None:
    """Breaks when anything but size, seed and day gets into the data: a clock, a hash seed, a thread's
    timing."""
    for folder in ("one", "two"):
        generate(tmp_path / folder, certificates=300, seed=7, as_of=AS_OF, fmt=fmt)
    assert _hashes(tmp_path / "one") == _hashes(tmp_path / "two")
    assert len(_hashes(tmp_path / "one")) == len(contract().tables)


def test_another_seed_is_another_business(tmp_path: Path) -> None:
    """Breaks when the seed is not used."""
    for seed in (1, 2):
        generate(tmp_path / str(seed), certificates=100, seed=seed, as_of=AS_OF)
    one, two = _hashes(tmp_path / "1"), _hashes(tmp_path / "2")
    assert one["organization.csv"] != two["organization.csv"]
    assert one["audit.csv"] != two["audit.csv"]


def test_parquet_has_the_rows_of_csv(tmp_path: Path) -> None:
    """Breaks when the two formats tell different stories."""
    rows = generate(tmp_path / "csv", certificates=100, seed=3, as_of=AS_OF)
    generate(tmp_path / "parquet", certificates=100, seed=3, as_of=AS_OF, fmt="parquet")
    for name, count in rows.items():
        assert pq.read_metadata(tmp_path / "parquet" / f"{name}.parquet").num_rows == count
        lines = (tmp_path / "csv" / f"{name}.csv").read_text(encoding="utf-8").count("\n")
        assert lines == count + 1


@pytest.mark.parametrize("certificates", [1, 3, 40])
@pytest.mark.parametrize("as_of", [dt.date(2024, 1, 1), dt.date(2026, 3, 1), dt.date(2028, 2, 29)])
def test_any_size_and_day(tmp_path: Path, certificates: int, as_of: dt.date) -> None:
    """Breaks where a small size or an odd day leaves a table without the rows that others lean on."""
    rows = generate(tmp_path, certificates=certificates, seed=1, as_of=as_of)
    assert rows["certification_body"] == 1
    assert 1 <= rows["certificate"] <= certificates + 3


@pytest.mark.parametrize(
    ("certificates", "as_of", "fmt"),
    [(0, AS_OF, "csv"), (10, dt.date(2020, 1, 1), "csv"), (10, AS_OF, "xlsx")],
)
def test_impossible_requests_are_refused(
    tmp_path: Path, certificates: int, as_of: dt.date, fmt: Format
) -> None:
    """Breaks when nonsense is generated instead of an error."""
    with pytest.raises(ValueError, match=r"certificates|as_of|format"):
        generate(tmp_path, certificates=certificates, seed=1, as_of=as_of, fmt=fmt)
