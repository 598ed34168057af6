"""The what-if of capacity: a form on the page whose result is worked out in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class WhatIf:
    """So many auditors and certificates more or fewer: ratio, state and room of every body (clause 3.10).

    Reads the embedded data of `table`, which has fct_body_capacity's columns and warning_ratio, and computes as
    the warehouse does: integers, the ratio rounded half up to 4 places. The numbers asked for stand in the address.
    """

    template: ClassVar[str] = "what_if"
    scripts: ClassVar[tuple[str, ...]] = ("what_if.js",)

    name: str
    title: str
    source: str
    table: str
