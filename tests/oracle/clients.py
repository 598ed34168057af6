"""Whose record it is: the client and the body of a record, "same client", "abroad", "ITSMS subjects"."""

from __future__ import annotations

from typing import Any

from . import unknown
from .audits import is_itsms
from .records import Record
from .world import World, remembered


def _read(row: Record | None, name: str, *, ask: bool) -> Any:
    """A cell; with ask False NULL where it is unknown."""
    if row is None:
        return None
    return getattr(row, name) if ask else row.solid(name)


def parent(world: World, row: Record, *, ask: bool = True) -> Record | None:
    """The audit, certificate or application that a record follows; None where it has none (or, ask False, an unknown one)."""

    def named(table: str, column: str) -> Record | None:
        return world.get(table, _read(row, column, ask=ask))

    if row.table in ("nonconformity", "audit_assignment", "audit_site", "service_objective"):
        return named("audit", "audit_id")
    if row.table == "certificate_event":
        return named("certificate", "certificate_id")
    if row.table == "record_item":
        return named("audit", "audit_id") or named("application", "application_id")
    if row.table == "complaint":
        return named("audit", "audit_id") or named("certificate", "certificate_id")
    if row.table == "decision":
        naming = world.of("certificate", "decision_id", row.decision_id)
        return (
            named("audit", "audit_id")
            or named("certificate", "certificate_id")
            or (naming[0] if naming else None)
        )
    return row


def client(world: World, row: Record | None, *, ask: bool = True) -> str | None:
    """The org_id of a record's client; None where nothing names one."""
    if row is None:
        return None
    if row.table == "organization":
        return str(row.org_id)
    if row.table == "complaint":
        org_id: str | None = _read(row, "org_id", ask=ask)
        if org_id is not None:
            return org_id
        certificate = world.get("certificate", _read(row, "certificate_id", ask=ask))
        if certificate is not None:
            return client(world, certificate, ask=ask)
        return client(world, world.get("audit", _read(row, "audit_id", ask=ask)), ask=ask)
    if row.table in ("application", "audit", "certificate"):
        return _read(row, "org_id", ask=ask)
    above = parent(world, row, ask=ask)
    return None if above is row else client(world, above, ask=ask)


def body(world: World, row: Record | None, *, ask: bool = True) -> str | None:
    """The body_id of a record's body, its own or its parent's; None where nothing names one."""
    if row is None:
        return None
    if "body_id" in row.__dict__ or "body_id" in row._unknown:
        return _read(row, "body_id", ask=ask)
    above = parent(world, row, ask=ask)
    return None if above is row else body(world, above, ask=ask)


def is_abroad(world: World, org_id: str | None) -> bool:
    """The client's country is known and not China."""
    organization = world.get("organization", org_id)
    country = None if organization is None else organization.solid("country_code")
    return country is not None and country != "156"


def same_client(world: World, one: str | None, other: str | None) -> bool:
    """The same org_id, or both with the same unified code (upper-cased, blanks removed)."""
    if one is None or other is None:
        return False
    if one == other:
        return True
    code = _code(world, one)
    return code is not None and code == _code(world, other)


@remembered
def _code(world: World, org_id: str) -> str | None:
    organization = world.get("organization", org_id)
    text = None if organization is None else organization.solid("uscc")
    return "".join(text.split()).upper() or None if text else None


@remembered
def _clients_by_code(world: World) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in world.table("organization", stubs=True):
        code = _code(world, row.org_id)
        if code is not None:
            found.setdefault(code, []).append(row.org_id)
    return found


def of_client(world: World, table: str, org_id: str | None) -> list[Record]:
    """The rows of a table whose org_id is the same client's; a row of unknown client is nobody's."""
    if org_id is None:
        return []
    code = _code(world, org_id)
    same = {org_id: None, **dict.fromkeys(_clients_by_code(world).get(code or "", ()))}
    return [row for one in same for row in world.of(table, "org_id", one) if not row.is_stub]


def belongs_to_itsms(world: World, row: Record) -> bool:
    """Whether a record is an ITSMS subject (catalogue, "ITSMS subjects"); without a parent it stays in."""
    with unknown.quietly():
        return _is_of_itsms(world, row)


def _is_of_itsms(world: World, row: Record) -> bool:
    above = None
    if row.table == "decision":
        above = world.get("audit", row.audit_id) or world.get("certificate", row.certificate_id)
        if above is None:
            naming = world.of("certificate", "decision_id", row.decision_id)
            return not naming or any(is_itsms(certificate) for certificate in naming)
    else:
        above = parent(world, row)
    return above is None or is_itsms(above)
