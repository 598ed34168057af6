"""The dbt project, parsed once and kept in the home until one of its files changes.

Parsing costs seconds, loading what was parsed a tenth of one; `as_of` and the profiles are read when SQL is
compiled, not when it is parsed, so that one parsed project serves every run. The catalogue is a small
extract for those who need to know the models but not dbt (asset definitions): reading it imports nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dagster_project.warehouse.descriptions import Descriptions, described, read_descriptions
from dagster_project.warehouse.errors import ModelsFailed
from dagster_project.warehouse.home import Home
from ingestion.placing import drafting

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

PROJECT = Path(__file__).resolve().parents[2] / "dbt"

INSTALLED = PROJECT / "target" / "parsed"
"""Where setting up leaves the parsed project, beside dbt's own output; homes need not parse it then."""

CATALOG_FILE = "certhouse.duckdb"
"""Every file that dbt builds into is called so: DuckDB names the catalog after it, parsed models too."""

_MANIFEST = "manifest.msgpack"
_CATALOGUE = "catalogue.json"
_DESCRIPTIONS = "descriptions.json"
_PROJECT_FILES = ("*.sql", "*.yml", "*.yaml", "*.csv", "*.md")
_NOT_THE_PROJECT = {"target", "logs", "dbt_packages"}


@dataclass(frozen=True)
class Model:
    """One dbt model, as far as others need to know it."""

    name: str
    layer: str
    description: str
    depends_on: tuple[str, ...]
    tests: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    """Sources and seeds that it reads, as schema.table."""
    rule_id: str = ""


@dataclass(frozen=True)
class Models:
    """The parsed project: where its manifest is, and what it holds."""

    manifest_path: Path
    catalogue: tuple[Model, ...]

    def layer(self, name: str) -> tuple[Model, ...]:
        return tuple(model for model in self.catalogue if model.layer == name)

    def load_manifest(self) -> Manifest:
        from dbt.contracts.graph.manifest import Manifest

        return Manifest.from_msgpack(self.manifest_path.read_bytes())

    def descriptions(self) -> Descriptions:
        return read_descriptions(self.manifest_path.with_name(_DESCRIPTIONS))


def prepare(home: Home, project: Path = PROJECT) -> Models:
    """The parsed project: as the installation or the home has it if it is still the same, else parsed now."""
    key = _key(project)
    for place in (INSTALLED / key, home.models / key):
        if models := _read(place):
            return models
    return _parsed_into(home.models / key, home, project)


def prepare_again(home: Home, damaged: Models, project: Path = PROJECT) -> Models:
    """The project parsed anew, where what was parsed before turned out to be damaged."""
    shutil.rmtree(damaged.manifest_path.parent, ignore_errors=True)
    return _parsed_into(home.models / _key(project), home, project)


def _read(place: Path) -> Models | None:
    """What was parsed; None where it is missing or damaged."""
    try:
        entries = json.loads((place / _CATALOGUE).read_text(encoding="utf-8"))
        if not (place / _DESCRIPTIONS).is_file():
            return None
        return Models(place / _MANIFEST, tuple(_model(entry) for entry in entries))
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _parsed_into(place: Path, home: Home, project: Path) -> Models:
    _parse_into(place, home, project)
    models = _read(place)
    if models is None:
        raise OSError(f"{place}: the parsed project could not be written. Check the folder's rights.")
    return models


def _model(entry: dict[str, Any]) -> Model:
    """From JSON, which knows lists but no tuples."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return Model(**values)


def prepare_installation() -> Path:
    """Parse the shipped project once for all homes: part of setting up, not of a run."""
    place = INSTALLED / _key(PROJECT)
    if not (place / _CATALOGUE).is_file():
        with tempfile.TemporaryDirectory(prefix="certhouse-") as scratch:
            _parse_into(place, Home.at(scratch), PROJECT)
    return place


def dbt_arguments(home: Home, project: Path = PROJECT) -> list[str]:
    """Options of every dbt call: nothing is written outside the home."""
    return [
        "--project-dir", str(project),
        "--profiles-dir", str(project),
        "--target-path", str(home.models / "target"),
        "--log-path", str(home.models / "logs"),
    ]  # fmt: skip


def quiet_dbt() -> None:
    """dbt neither counts its users nor looks for updates here. Call before dbt is imported."""
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"


def _parse_into(place: Path, home: Home, project: Path) -> None:
    quiet_dbt()
    os.environ["CERTHOUSE_DUCKDB"] = str(home.scratch / CATALOG_FILE)
    os.environ["CERTHOUSE_TEMP_DIR"] = str(home.scratch)
    from dbt.cli.main import dbtRunner

    outcome = dbtRunner().invoke(
        ["--quiet", "--log-level-file", "none", "parse", "--no-write-json", *dbt_arguments(home, project)]
    )
    if not outcome.success:
        raise ModelsFailed(
            f"The dbt project in {project} cannot be parsed: {outcome.exception or 'see the messages above'}",
            "This is a fault of the installation, not of the data: check what was changed last below dbt/.",
            f"{project}中的dbt项目无法解析：{outcome.exception or '见上文'}\n"
            "这是安装的问题，与数据无关，请检查dbt/下最近的改动。",
        )
    manifest = cast("Manifest", outcome.result)
    with drafting(place.parent) as draft:
        (draft / _MANIFEST).write_bytes(manifest.to_msgpack())
        (draft / _CATALOGUE).write_text(
            json.dumps([asdict(model) for model in _catalogue(manifest)], ensure_ascii=False, indent=1),
            encoding="utf-8",
        )
        described(manifest, project).write(draft / _DESCRIPTIONS)
        for older in place.parent.glob("[0-9a-f]" * 16):
            shutil.rmtree(older, ignore_errors=True)
        with suppress(OSError):  # taken: another process has parsed it meanwhile
            draft.replace(place)


def _catalogue(manifest: Manifest) -> Iterator[Model]:
    nodes: dict[str, Any] = dict(manifest.nodes)
    tests: dict[str, list[str]] = {}
    for node in nodes.values():
        if node.resource_type == "test":
            tested = getattr(node, "attached_node", None) or next(iter(node.depends_on.nodes), None)
            if tested is not None:
                tests.setdefault(tested, []).append(node.unique_id)
    for unique_id, node in sorted(nodes.items()):
        if node.resource_type == "model":
            parents = [nodes[parent] for parent in node.depends_on.nodes if parent in nodes]
            sources = [
                manifest.sources[parent] for parent in node.depends_on.nodes if parent in manifest.sources
            ]
            seeds = [parent for parent in parents if parent.resource_type == "seed"]
            yield Model(
                name=node.name,
                layer=node.schema,
                description=node.description,
                depends_on=tuple(
                    sorted(parent.name for parent in parents if parent.resource_type == "model")
                ),
                tests=tuple(sorted(tests.get(unique_id, []))),
                inputs=tuple(sorted(f"{parent.schema}.{parent.name}" for parent in [*sources, *seeds])),
                rule_id=node.config.meta.get("rule", {}).get("id", ""),
            )


def _key(project: Path) -> str:
    digest = hashlib.sha256(f"{project.resolve()}\n".encode())  # seeds are found by absolute path
    digest.update(f"{', '.join(field.name for field in fields(Model))}\n".encode())
    for package in ("dbt-core", "dbt-duckdb", "duckdb"):
        digest.update(f"{package} {version(package)}\n".encode())
    files = sorted(path for pattern in _PROJECT_FILES for path in project.rglob(pattern))
    for path in files:
        inside = path.relative_to(project)
        if inside.parts[0] not in _NOT_THE_PROJECT:
            digest.update(f"{inside.as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    prepare_installation()
