"""The registry of kinds, and the two ways to prepare one: for a body, or for all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from reports.submissions import (
    annual,
    audit_plan,
    monthly,
    monthly_statistics,
    social_responsibility,
    status_change,
)
from reports.submissions.kind import Kind
from reports.submissions.opened import OpenWarehouse, SubmissionRefused, opened
from reports.submissions.result import SubmissionResult
from reports.submissions.supplement import SupplementRefused

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            audit_plan.KIND,
            monthly.KIND,
            status_change.KIND,
            annual.KIND,
            social_responsibility.KIND,
            monthly_statistics.KIND,
        )
    }
)


def prepare(
    kind: str,
    warehouse: Path,
    out_root: Path,
    *,
    body_id: str,
    period: str | None = None,
    profile: str | None = None,
) -> SubmissionResult:
    """The file of one body and period; without a period the natural one of the warehouse's day.

    Raises SubmissionRefused where there is no such file, FormError, SupplementRefused, FileNotFoundError.
    """
    chosen = _known(kind, period, profile)
    with opened(warehouse) as source:
        results = _prepared(chosen, source, body_id, period, profile, out_root)
    if len(results) != 1:
        periods = ", ".join(result.manifest["period"] for result in results)
        raise SubmissionRefused(f"{kind} of {body_id}: name one of the periods {periods}.")
    return results[0]


def prepare_all(
    kind: str,
    warehouse: Path,
    out_root: Path,
    *,
    period: str | None = None,
    profile: str | None = None,
    body_id: str | None = None,
    faults: dict[str, Exception] | None = None,
) -> dict[str, list[SubmissionResult]]:
    """The files of every body (or of one), by body_id: some kinds have several. Raises as prepare.

    faults  where it is given, a fault of one body's own files is put there, and the other bodies' are made
    """
    chosen = _known(kind, period, profile)
    made: dict[str, list[SubmissionResult]] = {}
    with opened(warehouse) as source:
        for body in source.bodies if body_id is None else (body_id,):
            try:
                made[body] = _prepared(chosen, source, body, period, profile, out_root)
            except (SupplementRefused, OSError) as error:
                if faults is None:
                    raise
                faults[body] = error
    return made


def _known(kind: str, period: str | None, profile: str | None) -> Kind:
    if kind not in KINDS:
        raise SubmissionRefused(f"No kind {kind!r} of submission: there is {', '.join(KINDS)}.")
    KINDS[kind].refuse_unknown(period, profile)
    return KINDS[kind]


def _prepared(
    kind: Kind,
    source: OpenWarehouse,
    body_id: str,
    period: str | None,
    profile: str | None,
    out_root: Path,
) -> list[SubmissionResult]:
    source.refuse_unknown_body(body_id)
    return kind.prepare(source, body_id, period, profile, out_root)
