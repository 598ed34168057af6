"""What a file is by its first bytes: names say it wrongly, as when a system gives its text exports the name of a workbook."""

import stat
from pathlib import Path
from typing import Literal

Content = Literal["workbook", "parquet", "text"]

_WORKBOOKS = (b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 1024


def is_readable(path: Path) -> bool:
    """Whether there is a file of bytes behind the name: a pipe or device would never end, a link may lead nowhere."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def content_of(path: Path) -> Content | None:
    """None for what these bytes do not tell. Web pages and XML with a workbook's name are no separated text."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_HEAD)
    except OSError:
        return None
    if start.startswith(_WORKBOOKS):
        return "workbook"
    if start.startswith(b"PAR1"):
        return "parquet"
    plain = start.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(_WIDE) or (plain and b"\x00" not in plain and not plain.startswith((b"<", b"MIME-"))):
        return "text"
    return None
