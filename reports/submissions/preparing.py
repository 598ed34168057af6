"""Preparing a submission of any kind: for a body, or for all."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from reports.submissions.kinds import KINDS, Kind
from reports.submissions.opened import OpenWarehouse, SubmissionRefused, opened
from reports.submissions.result import SubmissionResult
from reports.submissions.supplement import SupplementRefused

Prepare = Callable[[OpenWarehouse, str, str | None, str | None, Path], list[SubmissionResult]]
"""(warehouse, body_id, period, profile, out_root) -> what was kept, one entry per file and version folder.

Period None is the natural one on as_of; profile None the form in force on as_of. Raises SubmissionRefused."""


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
    known = KINDS[kind]
    if period is not None and not re.fullmatch(known.period_pattern, period):
        raise SubmissionRefused(f"Period {period!r} of {kind}: write it as {known.period_shown}.")
    if profile is not None and profile not in known.forms:
        raise SubmissionRefused(f"No form {profile!r} for {kind}: there is {', '.join(known.forms)}.")
    return known


def preparer(kind: Kind) -> Prepare:
    """What fills, checks, writes and keeps the files of one body and period: in the module of the kind's name."""
    prepare: Prepare = import_module(f"reports.submissions.{kind.name}").prepare
    return prepare


def _prepared(
    kind: Kind,
    source: OpenWarehouse,
    body_id: str,
    period: str | None,
    profile: str | None,
    out_root: Path,
) -> list[SubmissionResult]:
    source.refuse_unknown_body(body_id)
    return preparer(kind)(source, body_id, period, profile, out_root)
