"""Management and the authority are told the same: where both the annual report and the statistical files of the
annual work report have a number, it is one number, though they come by different ways."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from reports.annual_report.model import Report, Table, Value
from tests.integration.annual_report.conftest import BODY

# table, its row, its column -> topic, item, measure of the filed figures
SHARED = {
    ("movement", "期初", "valid"): ("certificates_by_system", "ITSMS", "valid_at_start"),
    ("movement", "期末", "valid"): ("certificates_by_system", "ITSMS", "valid_at_end"),
    ("movement", "期末", "suspended"): ("certificates_by_system", "ITSMS", "on_hold_at_end"),
    ("monthly", "合计", "issued"): ("certificates_by_system", "ITSMS", "issued"),
    ("monthly", "合计", "suspended"): ("certificates_by_system", "ITSMS", "suspended"),
    ("monthly", "合计", "restored"): ("certificates_by_system", "ITSMS", "restored"),
    ("monthly", "合计", "revoked"): ("certificates_by_system", "ITSMS", "revoked"),
    ("monthly", "合计", "cancelled"): ("certificates_by_system", "ITSMS", "cancelled"),
    ("audits_by_type", "合计", "audits"): ("audits_by_system", "ITSMS", "completed"),
    ("audits_by_type", "合计", "onsite"): ("audits_by_system", "ITSMS", "onsite_days"),
    ("audits_by_type", "合计", "total"): ("audits_by_system", "ITSMS", "total_days"),
    ("audits_by_type", "监督审核", "onsite"): ("audits_by_type", "surveillance", "onsite_days"),
    ("workload_bins", "合计", "people"): ("workload", "all", "people"),
    ("workload_bins", "合计", "sum"): ("workload", "all", "days"),
    ("complaints", "投诉", "received"): ("complaints", "complaint", "received"),
    ("complaints", "申诉", "late"): ("complaints", "appeal", "answered_late"),
    ("people", "其中专职", "people"): ("staff", "full_time", "people_at_end"),
    ("people", "ITSMS 高级审核员", "people"): ("staff_by_system", "ITSMS", "senior_auditors"),
    ("people", "ITSMS 审核员", "people"): ("staff_by_system", "ITSMS", "plain_auditors"),
    ("people", "ITSMS 实习审核员", "people"): ("staff_by_system", "ITSMS", "trainees"),
}  # fmt: skip


@pytest.mark.parametrize("place", sorted(SHARED), ids="-".join)
def test_filed_and_reported_agree(
    place: tuple[str, str, str], past: Report, connection: duckdb.DuckDBPyConnection
) -> None:
    """Breaks when the two readings of a year part: one of the two would then be wrong before the authority."""
    found = connection.execute(
        "select value from submissions.sub_statistics__figure where body_id = ? and period = '2025'"
        " and topic = ? and item = ? and measure = ?",
        [BODY, *SHARED[place]],
    ).fetchone()
    assert _cell(past, *place) == (found[0] if found else Decimal(0))


def _cell(report: Report, name: str, row: str, column: str) -> Value:
    (table,) = [
        block
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, Table) and block.name == name
    ]
    (place,) = [place for place, found in enumerate(table.rows) if found[0] == row]
    return table.column(column)[place]
