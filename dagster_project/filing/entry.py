"""One entry of the ledger and its hash.

The hash is SHA-256 over the hash of the entry before and the canonical JSON of the entry's own content, so
that no entry can be changed, removed or put elsewhere without every later hash being wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingestion import hashing

GENESIS = "0" * 64
"""Stands for the entry before the first."""


def canonical(content: Any) -> str:
    """The one way to write a JSON value: sorted keys, no blanks, no escapes that are not needed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Entry:
    """What one person did to one version.

    recorded_at  UTC, when it was written down     on  the Shanghai day on which it happened (in the payload)
    action       prepared, justified, checked, approved, sent, answered
    payload      what belongs to the action; always with the SHA-256 of the manifest that it speaks of
    """

    seq: int
    recorded_at: str
    actor: str
    action: str
    submission_id: str
    payload: dict[str, Any]
    previous: str
    hash: str

    @property
    def on(self) -> date:
        return date.fromisoformat(self.payload["on"])


def entry_hash(
    seq: int,
    recorded_at: str,
    actor: str,
    action: str,
    submission_id: str,
    payload: dict[str, Any],
    previous: str,
) -> str:
    """Lower-case hexadecimal SHA-256; `previous` is GENESIS for the first entry."""
    content = {
        "seq": seq,
        "recorded_at": recorded_at,
        "actor": actor,
        "action": action,
        "submission_id": submission_id,
        "payload": payload,
    }
    return hashing.of_text(f"{previous}\n{canonical(content)}")
