"""Putting a finished folder in the place of an old one: readers find the old or the new, never a mix."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, as Linux can; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove_abandoned(target: Path) -> None:
    """Drafts of builds that were killed; the name of a draft tells the process that writes it."""
    for draft in sorted(target.parent.glob(f".{target.name}-*")):
        process = draft.name.removeprefix(f".{target.name}-").split("-")[0]
        if process.isdigit() and not _is_running(int(process)):
            shutil.rmtree(draft, ignore_errors=True)


def kept_beside(old: Path, draft: Path) -> None:
    """What others have put into the old folder, taken along: hard links, no copies.

    The pages' own are the HTML files, data and static: of those nothing old may survive.
    """
    if not old.is_dir():
        return
    for found in sorted(old.iterdir()):
        if found.name in ("data", "static") or found.suffix == ".html" or found.name.startswith("."):
            continue
        if found.is_dir():
            shutil.copytree(found, draft / found.name, copy_function=os.link)
        else:
            os.link(found, draft / found.name)


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """An empty folder beside `target` that takes its place when the block ends well; removed when not."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(target)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-{os.getpid()}-", dir=target.parent))
    draft.chmod(0o755)
    try:
        yield draft
        if not target.exists():
            draft.rename(target)
        elif not _exchange(draft, target):
            # Not Linux: for a moment there is neither, but never a mix.
            old = Path(tempfile.mkdtemp(prefix=f".{target.name}-{os.getpid()}-old-", dir=target.parent))
            target.rename(old / "old")
            draft.rename(target)
            shutil.rmtree(old)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
