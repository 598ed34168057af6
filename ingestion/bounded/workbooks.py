"""Opens a workbook by what it is, not by what it is called."""

from pathlib import Path

from ingestion.bounded.book import Book
from ingestion.bounded.faults import SAVE_AGAIN, SAVE_AGAIN_ZH, Unreadable, damaged_workbook, locked

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_LARGEST_OLE = 512 * 1024**2


def open_book(path: Path) -> Book:
    """Raises Unreadable."""
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"PK"):
        return _open_archive(path)
    if start.startswith(_OLE):
        return _open_ole(path)
    if start.startswith(_OLD_BIFF):
        return _open_xls(path)
    text = start.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if text.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<div", b"<body")):
        raise Unreadable(
            f"it is a web page with the name of a workbook. {SAVE_AGAIN}",
            f"文件是网页，只是用了工作簿的扩展名。{SAVE_AGAIN_ZH}",
        )
    if text.startswith(b"<?xml"):
        raise Unreadable(
            f"it is an XML document with the name of a workbook. {SAVE_AGAIN}",
            f"文件是XML文档，只是用了工作簿的扩展名。{SAVE_AGAIN_ZH}",
        )
    if start and b"\x00" not in start:
        raise Unreadable(
            "it is a text file with the name of a workbook. Rename it to .csv, or save it as .xlsx.",
            "文件是文本文件，只是用了工作簿的扩展名，请改名为.csv，或另存为.xlsx。",
        )
    raise damaged_workbook()


def _open_archive(path: Path) -> Book:
    from ingestion.bounded.archive import Archive

    archive = Archive(path)
    names = set(archive.names)
    archive.close()
    if "content.xml" in names:
        from ingestion.bounded.ods import Ods

        return Ods(path)
    if "xl/workbook.bin" in names:
        from ingestion.bounded.xlsb import Xlsb

        return Xlsb(path)
    from ingestion.bounded.xlsx import Xlsx

    return Xlsx(path)


def _open_ole(path: Path) -> Book:
    if path.stat().st_size > _LARGEST_OLE:
        raise Unreadable(
            f"larger than any workbook of its kind. {SAVE_AGAIN}", f"文件大于任何同类工作簿。{SAVE_AGAIN_ZH}"
        )
    if _ENCRYPTED in path.read_bytes():
        raise locked()
    return _open_xls(path)


def _open_xls(path: Path) -> Book:
    from ingestion.bounded.xls import Xls

    return Xls(path)
