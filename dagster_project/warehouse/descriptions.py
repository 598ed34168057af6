"""What every relation and column of the published file holds, said in the file itself: its comments.

A column's words come from the nearest place that has some: the model's own .yml, else the contract's column that the
model reads, else dbt/glossary.csv, which names what models add. Relations that dbt does not make stand in the glossary
as schema.name.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingestion import sql
from ingestion.contract import contract

if TYPE_CHECKING:
    import duckdb
    from dbt.contracts.graph.manifest import Manifest

GLOSSARY = "glossary.csv"


@dataclass(frozen=True)
class Described:
    """A relation: its words, its columns' own, and the contract's tables that it reads, the nearest first."""

    description: str
    columns: dict[str, str]
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Descriptions:
    """By schema.name; the glossary by column, or by schema.name."""

    relations: dict[str, Described]
    glossary: dict[str, str]

    def relation(self, name: str) -> str:
        found = self.relations.get(name)
        return found.description if found else self.glossary.get(name, "")

    def column(self, relation: str, column: str) -> str:
        found = self.relations.get(relation)
        if found and found.columns.get(column):
            return found.columns[column]
        for table in found.tables if found else ():
            for known in contract().tables[table].columns:
                if known.name == column:
                    return f"{known.label_zh}. {known.description}"
        return self.glossary.get(column, "")

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")


def read_descriptions(path: Path) -> Descriptions:
    content = json.loads(path.read_text(encoding="utf-8"))
    return Descriptions(
        {
            name: Described(entry["description"], entry["columns"], tuple(entry["tables"]))
            for name, entry in content["relations"].items()
        },
        content["glossary"],
    )


def described(manifest: Manifest, project: Path) -> Descriptions:
    """The words of a parsed project; one without a glossary has its models' words alone."""
    glossary = {}
    if project.joinpath(GLOSSARY).is_file():
        with project.joinpath(GLOSSARY).open(encoding="utf-8", newline="") as file:
            glossary = {row["name"]: row["description"] for row in csv.DictReader(file)}
    relations = {}
    for node in manifest.nodes.values():
        if node.resource_type in ("model", "seed"):
            relations[f"{node.schema}.{node.name}"] = Described(
                " ".join(node.description.split()),
                {column.name: " ".join(column.description.split()) for column in node.columns.values()},
                tuple(_tables(manifest, node)),
            )
    return Descriptions(relations, glossary)


def _tables(manifest: Manifest, node: Any) -> Iterator[str]:
    """The contract's tables behind a node, the nearest first."""
    seen, level = {node.unique_id}, [node]
    while level:
        yield from sorted(
            one.name.removeprefix("stg_")
            for one in level
            if one.schema == "staging" and one.name.removeprefix("stg_") in contract().tables
        )
        parents = sorted({parent for one in level for parent in one.depends_on_nodes} - seen)
        seen.update(parents)
        level = [manifest.nodes[parent] for parent in parents if parent in manifest.nodes]


def write_comments(connection: duckdb.DuckDBPyConnection, catalog: str, descriptions: Descriptions) -> None:
    """COMMENT ON every relation and column of a catalog that has words."""
    statements = []
    for schema, name in connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = ?", [catalog]
    ).fetchall():
        place = f"{sql.name(catalog)}.{sql.name(schema)}.{sql.name(name)}"
        if words := descriptions.relation(f"{schema}.{name}"):
            statements.append(f"comment on table {place} is {sql.text(words)}")
    for schema, name, column in connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() where database_name = ?", [catalog]
    ).fetchall():
        if words := descriptions.column(f"{schema}.{name}", column):
            place = f"{sql.name(catalog)}.{sql.name(schema)}.{sql.name(name)}.{sql.name(column)}"
            statements.append(f"comment on column {place} is {sql.text(words)}")
    connection.execute("begin transaction")
    connection.execute(";".join(statements))
    connection.execute("commit")
