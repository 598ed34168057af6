"""The pages' relations of the hand-made warehouse: the real dbt models, run over its marts, so that there is no second
schema that could drift from them. Marts have the columns of their contracts: a column that a formula forgets is empty,
one that no contract has is an error.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb
import yaml

from dagster_project.warehouse.dbt_run import run_models
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.models import CATALOG_FILE, PROJECT, Models, prepare

_CREATED = re.compile(r"create table (?:if not exists )?marts[.](\w+) as\n?(.*)", re.S)
_SELECTED = ("resource_type:seed", "dim_parameter", "path:models/pages")


@cache
def contracts() -> dict[str, dict[str, str]]:
    """Columns and types of every mart, as its contract has them."""
    return {
        model["name"]: {column["name"]: column["data_type"] for column in model["columns"]}
        for path in sorted((PROJECT / "models" / "marts").rglob("*.yml"))
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    }


def execute(connection: duckdb.DuckDBPyConnection, script: str) -> None:
    """Run a script of statements; `create table marts.x as ...` makes the contract's table and fills it by name."""
    for statement in re.split(r";\s*\n", script):
        bare = re.sub(r"^\s*(--[^\n]*\n\s*)*", "", statement).strip()
        if not bare:
            continue
        created = _CREATED.match(bare)
        if created:
            columns = ", ".join(f"{name} {kind}" for name, kind in contracts()[created[1]].items())
            connection.execute(f"create table marts.{created[1]} ({columns})")
            connection.execute(f"insert into marts.{created[1]} by name {created[2].rstrip(';')}")
        else:
            connection.execute(bare)


@cache
def _models() -> tuple[Home, Models]:
    home = Home.at(Path(tempfile.mkdtemp(prefix="certhouse-pages-")))
    home.scratch.mkdir(parents=True, exist_ok=True)
    return home, prepare(home)


def add_pages(path: Path, variables: dict[str, str]) -> None:
    """Build the seeds and the pages' models into the file at `path`."""
    home, models = _models()
    with tempfile.TemporaryDirectory(prefix="certhouse-pages-") as folder:
        # dbt calls the catalog by the file's name.
        place = Path(folder) / CATALOG_FILE
        shutil.move(path, place)
        run_models(home, models, place, variables, lambda _line: None, select=_SELECTED)
        shutil.move(place, path)
