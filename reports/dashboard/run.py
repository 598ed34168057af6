"""The run that the pages speak for."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from reports.labels import PROFILE


@dataclass(frozen=True)
class Run:
    """What the warehouse speaks for, as the head of every page says it, and the bodies to choose from."""

    as_of: str
    batch_id: str
    contract_version: str
    rule_set_version: str
    profiles: str
    bodies: tuple[tuple[str, str], ...]

    @property
    def profile_names(self) -> list[str]:
        return [PROFILE.get(name, name) for name in self.profiles.split(",") if name]


def read_run(connection: duckdb.DuckDBPyConnection) -> Run:
    row = connection.execute(
        "select cast(as_of as varchar), batch_id, contract_version, rule_set_version, profiles"
        " from marts.dim_run"
    ).fetchone()
    if row is None:
        raise ValueError("marts.dim_run is empty: the warehouse is not complete; run `certhouse run` again.")
    bodies = connection.execute(
        "select body_id, name from marts.dim_certification_body order by body_id"
    ).fetchall()
    as_of, batch_id, contract_version, rule_set_version, profiles = (str(value or "") for value in row)
    return Run(
        as_of=as_of,
        batch_id=batch_id,
        contract_version=contract_version,
        rule_set_version=rule_set_version,
        profiles=profiles,
        bodies=tuple((str(key), str(name)) for key, name in bodies),
    )
