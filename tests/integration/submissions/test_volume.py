"""A hundred thousand certificates in one month's file: seconds of work, never the file in memory."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

CERTIFICATES = 100_000
CPU_SECONDS = 60
MEMORY_MIB = 1536
"""Measured: 770 to 790 with nothing else running, 1,290 beside another busy process."""

_PREPARE = """
import resource, sys, time
from pathlib import Path
from reports.submissions.preparing import prepare
result = prepare("monthly", Path(sys.argv[1]), Path(sys.argv[2]), body_id="B2", period="2026-09")
assert result.ready, result.manifest["checks"]
assert result.manifest["sheets"][0]["rows"] == int(sys.argv[3])
print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@pytest.mark.slow
def test_a_hundred_thousand_certificates_fit_time_and_memory(small_body: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "large.duckdb"
    shutil.copy(small_body, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        for relation in ("certificate_information", "audit_result"):
            # The one certificate of B2 in September, over and over under numbers of its own.
            connection.execute(
                f"create table grown as select record.* replace (certificate_id || i as certificate_id,"
                f" certificate_no || '-' || i as certificate_no)"
                f" from submissions.sub_monthly__{relation} as record, range({CERTIFICATES}) as numbers (i)"
                " where record.body_id = 'B2' and record.month = date '2026-09-01'"
            )
            connection.execute(f"drop table submissions.sub_monthly__{relation}")
            connection.execute(f"create table submissions.sub_monthly__{relation} as from grown")
            connection.execute("drop table grown")
    finished = subprocess.run(  # noqa: S603 - this interpreter, our own code; a process of its own is measured
        [sys.executable, "-c", _PREPARE, str(warehouse), str(tmp_path / "home"), str(CERTIFICATES)],
        capture_output=True,
        text=True,
        check=True,
    )
    cpu_seconds, peak_mib = map(float, finished.stdout.split())
    assert cpu_seconds < CPU_SECONDS
    assert peak_mib < MEMORY_MIB
