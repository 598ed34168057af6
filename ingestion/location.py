"""Where a source is, as people write it, and as it may be shown.

A password belongs in none of our files and not on a command line, where everybody on the machine reads it. So
a source may name the place that holds the URL: `env:NAME` an environment variable, `file:PATH` the first line
of a file, `service=NAME` an entry of PostgreSQL's own pg_service.conf (with ~/.pgpass). Imports no driver: every command asks.
"""

import os
import re
from pathlib import Path

from ingestion.errors import SourceRefused

_SERVICE = "postgresql+psycopg:///?service="

#: //user:password@ in a URL, whatever else it holds. A password may hold anything but '/'; the last @ counts.
_CREDENTIALS = re.compile(r"//[^/?#]*@")
_PASSWORD = re.compile(r"//[^/?#]*:[^/?#]+@|[?&;](password|passwd|pwd|passfile_content)=", re.IGNORECASE)


def is_database(source: str) -> bool:
    """Whether a source is a database, or the name of a place where its URL stands."""
    return "://" in source or source.startswith(("env:", "file:", "service="))


def holds_password(source: str) -> bool:
    """Whether the text itself holds a password."""
    return "://" in source and _PASSWORD.search(source) is not None


def without_credentials(source: str) -> str:
    """The source as it may be shown and kept: no user, no password, no options."""
    if "://" not in source:
        return source
    return _CREDENTIALS.sub("//", source).partition("?")[0]


def resolve(source: str) -> str:
    """The URL that a source names. Raises SourceRefused where the named place holds none."""
    if source.startswith("service="):
        return _SERVICE + source.removeprefix("service=")
    if source.startswith("env:"):
        return _from_environment(source.removeprefix("env:"))
    if source.startswith("file:") and not source.startswith("file://"):
        return _from_file(Path(source.removeprefix("file:")).expanduser())
    return source


def _from_environment(name: str) -> str:
    url = os.environ.get(name, "").strip()
    if not url:
        raise SourceRefused(
            f"env:{name}: the environment variable {name} is not set. Set it to the database's URL: "
            f"dialect://user:password@host/database.",
            f"env:{name}：没有设置环境变量{name}，请设为数据库地址：dialect://用户:密码@主机/数据库。",
        )
    return url


def _from_file(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceRefused(
            f"file:{path}: cannot be read. Write the database's URL into its first line, and check its rights.",
            f"file:{path}：无法读取。请在第一行写明数据库地址，并检查文件权限。",
        ) from error
    if path.stat().st_mode & 0o077:
        raise SourceRefused(
            f"file:{path}: others can read it. Run: chmod 600 {path}",
            f"file:{path}：其他用户可以读取。请运行：chmod 600 {path}",
        )
    if not lines[0].strip():
        raise SourceRefused(
            f"file:{path}: the first line is empty. Write the database's URL there.",
            f"file:{path}：第一行为空，请写明数据库地址。",
        )
    return lines[0].strip()
