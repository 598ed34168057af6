"""Prepare a submission and register it: files first, then the entry.

The version's folder is in place, whole, before its entry is written. A crash between the two leaves a folder
that the ledger does not know; the next preparation of the same period registers it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dagster_project.filing import version_folder
from dagster_project.filing.errors import LedgerDamaged
from dagster_project.filing.history import Version, apply
from dagster_project.filing.inputs import WarehouseInputs, warehouse_inputs
from dagster_project.filing.ledger import Clock, Ledger, now
from dagster_project.filing.people import shown_name
from dagster_project.filing.states import Phase
from dagster_project.warehouse.home import Home
from ingestion import hashing
from reports.submissions.kinds import is_daily

if TYPE_CHECKING:
    from reports.submissions.result import SubmissionResult

_UNDER_WAY = (Phase.SENT, Phase.ACCEPTED, Phase.PARTLY_ACCEPTED)


@dataclass(frozen=True)
class Prepared:
    """A prepared file and its place in the ledger.

    is_registered_now  an entry was written      has_content  False: nothing is left to report, nothing was kept
    """

    submission_id: str
    result: SubmissionResult
    version: Version
    is_registered_now: bool
    has_content: bool = True


def prepare(
    home: Home,
    kind: str,
    warehouse: Path,
    *,
    by: str,
    body_id: str | None = None,
    period: str | None = None,
    profile: str | None = None,
    on: date | None = None,
    clock: Clock = now,
    faults: dict[str, Exception] | None = None,
) -> list[Prepared]:
    """Prepare the files of a kind and period for one body or all, and register them as prepared by `by`.

    faults  see reports.submissions.prepare_all

    Raises what reports.submissions.prepare_all raises, StepRefused, LedgerDamaged.
    """
    from reports.submissions.preparing import prepare_all

    actor = shown_name(by)
    with Ledger.open(home, clock) as ledger:
        results = prepare_all(
            kind, warehouse, home.submissions, period=period, profile=profile, body_id=body_id, faults=faults
        )
        inputs = warehouse_inputs(warehouse, home.submissions)
        return [
            _registered(ledger, result, inputs, actor, on or ledger.today)
            for several in results.values()
            for result in several
        ]


def _registered(
    ledger: Ledger, result: SubmissionResult, inputs: WarehouseInputs, actor: str, on: date
) -> Prepared:
    name = result.path.relative_to(ledger.submissions).as_posix()
    series = name.rpartition("/")[0]
    known = ledger.versions(series)
    if name not in known and (before := _nothing_new(known, result)):
        shutil.rmtree(result.path)
        return Prepared(before.submission_id, result, before, is_registered_now=False, has_content=False)
    if name in known:
        _refuse_another(known[name], result.path)
    version = register(ledger, series, result.path, inputs, actor, on)
    return Prepared(name, result, version, is_registered_now=name not in known)


def _refuse_another(version: Version, folder: Path) -> None:
    """A registered version's folder was lost, and preparing has taken its number for something else."""
    if hashing.of_file(folder / version_folder.MANIFEST) != version.prepared["manifest_sha256"]:
        raise LedgerDamaged(
            f"{version.submission_id} is registered with another content than its folder holds now.",
            "该版本文件夹的内容与台账登记的不一致。",
            "Move the folder away, put the registered one back from a backup, and prepare again.",
        )


def _nothing_new(known: Mapping[str, Version], result: SubmissionResult) -> Version | None:
    """The version that is under way or accepted, where an empty daily file would only supersede it."""
    manifest = result.manifest
    if not known or not is_daily(manifest["kind"]) or manifest["subjects"]:
        return None
    latest = max(known.values(), key=lambda version: version.number)
    return latest if latest.phase in _UNDER_WAY else None


def register(
    ledger: Ledger, series: str, folder: Path, inputs: WarehouseInputs, actor: str, on: date
) -> Version:
    """Register the version in `folder` and those before it that a crash left unregistered; return it."""
    number = int(folder.name.removeprefix("v"))
    for one in range(1, number + 1):
        if f"{series}/v{one}" not in ledger.versions(series):
            _register(ledger, series, folder.parent / f"v{one}", inputs, actor, on)
    return ledger.versions(series)[f"{series}/v{number}"]


def _register(
    ledger: Ledger, series: str, folder: Path, inputs: WarehouseInputs, actor: str, on: date
) -> None:
    manifest = version_folder.read_manifest(folder)
    payload = _payload(manifest, hashing.of_file(folder / version_folder.MANIFEST), inputs, on)
    for fault, fault_zh in version_folder.faults(folder, payload["manifest_sha256"], payload["files"]):
        raise LedgerDamaged(
            f"{series}/{folder.name}: {fault} since it was prepared.",
            f"{fault_zh}。",
            "It is not registered yet: move the folder away and prepare it again.",
        )
    version_folder.protect(folder)
    name = f"{series}/{folder.name}"
    with ledger.writing():
        versions = ledger.versions(series)
        if name not in versions:
            entry = ledger.draft(actor, "prepared", name, payload)
            apply(versions, entry)
            ledger.append(entry)


def _payload(
    manifest: Mapping[str, Any], manifest_sha256: str, inputs: WarehouseInputs, on: date
) -> dict[str, Any]:
    """What the ledger keeps of a version: enough to know what was filed and to make it again. No content."""
    same_warehouse = (manifest["as_of"], manifest["batch_id"]) == (inputs.as_of, inputs.batch_id)
    return {
        "on": on.isoformat(),
        **{key: manifest[key] for key in ("kind", "body_id", "period", "version", "as_of", "batch_id")},
        "rule_set_version": manifest["rule_set_version"],
        "form_profile": manifest["form_profile"]["name"],
        "manifest_sha256": manifest_sha256,
        "files": version_folder.listed_files(manifest),
        "ready": manifest["ready"],
        "not_ready_because": manifest["not_ready_because"],
        "errors": manifest["checks"]["errors"],
        "warnings": manifest["checks"]["warnings"],
        "warning_checks": sorted(
            f"{check['sheet']}.{check['field']}.{check['check']}"
            for check in manifest["checks"]["failed"]
            if check["severity"] == "warning"
        ),
        "subjects": manifest.get("subjects", 0),
        "profiles": inputs.profiles if same_warehouse else manifest.get("profiles"),
        "calendar": inputs.calendar if same_warehouse else None,
    }
