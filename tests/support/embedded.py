"""Reading back what a folder of pages holds: data files, unpacked, and tables as rows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from reports.dashboard.packing import ALPHABET


def value_of(folder: Path, name: str) -> Any:
    """The value that data/<name>.js hands over."""
    text = (folder / "data" / f"{name}.js").read_text(encoding="utf-8")
    match = re.fullmatch(r'certhouse\.receive\("[\w-]+","[0-9a-f]{16}",(.*)\);\n', text, re.S)
    assert match, name
    return unpacked(json.loads(match[1]))


def unpacked(value: Any) -> Any:
    """As static/core.js does."""
    if not isinstance(value, dict):
        return value
    if value.keys() == {"d", "s", "w"}:
        width, places = value["w"], {character: at for at, character in enumerate(ALPHABET)}
        indexes = []
        for start in range(0, len(value["s"]), width):
            code = value["s"][start : start + width]
            index = 0
            for character in code:
                index = index * len(ALPHABET) + places.get(character, -1)
            indexes.append(-1 if code.isspace() else index)
        return {"d": value["d"], "i": indexes}
    if value.keys() == {"p", "w", "n"}:
        number, written = 0, []
        for step in value["n"]:
            number += step
            written.append(value["p"] + str(number).rjust(value["w"], "0"))
        return {"v": written}
    return {key: unpacked(inner) for key, inner in value.items()}


def column(data: dict[str, Any], key: str) -> list[Any]:
    """The values of a column of a payload, row by row."""
    stored = data[key]
    if "v" in stored:
        return list(stored["v"])
    return [None if at < 0 else stored["d"][at] for at in stored["i"]]


def rows_of(payload: dict[str, Any]) -> list[dict[str, Any]]:
    columns = {key: column(payload["data"], key) for key in payload["data"]}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
