"""Real database servers for the tests of this folder: Debian's packages, temporary clusters, free ports."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.support import mariadb_server as mariadb_program

PASSWORD = "not-to-be-seen"  # noqa: S105 - of a server that lives for the length of a test run
_PROGRAMS = Path("/usr/lib/postgresql")


def _programs() -> Path | None:
    """The newest installed version's programs."""
    found = sorted(_PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL does not run as root: as root the package's own account is taken, else one's own."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of an empty server, without a database name."""
    programs = _programs()
    if programs is None:
        pytest.skip("Debian's postgresql is not installed")
    who = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="certhouse-postgres-"))
    password = folder / "password"
    password.write_text(PASSWORD)
    if who:
        for path in (folder, password):
            os.chown(path, who["user"], who["group"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(data), *arguments]
        with (folder / "log").open("ab") as log:
            subprocess.run(  # noqa: S603 - a program of the package, with our own arguments
                command, check=True, stdout=log, stderr=log, cwd=folder, timeout=120, **who
            )

    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    try:
        run(
            "initdb",
            "-U",
            "reader",
            "-E",
            "UTF8",
            "--no-locale",
            "--auth=scram-sha-256",
            f"--pwfile={password}",
        )
        run("pg_ctl", "-w", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://reader:{PASSWORD}@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_server: str, request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database."""
    name = f"d{abs(hash(request.node.nodeid))}"
    engine = sa.create_engine(f"{postgres_server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"create database {name}"))
    engine.dispose()
    return f"{postgres_server}/{name}"


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[str]:
    if not mariadb_program.is_installed():
        pytest.skip("Debian's mariadb-server is not installed")
    with mariadb_program.mariadb_server() as url:
        yield url


@pytest.fixture
def mariadb(mariadb_server: str, request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database."""
    name = f"d{abs(hash(request.node.nodeid))}"
    engine = sa.create_engine(mariadb_server)
    with engine.begin() as connection:
        connection.execute(sa.text(f"create database {name} character set utf8mb4"))
    engine.dispose()
    return f"{mariadb_server}/{name}"
