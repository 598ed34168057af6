"""Workbooks without a trace of the moment or machine: the same content gives the same bytes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import xlsxwriter

# Every file claims the same moment, so that equal content is equal bytes.
_CREATED = datetime(2000, 1, 1)


def open_workbook(path: Path, title: str) -> xlsxwriter.Workbook:
    """A workbook that writes text as text, in constant memory: rows must be written top down."""
    workbook = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "strings_to_numbers": False,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "tmpdir": str(path.parent),
        },
    )
    workbook.set_properties({"title": title, "created": _CREATED})
    return workbook
