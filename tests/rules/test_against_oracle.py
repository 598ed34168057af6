"""The product against the oracle, row by row, on random sources that neither has seen.

A failure means that the SQL and the second reading of the rule catalogue disagree on at least one record:
the message lists the rows by rule. Either the model is wrong, or the oracle, or the wording allows both.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from reports.export import export_marts
from reports.warehouse import open_warehouse
from tests.oracle.compare import differences, report, unequal_files
from tests.oracle.exports import export
from tests.oracle.figures import as_stated
from tests.oracle.landing import load
from tests.oracle.randomdata import write_random_source
from tests.oracle.status import status_on
from tests.oracle.world import World
from tests.support.pipeline import build_warehouse

SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("as_of", "seed", "worlds", "damaged"),
    # Each costs a whole build. Other days, larger sources: by hand, with `python -m tests.oracle`.
    [
        pytest.param(date(2026, 11, 15), 1, 2, 0.0, id="whole"),
        pytest.param(date(2026, 2, 28), 2, 4, 0.0, marks=SLOW, id="nothing_in_force_yet"),
        pytest.param(date(2026, 3, 1), 3, 4, 0.0, marks=SLOW, id="the_rule_comes_into_force"),
        pytest.param(date(2028, 11, 30), 8, 4, 0.0, marks=SLOW, id="whole_cycles_in_force"),
        pytest.param(date(2026, 11, 15), 9, 2, 1.0, marks=SLOW, id="damaged"),
    ],
)
def test_product_agrees_with_oracle(
    tmp_path: Path, as_of: date, seed: int, worlds: int, damaged: float
) -> None:
    source, expected, actual = tmp_path / "source", tmp_path / "expected", tmp_path / "actual"
    write_random_source(source, seed=seed, worlds=worlds, as_of=as_of, damaged=damaged)
    world = World(load(source), as_of)
    export(world, expected)
    warehouse = build_warehouse(source, tmp_path / "home", as_of, damaged=True)
    export_marts(warehouse, actual)
    found = differences(expected, actual)
    assert not found, report(found)
    assert unequal_files(expected, actual) == [], "the same rows, written in another order or form"
    assert _wrong_days(world, warehouse) == []


def _wrong_days(world: World, warehouse: Path) -> list[tuple[str, date, str, str]]:
    """Days around every change of status on which the intervals and the day-by-day reading disagree.

    A difference here is a wrong status in the past: wrong monthly stocks, wrong history on every page.
    """
    with open_warehouse(warehouse) as connection:
        rows = connection.execute(
            "select certificate_id, status, from_on, coalesce(to_on, (select as_of from marts.dim_run))"
            " from marts.fct_certificate_status_interval"
        ).fetchall()
    assert {row[0] for row in rows} == {
        row.certificate_id for row in world.table("certificate") if world.happened(row.solid("issued_on"))
    }
    wrong = []
    with as_stated(world):
        for certificate_id, status, first, last in rows:
            middle = first + timedelta(days=(last - first).days // 2)
            for day in {first, middle, last}:
                found = status_on(world, world.get("certificate", certificate_id), day)
                if found is None or found.status != status:
                    wrong.append((certificate_id, day, status, str(found)))
    return wrong
