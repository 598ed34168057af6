"""A landing batch on disk: written once, hashed, put in place by one rename, never touched again."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingestion import hashing
from ingestion.errors import LandingDamaged
from ingestion.placing import make_read_only, place_file, settle, sync

MANIFEST = "manifest.json"
HASHES = "SHA256SUMS"
#: Lists of a batch beside its tables: what was not taken as it stood, and what the source had.
FATES = "fates.parquet"
DELIVERED = "delivered.parquet"


#: Names the batch that was landed last.
_LAST = "LAST"


@dataclass(frozen=True)
class Last:
    """The batch that was landed last. `content_id` hangs on what was read alone, not on why it was accepted."""

    batch_id: str
    content_id: str


def read_last(landing: Path) -> Last | None:
    """None where nothing was landed, or the note on it cannot be read: it can be lost."""
    try:
        return Last(**json.loads((landing / _LAST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_last(landing: Path, last: Last) -> None:
    if read_last(landing) != last:
        place_file(landing / _LAST, (json.dumps(asdict(last)) + "\n").encode())


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


def put_in_place(content: Path, landing: Path, batch_id: str) -> Batch:
    """Hashes and syncs the files in `content` and renames the folder to its batch id.

    Two landings of one source make the same batch: the one that comes second takes the first's.
    """
    files = sorted(path for path in content.iterdir() if path.is_file())
    sums = "".join(f"{hashing.of_file(path)}  {path.name}\n" for path in files)
    (content / HASHES).write_text(sums, encoding="utf-8")
    for path in [*files, content / HASHES]:
        make_read_only(path)
    settle(content)
    with suppress(OSError):  # taken: another process landed the same source meanwhile
        content.rename(landing / batch_id)
    sync(landing)
    batch = find_batch(landing, batch_id)
    if batch is None:
        raise OSError(
            f"{landing}: the batch {batch_id} could not be put in place. Check the folder's rights."
        )
    return batch


def _verify(path: Path) -> None:
    advice = "Move the folder away and land the source again."
    advice_zh = "请移走该文件夹后重新导入。"
    try:
        lines = (path / HASHES).read_text(encoding="utf-8").splitlines()
        expected = {name: sha256 for sha256, name in (line.split("  ", 1) for line in lines)}
        damaged = [name for name, sha256 in expected.items() if hashing.of_file(path / name) != sha256]
    except (OSError, ValueError) as error:
        raise LandingDamaged(
            f"{path}: the batch is not complete ({error}). {advice}",
            f"{path}：批次不完整（{error}）。{advice_zh}",
        ) from error
    if damaged or MANIFEST not in expected:
        named = ", ".join(damaged) or HASHES
        raise LandingDamaged(
            f"{path}: changed after it was landed: {named}. {advice}",
            f"{path}：导入后内容被改动：{named}。{advice_zh}",
        )
