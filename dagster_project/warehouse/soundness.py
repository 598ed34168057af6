"""Whether a published file is what was published. Asked whenever one is opened: a BI tool that opened it for writing
may have changed it, hold it, or have left a log that the next reader would replay."""

from __future__ import annotations

import fcntl
import os
import struct
from pathlib import Path

from dagster_project.warehouse.errors import NotAsPublished
from dagster_project.warehouse.version import PROGRAM, SCHEMA
from ingestion.sealing import Seal, read_seals, sealed

_LOCK = "hhqqi"
"""struct flock: type, whence, start, length, process."""


def refuse_unsound(path: Path, *, whole: bool = False) -> Seal:
    """The file's seal. Raises NotAsPublished where it must not be read.

    whole  verify the hash of the whole file: seconds for gigabytes, so only where something is filed or verified
    """
    _refuse_log(path)
    _refuse_held(path)
    if not read_seals(path):
        raise _run_again(
            path,
            "was published by another version of certhouse, without a seal",
            "没有封存记录，由其他版本发布",
        )
    seal = sealed(path, whole=whole)
    if seal is None:
        raise _run_again(
            path,
            "was changed after it was published (size or content differ)",
            "在发布后被其他程序改动（大小或内容不符），不能使用",
        )
    made_with = (seal.facts.get("program"), seal.facts.get("schema"))
    if made_with != (PROGRAM, SCHEMA):
        raise _run_again(
            path,
            f"was published by certhouse {made_with[0]} (schema {made_with[1]}); this is {PROGRAM} (schema {SCHEMA})",
            f"由certhouse {made_with[0]}（结构版本{made_with[1]}）发布，当前程序为{PROGRAM}（结构版本{SCHEMA}）",
        )
    return seal


def write_ahead_log(path: Path) -> Path:
    """Where DuckDB leaves what a killed program had not yet written into the file."""
    return path.with_name(path.name + ".wal")


def _refuse_log(path: Path) -> None:
    log = write_ahead_log(path)
    if log.exists():
        raise NotAsPublished(
            f"Another program opened {path} for writing and left {log.name} beside it: its changes would be read as "
            "if they had been published.",
            "Close that program, open the file read-only from now on, and run again: certhouse run ... removes it.",
            f"其他程序曾以写方式打开{path}，并留下了{log.name}，其中的改动会被当作已发布的数据读取。\n"
            "请关闭该程序，今后以只读方式打开，然后重新运行 certhouse run，即可清除。",
        )


def _refuse_held(path: Path) -> None:
    process = _writer(path)
    if process is not None:
        raise NotAsPublished(
            f"The warehouse {path} is open in another program (PID {process}).",
            "Close it there, or open it read-only.",
            f"数据仓库{path}正被另一程序打开（PID {process}）。\n请在该程序中关闭它，或以只读方式打开。",
        )


def _writer(path: Path) -> int | None:
    """The process that holds the file for writing, as the kernel knows it."""
    with path.open("rb") as file:
        try:
            answer = fcntl.fcntl(file, fcntl.F_GETLK, struct.pack(_LOCK, fcntl.F_RDLCK, os.SEEK_SET, 0, 0, 0))
        except OSError:
            return None  # a file system without locks knows no holder
    kind, _, _, _, process = struct.unpack(_LOCK, answer)
    return process if kind != fcntl.F_UNLCK else None


def _run_again(path: Path, why: str, why_zh: str) -> NotAsPublished:
    return NotAsPublished(
        f"{path} {why}.",
        f"Run again: certhouse run --source DIR --as-of {path.name[:10]} --home {path.parent.parent}",
        f"{path}{why_zh}。\n请重新运行：certhouse run --source DIR --as-of {path.name[:10]} --home {path.parent.parent}",
    )
