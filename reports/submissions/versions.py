"""Versions of a submission: v1, v2, ... beside each other, each written once and never touched again.

A version is built in a hidden folder and renamed: it is there whole or not at all. Files equal to those of
the latest version make no new one.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingestion.placing import settle, sync
from reports.submissions.kept_rows import is_kept_rows

MANIFEST = "manifest.json"
# What must differ for a new version: what was filed and whether it may be. Not when, or from which batch.
_BESIDE_FILES = ("ready", "form_profile")
# (folder of the version before, draft) -> what the manifest says of the difference; may write into the draft.
Compare = Callable[[Path, Path], dict[str, Any]]


def keep(
    draft: Path, parent: Path, manifest: dict[str, Any], compare: Compare | None = None
) -> tuple[Path, dict[str, Any], bool]:
    """Make the draft the next version unless it equals the latest: (folder, its manifest, is it new)."""
    while True:
        latest = latest_version(parent)
        if latest:
            existing: dict[str, Any] = json.loads(
                (parent / f"v{latest}" / MANIFEST).read_text(encoding="utf-8")
            )
            if _content(existing) == _content(manifest):
                return parent / f"v{latest}", existing, False
        numbered = {**manifest, "version": latest + 1}
        if latest and compare:
            numbered["differences"] = compare(parent / f"v{latest}", draft)
        text = json.dumps(numbered, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (draft / MANIFEST).write_text(text, encoding="utf-8")
        settle(draft)
        target = parent / f"v{latest + 1}"
        try:
            draft.rename(target)
        except OSError as error:
            # Another process took the number: compare with what it wrote.
            if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
                continue
            raise
        sync(parent)
        return target, numbered, True


def _content(manifest: dict[str, Any]) -> list[Any]:
    """The rows are kept for comparing; a version from before they were is no other for lack of them."""
    files = [file for file in manifest.get("files", ()) if not is_kept_rows(file["name"])]
    return [files, *(manifest.get(key) for key in _BESIDE_FILES)]


def latest_version(parent: Path) -> int:
    """Number of the latest version; 0 when there is none."""
    if not parent.is_dir():
        return 0
    numbers = [
        int(match[1]) for entry in parent.iterdir() if (match := re.fullmatch(r"v([1-9][0-9]*)", entry.name))
    ]
    return max(numbers, default=0)
