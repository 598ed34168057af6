"""What is sent to SQL Server and Oracle, of which no server stands here: the statements as they are compiled, and the
road to the driver as far as the network. A failure means that one of them would refuse or misread a body's tables."""

from __future__ import annotations

import socket
import threading
import time

import pytest
import sqlalchemy as sa

from ingestion.errors import SourceRefused
from ingestion.sources.database.connecting import find, snapshot
from ingestion.sources.database.engines import ENGINES
from ingestion.sources.database.limits import Limits
from ingestion.sources.database.relations import Column, group

DIALECTS = {name: sa.create_engine(f"{ENGINES[name].driver}://h/d").dialect for name in ("mssql", "oracle")}


def fetched(kind: str, name: str, column_type: str) -> tuple[str, str]:
    cell = ENGINES[kind].cell(Column(name, column_type), DIALECTS[kind].identifier_preparer.quote_identifier)
    return cell.sql, cell.kind


@pytest.mark.parametrize(
    ("kind", "name", "column_type", "statement", "value"),
    [
        ("oracle", "AUDIT", "varchar2", '"AUDIT"', "plain"),
        ("oracle", "D", "date", "trim(to_char(\"D\", 'FXSYYYY-MM-DD HH24:MI:SS'))", "plain"),
        ("oracle", "T", "timestamp(6) with time zone",
         "trim(to_char(\"T\" at time zone 'Asia/Shanghai', 'FXSYYYY-MM-DD HH24:MI:SS'))", "plain"),
        ("oracle", "N", "number", "to_char(\"N\", 'TM9')", "plain"),
        ("oracle", "O", "object", "case when \"O\" is not null then '{object}' end", "nested"),
        ("oracle", "J", "json", 'json_serialize("J" returning clob)', "nested"),
        ("mssql", "user", "bit", "cast([user] as int)", "flag"),
        ("mssql", "a]b", "date", "convert(varchar(10), [a]]b], 23)", "plain"),
        ("mssql", "t", "datetimeoffset", "convert(varchar(27), switchoffset([t], '+08:00'), 121)", "plain"),
        ("mssql", "x", "xml", "convert(nvarchar(max), [x])", "nested"),
        ("mssql", "b", "varbinary", "convert(varbinary(max), [b])", "binary"),
        ("mssql", "名称", "nvarchar", "[名称]", "plain"),
    ],
)  # fmt: skip
def test_cells_are_fetched_in_a_form_that_has_one_reading(
    kind: str, name: str, column_type: str, statement: str, value: str
) -> None:
    assert fetched(kind, name, column_type) == (statement, value)


def test_each_begins_one_snapshot_that_cannot_write_where_the_database_can_say_so() -> None:
    bounds = Limits(connect=5, statement=60, lock=7)
    assert list(ENGINES["oracle"].begin(bounds))[-1] == "set transaction read only"
    assert list(ENGINES["mssql"].begin(bounds)) == [
        "set lock_timeout 7000", "set transaction isolation level snapshot", "begin transaction",
    ]  # fmt: skip
    assert ENGINES["mssql"].connect_arguments(bounds) == {
        "login_timeout": 5, "timeout": 60, "appname": "certhouse", "read_only": True,
    }  # fmt: skip
    assert ENGINES["oracle"].connect_arguments(bounds) == {"tcp_connect_timeout": 5.0}


def test_catalogue_rows_become_relations_with_their_columns_in_order() -> None:
    rows = [
        (None, "AUDIT", "AUDIT_ID", "NUMBER"),
        (None, "AUDIT", "Plan", "DATE"),
        ("HR", "AUDIT", "ID", "NUMBER"),
    ]
    first, second = group(rows)
    assert (first.label, [column.name for column in first.columns]) == ("AUDIT", ["AUDIT_ID", "Plan"])
    assert (second.label, second.columns) == ("HR.AUDIT", (Column("ID", "number"),))


def test_what_can_be_done_about_a_refused_snapshot_is_said() -> None:
    said = ENGINES["mssql"].advice("Snapshot isolation transaction failed accessing database 'x' (3952)")
    assert said is not None
    assert "ALLOW_SNAPSHOT_ISOLATION ON" in said


@pytest.mark.parametrize("url", ["oracle://reader:hidden-word@127.0.0.1:{port}/?service_name=x",
                                 "mssql://reader:hidden-word@127.0.0.1:{port}/db"])  # fmt: skip
def test_the_driver_is_reached_with_our_limits_and_says_so_without_the_password(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that answers nothing: the drivers' own code runs up to the network, and gives up in time."""
    monkeypatch.setattr("ingestion.sources.database.connecting.limits", lambda: Limits(connect=1))
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_hang_up, args=(server,), daemon=True).start()
        started = time.monotonic()
        with (
            pytest.raises(SourceRefused) as refused,
            snapshot(find(url.format(port=server.getsockname()[1]))),
        ):
            pass
    assert time.monotonic() - started < 20
    said = f"{refused.value}{refused.value.zh}"
    assert "127.0.0.1" in said
    assert "hidden-word" not in said
    assert "reader" not in said


def _hang_up(server: socket.socket) -> None:
    try:
        while True:
            server.accept()[0].close()
    except OSError:
        return
