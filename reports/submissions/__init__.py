"""CNCA submission files: workbooks in the regulator's form, from the published warehouse.

The form is data (`forms/<profile>/`): sheets, fields, codes and rules. The code here fills, checks and
writes any form.
"""

from reports.submissions.monthly import (
    SubmissionRefused,
    SubmissionResult,
    prepare_all_monthly,
    prepare_monthly,
)
from reports.submissions.supplement import SupplementRefused

__all__ = [
    "SubmissionRefused",
    "SubmissionResult",
    "SupplementRefused",
    "prepare_all_monthly",
    "prepare_monthly",
]
