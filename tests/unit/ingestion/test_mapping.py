"""A body's own words for tables, columns and values. A failure means that a body could not use its own
export, or that a slip in its mapping file would be read as something it does not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.errors import MappingRefused
from ingestion.landing import land
from ingestion.mapping import load_mapping
from tests.support.small_source import landed, losses, write_source


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.yml"
    path.write_text(text, "utf-8")
    return path


def test_own_words_are_understood(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "internal_audit.csv").unlink()
    (folder / "NS-2026.csv").write_text("流水号,机构,日子\nI1,B1,2026-02-01\n", "utf-8")
    path = folder / "audit_site.csv"
    path.write_text(path.read_text("utf-8").replace("headquarters", "本部").replace("true", "有"), "utf-8")
    mapping = own(
        tmp_path,
        "tables: {internal_audit: [ns-2026]}\n"
        "columns: {internal_audit: {internal_audit_id: [流水号], body_id: [机构], held_on: 日子}}\n"
        "values: {audit_site.site_kind: {headquarters: [本部]}, '*.audited': {true: [有], false: [无]}}\n",
    )
    batch = land(str(folder), tmp_path / "home", mapping=mapping)
    assert losses(batch) == []
    assert landed(batch, "internal_audit")[0]["internal_audit_id"] == "I1"
    assert landed(batch, "audit_site")[0]["site_kind"] == "headquarters"
    assert landed(batch, "audit_site")[0]["audited"] is True


def test_own_words_come_before_the_contracts_labels(tmp_path: Path) -> None:
    """To some bodies 证书编号 is the number printed on the certificate, and not the key."""
    folder = write_source(tmp_path / "s")
    path = folder / "certificate.csv"
    path.write_text(
        path.read_text("utf-8").replace("certificate_id,certificate_no", "id,证书编号", 1), "utf-8"
    )
    mapping = own(tmp_path, "columns: {certificate: {certificate_id: [id], certificate_no: [证书编号]}}\n")
    batch = land(str(folder), tmp_path / "home", mapping=mapping)
    assert landed(batch, "certificate")[0]["certificate_no"] == "11126IT00001R0CNAS"


def test_values_have_chinese_words_without_any_mapping(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    path = folder / "audit.csv"
    text = path.read_text("utf-8").replace(
        "stage2,ITSMS,completed", "第二阶段,信息技术服务管理体系；质量管理体系,已完成"
    )
    path.write_text(text, "utf-8")
    audit = landed(land(str(folder), tmp_path / "home"), "audit")[0]
    assert (audit["audit_type"], audit["systems"], audit["status"]) == ("stage2", "ITSMS;QMS", "completed")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tables: {audits: [x]}", "audits is not a table"),
        ("columns: {audit: {audit_no: [x]}}", "audit.audit_no is not a column"),
        ("columns: {audits: {audit_id: [x]}}", "audits is not a table"),
        ("values: {audit.nothing: {a: [b]}}", "values.audit.nothing names no column"),
        ("values: {audit.status: {done: [x]}}", "done is not one of"),
        ("values: {audit.actual_end: {'2026-01-01': [x]}}", "dates and numbers have no other words"),
        ("columns: {audit: {audit_id: [x], body_id: [X]}}", "'X' stands for both audit_id and body_id"),
        ("values: {audit.status: {planned: [x], completed: [x]}}", "'x' stands for both"),
        ("headings: {}", "expected the keys"),
        ("tables: [audit]", "must be a list of"),
        ("tables: {audit", "not valid YAML"),
    ],
)
def test_a_slip_in_the_mapping_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(MappingRefused) as refused:
        load_mapping(own(tmp_path, text))
    assert "own.yml" in str(refused.value)
    assert told in str(refused.value)


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingRefused, match=r"none\.yml"):
        load_mapping(tmp_path / "none.yml")


def test_the_default_mapping_fits_the_contract() -> None:
    load_mapping()
