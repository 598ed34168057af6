"""Suite `raw`: the records as landed against the source contract.

What landing promises (keys, closed lists, references, counts) is structure: a breach
of it means that landing or staging lost or invented something, and blocks. What people typed (check digits,
codes, dates) is content and stands in raw.yml: it warns, names the records, and gets through to the findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from expectations.outcome import Check, Severity
from expectations.suites.files import suite_checks
from expectations.suites.structure import Relation, Rows, checks_of
from ingestion.contract import Table, contract


@dataclass(frozen=True)
class Landed:
    """Rows of a table as the manifest of the batch counts them: delivered ones, and stubs for what they name."""

    rows: int = 0
    stubs: int = 0


def checks(landed: Mapping[str, Landed]) -> list[Check]:
    """Structure from the contract, then content."""
    return [*_structure(landed), *suite_checks("raw", _named)]


def _structure(landed: Mapping[str, Landed]) -> Iterator[Check]:
    """Table by table. A table that the manifest does not know has no rows."""
    for table in contract().tables.values():
        for relation in _relations(table, landed.get(table.name, Landed())):
            yield from checks_of("raw", relation)


def _relations(table: Table, landed: Landed) -> Iterator[Relation]:
    relation = f"staging.stg_{table.name}"
    structure = Relation(
        relation=relation,
        severity=Severity.BLOCKING,
        key=table.pk,
        listed={column.name: column.values for column in table.columns if column.values},
        known={column.name: f"staging.stg_{column.references}" for column in table.references},
        rows=(
            Rows(count=landed.rows, label_zh="入库", column="is_stub", is_true=False),
            Rows(count=landed.stubs, name="stub_count", label_zh="占位", column="is_stub"),
        ),
    )
    yield _named(structure)
    keys = Relation(relation=relation, severity=Severity.BLOCKING, filled=table.pk)
    yield _named(keys).model_copy(update={"record": ("_source_row",)})  # its key is what such a row lacks


def _named(said: Relation) -> Relation:
    table = contract().tables[said.relation.removeprefix("staging.stg_")]
    labels = {column.name: column.label_zh for column in table.columns}
    return said.model_copy(update={"record": table.pk, "label_zh": table.label_zh, "labels": labels})
