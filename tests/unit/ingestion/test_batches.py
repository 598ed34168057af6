"""Batches on disk: written once, whole or not at all, the same for the same source.

A failure means that a rerun years later would rest on other data than it says, or that a crash could leave
half a batch.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import shutil
from pathlib import Path

import pytest

from ingestion.errors import LandingDamaged, SourceRefused
from ingestion.landing import land
from tests.support.small_source import small_source, write_source


def files_of(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(path.iterdir())}


def test_landing_again_is_no_work(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    first = land(str(folder), tmp_path / "home")
    before = {file.name: (file.stat().st_mtime_ns, file.stat().st_ino) for file in first.path.iterdir()}
    told: list[str] = []
    second = land(str(folder), tmp_path / "home", progress=told.append)
    after = {file.name: (file.stat().st_mtime_ns, file.stat().st_ino) for file in first.path.iterdir()}
    assert (second, after) == (first, before)
    assert told == [f"batch {first.batch_id} is already landed; its hashes are right"]
    assert [path.name for path in (tmp_path / "home" / "landing").iterdir()] == [first.batch_id]


def test_the_same_source_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    tables = small_source()
    tables["internal_audit"][0]["held_on"] = "soon"
    tables["audit_assignment"][1]["mentor_id"] = "P9"
    folder = write_source(tmp_path / "s", tables)
    first, second = (land(str(folder), tmp_path / home) for home in ("home1", "home2"))
    assert files_of(first.path) == files_of(second.path)


def test_another_file_or_mapping_is_another_batch(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    first = land(str(folder), tmp_path / "home")
    mapping = tmp_path / "own.yml"
    mapping.write_text("tables: {audit: [ordits]}\n")
    second = land(str(folder), tmp_path / "home", mapping=mapping)
    (folder / "complaint.csv").unlink()
    third = land(str(folder), tmp_path / "home")
    assert len({first.batch_id, second.batch_id, third.batch_id}) == 3


def test_where_the_folder_lies_is_no_part_of_the_batch_id(tmp_path: Path) -> None:
    first = land(str(write_source(tmp_path / "a")), tmp_path / "home1")
    second = land(str(write_source(tmp_path / "b")), tmp_path / "home2")
    assert first.batch_id == second.batch_id


def test_the_manifest_names_and_hashes_what_was_read(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    manifest = land(str(folder), tmp_path / "home").manifest
    assert manifest["contract_version"] == "2"
    assert manifest["source"] == str(folder)
    (entry,) = (file for file in manifest["files"] if file["table"] == "audit")
    content = (folder / "audit.csv").read_bytes()
    assert entry == {
        "name": "audit.csv", "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content),
        "encoding": "utf-8", "table": "audit", "rows": 2,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["audit.parquet", "manifest.json", "SHA256SUMS"])
@pytest.mark.parametrize("lost", [True, False])
def test_a_batch_that_was_changed_is_noticed(tmp_path: Path, name: str, lost: bool) -> None:
    folder = write_source(tmp_path / "s")
    file = land(str(folder), tmp_path / "home").path / name
    file.chmod(0o644)
    if lost:
        file.unlink()
    else:
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    with pytest.raises(LandingDamaged, match="Move the folder away"):
        land(str(folder), tmp_path / "home")


def test_what_a_killed_process_left_is_no_batch_and_goes(tmp_path: Path) -> None:
    landing = tmp_path / "home" / "landing"
    left = landing / ".draft-0123"
    left.mkdir(parents=True)
    (left / "audit.parquet").write_bytes(b"half")
    batch = land(str(write_source(tmp_path / "s")), tmp_path / "home")
    assert [path.name for path in landing.iterdir()] == [batch.batch_id]


def test_a_landing_that_fails_leaves_nothing(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    (folder / "service_objective.csv").write_bytes(b"")
    with pytest.raises(SourceRefused):
        land(str(folder), tmp_path / "home")
    assert list((tmp_path / "home" / "landing").iterdir()) == []


def land_at_once(folder: str, home: str, gate: object) -> None:
    gate.wait()  # type: ignore[attr-defined]
    land(folder, Path(home))


def test_two_processes_may_land_the_same_source_at_once(tmp_path: Path) -> None:
    folder, home = str(write_source(tmp_path / "s")), tmp_path / "home"
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(2)
    processes = [context.Process(target=land_at_once, args=(folder, str(home), gate)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0, 0]
    (batch,) = (home / "landing").iterdir()
    alone = land(folder, tmp_path / "home2")
    assert files_of(batch) == files_of(alone.path)


def test_a_moved_batch_is_still_whole(tmp_path: Path) -> None:
    folder = write_source(tmp_path / "s")
    batch = land(str(folder), tmp_path / "home")
    shutil.copytree(tmp_path / "home", tmp_path / "moved")
    assert land(str(folder), tmp_path / "moved").manifest == batch.manifest
