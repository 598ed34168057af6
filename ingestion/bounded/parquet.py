"""Looks into a Parquet file before it is read: whether it can be read at all, and how much text is in it.

DuckDB reads it here exactly as it will be read later; what ends this process would have ended the landing.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingestion.bounded import limits
from ingestion.bounded.faults import Unreadable

if TYPE_CHECKING:
    import duckdb


def look(path: Path, size: int) -> dict[str, Any]:
    """Names and DuckDB types of the columns, and the number of rows."""
    import duckdb

    from ingestion import sql

    allowed = max(limits.PARQUET_ALWAYS_ALLOWED, size * limits.PARQUET_LARGEST_RATIO)
    try:
        connection = _connection()
        relation = f"{sql.parquet(path)}"
        described = connection.execute(f"describe select * from {relation}").fetchall()
        columns = [(str(row[0]), str(row[1])) for row in described]
        weights = ", ".join(f"sum({_weight(name, kind)})" for name, kind in columns)
        counted = connection.execute(f"select count(*), {weights} from {relation}").fetchone()
    except (duckdb.Error, MemoryError) as error:
        _connection.cache_clear()
        raise Unreadable(
            f"not a readable Parquet file ({type(error).__name__}): it is damaged, cut off, or holds more than "
            "its size allows. Export it again.",
            f"不是可读取的Parquet文件（{type(error).__name__}）：文件已损坏、不完整，或内容远超其大小。请重新导出。",
        ) from error
    assert counted is not None
    total = sum(int(weight or 0) for weight in counted[1:])
    if total > allowed:
        raise Unreadable(
            f"its cells unpack to {total:,} bytes, {total // max(size, 1):,} times the file, which no list of "
            "records does. Export it again, or give it as CSV if it is right.",
            f"展开后有{total:,}字节，是文件大小的{total // max(size, 1):,}倍，记录表不会如此。"
            "请重新导出；确认无误的，请改用CSV。",
        )
    return {"columns": columns, "rows": counted[0]}


@cache
def _connection() -> "duckdb.DuckDBPyConnection":
    """One for all files, until a file breaks it."""
    import duckdb

    return duckdb.connect(config={"threads": 1, "memory_limit": "1GB", "temp_directory": ""})


def _weight(name: str, kind: str) -> str:
    """SQL of about how many bytes a cell takes as text."""
    from ingestion import sql

    quoted = sql.name(name)
    if kind == "VARCHAR":
        return f"strlen({quoted})::hugeint"
    if kind == "BLOB":
        return f"octet_length({quoted})::hugeint"
    if kind.endswith("[]"):
        return f"8 * len({quoted})::hugeint"
    return f"({quoted} is not null)::hugeint * 8"
