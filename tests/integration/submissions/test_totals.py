"""The numbers in the files are the numbers in the marts and in the records, not only in the files' own relations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reports.submissions.preparing import prepare, prepare_all
from reports.submissions.result import SubmissionResult
from reports.warehouse import open_warehouse
from tests.integration.submissions.conftest import Prepared
from tests.integration.submissions.sheets import records


@pytest.mark.parametrize("month", ["2025-03", "2026-03", "2026-06", "2026-09"])
def test_files_reconcile_with_the_monthly_statistics(small_body: Path, tmp_path: Path, month: str) -> None:
    results = prepare_all("monthly", small_body, tmp_path, period=month)
    with open_warehouse(small_body) as connection:
        for body, (result,) in results.items():
            row = connection.execute(
                "select coalesce(sum(issued + renewed), 0),"
                " coalesce(sum(suspended + restored + revoked + cancelled + expired), 0)"
                " from marts.fct_monthly_statistics"
                " where body_id = ? and system = 'ITSMS' and strftime(month, '%Y-%m') = ?",
                [body, month],
            ).fetchone()
            assert row is not None
            certificates = records(result.workbook, "证书信息表")
            issues = [
                r for r in certificates if r["AWARD_DATE"].startswith(month) and r["REPORT_TYPE"] != "05"
            ]
            assert len(issues) == row[0], f"{body}: certificates issued"
            changes = [code for r in certificates for code in r["CHG_TYP_CODE"].split("；")]
            of_status = [code for code in changes if code.startswith("97_") or code == "197"]
            assert len(of_status) == row[1], f"{body}: changes of status"


def _sheet(result: SubmissionResult, code: str) -> dict[str, Any]:
    return next(entry for entry in result.manifest["sheets"] if entry["code"] == code)


def _counts(warehouse: Path, sql: str, *values: object) -> dict[str, int]:
    """The one row of a query, by column name."""
    with open_warehouse(warehouse) as connection:
        cursor = connection.execute(sql, list(values))
        row = cursor.fetchone()
        assert row is not None
        return {column[0]: int(value) for column, value in zip(cursor.description or (), row, strict=True)}


# Plans owed by the deadline mart whose latest report is not waiting for an answer; teams as they were assigned.
_PLANS = """
    with plans as (
        select audits.*
        from marts.fct_submission_deadline as deadlines
        inner join staging.stg_audit as audits on deadlines.subject_id = audits.audit_id
        where deadlines.kind = 'audit_plan' and deadlines.body_id = ? and deadlines.done_on is null
            and deadlines.days_left <= 7 and audits.planned_end >= date '2026-10-05'
            and audits.actual_start is null
            and coalesce((
                select arg_max(reports.result, reports.reported_on) from staging.stg_cnca_report as reports
                where reports.subject_id = audits.audit_id and reports.reported_on <= date '2026-10-05'
            ), '') <> 'pending'
    ),
    members as (
        select assignments.role from staging.stg_audit_assignment as assignments
        inner join plans on assignments.audit_id = plans.audit_id
    )
    select
        count(*) as audits,
        count(*) filter (audit_type = 'stage1') as stage1,
        count(*) filter (audit_type = 'stage2') as stage2,
        count(*) filter (audit_type = 'surveillance') as surveillance,
        count(*) filter (audit_type = 'recertification') as recertification,
        count(*) filter (audit_type = 'special') as special,
        (select count(*) from members where role in ('leader', 'auditor', 'trainee')) as auditors,
        (select count(*) from members where role = 'technical_expert') as technical_experts
    from plans
"""


@pytest.mark.parametrize(("body", "plans"), [("B1", 5), ("B2", 1)])
@pytest.mark.parametrize("profile", ["cnca-2016", "cnca-2021"])
def test_plans_reconcile_with_the_deadlines(
    small_body: Path, prepared: Prepared, body: str, plans: int, profile: str
) -> None:
    sheet = _sheet(prepared["audit_plan", profile][body], "102010")
    assert sheet["totals"] == _counts(small_body, _PLANS, body)
    assert sheet["rows"] == plans == prepared["audit_plan", profile][body].manifest["subjects"]


# Events in force since the rule, neither accepted nor waiting; the certificates' status as the dimension has it.
_CHANGES = """
    with events as (
        select events.event_id, certificates.*
        from staging.stg_certificate_event as events
        inner join marts.dim_certificate as certificates on events.certificate_id = certificates.certificate_id
        where certificates.body_id = ? and certificates.system = 'ITSMS'
            and events.event in ('suspended', 'restored', 'revoked', 'cancelled')
            and events.effective_on between date '2026-03-01' and date '2026-10-05'
            and not exists (
                from staging.stg_cnca_report as reports
                where reports.subject_id = events.event_id and reports.result in ('accepted', 'pending')
            )
    )
    select
        count(distinct certificate_id) as certificates,
        0 as report_type_new,
        0 as report_type_exchanged,
        count(distinct certificate_id) as report_type_changed,
        count(distinct certificate_id) filter (status = 'valid') as status_valid,
        count(distinct certificate_id) filter (status = 'suspended') as status_suspended,
        count(distinct certificate_id) filter (status = 'revoked') as status_revoked,
        count(distinct certificate_id) filter (status = 'cancelled') as status_cancelled,
        0 as audit_person_days,
        count(*) as events
    from events
"""


@pytest.mark.parametrize(("body", "certificates"), [("B1", 4), ("B2", 0)])
def test_changes_of_status_reconcile_with_the_certificates(
    small_body: Path, prepared: Prepared, body: str, certificates: int
) -> None:
    result = prepared["status_change", "cnca-2016"][body]
    expected = _counts(small_body, _CHANGES, body)
    assert result.manifest["subjects"] == expected.pop("events")
    assert _sheet(result, "103010")["totals"] == expected
    assert _sheet(result, "103010")["rows"] == certificates
    assert _sheet(result, "103011")["rows"] == 0


# The month's certificates as the file names them: their status on its last day, and on-site days of the audits
# that their decisions rest on, with the stage 1 before.
_MONTH = """
    with listed as (
        select unnest(?::varchar[]) as certificate_no, unnest(?::varchar[]) as report_type
    ),
    certificates as (
        select listed.report_type, certificates.certificate_id,
            coalesce(own.decision_id, mains.decision_id) as decision_id
        from listed
        inner join marts.dim_certificate as certificates
            on listed.certificate_no = upper(replace(certificates.certificate_no, ' ', ''))
        inner join staging.stg_certificate as own on certificates.certificate_id = own.certificate_id
        left join staging.stg_certificate as mains on own.parent_certificate_id = mains.certificate_id
    ),
    days as (
        select certificates.certificate_id, audits.onsite_days + coalesce((
            select arg_max(first.onsite_days, first.actual_end) from staging.stg_audit as first
            where audits.audit_type = 'stage2' and first.application_id = audits.application_id
                and first.audit_type = 'stage1' and first.status = 'completed'
        ), 0) as onsite_days
        from certificates
        inner join staging.stg_decision as decisions on certificates.decision_id = decisions.decision_id
        inner join staging.stg_audit as audits on decisions.audit_id = audits.audit_id
        where certificates.report_type = '01'
            or (certificates.report_type = '02' and certificates.certificate_id not in (
                select certificate_id from staging.stg_certificate_event where event = 'reissued'
            ))
    )
    select
        count(distinct certificates.certificate_id) as certificates,
        count(*) filter (status.status = 'valid') as status_valid,
        count(*) filter (status.status = 'suspended') as status_suspended,
        count(*) filter (status.status = 'revoked') as status_revoked,
        count(*) filter (status.status = 'cancelled') as status_cancelled,
        4 * (select sum(onsite_days) from days) as quarter_days
    from certificates
    inner join marts.fct_certificate_status_interval as status
        on certificates.certificate_id = status.certificate_id
        and date '2026-09-30' between status.from_on and coalesce(status.to_on, date '2099-12-31')
"""


@pytest.mark.parametrize("body", ["B1", "B2"])
def test_the_month_reconciles_with_status_and_audits(small_body: Path, prepared: Prepared, body: str) -> None:
    result = prepared["monthly", "cnca-2016"][body]
    rows = records(result.workbook, "证书信息表")
    expected = _counts(
        small_body, _MONTH, [row["CERT_NUMBER"] for row in rows], [row["REPORT_TYPE"] for row in rows]
    )
    issued = [row for row in rows if row["REPORT_TYPE"] != "05" and row["APPR_AC_CODE"] != "05"]
    assert 4 * sum(float(row["CHK_PD_NUM"] or 0) for row in issued) == expected.pop("quarter_days")
    totals = _sheet(result, "103010")["totals"]
    assert {name: totals[name] for name in expected} == expected


def test_every_member_of_the_audits_has_a_row(small_body: Path, prepared: Prepared) -> None:
    result = prepared["monthly", "cnca-2016"]["B1"]
    rows = records(result.workbook, "审核结果信息表")
    expected = _counts(
        small_body,
        "select count(*) as members from staging.stg_audit_assignment as assignments"
        " inner join staging.stg_audit as audits on assignments.audit_id = audits.audit_id"
        " where role <> 'observer' and audits.status = 'completed' and audits.audit_type = 'special'",
    )
    assert sum(row["APPR_STAGE"] == "04" for row in rows) == expected["members"]
    assert _sheet(result, "103011")["rows"] == len(rows)


def test_manifest_totals_are_those_of_the_cells(small_body: Path, tmp_path: Path) -> None:
    result = prepare("monthly", small_body, tmp_path, body_id="B1", period="2026-09")
    certificates, members = (entry for entry in result.manifest["sheets"])
    rows = records(result.workbook, "证书信息表")
    assert certificates["rows"] == len(rows)
    assert certificates["totals"]["certificates"] == len({row["CERT_NUMBER"] for row in rows})
    assert certificates["totals"]["report_type_new"] == sum(row["REPORT_TYPE"] == "01" for row in rows)
    assert certificates["totals"]["status_revoked"] == sum(row["CERTI_STATUS"] == "03" for row in rows)
    days = sum(float(row["CHK_PD_NUM"] or 0) for row in rows)
    assert float(certificates["totals"]["audit_person_days"]) == days
    assert members["rows"] == len(records(result.workbook, "审核结果信息表"))
