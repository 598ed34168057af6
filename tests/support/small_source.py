"""A small source that breaks nothing: one or two rows in every table, all references in place.

Tests take it, spoil one thing and look at what ingestion makes of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import duckdb

from ingestion import sql
from ingestion.contract import contract
from ingestion.landing import Batch

_CONNECTION = duckdb.connect()

Row = dict[str, str]
Tables = dict[str, list[Row]]

_ROWS: Tables = {
    "certification_body": [
        {"body_id": "B1", "name": "北方认证有限公司", "approval_no": "CNCA-R-2005-111",
         "accreditation_code": "CNAS", "itsms_approved_on": "2015-06-01", "approved_scopes": "04.03;06.02"},
    ],
    "organization": [
        {"org_id": "O1", "name": "甲科技有限公司", "uscc": "91330100MA2ABCDE1X",
         "registered_address": "杭州市一路1号", "phone": "13800000001", "contact_person": "王某",
         "registered_capital": "1500.5", "staff_total": "120", "licence_required": "false",
         "legal_status_valid_until": "2040-01-01"},
        {"org_id": "O2", "name": "乙数据有限公司", "licence_required": "true",
         "licence_valid_until": "2027-05-31"},
    ],
    "application": [
        {"application_id": "AP1", "body_id": "B1", "org_id": "O1", "kind": "initial",
         "systems": "ITSMS;ISMS", "scope_codes": "04.03", "headcount_effective": "80",
         "submitted_on": "2026-03-02", "contract_fee": "28000", "review_result": "accepted"},
        {"application_id": "AP2", "body_id": "B1", "org_id": "O2", "kind": "transfer", "systems": "ITSMS",
         "submitted_on": "2026-04-02", "transfer_scope_accredited": "true"},
    ],
    "person": [
        {"person_id": "P1", "body_id": "B1", "name": "张三", "id_number": "110101199001011237",
         "employment": "full_time", "joined_on": "2020-01-01", "works_in_prc": "true"},
        {"person_id": "P2", "body_id": "B1", "name": "李四", "employment": "part_time"},
    ],
    "auditor_registration": [
        {"person_id": "P1", "system": "ITSMS", "registration_no": "N1", "grade": "auditor",
         "valid_from": "2024-01-01", "valid_until": "2027-01-01"},
    ],
    "auditor_scope": [
        {"person_id": "P1", "scope_code": "04.03", "capacity": "auditor", "basis": "project",
         "projects": "2", "experience_years": "5", "granted_on": "2024-01-10"},
    ],
    "audit": [
        {"audit_id": "A1", "body_id": "B1", "org_id": "O1", "application_id": "AP1",
         "audit_type": "stage2", "systems": "ITSMS", "status": "completed", "planned_start": "2026-05-10",
         "planned_end": "2026-05-12", "actual_start": "2026-05-10", "actual_end": "2026-05-12",
         "total_days": "6.5", "is_onsite": "true"},
        {"audit_id": "A2", "body_id": "B1", "org_id": "O1", "certificate_id": "C1",
         "audit_type": "surveillance", "systems": "ITSMS", "status": "planned",
         "planned_start": "2027-05-10", "planned_end": "2027-05-11"},
    ],
    "audit_assignment": [
        {"audit_id": "A1", "person_id": "P1", "role": "leader", "onsite_start": "2026-05-10",
         "onsite_end": "2026-05-12", "onsite_days": "2.5"},
        {"audit_id": "A1", "person_id": "P2", "role": "trainee", "onsite_start": "2026-05-10",
         "onsite_end": "2026-05-12", "onsite_days": "2", "mentor_id": "P1"},
    ],
    "audit_site": [
        {"audit_id": "A1", "site_id": "S1", "site_kind": "headquarters", "audited": "true",
         "headcount": "80"},
    ],
    "nonconformity": [
        {"nc_id": "N1", "audit_id": "A1", "grade": "minor", "raised_on": "2026-05-12",
         "verified_on": "2026-06-01"},
    ],
    "decision": [
        {"decision_id": "D1", "audit_id": "A1", "kind": "grant", "decided_on": "2026-06-05",
         "decided_by": "P1"},
    ],
    "certificate": [
        {"certificate_id": "C1", "certificate_no": "11126IT00001R0CNAS", "body_id": "B1", "org_id": "O1",
         "system": "ITSMS", "scope_codes": "04.03", "decision_id": "D1", "issued_on": "2026-06-08",
         "expires_on": "2029-06-07", "cycle_no": "0", "accredited": "true"},
        {"certificate_id": "C2", "certificate_no": "11126IT00001R0CNAS-1", "body_id": "B1", "org_id": "O1",
         "system": "ITSMS", "issued_on": "2026-06-08", "expires_on": "2029-06-07", "cycle_no": "0",
         "parent_certificate_id": "C1"},
    ],
    "certificate_event": [
        {"event_id": "E1", "certificate_id": "C1", "seq": "1", "event": "suspended",
         "effective_on": "2026-09-01", "suspended_until": "2026-12-01", "reason_code": "7.2.1(6)"},
        {"event_id": "E2", "certificate_id": "C1", "seq": "2", "event": "restored",
         "effective_on": "2026-10-01"},
    ],
    "cnca_report": [
        {"report_id": "R1", "body_id": "B1", "kind": "monthly_report", "period": "2026-06",
         "reported_on": "2026-07-08", "recipient": "CNCA"},
    ],
    "complaint": [
        {"complaint_id": "Q1", "body_id": "B1", "kind": "complaint", "audit_id": "A1",
         "received_on": "2026-07-01", "decided_by": "P1"},
    ],
    "relationship": [
        {"person_id": "P2", "org_id": "O2", "kind": "consultancy", "started_on": "2025-01-01"},
    ],
    "internal_audit": [
        {"internal_audit_id": "I1", "body_id": "B1", "held_on": "2026-02-01"},
    ],
    "record_item": [
        {"record_id": "F1", "application_id": "AP1", "kind": "contract", "stored_on": "2026-03-10",
         "signed": "true", "medium": "paper"},
        {"record_id": "F2", "audit_id": "A1", "kind": "audit_plan", "stored_on": "2026-05-01",
         "medium": "paper"},
    ],
    "service_objective": [
        {"audit_id": "A1", "objective": "customer_satisfaction", "target": "90", "actual": "92.25",
         "unit": "%"},
    ],
}  # fmt: skip


def small_source() -> Tables:
    """A copy that a test may change."""
    return deepcopy(_ROWS)


def headings(table: str) -> list[str]:
    """All columns of the contract, in order."""
    return [column.name for column in contract().tables[table].columns]


def csv_text(rows: Sequence[Mapping[str, str]], columns: Sequence[str], line_end: str = "\n") -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return stream.getvalue()


def write_source(
    folder: Path, tables: Tables | None = None, *, encoding: str = "utf-8", line_end: str = "\n"
) -> Path:
    """The tables as one CSV file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in (tables or small_source()).items():
        text = csv_text(rows, headings(table), line_end)
        (folder / f"{table}.csv").write_bytes(text.encode(encoding))
    return folder


def landed(batch: Batch, table: str) -> list[dict[str, Any]]:
    """The landed rows in source order."""
    return _rows(batch.path / f"{table}.parquet", "_source_row")


def fates(batch: Batch, *kinds: str) -> list[dict[str, Any]]:
    """What was not taken as it stood, of all kinds or of those named."""
    rows = _rows(batch.path / "fates.parquet")
    return [row for row in rows if not kinds or row["fate"] in kinds]


def losses(batch: Batch) -> list[dict[str, Any]]:
    """Rows that were not taken, cells that were emptied, required cells in which nothing stood."""
    return fates(batch, "set_aside", "merged", "emptied", "missing")


def repairs(batch: Batch) -> list[dict[str, Any]]:
    """Repaired cells, as examples."""
    return [
        {
            "table_name": row["table_name"],
            "line": row["source_row"],
            "column": row["column_name"],
            "kind": row["reason"],
            "raw": row["raw_value"],
        }
        for row in fates(batch, "repaired")
    ]


def _rows(path: Path, order: str | None = None) -> list[dict[str, Any]]:
    found = _CONNECTION.execute(
        f"select * from {sql.parquet(path)}" + (f" order by {order}" if order else "")
    )
    names = [name for name, *_ in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
