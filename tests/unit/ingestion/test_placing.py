"""Files and folders put in their place. A failure means that a reader, or a run after a crash, could find a part of a
file, or that what killed processes left behind stays for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingestion.placing import drafting, place_file, replacing, sweep

KILLED_IN_A_DRAFT = """
import os, sys
from pathlib import Path
from ingestion.placing import drafting
with drafting(Path(sys.argv[1])) as draft:
    (draft / "half").write_text("half")
    os.kill(os.getpid(), 9)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def kill_in_a_draft(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED_IN_A_DRAFT, str(folder)], check=False)  # noqa: S603
    assert [name[:7] for name in names(folder)] == [".draft-"]


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = place_file(tmp_path / "deep" / "file", b"old", read_only=True)
    with path.open("rb") as reader:
        place_file(path, b"new")
        assert reader.read() == b"old", "who has opened the old file keeps it"
    assert path.read_bytes() == b"new"
    assert names(path.parent) == ["file"]


def test_what_a_killed_process_left_goes_with_the_next_file_or_folder(tmp_path: Path) -> None:
    kill_in_a_draft(tmp_path)
    place_file(tmp_path / "file", b"x")
    assert names(tmp_path) == ["file"]
    (tmp_path / "file").unlink()
    kill_in_a_draft(tmp_path)
    with drafting(tmp_path) as draft:
        assert names(tmp_path) == [draft.name]
    assert names(tmp_path) == []


def test_the_draft_of_a_living_process_stays(tmp_path: Path) -> None:
    with drafting(tmp_path) as draft:
        sweep(tmp_path)
        with drafting(tmp_path) as other:
            assert sorted([draft.name, other.name]) == names(tmp_path)


def test_a_folder_takes_the_place_of_the_old_one_or_leaves_it(tmp_path: Path) -> None:
    target = tmp_path / "pages"
    for content in ("old", "new"):
        with replacing(target) as draft:
            (draft / content).write_text(content)
        assert names(target) == [content]
    with pytest.raises(RuntimeError), replacing(target) as draft:
        (draft / "broken").write_text("half")
        raise RuntimeError
    assert names(target) == ["new"]
    assert names(tmp_path) == ["pages"]


def test_read_only_takes_the_right_to_write_and_gives_none_to_read(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        assert place_file(tmp_path / "a", b"", read_only=True).stat().st_mode & 0o777 == 0o400
        assert place_file(tmp_path / "b", b"").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)
