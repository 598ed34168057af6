"""The published file is sealed. A failure means that what a BI tool did to it would be read, and filed, as published."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dagster_project.warehouse.errors import NotAsPublished
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.publish import CANDIDATE_PREFIX, open_published, publish
from ingestion import hashing
from ingestion.sealing import seal_path
from reports.submissions.opened import opened

DAY = date(2026, 11, 15)

KILLED_WHILE_WRITING = """
import duckdb, os, sys
connection = duckdb.connect(sys.argv[1])
connection.execute("update status set word = 'revoked'")
os.kill(os.getpid(), 9)
"""

HOLDING = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def _publish(home: Home, word: str = "valid") -> Path:
    place = home.warehouse / f"{CANDIDATE_PREFIX}1"
    place.mkdir(exist_ok=True)
    with duckdb.connect(str(place / "certhouse.duckdb")) as connection:
        connection.execute(f"create table status as select '{word}' as word")
    return publish(home, place / "certhouse.duckdb", DAY, "b1")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home")


def _word(path: Path) -> str:
    with duckdb.connect(str(path), read_only=True) as connection:
        return str(connection.execute("select word from status").fetchall()[0][0])


def test_it_is_read_only_and_its_hash_stands_beside_current(home: Home) -> None:
    path = _publish(home)
    assert path.stat().st_mode & 0o777 == 0o444
    assert home.current.read_text().splitlines() == [path.name, hashing.of_file(path)]
    (seal,) = json.loads(seal_path(path).read_text())
    assert seal["sha256"] == hashing.of_file(path)


def test_the_log_of_a_killed_program_is_refused_and_goes_with_the_next_publication(home: Home) -> None:
    path = _publish(home)
    path.chmod(0o644)
    subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(path)], check=False)  # noqa: S603
    log = path.with_name(path.name + ".wal")
    assert log.exists()
    assert _word(path) == "revoked", "whoever opens it replays the log"
    with pytest.raises(NotAsPublished, match=r"\.wal") as refused:
        open_published(home)
    assert "certhouse run" in refused.value.said
    assert _publish(home) == path
    assert not log.exists()
    assert _word(open_published(home)) == "valid"


def test_a_program_that_holds_it_is_named(home: Home) -> None:
    path = _publish(home)
    path.chmod(0o644)
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", HOLDING, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(NotAsPublished, match=f"PID {holder.pid}") as refused:
            open_published(home)
        holder.communicate(b"")
    assert "以只读方式打开" in refused.value.said
    assert open_published(home) == path


@pytest.mark.parametrize("whole", [False, True])
def test_a_changed_file_is_refused(home: Home, whole: bool) -> None:
    path = _publish(home)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update status set word = 'revoked'")
    with pytest.raises(NotAsPublished, match="changed after it was published"):
        open_published(home, whole=whole)


def test_a_change_that_keeps_size_time_and_mode_is_found_where_it_matters(home: Home) -> None:
    path = _publish(home)
    status = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    path.chmod(0o444)
    assert open_published(home) == path
    with pytest.raises(NotAsPublished, match="changed after it was published"):
        open_published(home, whole=True)


def test_a_truncated_file_is_refused_and_a_restored_copy_is_not(home: Home) -> None:
    path = _publish(home)
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:4096])
    with pytest.raises(NotAsPublished, match="changed after it was published"):
        open_published(home)
    path.write_bytes(content)
    assert open_published(home) == path
    assert path.stat().st_mode & 0o777 == 0o444


def test_a_file_of_another_version_or_without_a_seal_asks_for_a_new_run(home: Home) -> None:
    path = _publish(home)
    (seal,) = json.loads(seal_path(path).read_text())
    seal["facts"]["schema"] = 0
    seal_path(path).write_text(json.dumps([seal]))
    with pytest.raises(NotAsPublished) as refused:
        open_published(home)
    assert "重新运行：certhouse run" in refused.value.said
    seal_path(path).unlink()
    with pytest.raises(NotAsPublished, match="without a seal"):
        open_published(home)


def test_what_is_prepared_from_it_knows_its_hash(home: Home) -> None:
    place = home.warehouse / f"{CANDIDATE_PREFIX}1"
    place.mkdir()
    with duckdb.connect(str(place / "certhouse.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.dim_run as select date '2026-11-15' as as_of, 'b1' as batch_id,"
            " '2' as contract_version, '2' as rule_set_version"
        )
        connection.execute("create table marts.dim_certification_body as select 'B1' as body_id")
    path = publish(home, place / "certhouse.duckdb", DAY, "b1")
    with opened(path) as warehouse:
        assert warehouse.sha256 == hashing.of_file(path)
