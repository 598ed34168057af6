"""One pass over a file's bytes: its hash, and the counts by which a plain CSV file is told from one that needs care."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingestion.errors import SourceRefused

_CHUNK = 8 * 1024 * 1024


@dataclass(frozen=True)
class Survey:
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
    """Hashes the file; counts are taken of text files only. Raises SourceRefused for an empty or unreadable file."""
    digest = hashlib.sha256()
    size = newlines = returns = return_newlines = quotes = commas = 0
    last = b""
    try:
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
        raise SourceRefused(f"{path.name}: cannot be read ({error.strerror}). Check the file and its rights.") from error
    if size == 0:
        raise SourceRefused(f"{path.name}: the file is empty. Export it again, with its header row, or remove it.")
    return Survey(
        digest.hexdigest(), size, newlines, returns, return_newlines, quotes, commas, ends_in_newline=last == b"\n"
    )
