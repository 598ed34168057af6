"""Word documents: native headings, tables and captions in Chinese, the same bytes for the same content."""

from reports.documents.builder import Column, DocumentBuilder, Table

__all__ = ["Column", "DocumentBuilder", "Table"]
