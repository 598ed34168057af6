"""Measures whole runs: makes a source of each size and lets `certhouse run` turn it into a published
warehouse.

    python -m benchmarks.run --sizes 2000 20000 200000 --work /path/with/space --out results.json

Prints a table in Markdown; --out keeps everything as JSON.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.machine import describe
from benchmarks.processes import Measured, measure

_GENERATE = """
import datetime, json, pathlib, sys
from ingestion.demo import generate
out, size, seed, as_of, fmt = sys.argv[1:]
rows = generate(pathlib.Path(out), certificates=int(size), seed=int(seed),
                as_of=datetime.date.fromisoformat(as_of), fmt=fmt)
print(json.dumps(rows))
"""


@dataclass(frozen=True)
class Result:
    """Everything about one size: rows of the source, the making of it, the run and its phases in seconds."""

    certificates: int
    rows: int
    generated: Measured
    ran: Measured
    phases: dict[str, float] = field(default_factory=dict)

    @property
    def rows_per_second(self) -> float:
        return self.rows / self.ran.wall


def main() -> int:
    options = _options()
    print("\n".join(f"{name}: {value}" for name, value in describe().items()), flush=True)
    results = [one_size(size, options) for size in options.sizes]
    print(table(results))
    if options.out:
        document = {"machine": describe(), "as_of": options.as_of, "results": [asdict(r) for r in results]}
        options.out.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return max((result.ran.code for result in results), default=0)


def one_size(size: int, options: argparse.Namespace) -> Result:
    """Makes the source, runs in a new home each time; the fastest turn counts."""
    source, home = options.work / f"source-{size}", options.work / f"home-{size}"
    arguments = [str(source), str(size), str(options.seed), options.as_of, options.format]
    shutil.rmtree(source, ignore_errors=True)
    generated = measure([sys.executable, "-c", _GENERATE, *arguments])
    if generated.code:
        raise SystemExit(generated.output)
    print(f"{size}: source made in {generated.wall:.1f} s, {generated.cpu:.1f} s CPU", flush=True)
    rows = sum(json.loads(generated.output.splitlines()[-1]).values())
    best: Result | None = None
    for turn in range(options.repeat):
        shutil.rmtree(home, ignore_errors=True)
        timings = options.work / f"timings-{size}-{turn}.json"
        timings.unlink(missing_ok=True)
        ran = measure(
            [
                str(Path(sys.executable).with_name("certhouse")), "run",
                "--source", str(source), "--as-of", options.as_of, "--home", str(home),
                "--profiles", options.profiles, "--timings", str(timings),
            ]
        )  # fmt: skip
        phases = json.loads(timings.read_text()) if timings.is_file() else {}
        result = Result(size, rows, generated, ran, phases)
        print(
            f"{size}: {ran.wall:.1f} s, {ran.cpu:.1f} s CPU, {ran.peak_mib:.0f} MiB, exit {ran.code}",
            flush=True,
        )
        if ran.code:
            print(ran.output[-3000:])
        if best is None or ran.wall < best.ran.wall:
            best = result
    assert best is not None
    return best


def table(results: list[Result]) -> str:
    """One line per size; phases as the run itself reports them."""
    names = list(dict.fromkeys(name for result in results for name in result.phases if name != "total"))
    head = [
        "certificates",
        "rows",
        "make source, s",
        "run, s",
        "CPU, s",
        "peak, MiB",
        "rows/s",
        *(f"{n}, s" for n in names),
    ]
    lines = [f"| {' | '.join(head)} |", f"|{'---:|' * len(head)}"]
    for one in results:
        cells = [
            f"{one.certificates:,}", f"{one.rows:,}", f"{one.generated.wall:.1f}", f"{one.ran.wall:.1f}",
            f"{one.ran.cpu:.1f}", f"{one.ran.peak_mib:,.0f}", f"{one.rows_per_second:,.0f}",
            *(f"{one.phases.get(name, float('nan')):.1f}" for name in names),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 20000, 200000], help="certificates")
    parser.add_argument(
        "--work", type=Path, default=Path("build/benchmarks"), help="folder for sources and homes"
    )
    parser.add_argument("--as-of", default="2026-11-15")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profiles", default="cnca")
    parser.add_argument("--format", choices=["csv", "parquet"], default="csv", help="of the source")
    parser.add_argument(
        "--repeat", type=int, default=1, help="runs per size, each in a new home; the fastest counts"
    )
    parser.add_argument("--out", type=Path, help="JSON file for the results")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    sys.exit(main())
