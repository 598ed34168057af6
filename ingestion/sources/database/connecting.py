"""A connection to a database that sees all of it as of one moment, cannot write, and does not wait for ever.
Whatever goes wrong is said without user and password."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from ingestion.errors import SourceRefused
from ingestion.location import resolve, without_credentials
from ingestion.sources.database.engines import ENGINES, Engine
from ingestion.sources.database.limits import limits

_FILES = ("sqlite", "duckdb")


@dataclass(frozen=True)
class Place:
    """A database, and how to speak of it. `location` holds no user, password or option."""

    url: URL
    engine: Engine
    location: str


def find(source: str) -> Place:
    """The database that a source names. Raises SourceRefused for what is no URL of a known kind of database."""
    text = resolve(source)
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise SourceRefused(
            "The source is not a database URL that can be understood. Write "
            "dialect://user:password@host/database, with %40 for @ in a password.",
            "数据源不是可识别的数据库地址。请写成 dialect://用户:密码@主机/数据库，密码中的@写成%40。",
        ) from error
    location = without_credentials(text)
    if source.startswith("service="):
        location = source
    engine = ENGINES.get(url.get_backend_name())
    if engine is None:
        known = ", ".join(sorted(ENGINES))
        raise SourceRefused(
            f"{location}: no driver for this kind of database. There are: {known}. Or export it as CSV.",
            f"{location}：不支持这种数据库。可用：{known}；也可导出为CSV文件。",
        )
    if "+" not in url.drivername:
        url = url.set(drivername=engine.driver)
    if url.get_backend_name() in _FILES:
        _refuse_missing_file(url, location)
    return Place(url, engine, location)


def _refuse_missing_file(url: URL, location: str) -> None:
    """Drivers of file databases would create a missing file, empty."""
    path = (url.database or "").removeprefix("file:").partition("?")[0]
    if not Path(path).is_file():
        raise SourceRefused(
            f"{location}: there is no such file. Check the path in the URL.",
            f"{location}：没有这个文件，请检查地址中的路径。",
        )


@contextmanager
def snapshot(place: Place) -> Iterator[Connection]:
    """The open database. Raises SourceRefused, for faults inside the block too."""
    with _faults_said(place):
        bounds = limits()
        engine = sa.create_engine(
            place.engine.url(place.url),
            hide_parameters=True,
            poolclass=sa.pool.NullPool,
            connect_args=place.engine.connect_arguments(bounds),
        ).execution_options(**place.engine.execution_options)
        with engine.connect() as connection:
            for statement in place.engine.begin(bounds):
                connection.exec_driver_sql(statement)
            try:
                yield connection
            finally:
                connection.invalidate()  # nothing to commit, nothing to wait for


@contextmanager
def _faults_said(place: Place) -> Iterator[None]:
    location, package = place.location, place.engine.package
    try:
        yield
    except (sa.exc.NoSuchModuleError, ImportError) as error:
        raise SourceRefused(
            f"{location}: the driver {place.url.drivername} is not installed. Run: pip install '{package}'",
            f"{location}：没有安装驱动程序{place.url.drivername}。请运行：pip install '{package}'",
        ) from error
    except sa.exc.DBAPIError as error:
        message = _without_secrets(_first_line(error), place.url)
        advice = place.engine.advice(message)
        raise SourceRefused(
            f"{location}: {message}. {advice or 'Check the address, the account and its rights.'}",
            f"{location}：{message}。{advice or '请检查地址、账号及其权限。'}",
        ) from None
    except sa.exc.SQLAlchemyError as error:
        raise SourceRefused(
            f"{location}: cannot be read ({type(error).__name__}). Check the URL.",
            f"{location}：无法读取（{type(error).__name__}），请检查地址。",
        ) from None


def _first_line(error: sa.exc.DBAPIError) -> str:
    said = str(error.orig).strip() if error.orig else ""
    return said.splitlines()[0].rstrip(".") if said else type(error).__name__


def _without_secrets(message: str, url: URL) -> str:
    hidden = [url.password, url.username, *(str(value) for key, value in url.query.items() if "pass" in key)]
    for secret in filter(None, hidden):
        message = message.replace(str(secret), "***")
    return message
