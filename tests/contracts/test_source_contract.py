"""The source contract as the rest of the project, and the bodies that deliver to it, rely on it.

A failure means that the contract changed: then its version must change too, since the same source would land
otherwise.
"""

from __future__ import annotations

import hashlib
import json

import pytest

from ingestion.contract import Column, Contract, Reference, Table, contract
from ingestion.mapping import load_mapping

REQUIRED = {"certification_body", "organization", "person", "audit", "certificate"}
PERSONAL = {
    "organization.phone", "organization.contact_person", "organization.legal_person",
    "person.name", "person.id_number", "person.phone",
    "certification_body.legal_representative", "certification_body.contact_person", "certification_body.contact_phone",
}  # fmt: skip

#: Version -> hash of all that decides what is accepted. Add a line with a new version, never change one.
FINGERPRINTS = {"1": "af22787596780d46", "2": "ccfaad7577f6c4b9"}


def columns() -> dict[str, Column]:
    return {f"{t.name}.{c.name}": c for t in contract().tables.values() for c in t.columns}


def test_twenty_two_tables_five_of_them_required() -> None:
    assert len(contract().tables) == 22
    assert {table.name for table in contract().tables.values() if table.required} == REQUIRED


def test_personal_data_is_marked() -> None:
    assert {name for name, column in columns().items() if column.pii} == PERSONAL


def test_a_changed_contract_has_a_new_version() -> None:
    facts = {
        name: [
            c.type,
            c.pk,
            c.required,
            str(c.references),
            list(c.values),
            c.format,
            c.time_column,
            list(c.mentions),
            contract().tables[name.split(".")[0]].expected_unique,
        ]
        for name, c in columns().items()
    }
    fingerprint = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
    assert FINGERPRINTS.get(contract().version) == fingerprint


def test_required_references_run_in_no_circle() -> None:
    order = contract().load_order()
    assert sorted(order) == sorted(contract().tables)
    for table in contract().tables.values():
        for column in table.references:
            assert column.references is not None
            if column.required:
                assert order.index(column.references.table) < order.index(table.name)


def test_a_circle_of_required_references_is_noticed() -> None:
    def table(name: str, other: str) -> Table:
        key = Column("id", "text", "编号", "", pk=True, required=True)
        reference = Column("other", "text", "其他", "", required=True, references=Reference(other, "id"))
        return Table(name, name, "", "", required=False, columns=(key, reference))

    circle = Contract(version="0", tables={"a": table("a", "b"), "b": table("b", "a")})
    with pytest.raises(ValueError, match="circle"):
        circle.load_order()


def test_everything_has_a_chinese_label_and_a_description() -> None:
    for name, column in columns().items():
        assert any("\u4e00" <= character <= "\u9fff" for character in column.label_zh), name
        assert column.description, name
        assert set(column.value_labels or {}) == set(column.values), name
        assert len(set((column.value_labels or {}).values())) == len(column.values), name


def test_names_and_labels_lead_back_to_their_table_and_column() -> None:
    words = load_mapping()
    for table in contract().tables.values():
        assert words.table(table.name) == words.table(table.label_zh) == table.name
        for column in table.columns:
            assert words.column(table, column.name) == words.column(table, column.label_zh) == column.name
