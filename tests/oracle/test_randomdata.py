"""The random sources: reproducible, within the contract's types, and rich enough to mean something."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.oracle import coverage
from tests.oracle.exports import all_verdicts
from tests.oracle.landing import load
from tests.oracle.randomdata import write_random_source
from tests.oracle.world import World

# Ordinary; the first day in force; a make-up Saturday and a 10th; horizons of reports; beyond the working-day
# calendar; a February's end; whole cycles in force.
AS_OF = tuple(
    date.fromisoformat(day)
    for day in (
        "2026-11-15",
        "2026-03-01",
        "2026-10-10",
        "2026-10-31",
        "2027-01-30",
        "2027-02-28",
        "2028-11-30",
    )
)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_random_source(tmp_path / name, seed=7, worlds=2, as_of=AS_OF[0])
    written = [[path.read_bytes() for path in sorted((tmp_path / name).iterdir())] for name in ("one", "two")]
    assert written[0] == written[1]


@pytest.mark.slow
def test_every_reachable_state_of_every_rule_occurs(tmp_path: Path) -> None:
    """Otherwise the comparison with the product says nothing about that state."""
    counts: Counter[tuple[str, str]] = Counter()
    for as_of in AS_OF:
        for damaged in (0.0, 0.6):
            folder = tmp_path / f"{as_of}-{damaged}"
            write_random_source(folder, seed=1, worlds=6, as_of=as_of, damaged=damaged)
            counts += coverage.counted(all_verdicts(World(load(folder), as_of)))
    assert coverage.unexpected(counts) == []
    assert coverage.missing(counts) == []
