"""The ledger's head in a second place: how many entries there are, and the hash of the last.

A chain alone does not show that its end was cut off. `ledger.head` is replaced by rename after each commit,
under the writer's lock; a process that dies in between leaves a head that is behind, never ahead. Whoever
can write both files can cut both: against that, only a copy of the head kept elsewhere helps.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from dagster_project.filing.entry import GENESIS
from ingestion.placing import place_file


@dataclass(frozen=True)
class Head:
    """`entries` so far, and the hash of the last one (GENESIS when there is none)."""

    entries: int = 0
    hash: str = GENESIS


def head_path(ledger: Path) -> Path:
    return ledger.with_name("ledger.head")


def read_head(ledger: Path) -> Head | None:
    """The head; None where it is missing or is none."""
    try:
        content = json.loads(head_path(ledger).read_text(encoding="utf-8"))
        return Head(int(content["entries"]), str(content["hash"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def write_head(ledger: Path, head: Head) -> None:
    """Replace the head, on disk before it is seen."""
    place_file(head_path(ledger), f"{json.dumps(asdict(head))}\n".encode())
