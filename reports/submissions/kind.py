"""What a kind of submission is: its name, its periods, its forms, and how one is prepared."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reports.submissions.opened import OpenWarehouse, SubmissionRefused
from reports.submissions.result import SubmissionResult

# (warehouse, body_id, period, profile, out_root) -> what was kept, one entry per file and version folder.
# Period None is the natural one on as_of; profile None the form in force on as_of. Raises SubmissionRefused.
Prepare = Callable[[OpenWarehouse, str, str | None, str | None, Path], list[SubmissionResult]]

YEAR = "[0-9]{4}"
MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"
DAY = MONTH + "-(0[1-9]|[12][0-9]|3[01])"
_SHOWN = {YEAR: "YYYY", MONTH: "YYYY-MM", DAY: "YYYY-MM-DD"}


@dataclass(frozen=True)
class Kind:
    """A kind of submission.

    name            folder and command name        title_zh  what clerks call it
    period_pattern  regular expression of a period as the folder is named (YEAR, MONTH, DAY, or another)
    forms           form profiles it can be written in, the default first
    prepare         fills, checks, writes and keeps the files of one body and period
    """

    name: str
    title_zh: str
    period_pattern: str
    forms: tuple[str, ...]
    prepare: Prepare

    def refuse_unknown(self, period: str | None, profile: str | None) -> None:
        """Raises SubmissionRefused where the period or the profile cannot be of this kind."""
        if period is not None and not re.fullmatch(self.period_pattern, period):
            form = _SHOWN.get(self.period_pattern, self.period_pattern)
            raise SubmissionRefused(f"Period {period!r} of {self.name}: write it as {form}.")
        if profile is not None and profile not in self.forms:
            raise SubmissionRefused(f"No form {profile!r} for {self.name}: there is {', '.join(self.forms)}.")
