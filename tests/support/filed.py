"""Submissions in a ledger without a warehouse: folders as preparing leaves them, and the steps that follow."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dagster_project.filing import steps
from dagster_project.filing.history import RejectedRow, Version
from dagster_project.filing.inputs import WarehouseInputs
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.preparing import register
from dagster_project.warehouse.home import Home

SERIES = "monthly/B1/2026-10"
V1 = f"{SERIES}/v1"
V2 = f"{SERIES}/v2"
TODAY = date(2026, 11, 20)
PREPARER, FIRST, SECOND = "赵编制", "钱批准", "孙批准"
WARNING = "1002.EMAIL.pattern"
REJECTED = (RejectedRow("1002", 9, "证书号重复"),)
INPUTS = WarehouseInputs("2026-11-01", "0123456789abcdef", "cnca", None)
FACT_LINES = (
    "certification_result,,C1,CNCA,1002,8",
    "certification_result,,C2,CNCA,1002,9",
    "certification_result,,C2,CNCA,1003,8",
    "monthly_report,2026-10,,,,",
)


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory where there is one: thousands of commits, each on a disk, would take minutes."""
    memory = Path("/dev/shm")  # noqa: S108
    return tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)


def clock() -> datetime:
    return datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def open_ledger(root: Path) -> Ledger:
    return Ledger.open(Home.of(root), clock)


def write_version(
    root: Path,
    number: int = 1,
    *,
    series: str = SERIES,
    errors: int = 0,
    warnings: Sequence[str] = (),
    ready: bool = True,
    facts: Iterable[str] = FACT_LINES,
    content: str = "workbook",
) -> Path:
    """The folder of a version, as reports.submissions keeps one."""
    kind, body_id, period = series.split("/")
    folder = root / "submissions" / series / f"v{number}"
    folder.mkdir(parents=True)
    lines = ["kind,period,subject_id,recipient,sheet,row", *facts]
    (folder / "facts.csv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / "cnca.xlsx").write_text(f"{content} {number}", encoding="utf-8")
    failed = [dict(zip(("sheet", "field", "check"), name.split("."), strict=True)) for name in warnings]
    manifest = {
        "kind": kind, "body_id": body_id, "period": period, "version": number, "title": "认证结果月报",
        "ready": ready and not errors,
        "not_ready_because": [] if ready else ["2026年10月尚未结束"],
        "form_profile": {"name": "cnca-2016", "sha256": "0" * 64},
        "as_of": INPUTS.as_of, "batch_id": INPUTS.batch_id, "contract_version": "1", "rule_set_version": "r1",
        "files": [_listed(path) for path in sorted(folder.iterdir())],
        "sheets": [
            {"code": "1002", "name": "证书信息表", "rows": 20}, {"code": "1003", "name": "审核结果信息表", "rows": 20},
        ],
        "checks": {
            "errors": errors, "warnings": len(failed),
            "failed": [{**check, "severity": "warning", "rows": 1} for check in failed],
        },
        "subjects": len(lines) - 1,
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return folder


def registered(ledger: Ledger, number: int = 1, *, by: str = PREPARER, **folder: Any) -> Version:
    """Write a version and register it."""
    path = write_version(ledger.path.parent, number, **folder)
    return register(ledger, folder.get("series", SERIES), path, INPUTS, by, TODAY)


WAY: dict[str, Callable[[Ledger, str], object]] = {
    "checked": lambda ledger, name: steps.check(ledger, name, by=PREPARER),
    "half_approved": lambda ledger, name: steps.approve(ledger, name, by=FIRST),
    "approved": lambda ledger, name: steps.approve(ledger, name, by=SECOND),
    "sent": lambda ledger, name: steps.sent(ledger, name, by=PREPARER, channel="网上上报"),
}
"""The steps up to sending, by the phase that each leads to."""

ANSWERS: dict[str, Callable[[Ledger, str], object]] = {
    "accepted": lambda ledger, name: steps.receipt(
        ledger, name, by=PREPARER, result="accepted", receipt_no="CNCA-1"
    ),
    "partly_accepted": lambda ledger, name: steps.receipt(
        ledger, name, by=PREPARER, result="partly", receipt_no="CNCA-1", rejected=REJECTED
    ),
    "rejected": lambda ledger, name: steps.receipt(ledger, name, by=PREPARER, result="rejected"),
}


def brought_to(ledger: Ledger, phase: str, name: str = V1) -> None:
    """Take a registered version through the life cycle up to that phase."""
    if phase == "prepared":
        return
    for reached, step in WAY.items():
        step(ledger, name)
        if reached == phase:
            return
    ANSWERS[phase](ledger, name)


def _listed(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {"name": path.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
