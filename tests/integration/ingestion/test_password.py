"""The password of a database, through a whole run of the command. A failure means that it stands in a file of the home,
in what the command says, or in the list of processes."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from tests.integration.ingestion.conftest import PASSWORD
from tests.integration.ingestion.test_postgres import fill
from tests.support.command import COMMAND, environment
from tests.support.small_source import small_source

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def arguments_of(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def test_the_password_is_in_no_file_no_message_and_no_process_list(postgres: str, tmp_path: Path) -> None:
    fill(postgres, small_source())
    home = tmp_path / "home"
    with subprocess.Popen(  # noqa: S603
        [*COMMAND, "run", "--source", postgres, "--as-of", "2026-11-15", "--home", str(home)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(),
    ) as process:  # fmt: skip
        until = time.monotonic() + 30
        while b"env:CERTHOUSE_SOURCE_URL" not in arguments_of(process.pid):
            assert time.monotonic() < until
            time.sleep(0.01)
        assert PASSWORD.encode() not in arguments_of(process.pid)
        said, _ = process.communicate(timeout=300)
    assert process.returncode == 0, said.decode()
    assert PASSWORD.encode() not in said
    files = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.name == "manifest.json" for path in files)
    assert any(path.suffix == ".db" for path in files), "Dagster's own storage is looked at too"
    assert [path for path in files if PASSWORD.encode() in path.read_bytes()] == []
