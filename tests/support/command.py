"""The command `certhouse` as users start it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMAND = [sys.executable, "-m", "dagster_project.cli"]
_ROOT = Path(__file__).parents[2]


def environment() -> dict[str, str]:
    """The test's environment, with the checkout importable from any working directory."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("CERTHOUSE_", "DAGSTER_"))
    }
    return {**kept, "PYTHONPATH": str(_ROOT)}


def certhouse(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(  # noqa: S603
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment(),
        check=False,
    )
