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
