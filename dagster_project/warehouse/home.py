"""The home directory of one body or group: where every file of the project lives, and nothing else.

Paths only. Who writes what into them is said in the module that writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dagster_project.warehouse.privacy import close_to_others


@dataclass(frozen=True)
class Home:
    """Absolute paths below one home directory."""

    root: Path

    @classmethod
    def of(cls, root: Path | str) -> Home:
        """The home at `root`, for readers: nothing is created, whatever is or is not there."""
        return cls(Path(root).expanduser().resolve())

    @classmethod
    def at(cls, root: Path | str) -> Home:
        """The home at `root`, created with its rooms where they are missing, closed to others."""
        home = cls.of(root)
        for room in (
            home.landing,
            home.warehouse,
            home.submissions,
            home.reports,
            home.dagster,
            home.scratch,
        ):
            room.mkdir(parents=True, exist_ok=True)
        close_to_others(home.root)
        return home

    @property
    def landing(self) -> Path:
        return self.root / "landing"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse"

    @property
    def current(self) -> Path:
        """Names the published file: a file name inside `warehouse`, and its SHA-256 in the second line."""
        return self.warehouse / "CURRENT"

    @property
    def lock(self) -> Path:
        return self.warehouse / ".lock"

    @property
    def submissions(self) -> Path:
        return self.root / "submissions"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def dagster(self) -> Path:
        return self.root / "dagster"

    @property
    def models(self) -> Path:
        """dbt's parsed project, by the hash of its files."""
        return self.root / "dagster" / "dbt"

    @property
    def scratch(self) -> Path:
        """Spill files of DuckDB and the calendar of the run; empty between runs."""
        return self.root / "warehouse" / ".scratch"

    @property
    def drop(self) -> Path:
        """The drop folder that the sensor watches, and the default source."""
        return self.root / "drop"
