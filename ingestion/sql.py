"""Quoting for the SQL that ingestion generates: names and texts come from files, never straight into a
statement."""

import re
from pathlib import Path


def file(path: Path) -> str:
    """A file to read, as a literal: the characters of a pattern in its name stand for themselves."""
    return text(re.sub(r"([*?\[])", r"[\1]", str(path)))


def parquet(*paths: Path, options: str = "") -> str:
    """Parquet files to read as they are: a folder that is called kind=x is no column."""
    files = f"[{', '.join(file(path) for path in paths)}]" if len(paths) > 1 else file(paths[0])
    return f"read_parquet({files}, hive_partitioning = false{options})"


def name(identifier: str) -> str:
    """An identifier in double quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text literal in single quotes."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: list[str] | tuple[str, ...]) -> str:
    """A bracketed list of text literals, for `in`."""
    return "(" + ", ".join(text(value) for value in values) + ")"
