"""Reissues and lines of certificates, and the decision that a certificate rests on.

"A NULL among these: no reissue" is said of the cells that make a reissue, so an unreadable one counts as NULL
here, whatever is being tried.
"""

from __future__ import annotations

from datetime import date

from .audits import completed, is_begun, is_itsms
from .records import Record
from .world import World, remembered


def previous(world: World, row: Record) -> Record | None:
    """The certificate that this one follows, by renewal or reissue."""
    return world.get("certificate", row.solid("previous_certificate_id"))


@remembered
def is_reissue(world: World, row: Record) -> bool:
    """Whether a certificate is a reissue in the term (C.3) of the one before."""
    before = previous(world, row)
    if row.is_stub or before is None or before.is_stub or _turns_back(world, row):
        return False
    compared = [(row.solid(name), before.solid(name)) for name in ("system", "cycle_no")]
    issued, expires = row.solid("issued_on"), before.solid("expires_on")
    if issued is None or expires is None or any(None in pair for pair in compared):
        return False
    same = all(one == other for one, other in compared) and issued <= expires
    return same and not _renewed(world, row, before)


def _turns_back(world: World, row: Record) -> bool:
    """Whether the chain of previous certificates returns to itself."""
    seen = set()
    one: Record | None = row
    while one is not None:
        if one in seen:
            return True
        seen.add(one)
        one = previous(world, one)
    return False


def _renewed(world: World, row: Record, before: Record) -> bool:
    """Whether a decision of its own is a renewal, another grant than the previous one's, or of unknown kind."""
    decision = world.get("decision", row.solid("decision_id"))
    if decision is None:
        return False
    kind, decided_on = decision.solid("kind"), decision.solid("decided_on")
    if decided_on is not None and decided_on > world.as_of:
        return False
    if kind is None:
        return True
    other = before.solid("decision_id") or _decision_id(world, before)
    return bool(kind == "renew" or (kind == "grant" and decision.decision_id != other))


def _decision_id(world: World, row: Record) -> str | None:
    found = decision_of(world, row)
    return None if found is None else str(found.decision_id)


@remembered
def line(world: World, row: Record) -> list[Record]:
    """The certificate and, back through reissues, the rows that it reissues: latest first."""
    rows = [row]
    while is_reissue(world, rows[-1]):
        before = previous(world, rows[-1])
        if before is None:
            break
        rows.append(before)
    return rows


@remembered
def reissues(world: World, row: Record) -> list[Record]:
    """The reissues of a certificate that were issued by as_of, earliest first."""
    found = [
        other
        for other in world.of("certificate", "previous_certificate_id", row.certificate_id)
        if is_reissue(world, other) and world.happened(other.solid("issued_on"))
    ]
    return sorted(found, key=lambda other: (other.solid("issued_on"), other.certificate_id))


@remembered
def whole_line(world: World, row: Record) -> list[Record]:
    """The line, and the rows that later reissued the certificate."""
    rows = list(line(world, row))
    later = [row]
    while later:
        later = [other for one in later for other in reissues(world, one)]
        rows = [*later, *rows]
    return rows


@remembered
def current_row(world: World, row: Record) -> Record:
    """The certificate itself, or the last reissue of it (of two reissues of one row the later one)."""
    found = reissues(world, row)
    return current_row(world, found[-1]) if found else row


def is_current(world: World, row: Record) -> bool:
    """Issued by as_of, and not reissued by as_of."""
    return world.happened(row.issued_on) and not reissues(world, row)


def start(world: World, row: Record) -> date:
    """issued_on of the line's first row."""
    day: date = line(world, row)[-1].issued_on
    return day


def audits_of_rows(world: World, rows: list[Record]) -> list[Record]:
    """The audits, of whatever status or system, whose certificate_id is one of the rows."""
    return [audit for row in rows for audit in world.of("audit", "certificate_id", row.certificate_id)]


def completed_audits(world: World, row: Record, *types: str) -> list[Record]:
    """The completed ITSMS audits of the certificate's whole line, in order."""
    return completed(world, audits_of_rows(world, whole_line(world, row)), *types)


def next_begun(world: World, audit: Record, row: Record | None) -> Record | None:
    """The first begun ITSMS audit of the whole line with a later actual_start than this audit's (V21)."""
    if row is None or audit.actual_start is None:
        return None
    later = [
        other
        for other in audits_of_rows(world, whole_line(world, row))
        if is_itsms(other) and is_begun(world, other) and other.actual_start > audit.actual_start
    ]
    return min(later, key=lambda other: (other.actual_start, other.audit_id), default=None)


# --- D ----------------------------------------


@remembered
def decision_of(world: World, row: Record) -> Record | None:
    """D: the decision that the certificate rests on, if decided by as_of; a stub is given as it is."""
    seen = set()
    one: Record | None = row
    while one is not None and one not in seen and not one.is_stub:
        seen.add(one)
        if one.decision_id is not None:
            decision = world.get("decision", one.decision_id)
            if decision is None or decision.is_stub or world.happened(decision.decided_on):
                return decision
            return None
        if one.parent_certificate_id is not None:
            one = world.get("certificate", one.parent_certificate_id)
        elif is_reissue(world, one):
            one = previous(world, one)
        else:
            return None
    return None


def is_decision_hidden(world: World, row: Record) -> bool:
    """Whether a certificate without a decision of its own has it from a main certificate that is a stub."""
    seen = set()
    one: Record | None = row
    while one is not None and one not in seen and one.decision_id is None and not one.is_stub:
        seen.add(one)
        if one.parent_certificate_id is not None:
            one = world.get("certificate", one.parent_certificate_id)
        else:
            one = previous(world, one) if is_reissue(world, one) else None
    return one is not None and one.is_stub


def certificates_of(world: World, decision: Record) -> list[Record]:
    """The certificate that the decision names, else the certificates whose D it is."""
    named = world.get("certificate", decision.certificate_id)
    if named is not None:
        return [named]
    naming = world.of("certificate", "decision_id", decision.decision_id)
    inherited = [
        row
        for row in world.table("certificate")
        if row.solid("decision_id") is None and decision_of(world, row) is decision
    ]
    return [row for row in naming if decision_of(world, row) is decision] + inherited


@remembered
def _possibly_decided_on(world: World) -> dict[str, list[Record]]:
    """The certificates by application whose D could be on one of its audits, whatever is unknown."""
    found: dict[str, list[Record]] = {}
    for row in world.table("certificate"):
        seen: list[Record] = []
        one: Record | None = row
        while one is not None and one not in seen and one.solid("decision_id") is None:
            seen.append(one)
            above = world.get("certificate", one.solid("parent_certificate_id"))
            one = above if above is not None else previous(world, one)
        decision = None if one is None else world.get("decision", one.solid("decision_id"))
        audit = None if decision is None else world.get("audit", decision.solid("audit_id"))
        application_id = None if audit is None else audit.solid("application_id")
        if application_id is not None:
            found.setdefault(application_id, []).append(row)
    return found


def possibly_decided_on(world: World, application_id: str | None) -> list[Record]:
    """The certificates among which those are whose D is on an audit of an application: to look at fewer."""
    return [] if application_id is None else _possibly_decided_on(world).get(application_id, [])
