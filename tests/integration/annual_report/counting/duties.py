"""Obligations to report, and the state of the data."""

from __future__ import annotations

from decimal import Decimal

from reports.annual_report.model import Report, Table
from tests.integration.annual_report.conftest import AS_OF
from tests.integration.annual_report.counting.asking import Connection, days_before, figures, rows_of


def check_reporting(report: Report, table: Table, connection: Connection) -> None:
    names = {
        "审核计划": "audit_plan",
        "认证结果": "certification_result",
        "证书状态变化": "status_change",
        "月度报告": "monthly_report",
        "年度工作报告": "annual_work_report",
        "社会责任报告": "social_responsibility_report",
    }
    found = rows_of(
        connection,
        "select kind, due_on, done_on, state from marts.fct_submission_deadline where body_id = $body",
    )
    for row in table.rows:
        mine = [
            (due, done, state)
            for kind, due, done, state in found
            if (row[0] == "合计" or kind == names[str(row[0])])
            and due
            and report.first_on <= due <= report.last_on
        ]
        in_time = sum(done is not None and done <= due for due, done, _ in mine)
        late = sum(done is not None and done > due for due, done, _ in mine)
        missing = sum(done is None and due < AS_OF for due, done, _ in mine)
        assert row[1:5] == (len(mine), in_time, late, missing)
        assert sum(row[2:7]) == row[1]
        decided = in_time + late + missing
        assert row[7] == (Decimal(100 * in_time) / decided if decided else None)
        first, last = days_before(report)
        assert row[8] == sum(
            (row[0] == "合计" or kind == names[str(row[0])]) and due is not None and first <= due <= last
            for kind, due, _, _ in found
        )


def check_quarantine(report: Report, table: Table, connection: Connection) -> None:
    assert not table.rows, "this source breaks no contract"
    assert figures(report, "quarantined").value == 0


def check_checks(report: Report, table: Table, connection: Connection) -> None:
    assert table.rows == (("植入的未通过校验", "提示", 3),)


def check_undetermined(report: Report, table: Table, connection: Connection) -> None:
    (count,) = rows_of(
        connection,
        "select count(*) from marts.fct_rule_finding where body_id = $body and state = 'undetermined'",
    )[0]
    assert sum(table.column("findings")) == count  # type: ignore[arg-type]
