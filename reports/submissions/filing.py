"""Any submission, whatever its form: a draft is written, described by a manifest, and kept as a version.

`out_root/<kind>/<body_id>/<period>/v<N>/` holds the main file, its rows as Parquet, facts.csv and manifest.json,
with errors.xlsx and supplement.csv where there are any. With an error the file is written all the same, as a draft: it is
not ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingestion import hashing
from ingestion.file_names import safe_name
from ingestion.placing import drafting
from reports.submissions.error_list import ERRORS
from reports.submissions.facts import FACTS, Fact, write_facts
from reports.submissions.kinds import KINDS, Kind
from reports.submissions.opened import OpenWarehouse
from reports.submissions.result import SubmissionResult
from reports.submissions.versions import Compare, keep


@dataclass(frozen=True)
class Filing:
    """What is to be filed.

    title      what a clerk calls it, in Chinese
    obstacles  in Chinese: why it may not be filed whatever the checks say
    """

    kind: str
    title: str
    body_id: str
    period: str
    obstacles: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Name of the main file, without its ending."""
        return f"cnca-{self.kind.replace('_', '-')}-{safe_name(self.body_id)}-{self.period}"

    def folder(self, out_root: Path) -> Path:
        """Where the versions stand."""
        return out_root / self.kind / safe_name(self.body_id) / self.period


@dataclass(frozen=True)
class Written:
    """What was written into a draft, for its manifest.

    main          name of the main file
    form_profile  {name, sha256}
    sheets        [{code, name, rows, totals}]; a document has none
    failed        [{sheet, field, check, severity, rows}]
    facts         what an acceptance establishes, or SELECTs of it on the warehouse's connection
    compare       tells the difference to the version before (versions.keep)
    """

    main: str
    form_profile: dict[str, str]
    facts: Iterable[Fact | str]
    sheets: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    uncertain_codes: list[dict[str, Any]] = field(default_factory=list)
    supplement: dict[str, int] = field(default_factory=lambda: {"lines": 0, "cells_filled": 0})
    compare: Compare | None = None

    def failures(self, severity: str) -> int:
        return sum(entry["rows"] for entry in self.failed if entry["severity"] == severity)


def failed_check(sheet: str, field: str, check: str, severity: str, rows: int) -> dict[str, Any]:
    """What the manifest says of a check that failed on so many rows."""
    return {"sheet": sheet, "field": field, "check": check, "severity": severity, "rows": rows}


def keep_filing(
    warehouse: OpenWarehouse, filing: Filing, out_root: Path, write: Callable[[Path, Path], Written]
) -> SubmissionResult:
    """Have `write(draft, parent)` fill a draft folder, and keep it as a version unless it equals the latest."""
    parent = filing.folder(out_root)
    with drafting(parent) as draft:
        written = write(draft, parent)
        subjects = write_facts(warehouse.connection, written.facts, draft / FACTS)
        manifest = _manifest(warehouse, filing, written, draft) | {"subjects": subjects}
        path, kept, is_new = keep(draft, parent, manifest, written.compare)
    return SubmissionResult(
        path=path,
        workbook=path / written.main,
        ready=kept["ready"],
        errors=kept["checks"]["errors"],
        warnings=kept["checks"]["warnings"],
        manifest=kept,
        is_new=is_new,
    )


def _manifest(warehouse: OpenWarehouse, filing: Filing, written: Written, draft: Path) -> dict[str, Any]:
    errors, warnings = written.failures("error"), written.failures("warning")
    obstacles = (
        [f"有{errors}项错误，见{ERRORS}"] * (errors > 0)
        + list(filing.obstacles)
        + lacking(warehouse, KINDS[filing.kind])
    )
    return {
        "kind": filing.kind,
        "title": filing.title,
        "body_id": filing.body_id,
        "period": filing.period,
        "ready": not obstacles,
        "not_ready_because": obstacles,
        "form_profile": written.form_profile,
        "as_of": warehouse.as_of.isoformat(),
        "batch_id": warehouse.batch_id,
        "warehouse": {"name": warehouse.name, "sha256": warehouse.sha256},
        "contract_version": warehouse.contract_version,
        "rule_set_version": warehouse.rule_set_version,
        "files": [_file(file) for file in sorted(draft.iterdir())],
        "sheets": written.sheets,
        "supplement": written.supplement,
        "checks": {"errors": errors, "warnings": warnings, "failed": written.failed},
        "uncertain_codes": written.uncertain_codes,
    }


def lacking(warehouse: OpenWarehouse, kind: Kind) -> list[str]:
    """What is missing from a load that was taken all the same, in the tables that this kind's files are made of: nothing is
    filed on such numbers."""
    rows = warehouse.connection.execute(
        "select table_name, message_zh from warehouse.meta.acceptance order by position"
    ).fetchall()
    if not rows:
        return []
    behind = _tables_behind(warehouse, kind)
    return [f"数据缺失过多：{message}" for table, message in rows if not behind or table in behind]


def _tables_behind(warehouse: OpenWarehouse, kind: Kind) -> set[str]:
    """The contract's tables that the kind's models are made of; none where the file does not say."""
    parents = {
        node: (depends_on or "").split(";")
        for node, depends_on in warehouse.connection.execute(
            "select node, depends_on from warehouse.meta.lineage"
        ).fetchall()
    }
    waiting = [node for node in parents if node.startswith(kind.models)]
    seen: set[str] = set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += parents.get(node, [])
    return {node.partition(".")[2] for node in seen if node.startswith("raw.")}


def _file(path: Path) -> dict[str, Any]:
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": hashing.of_file(path)}
