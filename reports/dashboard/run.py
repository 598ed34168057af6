"""The run that the pages speak for."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from reports.labels import PROFILE
from reports.rows import Rows, read


@dataclass(frozen=True)
class Accepted:
    """A load of which too much is missing, and that was accepted all the same: why, and what is missing."""

    reason: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """What the warehouse speaks for, as the head of every page says it, and the bodies to choose from."""

    as_of: str
    batch_id: str
    contract_version: str
    rule_set_version: str
    profiles: str
    bodies: tuple[tuple[str, str], ...]
    accepted: Accepted | None = None

    @property
    def profile_names(self) -> list[str]:
        return [PROFILE.get(name, name) for name in self.profiles.split(",") if name]


def read_run(connection: duckdb.DuckDBPyConnection) -> Run:
    found = read(connection, Rows("marts.dim_run")).to_dict("records")
    if not found:
        raise ValueError("marts.dim_run is empty: the warehouse is not complete; run `certhouse run` again.")
    bodies = read(connection, Rows("marts.dim_certification_body", order=("body_id",)), ("body_id", "name"))
    as_of, batch_id, contract_version, rule_set_version, profiles = (
        str(found[0][key] or "")
        for key in ("as_of", "batch_id", "contract_version", "rule_set_version", "profiles")
    )
    return Run(
        as_of=as_of,
        batch_id=batch_id,
        contract_version=contract_version,
        rule_set_version=rule_set_version,
        profiles=profiles,
        accepted=_accepted(connection),
        bodies=tuple(zip(bodies["body_id"].map(str), bodies["name"].map(str), strict=True)),
    )


def _accepted(connection: duckdb.DuckDBPyConnection) -> Accepted | None:
    """None where the load is whole."""
    found = read(connection, Rows("meta.acceptance", order=("position",)), ("reason", "message_zh"))
    if found.empty:
        return None
    return Accepted(str(found["reason"].iloc[0]), tuple(found["message_zh"].map(str)))
