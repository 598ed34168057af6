"""A real MariaDB server for tests: Debian's package, temporary files, a free port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

PASSWORD = "not-to-be-seen-either"  # noqa: S105 - of a server that lives for the length of a test run
_SERVER = "/usr/sbin/mariadbd"
_DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()
"""A test run that is killed clears nothing up."""

_STARTS_WITHIN = 60.0


def is_installed() -> bool:
    return Path(_SERVER).is_file() and shutil.which("mariadb-install-db") is not None


def _unprivileged() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("mysql")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextmanager
def mariadb_server() -> Iterator[str]:
    """The URL of an empty server, without a database name; the account may do everything."""
    who = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="certhouse-mariadb-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    setup = folder / "setup.sql"
    setup.write_text(f"create user reader@'127.0.0.1' identified by '{PASSWORD}';\n" f"grant all on *.* to reader@'127.0.0.1' "
                     "with grant option;\n")  # fmt: skip
    setup.chmod(0o644)
    data = folder / "data"
    with (folder / "log").open("ab") as log:
        subprocess.run(  # noqa: S603 - a program of the package, with our own arguments
            ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--skip-test-db",  # noqa: S607
             "--auth-root-authentication-method=normal"],
            check=True, stdout=log, stderr=log, cwd=folder, timeout=120, **who,
        )  # fmt: skip
        server = subprocess.Popen(  # noqa: S603
            [*_DIES_WITH_US, _SERVER, "--no-defaults", f"--datadir={data}", f"--port={port}", "--bind-address=127.0.0.1",
             f"--socket={folder / 's'}", f"--pid-file={folder / 'pid'}", f"--init-file={setup}",
             "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--skip-log-bin", "--skip-name-resolve"],
            stdout=log, stderr=log, cwd=folder, **who,
        )  # fmt: skip
        try:
            url = f"mysql+pymysql://reader:{PASSWORD}@127.0.0.1:{port}"
            _wait_for(url, server)
            yield url
        finally:
            server.kill()  # nothing of it is to last: no shutdown in good order
            server.wait()
            shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    until = time.monotonic() + _STARTS_WITHIN
    while True:
        try:
            with engine.connect():
                return
        except sa.exc.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)
