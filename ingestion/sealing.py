"""A finished file, sealed: read-only, and beside it in `<name>.seal` its SHA-256, its size, the time of its last
change, and facts about it.

To hash gigabytes takes seconds: it is done once, when the file is sealed. Whether a file is still the sealed one is
told by size, time and mode; the hash is asked where it matters, or where those say something else (a file restored
from a backup is the same file).
"""

import json
import stat
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ingestion import hashing
from ingestion.placing import make_read_only, place_file

ENDING = ".seal"


@dataclass(frozen=True)
class Seal:
    """`changed_ns`: time of the last change, in nanoseconds. `facts`: whatever the sealer said."""

    sha256: str
    bytes: int
    changed_ns: int
    facts: dict[str, Any] = field(default_factory=dict)


def take_seal(path: Path, **facts: Any) -> Seal:
    """Make the file read-only, and hash it. Nothing is written beside it yet."""
    make_read_only(path)
    status = path.stat()
    return Seal(hashing.of_file(path), status.st_size, status.st_mtime_ns, facts)


def seal_path(path: Path) -> Path:
    return path.with_name(path.name + ENDING)


def write_seals(path: Path, *seals: Seal) -> None:
    """Say which content the file may have: more than one only while one is being replaced by another."""
    place_file(seal_path(path), (json.dumps([asdict(seal) for seal in seals], indent=1) + "\n").encode())


def read_seals(path: Path) -> list[Seal]:
    """The seals beside the file; none where there is no readable one."""
    try:
        found = json.loads(seal_path(path).read_text(encoding="utf-8"))
        return [Seal(**entry) for entry in found]
    except (OSError, ValueError, TypeError):
        return []


def sealed(path: Path, *, whole: bool = False) -> Seal | None:
    """The seal that holds for the file as it is now; None where it is another file, or not sealed.

    whole  hash it, whatever size, time and mode say
    """
    status = path.stat()
    seals = [seal for seal in read_seals(path) if seal.bytes == status.st_size]
    if not seals:
        return None
    untouched = not stat.S_IMODE(status.st_mode) & 0o222
    if untouched and not whole:
        for seal in seals:
            if seal.changed_ns == status.st_mtime_ns:
                return seal
    sha256 = hashing.of_file(path)
    found = next((seal for seal in seals if seal.sha256 == sha256), None)
    if found is not None and (found.changed_ns != status.st_mtime_ns or not untouched):
        # The same content with another time or mode: sealed again, so that it need not be hashed every time.
        with suppress(OSError):
            make_read_only(path)
            write_seals(path, replace(found, changed_ns=status.st_mtime_ns))
    return found
