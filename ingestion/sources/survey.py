"""One pass over a file's bytes: its hash, and the counts by which a plain CSV file is told from one that
needs care."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingestion.errors import SourceRefused

#: Between the fields of text files, in the order in which they are tried.
SEPARATORS = (",", ";", "\t", "|")

_CHUNK = 8 * 1024 * 1024


@dataclass(frozen=True)
class Survey:
    """What one pass found.

    stamp       changes when the file is written to: size, time of the last change, and which file it is.
    separators  how many of each.
    replaced    whether U+FFFD stands in it.
    coded       whether it may be in an encoding of seven bits or of two bytes a character.
    """

    stamp: tuple[int, int, int]
    sha256: str
    bytes: int
    newlines: int
    returns: int
    return_newlines: int
    quotes: int
    separators: Mapping[str, int]
    replaced: bool
    coded: bool
    ends_in_newline: bool

    @property
    def lines(self) -> int:
        return self.newlines + (0 if self.ends_in_newline or self.bytes == 0 else 1)


def survey(path: Path, *, text: bool, name: str | None = None) -> Survey:
    """Hashes the file; counts are taken of text files only. `name` is what people are told. Raises
    SourceRefused for an empty or unreadable file."""
    digest = hashlib.sha256()
    size = newlines = returns = return_newlines = quotes = 0
    separators = dict.fromkeys(SEPARATORS, 0)
    last, replaced, coded, name = b"", False, False, name or path.name
    try:
        stamp = _stamp(path)
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if text:
                    data = np.frombuffer(chunk, dtype=np.uint8)
                    newlines += int(np.count_nonzero(data == 10))
                    separators[","] += int(np.count_nonzero(data == 44))
                    for separator in SEPARATORS[1:]:
                        separators[separator] += chunk.count(separator.encode())
                    replaced = replaced or b"\xef\xbf\xbd" in chunk
                    coded = coded or b"\x1b$" in chunk or b"~{" in chunk or b"\x00" in chunk
                    quotes += chunk.count(b'"')
                    returns += chunk.count(b"\r")
                    return_newlines += chunk.count(b"\r\n") + (last == b"\r" and chunk[:1] == b"\n")
                    last = chunk[-1:]
    except OSError as error:
        raise SourceRefused(
            f"{name}: cannot be read ({error.strerror}). Check the file and its rights.",
            f"{name}：无法读取（{error.strerror}），请检查文件及权限。",
        ) from error
    if size == 0:
        raise SourceRefused(
            f"{name}: the file is empty. Export it again, with its header row, or remove it.",
            f"{name}：文件为空，请重新导出（含表头），或删除该文件。",
        )
    return Survey(
        stamp=stamp,
        sha256=digest.hexdigest(),
        bytes=size,
        newlines=newlines,
        returns=returns,
        return_newlines=return_newlines,
        quotes=quotes,
        separators=separators,
        replaced=replaced,
        coded=coded,
        ends_in_newline=last == b"\n",
    )


def refuse_if_changed(path: Path, found: Survey, name: str | None = None) -> None:
    """Raises SourceRefused if the file is no longer the one that was surveyed."""
    try:
        same = _stamp(path) == found.stamp
    except OSError:
        same = False
    if not same:
        raise SourceRefused(
            f"{name or path.name}: the file changed while it was being read. Run again when it is complete.",
            f"{name or path.name}：读取时文件发生变化，请待文件写完后重新运行。",
        )


def _stamp(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino
