"""Quoting for the SQL that ingestion generates: names and texts come from files, never straight into a
statement."""


def name(identifier: str) -> str:
    """An identifier in double quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text literal in single quotes."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: list[str] | tuple[str, ...]) -> str:
    """A bracketed list of text literals, for `in`."""
    return "(" + ", ".join(text(value) for value in values) + ")"
