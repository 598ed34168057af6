"""Reading the written files back, as independent programs see them."""

from __future__ import annotations

import zipfile
from dataclasses import astuple
from pathlib import Path

import docx
from python_calamine import CalamineWorkbook

from reports.submissions.kept_rows import read_values


def cells_of(workbook: Path, sheet: str) -> list[list[str | float]]:
    """Rows of a sheet: words as text, numbers as float, empty cells as ''."""
    found = (
        CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    )
    return [[float(cell) if isinstance(cell, int | float) else str(cell) for cell in row] for row in found]


def sheets_of(workbook: Path) -> list[str]:
    return list(CalamineWorkbook.from_path(str(workbook)).sheet_names)


def lines_of(document: Path) -> list[str]:
    """The document from top to bottom: paragraphs, and tables as rows joined by |."""
    lines = []
    for block in docx.Document(str(document)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        elif block.text.strip():
            lines.append(block.text)
    return lines


def everything_in(folder: Path) -> str:
    """All text of all files of a version, unpacked."""
    texts = []
    for path in sorted(folder.iterdir()):
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as package:
                texts += [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        elif path.suffix == ".parquet":
            texts += ["|".join(astuple(value)) for value in read_values(folder) or ()]
        else:
            texts.append(path.read_text(encoding="utf-8"))
    return "\n".join(texts)
