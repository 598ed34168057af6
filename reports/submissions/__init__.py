"""CNCA submission files: workbooks in the regulator's form, from the published warehouse.

The form is data (`forms/<profile>/`): sheets, fields, codes and rules. The code here fills, checks and
writes any form; `KINDS` says what can be submitted.
"""

from reports.submissions.kind import Kind
from reports.submissions.kinds import KINDS, prepare, prepare_all
from reports.submissions.opened import SubmissionRefused
from reports.submissions.result import SubmissionResult
from reports.submissions.supplement import SupplementRefused

__all__ = [
    "KINDS",
    "Kind",
    "SubmissionRefused",
    "SubmissionResult",
    "SupplementRefused",
    "prepare",
    "prepare_all",
]


def prepare_monthly(warehouse, body_id, month, out_root):  # type: ignore[no-untyped-def]
    """Until the callers have moved to `prepare`."""
    return prepare("monthly", warehouse, out_root, body_id=body_id, period=month)


def prepare_all_monthly(warehouse, month, out_root):  # type: ignore[no-untyped-def]
    """Until the callers have moved to `prepare_all`."""
    found = prepare_all("monthly", warehouse, out_root, period=month)
    return {body: results[0] for body, results in found.items()}
