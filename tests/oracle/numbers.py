"""Certificate numbers of Annex C."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .records import Record

_FORM = re.compile(
    r"(?P<body>[0-9]{3,4}|F[0-9]{3})(?P<year>[0-9]{2})IT(?P<serial>[0-9]{5})"
    r"R(?P<cycle>[0-9]+)(?P<accreditation>00|[A-Z]{2,})(?P<suffix>-[0-9]+)?"
)
_DOMESTIC = re.compile(r"CNCA-R-[0-9]{4}-([0-9]{3,4})")
_FOREIGN = re.compile(r"CNCA-RF-[0-9]{4}-([0-9]+)")


@dataclass(frozen=True, slots=True)
class Number:
    """The parts of a well-formed number."""

    body: str
    year: int
    serial: int
    cycle: int
    accreditation: str
    stem: str
    has_suffix: bool


def normalised(number: str) -> str:
    """Upper-cased, all white space removed."""
    return "".join(number.split()).upper()


def parsed(number: str) -> Number | None:
    """The parts of a number; None where it is not of the form."""
    text = normalised(number)
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    suffix = found["suffix"] or ""
    return Number(
        body=found["body"],
        year=int(found["year"]),
        serial=int(found["serial"]),
        cycle=int(found["cycle"]),
        accreditation=found["accreditation"],
        stem=text.removesuffix(suffix) if suffix else text,
        has_suffix=bool(suffix),
    )


def body_code(body: Record) -> str | None:
    """The code that a body prints, from its approval number; None for an approval number of unknown form."""
    text = body.approval_no or ""
    domestic = _DOMESTIC.fullmatch(text)
    if domestic:
        return domestic[1]
    foreign = _FOREIGN.fullmatch(text)
    return f"F{foreign[1][-3:]:0>3}" if foreign else None
