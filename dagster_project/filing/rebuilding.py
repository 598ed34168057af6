"""Make a filed version again, from its landing batch, and compare every byte.

Batch, day, rule profiles and working days come from the ledger; the supplement and the version before come
from their folders. The warehouse is built in a scratch folder and never published.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dagster_project.filing.errors import FilingError
from dagster_project.filing.history import Version
from dagster_project.filing.inputs import calendar_file
from dagster_project.filing.version_folder import MANIFEST, read_manifest
from dagster_project.warehouse.home import Home
from ingestion import hashing
from ingestion.errors import LandingDamaged

SUPPLEMENT = "supplement.csv"


class CannotRebuild(FilingError):
    """Something that the version was made from is not there any more."""


@dataclass(frozen=True)
class Rebuilt:
    """How the version made again differs from the one that was filed; `differences` is empty when it is the
    same to the byte. `notes` say what may explain a difference."""

    submission_id: str
    files: int
    differences: tuple[str, ...]
    notes: tuple[str, ...]


def rebuild(home: Home, versions: list[Version], say: Callable[[str], None]) -> list[Rebuilt]:
    """Make the versions again; a warehouse is built once for all versions that came from the same.

    What a version was made from and is not there any more counts as a difference. Raises ModelsFailed.
    """
    from reports.submissions.opened import SubmissionRefused

    done = []
    with tempfile.TemporaryDirectory(prefix=".rebuild-", dir=home.root) as scratch:
        warehouses: dict[tuple[Any, ...], Path] = {}
        for version in versions:
            key = tuple(version.prepared[name] for name in ("batch_id", "as_of", "profiles", "calendar"))
            try:
                if key not in warehouses:
                    warehouses[key] = _warehouse(home, version, Path(scratch) / f"w{len(warehouses)}", say)
                done.append(_rebuilt(home, version, warehouses[key], Path(scratch) / "out"))
            except (CannotRebuild, LandingDamaged, SubmissionRefused) as error:
                done.append(Rebuilt(version.submission_id, 0, (f"cannot be made again: {error}",), ()))
    return done


def _warehouse(home: Home, version: Version, scratch: Path, say: Callable[[str], None]) -> Path:
    from dagster_project.warehouse.build import build_candidate
    from dagster_project.warehouse.models import prepare
    from ingestion.landing.batch import find_batch

    content = version.prepared
    batch = find_batch(home.landing, content["batch_id"])
    if batch is None:
        raise CannotRebuild(
            f"{version.submission_id}: its landing batch {content['batch_id']} is not in this home.",
            "原始数据批次已不在本目录中。",
            "Put landing/<batch> back from a backup.",
        )
    if not content["profiles"]:
        raise CannotRebuild(
            f"{version.submission_id}: the rule profiles of its warehouse were not recorded.",
            "未记录生成时启用的规则。",
            "It was registered after a crash, from another warehouse than its own; it cannot be made again.",
        )
    calendar = calendar_file(home.submissions, content["calendar"]) if content["calendar"] else None
    say(f"Building the warehouse of {content['as_of']} from batch {content['batch_id']} again")
    return build_candidate(
        Home.at(scratch),
        batch,
        date.fromisoformat(content["as_of"]),
        tuple(content["profiles"].split(",")),
        say,
        overrides=calendar,
        models=prepare(home),
    ).path


def _rebuilt(home: Home, version: Version, warehouse: Path, out: Path) -> Rebuilt:
    from reports.submissions.preparing import prepare_all

    content = version.prepared
    filed = home.submissions / version.submission_id
    beside = out / version.series
    shutil.rmtree(out, ignore_errors=True)
    beside.mkdir(parents=True)
    if (filed / SUPPLEMENT).is_file():
        shutil.copyfile(filed / SUPPLEMENT, beside / SUPPLEMENT)
    if version.number > 1:
        # What differs from the version before is part of a version; the scratch version takes its number.
        before = f"v{version.number - 1}"
        shutil.copytree(home.submissions / version.series / before, beside / before)
    made = prepare_all(
        content["kind"],
        warehouse,
        out,
        period=content["period"],
        profile=content["form_profile"],
        body_id=content["body_id"],
    )
    again = next(
        result.path
        for results in made.values()
        for result in results
        if result.manifest["period"] == content["period"]
    )
    differences = tuple(_differences(filed, again))
    files = len(content["files"]) + 1
    notes = tuple(_notes(filed, again)) if differences else ()
    return Rebuilt(version.submission_id, files, differences, notes)


def _differences(filed: Path, again: Path) -> list[str]:
    """File by file. A version from before its rows were kept is not held to them."""
    from reports.submissions.kept_rows import is_kept_rows

    has_rows = any(is_kept_rows(path.name) for path in filed.iterdir())
    names = sorted({path.name for folder in (filed, again) for path in folder.iterdir()})
    return [
        f"{name} {how}"
        for name in names
        if not name.startswith((".", "~$"))
        and (has_rows or not is_kept_rows(name))
        and (how := _how(filed / name, again / name))
    ]


def _how(filed: Path, again: Path) -> str:
    from reports.submissions.kept_rows import is_kept_rows, same_rows

    if not again.is_file():
        return "was filed, and is not made again"
    if not filed.is_file():
        return "is made now, and was not filed"
    if filed.name == MANIFEST and _comparable(filed) == _comparable(again):
        return ""
    if is_kept_rows(filed.name):
        return "" if same_rows(filed, again) else "differs"
    return "" if hashing.of_file(filed) == hashing.of_file(again) else "differs"


def _comparable(folder_manifest: Path) -> dict[str, Any]:
    """The manifest less the warehouse's file and the kept rows: the same rows may be another file."""
    from reports.submissions.kept_rows import is_kept_rows

    manifest = read_manifest(folder_manifest.parent)
    files = [file for file in manifest["files"] if not is_kept_rows(file["name"])]
    return {key: value for key, value in manifest.items() if key != "warehouse"} | {"files": files}


def _notes(filed: Path, again: Path) -> list[str]:
    """What the two manifests say differently about what they were made with."""
    if not (filed / MANIFEST).is_file():
        return []
    old, new = read_manifest(filed), read_manifest(again)
    named = {
        "contract_version": "the input contract",
        "rule_set_version": "the rules",
        "form_profile": "the form",
    }
    return [f"made with another version of {what}" for key, what in named.items() if old[key] != new[key]]
