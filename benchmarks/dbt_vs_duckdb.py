"""What dbt costs: the same compiled SQL, once through dbt and once through a bare DuckDB connection.

    python -m benchmarks.dbt_vs_duckdb --home HOME [--as-of 2026-11-15] [--repeat 2]

HOME is one in which `certhouse run` has landed a batch (its newest is taken); nothing in it is changed.
Both sides run in this process on a new file with the same settings, node by node in the order in which dbt
ran them. Seeds are copied for the bare side, not timed on it: they are a few hundred rows. At the end, the
slowest rules by themselves.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.machine import describe
from dagster_project.warehouse.database import connect
from dagster_project.warehouse.dbt_run import ModelsRun, run_models
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.models import CATALOG_FILE, Models, prepare
from ingestion.calendar import write_working_days

DBT_RENAMES = "__dbt_tmp"
"""dbt builds a table under this suffix and renames it; the bare side builds it under its name."""


@dataclass(frozen=True, order=True)
class Seconds:
    """wall: what one waits for. cpu: what this process worked, all threads; it says more on a busy
    machine."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Seconds:
        return cls(time.monotonic(), time.process_time())

    def __sub__(self, other: Seconds) -> Seconds:
        return Seconds(self.wall - other.wall, self.cpu - other.cpu)

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(self.wall + other.wall, self.cpu + other.cpu)

    def __str__(self) -> str:
        return f"{self.wall:8.2f} s  {self.cpu:8.2f} s CPU"


def total(seconds: Iterable[Seconds]) -> Seconds:
    return sum(seconds, Seconds(0.0, 0.0))


@dataclass(frozen=True)
class Inputs:
    """The landed batch, the calendar and what dbt is told."""

    batch: Path
    calendar: Path
    variables: dict[str, str]


@dataclass(frozen=True)
class Node:
    """One statement that dbt ran: kind is model or test."""

    name: str
    kind: str
    sql: str


def main() -> int:
    options = _options()
    if options.work:
        options.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.work) as scratch:
        home = Home.at(Path(scratch) / "home")
        inputs = _inputs(options, Path(scratch))
        models = prepare(home)
        by_dbt, bare = [], []
        for turn in range(options.repeat):
            seconds, run, file = through_dbt(home, models, inputs, Path(scratch) / f"dbt-{turn}")
            by_dbt.append(seconds)
            nodes = list(_nodes(home, models, run))
            timed = through_duckdb(home, nodes, inputs, file, Path(scratch) / f"bare-{turn}")
            bare.append(timed)
        best = min(bare, key=lambda one: total(one.values()))
        _print(nodes, min(by_dbt), best)
        print_rules(home, run, Path(scratch) / f"bare-{options.repeat - 1}" / CATALOG_FILE, options.rules)
    return 0


def through_dbt(home: Home, models: Models, inputs: Inputs, place: Path) -> tuple[Seconds, ModelsRun, Path]:
    """dbt's whole invocation as a run does it, with what it ran and the file that it filled."""
    file = _new_file(home, inputs, place)
    began = Seconds.now()
    run = run_models(home, models, file, inputs.variables, lambda _: None)
    return Seconds.now() - began, run, file


def through_duckdb(
    home: Home, nodes: list[Node], inputs: Inputs, filled: Path, place: Path
) -> dict[str, Seconds]:
    """Seconds of each node on a bare connection to a new file."""
    file = _new_file(home, inputs, place)
    seconds: dict[str, Seconds] = {}
    with connect(file, home.scratch) as connection:
        connection.execute("set preserve_insertion_order = false")
        _copy_seeds(connection, filled)
        for node in nodes:
            began = Seconds.now()
            connection.execute(node.sql).fetchall()
            seconds[node.name] = Seconds.now() - began
    return seconds


def print_rules(home: Home, run: ModelsRun, file: Path, count: int) -> None:
    """The slowest rules, each by itself on the built tables (in the run they share one statement)."""
    seconds = {}
    with connect(file, home.scratch, read_only=True) as connection:
        for rule, sql in run.rule_sql.items():
            began = time.monotonic()
            connection.execute(f"select state, count(*) from ({sql}) group by state").fetchall()
            seconds[rule] = time.monotonic() - began
    slowest = sorted(seconds, key=lambda rule: -seconds[rule])[:count]
    print(f"\nall {len(seconds)} rules one by one: {sum(seconds.values()):.2f} s; the slowest:")
    print("\n".join(f"{seconds[rule]:8.3f} s  {rule}" for rule in slowest))


def _nodes(home: Home, models: Models, run: ModelsRun) -> Iterator[Node]:
    """The statements of models and tests as dbt wrote them, in the order in which it ran them."""
    manifest = models.load_manifest()
    target = home.models / "target" / "run"
    for result in run.nodes:
        node = manifest.nodes[result.unique_id]
        if node.resource_type in ("model", "test"):
            sql = (target / node.package_name / _below_project(node)).read_text(encoding="utf-8")
            yield Node(result.unique_id, str(node.resource_type), sql.replace(DBT_RENAMES, ""))


def _below_project(node: object) -> Path:
    original, path = Path(node.original_file_path), Path(node.path)  # type: ignore[attr-defined]
    return original if original.suffix == ".sql" else original / path.name


def _copy_seeds(connection: duckdb.DuckDBPyConnection, filled: Path) -> None:
    connection.execute(f"attach '{filled}' as filled (read_only)")
    schemas = "select distinct schema_name from duckdb_tables() where database_name = 'filled'"
    for (schema,) in connection.execute(schemas).fetchall():
        connection.execute(f'create schema if not exists "{schema}"')
    seeds = "select table_name from duckdb_tables() where database_name = 'filled' and schema_name = 'seeds'"
    for (table,) in connection.execute(seeds).fetchall():
        connection.execute(f'create table seeds."{table}" as from filled.seeds."{table}"')
    connection.execute("detach filled")


def _new_file(home: Home, inputs: Inputs, place: Path) -> Path:
    """A new warehouse file with the views over the batch that dbt's sources name."""
    place.mkdir()
    file = place / CATALOG_FILE
    with connect(file, home.scratch) as connection:
        connection.execute("create schema raw")
        connection.execute("create schema reference")
        for path in sorted(inputs.batch.glob("*.parquet")):
            if path.stem not in ("quarantine", "repairs"):
                connection.execute(f"create view raw.{path.stem} as from read_parquet('{path}')")
        connection.execute(f"create view reference.working_day as from read_parquet('{inputs.calendar}')")
    return file


def _inputs(options: argparse.Namespace, scratch: Path) -> Inputs:
    batches = sorted(
        (options.home / "landing").glob("*/manifest.json"), key=lambda file: file.stat().st_mtime
    )
    if not batches:
        raise SystemExit(
            f"{options.home}: no landed batch; let `certhouse run --home {options.home}` land one first"
        )
    batch = batches[-1].parent.resolve()
    manifest = json.loads((batch / "manifest.json").read_text(encoding="utf-8"))
    write_working_days(scratch / "calendar.parquet")
    variables = {
        "as_of": options.as_of,
        "profiles": options.profiles,
        "batch_id": manifest["batch_id"],
        "contract_version": str(manifest["contract_version"]),
    }
    return Inputs(batch, scratch / "calendar.parquet", variables)


def _print(nodes: list[Node], dbt: Seconds, bare: dict[str, Seconds]) -> None:
    kinds = {kind: [bare[n.name] for n in nodes if n.kind == kind] for kind in ("model", "test")}
    whole = total(bare.values())
    print("\n".join(f"{name}: {value}" for name, value in describe().items()))
    print(f"\ndbt phase    {dbt}")
    print(f"bare DuckDB  {whole}")
    for kind, timed in kinds.items():
        print(f"  {len(timed):4} {kind}s {total(timed)}")
    print(f"ratio        {dbt.wall / whole.wall:8.2f}    {dbt.cpu / whole.cpu:8.2f} CPU")
    extra = dbt - whole
    print(f"dbt itself   {extra}, {extra.cpu / max(len(nodes), 1) * 1000:.1f} ms CPU per node")
    print("\nthe slowest nodes, bare:")
    for name in sorted(bare, key=lambda one: -bare[one].wall)[:10]:
        print(f"{bare[name]}  {name.split('.', 2)[-1]}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, required=True, help="home with a landed batch")
    parser.add_argument("--work", type=Path, default=None, help="folder for the two warehouse files")
    parser.add_argument("--as-of", default="2026-11-15")
    parser.add_argument("--profiles", default="cnca")
    parser.add_argument("--repeat", type=int, default=1, help="turns; the fastest of each side counts")
    parser.add_argument("--rules", type=int, default=10, help="slowest rules to list")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
