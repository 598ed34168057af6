"""A version's folder: what its manifest says it holds, what it really holds, and making it read-only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ingestion import hashing
from ingestion.placing import make_read_only

MANIFEST = "manifest.json"


def read_manifest(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return content


def listed_files(manifest: Mapping[str, Any]) -> dict[str, str]:
    """SHA-256 by name, as the manifest lists them: what is filed, and how it differs from the version before."""
    listed = {entry["name"]: entry["sha256"] for entry in manifest["files"]}
    differences = manifest.get("differences") or {}
    if "file" in differences:
        listed[differences["file"]] = differences["sha256"]
    return listed


def faults(folder: Path, manifest_sha256: str, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(what is wrong, in Chinese) of a folder held against what was recorded of it.

    Files that a file manager or a spreadsheet program leaves behind (.name, ~$name) are not looked at.
    """
    for name, expected in sorted({**files, MANIFEST: manifest_sha256}.items()):
        path = folder / name
        if not path.is_file():
            yield f"{name} is missing", f"缺少文件{name}"
        elif hashing.of_file(path) != expected:
            yield f"{name} was changed", f"文件{name}被改动"
    present = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    for name in sorted(present - files.keys() - {MANIFEST}):
        if not name.startswith((".", "~$")):
            yield f"{name} does not belong to it", f"多出文件{name}"


def protect(folder: Path) -> None:
    """Take the right to write from every file of a registered version."""
    for path in folder.iterdir():
        if path.is_file():
            make_read_only(path)
