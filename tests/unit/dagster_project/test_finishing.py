"""A candidate written anew before it is sealed. A failure means that identity numbers stand in a file that people hand
on, or that something of the warehouse is lost on the way."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dagster_project.warehouse.descriptions import Descriptions
from dagster_project.warehouse.finishing import finish
from dagster_project.warehouse.home import Home

ID_NUMBER = "110101199003071233"


def test_personal_columns_of_staging_are_in_no_byte_of_the_finished_file(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    candidate = home.warehouse / "certhouse.duckdb"
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("create schema staging; create schema marts; create schema submissions")
        connection.execute(
            f"create table staging.stg_person as select 'P' || n as person_id, 'name ' || n as name, "
            f"'{ID_NUMBER}' || n as id_number, '13900000000' || n as phone from range(500) r(n)"
        )
        connection.execute(
            "create table submissions.sub_form as select 'P1' as person_id, 'form 1' as id_number"
        )
        connection.execute("create table marts.dim_run as select 1 as one")
        connection.execute("comment on column marts.dim_run.one is '数'")
        connection.execute("checkpoint")
    assert ID_NUMBER.encode() in candidate.read_bytes()
    size = candidate.stat().st_size
    finished = finish(home, candidate, Descriptions({}, {}))
    content = finished.read_bytes()
    assert ID_NUMBER.encode() not in content
    assert b"13900000000" not in content
    assert b"name 499" in content
    assert len(content) < size / 2
    assert not candidate.exists()
    with duckdb.connect(str(finished), read_only=True) as connection:
        assert connection.execute("select count(*), count(name) from staging.stg_person").fetchall() == [
            (500, 500)
        ]
        assert connection.execute("select id_number from submissions.sub_form").fetchall() == [("form 1",)]
        assert connection.execute(
            "select comment from duckdb_columns() where column_name = 'one'"
        ).fetchall() == [("数",)]
