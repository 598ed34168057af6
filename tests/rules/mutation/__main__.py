"""How many mutants of the rules' SQL the boundary cases and the random worlds notice: `make mutation`.

    python -m tests.rules.mutation [--most N] [--rule R6.2.1 ...] [--out FILE]

--most N: at most so many mutants per rule, evenly spread (default: all). Prints the score of each rule and of all, and
writes the survivors, which are either equivalent or a case that is missing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from reports.warehouse import open_warehouse
from tests.oracle.randomdata import write_random_source
from tests.rules.case_source import DEFAULT_AS_OF, load_cases, write_source
from tests.rules.mutation.judging import Rule, judged, rules
from tests.rules.mutation.mutants import Mutant, mutants
from tests.support.pipeline import build_warehouse

_WORLDS = 12


def warehouses(place: Path, as_of: date = DEFAULT_AS_OF) -> list[duckdb.DuckDBPyConnection]:
    """What the mutants are judged on: all cases of the usual day, and random worlds, half of them damaged."""
    write_source([case for case in load_cases() if case.as_of == as_of], place / "cases")
    write_random_source(place / "worlds", seed=1, worlds=_WORLDS, as_of=as_of)
    return [
        open_warehouse(build_warehouse(place / name, place / f"home-{name}", as_of, damaged=True))
        for name in ("cases", "worlds")
    ]


def survivors(
    judges: list[duckdb.DuckDBPyConnection], rule: Rule, most: int | None
) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant and whether nobody noticed it."""
    before = [judged(judge, rule, rule.sql) for judge in judges]
    assert None not in before, f"{rule.rule_id} cannot be run as it is"
    every = list(mutants(rule.sql))
    step = max(1, len(every) // most) if most else 1
    for mutant in every[::step]:
        noticed = any(
            (found := judged(judge, rule, mutant.sql)) is None or found != known
            for judge, known in zip(judges, before, strict=True)
        )
        yield mutant, not noticed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int)
    parser.add_argument("--rule", action="append", default=[])
    parser.add_argument("--out", type=Path, default=Path("artifacts/mutants.txt"))
    wanted = parser.parse_args()
    made, lived, lines = 0, 0, []
    with tempfile.TemporaryDirectory(prefix="certhouse-") as place:
        judges = warehouses(Path(place))
        for rule in rules(judges[0]):
            if wanted.rule and rule.rule_id not in wanted.rule:
                continue
            outcomes = list(survivors(judges, rule, wanted.most))
            unnoticed = [mutant for mutant, is_alive in outcomes if is_alive]
            lines += [f"{rule.rule_id}\t{mutant.name}" for mutant in unnoticed]
            made, lived = made + len(outcomes), lived + len(unnoticed)
            sys.stdout.write(f"{rule.rule_id}: {len(outcomes) - len(unnoticed)} of {len(outcomes)}\n")
            sys.stdout.flush()
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    wanted.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(
        f"All: {made - lived} of {made}, {(made - lived) / made:.1%}; survivors in {wanted.out}\n"
    )


if __name__ == "__main__":
    main()
