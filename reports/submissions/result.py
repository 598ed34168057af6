"""What preparing a submission gives back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class SubmissionResult:
    """A kept version.

    path      the version's folder            workbook  the main file: the workbook, else the document
    ready     no error, and nothing else in the way
    errors, warnings                          failed checks
    is_new    False when the latest version was already the same
    """

    path: Path
    workbook: Path
    ready: bool
    errors: int
    warnings: int
    manifest: dict[str, Any]
    is_new: bool
