"""Quoting for the SQL that ingestion generates: names and texts come from files, never straight into a
statement."""

import re
from pathlib import Path


def file(path: Path) -> str:
    """A file to read, as a literal: the characters of a pattern in its name stand for themselves."""
    return text(re.sub(r"([*?\[])", r"[\1]", str(path)))


def name(identifier: str) -> str:
    """An identifier in double quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text literal in single quotes."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: list[str] | tuple[str, ...]) -> str:
    """A bracketed list of text literals, for `in`."""
    return "(" + ", ".join(text(value) for value in values) + ")"
