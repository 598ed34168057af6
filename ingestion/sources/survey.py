"""One pass over a file's bytes: its hash, and the counts by which a plain CSV file is told from one that
needs care."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingestion.errors import SourceRefused

_CHUNK = 8 * 1024 * 1024


@dataclass(frozen=True)
class Survey:
    """`stamp` changes when the file is written to: size, time of the last change, and which file it is."""

    stamp: tuple[int, int, int]
    sha256: str
    bytes: int
    newlines: int
    returns: int
    return_newlines: int
    quotes: int
    commas: int
    ends_in_newline: bool

    @property
    def lines(self) -> int:
        return self.newlines + (0 if self.ends_in_newline or self.bytes == 0 else 1)


def survey(path: Path, *, text: bool) -> Survey:
    """Hashes the file; counts are taken of text files only. Raises SourceRefused for an empty or unreadable
    file."""
    digest = hashlib.sha256()
    size = newlines = returns = return_newlines = quotes = commas = 0
    last = b""
    try:
        stamp = _stamp(path)
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if text:
                    data = np.frombuffer(chunk, dtype=np.uint8)
                    newlines += int(np.count_nonzero(data == 10))
                    commas += int(np.count_nonzero(data == 44))
                    quotes += chunk.count(b'"')
                    returns += chunk.count(b"\r")
                    return_newlines += chunk.count(b"\r\n") + (last == b"\r" and chunk[:1] == b"\n")
                    last = chunk[-1:]
    except OSError as error:
        raise SourceRefused(
            f"{path.name}: cannot be read ({error.strerror}). Check the file and its rights."
        ) from error
    if size == 0:
        raise SourceRefused(
            f"{path.name}: the file is empty. Export it again, with its header row, or remove it."
        )
    return Survey(
        stamp=stamp,
        sha256=digest.hexdigest(),
        bytes=size,
        newlines=newlines,
        returns=returns,
        return_newlines=return_newlines,
        quotes=quotes,
        commas=commas,
        ends_in_newline=last == b"\n",
    )


def refuse_if_changed(path: Path, found: Survey) -> None:
    """Raises SourceRefused if the file is no longer the one that was surveyed."""
    try:
        same = _stamp(path) == found.stamp
    except OSError:
        same = False
    if not same:
        raise SourceRefused(
            f"{path.name}: the file changed while it was being read. Run again when it is complete."
        )


def _stamp(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino
