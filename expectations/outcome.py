"""The words of this package: a check, how grave it is, and what came of it. No Great Expectations import."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a failure means for the candidate warehouse."""

    BLOCKING = "blocking"
    """Structure is broken: publishing would publish wrong numbers. The last published warehouse stays."""
    WARNING = "warning"
    """Content looks wrong in single records: published, with the records listed."""


class Status(StrEnum):
    """What came of a check. An error is neither a pass nor a failure: nothing was found out."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    ERROR = "error"


@dataclass(frozen=True)
class Check:
    """Rows that must not exist. `sql` selects them from `{batch}` (which is `table`), their key as
    `record`."""

    suite: str
    name: str
    table: str
    sql: str
    severity: Severity
    title_zh: str


@dataclass(frozen=True)
class Outcome:
    """What came of one check. `observed` counts the rows found (None: error); `records` are keys of some."""

    suite: str
    name: str
    severity: Severity
    status: Status
    observed: int | None
    detail_zh: str
    records: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCKING and self.status is not Status.PASS
