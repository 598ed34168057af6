"""Putting a finished file or folder in its place: readers, and whoever looks after a crash, find the old one or
the new one, never a part.

What is not finished stands beside its place under a name that begins with `.draft-`, locked by the process
that writes it. The system frees a dead process's locks, so that the next writer tells what was abandoned,
and removes it.
"""

import ctypes
import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

DRAFT = ".draft-"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def place_file(path: Path, content: bytes, *, read_only: bool = False) -> Path:
    """Write `path` whole: it is on disk before it is seen. Folders above it are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    draft, handle = _new_file(path.parent)
    try:
        with os.fdopen(handle, "wb", closefd=False) as stream:
            stream.write(content)
        if read_only:
            make_read_only(draft)
        os.fsync(handle)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
        os.close(handle)
    sync(path.parent)
    return path


@contextmanager
def drafting(parent: Path) -> Iterator[Path]:
    """An empty folder in `parent` to build in; removed afterwards unless it was renamed."""
    parent.mkdir(parents=True, exist_ok=True)
    sweep(parent)
    draft, handle = _new_folder(parent)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        os.close(handle)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """An empty folder that takes the place of `target` when the block ends well, and is removed when not."""
    with drafting(target.parent) as draft:
        yield draft
        if not target.exists():
            draft.rename(target)
        elif not _exchange(draft, target):
            # Not Linux: for a moment there is neither, but never a mix.
            with drafting(target.parent) as aside:
                target.rename(aside / "old")
                draft.rename(target)


def make_read_only(path: Path) -> None:
    """Take the right to write from everybody. Who may read it stays as the process made it."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o222:
        path.chmod(mode & ~0o222)


def settle(folder: Path) -> None:
    """Flush a folder's files and the folder itself: call before it is renamed into place."""
    for file in folder.iterdir():
        sync(file)
    sync(folder)


def sync(path: Path) -> None:
    """Flush a file or a folder to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove the drafts in `folder` whose writers are gone."""
    for draft in folder.glob(f"{DRAFT}*"):
        # Locked, gone meanwhile, or not ours to touch: not abandoned.
        with suppress(OSError):
            handle = os.open(draft, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if draft.is_dir():
                    shutil.rmtree(draft, ignore_errors=True)
                else:
                    draft.unlink()
            finally:
                os.close(handle)


def _new_file(parent: Path) -> tuple[Path, int]:
    while True:
        draft = parent / f"{DRAFT}{uuid4().hex}"
        handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return draft, handle
        os.close(handle)  # swept by another process before it was locked


def _new_folder(parent: Path) -> tuple[Path, int]:
    while True:
        draft = parent / f"{DRAFT}{uuid4().hex}"
        draft.mkdir()
        with suppress(FileNotFoundError):
            handle = os.open(draft, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if draft.exists():
                return draft, handle
            os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, as Linux can; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
