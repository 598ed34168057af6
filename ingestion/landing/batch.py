"""A landing batch on disk: written once, hashed, put in place by one rename, never touched again."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from ingestion.errors import LandingDamaged

MANIFEST = "manifest.json"
HASHES = "SHA256SUMS"
_TEMPORARY = ".landing-"


@dataclass(frozen=True)
class Batch:
    """A landed batch. `manifest` is the content of its manifest.json."""

    batch_id: str
    path: Path
    manifest: dict[str, Any]


def find_batch(landing: Path, batch_id: str) -> Batch | None:
    """The batch, if it is there. Raises LandingDamaged if it is not what was written."""
    path = landing / batch_id
    if not path.is_dir():
        return None
    _verify(path)
    return Batch(batch_id, path, json.loads((path / MANIFEST).read_text(encoding="utf-8")))


@contextmanager
def temporary_batch(landing: Path) -> Iterator[Path]:
    """A folder beside the batches to build one in. It is removed unless it was put in place; so are those
    that a killed process left behind."""
    landing.mkdir(parents=True, exist_ok=True)
    path = landing / f"{_TEMPORARY}{uuid4().hex}"
    with ExitStack() as held:
        with _locked(landing):
            _remove_abandoned(landing)
            path.mkdir()
            held.enter_context(_locked(path))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def put_in_place(content: Path, landing: Path, batch_id: str) -> Batch:
    """Hashes and syncs the files in `content` and renames the folder to its batch id.

    Two landings of one source make the same batch: the one that comes second takes the first's.
    """
    files = sorted(path for path in content.iterdir() if path.is_file())
    sums = "".join(f"{_sha256(path)}  {path.name}\n" for path in files)
    (content / HASHES).write_text(sums, encoding="utf-8")
    for path in [*files, content / HASHES]:
        path.chmod(0o444)
        _sync(path)
    _sync(content)
    with suppress(OSError):  # taken: another process landed the same source meanwhile
        content.rename(landing / batch_id)
    _sync(landing)
    batch = find_batch(landing, batch_id)
    if batch is None:
        raise OSError(
            f"{landing}: the batch {batch_id} could not be put in place. Check the folder's rights."
        )
    return batch


def _verify(path: Path) -> None:
    advice = "Move the folder away and land the source again."
    try:
        lines = (path / HASHES).read_text(encoding="utf-8").splitlines()
        expected = {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}
        damaged = [name for name, sha256 in expected.items() if _sha256(path / name) != sha256]
    except (OSError, ValueError) as error:
        raise LandingDamaged(f"{path}: the batch is not complete ({error}). {advice}") from error
    if damaged or MANIFEST not in expected:
        named = ", ".join(damaged) or HASHES
        raise LandingDamaged(f"{path}: changed after it was landed: {named}. {advice}")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_abandoned(landing: Path) -> None:
    """Folders whose lock nobody holds belong to processes that are gone: the system frees a dead process's
    locks."""
    for path in landing.glob(f"{_TEMPORARY}*"):
        with suppress(OSError), _locked(path, wait=False):
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds the folder's own lock; without `wait`, raises OSError if another process holds it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)
