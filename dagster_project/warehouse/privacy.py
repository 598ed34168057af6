"""Who may read a home: its owner, and a group where the environment names one. Nobody else: it holds names, identity
numbers and telephones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dagster_project.warehouse.errors import WarehouseError

GROUP_VARIABLE = "CERTHOUSE_GROUP"
"""Name of the group that may read homes. Default: none."""

_ALONE, _WITH_GROUP = 0o077, 0o027


def keep_private() -> None:
    """What this process and those that it starts write from now on is read by the owner, and the group, alone."""
    os.umask(_WITH_GROUP if os.environ.get(GROUP_VARIABLE) else _ALONE)


@contextmanager
def readable_as_usual(wanted: bool) -> Iterator[None]:
    """For a folder that the user chose to hand on: as readable as the login makes files."""
    if not wanted:
        yield
        return
    before = os.umask(_USUAL)
    try:
        yield
    finally:
        os.umask(before)


def close_to_others(root: Path) -> None:
    """Take a home's root from all others, and give it to the group. Homes of somebody else stay as they are."""
    status = root.stat()
    if status.st_uid != os.geteuid():
        return
    group = os.environ.get(GROUP_VARIABLE)
    mode = 0o2750 if group else 0o700
    if group:
        try:
            shutil.chown(root, group=group)
        except (LookupError, PermissionError) as error:
            raise WarehouseError(
                f"The group {group} of {GROUP_VARIABLE} cannot be given to {root}: {error}.",
                "Name a group that exists and that this login belongs to.",
                f"无法将{root}授权给{GROUP_VARIABLE}指定的用户组{group}：{error}。请指定一个存在且本用户所属的用户组。",
            ) from error
    if status.st_mode & 0o7777 != mode:
        root.chmod(mode)


def _read_umask() -> int:
    """The process's own; there is no way to ask without setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_USUAL = _read_umask()
