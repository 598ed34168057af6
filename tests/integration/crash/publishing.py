"""A process that publishes without end, now one day and now the other, until it is killed.

python -m tests.integration.crash.publishing HOME FILE DAY FILE DAY: the files stand for finished candidates; each is
copied as a run would have built it, and published as a run does, under the home's lock.
"""

from __future__ import annotations

import shutil
import sys
import uuid
from datetime import date
from itertools import cycle
from pathlib import Path

from dagster_project.warehouse.home import Home
from dagster_project.warehouse.lock import writing
from dagster_project.warehouse.publish import CANDIDATE_PREFIX, clear_leftovers, publish

BATCH = "0123456789abcdef"


def publish_once(home: Home, file: Path, day: date) -> None:
    with writing(home):
        clear_leftovers(home)
        place = home.warehouse / f"{CANDIDATE_PREFIX}{uuid.uuid4().hex}"
        place.mkdir()
        shutil.copyfile(file, place / "warehouse.duckdb")
        publish(home, place / "warehouse.duckdb", day, BATCH)
        clear_leftovers(home)


if __name__ == "__main__":
    home = Home.at(sys.argv[1])
    days = [(Path(file), date.fromisoformat(day)) for file, day in (sys.argv[2:4], sys.argv[4:6])]
    print("ready", flush=True)
    for file, day in cycle(days):
        publish_once(home, file, day)
