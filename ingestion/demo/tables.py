"""The tables of the demo source, each with the function that makes its columns from the business."""

from __future__ import annotations

from collections.abc import Callable

from ingestion.demo import (
    tables_audits,
    tables_bodies,
    tables_certificates,
    tables_clients,
    tables_documents,
    tables_people,
    tables_records,
    tables_reports,
)
from ingestion.demo.columns import Column
from ingestion.demo.world import World

TABLES: dict[str, Callable[[World], dict[str, Column]]] = {
    "certification_body": tables_bodies.certification_body,
    "organization": tables_clients.organization,
    "application": tables_clients.application,
    "person": tables_people.person,
    "auditor_registration": tables_people.auditor_registration,
    "auditor_scope": tables_people.auditor_scope,
    "audit": tables_audits.audit,
    "audit_assignment": tables_audits.audit_assignment,
    "audit_site": tables_audits.audit_site,
    "nonconformity": tables_audits.nonconformity,
    "decision": tables_certificates.decision,
    "certificate": tables_certificates.certificate,
    "certificate_event": tables_certificates.certificate_event,
    "cnca_report": tables_reports.cnca_report,
    "complaint": tables_audits.complaint,
    "relationship": tables_people.relationship,
    "internal_audit": tables_bodies.internal_audit,
    "record_item": tables_records.record_item,
    "service_objective": tables_audits.service_objective,
    "body_document": tables_documents.body_document,
    "person_training": tables_documents.person_training,
    "audit_coverage": tables_documents.audit_coverage,
}
