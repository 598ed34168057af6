"""Saving a document so that equal content is equal bytes.

python-docx stamps the zip entries with this moment and keeps its template's author, dates and thumbnail.
Here every entry has one fixed date, and the properties say what the caller says.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

_ENTRY_DATE = (2000, 1, 1, 0, 0, 0)


def save(document: Document, path: Path, *, title: str, author: str, day: date) -> None:
    """Write `document` to `path`. `day` (never the clock) is when it claims to be made."""
    _describe(document, title, author, datetime(day.year, day.month, day.day))
    _drop_thumbnail(document)
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.infolist():
            copy = zipfile.ZipInfo(entry.filename, _ENTRY_DATE)
            copy.compress_type = zipfile.ZIP_DEFLATED
            copy.create_system = 3
            copy.external_attr = 0o600 << 16
            target.writestr(copy, source.read(entry))


def _describe(document: Document, title: str, author: str, moment: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = moment
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.language = "zh-CN"
    properties.revision = 1


def _drop_thumbnail(document: Document) -> None:
    """The template's picture of an empty page."""
    relations = document.part.package.rels
    for key in [key for key, rel in relations.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]
