"""dbt's staging layer, written from the source contract: `python -m dagster_project.warehouse.staging_models`.

A staging model hands on what was landed, column by column, in the contract's order; what a column means is derived
later. So nothing here is written by hand: a column that is added to the contract reaches the models by running this.
A test compares the files with what this would write.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dagster_project.warehouse.models import PROJECT
from ingestion.contract import Table, contract

#: What landing adds to the columns of every table.
LANDED = {
    "is_stub": "The row stands for a record that others refer to and that the source does not have: only its key is known.",
    "unreadable_columns": "Names of the columns whose cell could not be read: their NULL is unknown, not none.",
    "_source_row": "Line of the record in its source.",
}
_SOURCES = "_sources.yml"


def staging_files() -> Iterator[tuple[str, str]]:
    """(file name, content) of every file of dbt/models/staging."""
    yield _SOURCES, _sources()
    for table in contract().tables.values():
        yield f"stg_{table.name}.sql", _sql(table)
        yield f"stg_{table.name}.yml", _yml(table)


def _sql(table: Table) -> str:
    columns = ",\n    ".join([*(column.name for column in table.columns), *LANDED])
    return f"select\n    {columns}\nfrom {{{{ source('raw', '{table.name}') }}}}\n"


def _yml(table: Table) -> str:
    lines = [
        "models:",
        f"  - name: stg_{table.name}",
        f"    description: {_text(f'{table.label_zh}. One row per {_words(table.pk)}.')}",
        "    columns:",
    ]
    for column in table.columns:
        zh = column.label_zh + (f"。{column.description_zh}" if column.description_zh else "")
        lines += [
            f"      - name: {column.name}",
            f"        description: {_text(f'{zh} {column.description}')}",
        ]
    for name, description in LANDED.items():
        lines += [f"      - name: {name}", f"        description: {_text(description)}"]
    return "\n".join(lines) + "\n"


def _sources() -> str:
    tables = "\n".join(
        f"      - name: {table.name}\n        description: {_text(f'{table.label_zh}. {table.description}')}"
        for table in contract().tables.values()
    )
    return f"""# The landing batch: one relation per table of the source contract.
sources:
  - name: raw
    description: Operational records as landed, in contract types.
    schema: raw
    tables:
{tables}
      - name: delivered
        description: Columns of the contract's first version, and whether the source had them. One row per column.
  - name: reference
    description: Reference data that the run prepares before dbt starts.
    schema: reference
    tables:
      - name: working_day
        description: Statutory working days, one row per known calendar day.
"""


def _words(names: tuple[str, ...]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _text(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    folder: Path = PROJECT / "models" / "staging"
    for name, content in staging_files():
        (folder / name).write_text(content, encoding="utf-8")
