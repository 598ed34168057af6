"""The words of this package: a check, how grave it is, and what came of it. No Great Expectations import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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
class Expectation:
    """An expectation in Great Expectations' vocabulary: its type and arguments, as its configuration has them."""

    type: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """One expectation of one relation (`schema.name`). `record` are the columns that name a row which fails it."""

    suite: str
    name: str
    relation: str
    expectation: Expectation
    severity: Severity
    title_zh: str
    record: tuple[str, ...] = ()


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
