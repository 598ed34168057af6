"""Values of drivers as text in the contract's own form; what has no such form is marked as unreadable."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from ingestion.sources.database.relations import Kind
from ingestion.unreadable import unreadable

_RAW_LENGTH = 200


def text_array(values: Sequence[Any], kind: Kind = "plain") -> pa.Array:
    """A column of values as text."""
    if kind != "plain":
        return pa.array([_SPECIAL[kind](value) for value in values], pa.string())
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= {str}:
        return pa.array(values, pa.string())
    if kinds == {bool} or kinds == {date}:
        return pa.array(values).cast(pa.string())
    return pa.array([_text(value) for value in values], pa.string())


def _text(value: Any) -> str | None:
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case bytes() | bytearray() | memoryview():
            return _bytes(value)
        case list() | tuple() | set() | dict():
            return _nested(value)
        case _:
            return str(value)


def _flag(value: Any) -> str | None:
    return None if value is None else "true" if int(value) else "false"


def _bytes(value: Any) -> str | None:
    if not isinstance(value, bytes | bytearray | memoryview):
        return _text(value)
    content = bytes(value)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return unreadable("binary_value", f"0x{content[:_RAW_LENGTH].hex()}")


def _nested(value: Any) -> str | None:
    """Plain values and lists of plain values are read; an object, or a list that holds one, is not."""
    if isinstance(value, bytes | bytearray | memoryview):
        value = _bytes(value)
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            value = json.loads(value, parse_float=Decimal)
        except ValueError:
            return unreadable("nested_value", value[:_RAW_LENGTH])
    if isinstance(value, list | tuple | set):
        items = list(value)
        if any(isinstance(item, dict | list | tuple | set) for item in items):
            return unreadable("nested_value", str(_json(items))[:_RAW_LENGTH])
        return ";".join(_text(item) or "" for item in items)
    if isinstance(value, dict):
        return unreadable("nested_value", str(_json(value))[:_RAW_LENGTH])
    return _text(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


_SPECIAL: dict[Kind, Callable[[Any], str | None]] = {"flag": _flag, "nested": _nested, "binary": _bytes}
