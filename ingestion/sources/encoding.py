"""Text files to UTF-8. Chinese systems write GB18030 (and its subsets GBK, GB2312); spreadsheets also write
UTF-16."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingestion.errors import SourceRefused

_CHUNK = 4 * 1024 * 1024
_UTF8_MARK = codecs.BOM_UTF8
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

#: A file of which this share of the non-ASCII bytes makes good UTF-8 characters is a damaged UTF-8 file:
#: reading it as GB18030 would mostly succeed, and give nonsense.
_DAMAGED_UTF8_SHARE = 0.8


@dataclass(frozen=True)
class Utf8Text:
    """A UTF-8 file: the original, or a copy in the scratch folder. `encoding` is the original's."""

    path: Path
    encoding: str


def as_utf8(path: Path, scratch: Path) -> Utf8Text:
    """Raises SourceRefused when the file is in none of the encodings that can be told with certainty."""
    with path.open("rb") as stream:
        start = stream.read(4)
    if start[:2] in _UTF16_MARKS:
        return _transcoded(path, scratch, "utf-16")
    if _is(path, "utf-8"):
        return Utf8Text(path, "utf-8-sig" if start.startswith(_UTF8_MARK) else "utf-8")
    if start.startswith(_UTF8_MARK) or _share_of_utf8(path) > _DAMAGED_UTF8_SHARE:
        raise SourceRefused(
            f"{path.name}: the file is UTF-8 with broken characters, perhaps cut off or joined from two "
            f"exports. "
            "Export it again."
        )
    return _transcoded(path, scratch, "gb18030")


def _is(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _transcoded(path: Path, scratch: Path, encoding: str) -> Utf8Text:
    target = scratch / f"{path.stem}.utf8.csv"
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with target.open("wb") as stream:
            for chunk in _chunks(path):
                stream.write(decoder.decode(chunk).encode("utf-8"))
            stream.write(decoder.decode(b"", final=True).encode("utf-8"))
    except UnicodeError as error:
        raise SourceRefused(
            f"{path.name}: the text is neither UTF-8 nor GB18030. Export it again as UTF-8."
        ) from error
    return Utf8Text(target, encoding)


def _share_of_utf8(path: Path) -> float:
    """Of the bytes beyond ASCII in the first megabytes, the share that lies in well-formed UTF-8
    characters."""
    chunk = next(_chunks(path), b"")
    readable = chunk.decode("utf-8", errors="ignore").encode("utf-8")
    beyond_ascii, inside = (int((np.frombuffer(text, np.uint8) > 127).sum()) for text in (chunk, readable))
    return inside / beyond_ascii if beyond_ascii else 1.0


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
