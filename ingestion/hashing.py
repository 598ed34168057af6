"""SHA-256, the one hash by which the project knows content again."""

import hashlib
from pathlib import Path


def of_file(path: Path) -> str:
    """The hash of a file's bytes, in hexadecimal; the file is read in pieces. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def of_text(text: str) -> str:
    """The hash of the text in UTF-8."""
    return of_bytes(text.encode())
