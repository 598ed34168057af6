"""Chapters 8, 9 and 11, and RD-1: complaints, reports, the body's own audits, editions and documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

from .arithmetic import add_days, add_months
from .audits import held_end, is_held, is_itsms, team
from .clients import belongs_to_itsms, body
from .documents import DOCUMENTED
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Judgement,
    Subject,
    breach_if,
    deadline,
    each,
    rule,
)
from .lines import audits_of_rows, decision_of, is_current, whole_line
from .records import Record
from .reports import CNCA_OR_UNSAID, reported, reported_period
from .rules_certificate import all_bodies, certificates
from .rules_conduct import decisions_on
from .rules_status import STOPPING, events, settled_on
from .standards import editions, half_width
from .status import end
from .workdays import add_working_days
from .world import World, blank

REPORT_HORIZON = 60
EDITION_HORIZON = 180
DOCUMENT_HORIZON = 30

# --- 8 complaints ----------------------------------------------


@each("complaint")
def complaints(world: World, row: Record) -> Iterator[Subject]:
    """Appeals and complaints, on the day they were received."""
    if belongs_to_itsms(world, row):
        yield Subject(row.complaint_id, row.received_on, row)


@rule("R8.3-a", complaints, reads=("complaint.notified_on",))
def answered_in_time(world: World, row: Record) -> Judgement:
    """Answered within 60 days."""
    return deadline(world, add_days(row.received_on, 60), world.known(row.notified_on))


def _is_decided(world: World, row: Record) -> bool:
    return world.happened(row.decided_on)


def _of_audit(world: World, audit: Record, person_id: str) -> bool:
    """Whether a person was on the team of an audit."""
    return any(member.person_id == person_id for member in team(world, audit))


def _is_involved(world: World, row: Record, person_id: str) -> bool | None:
    """Whether a person had to do with what the complaint is about; None where nothing says."""
    audit = world.get("audit", row.audit_id)
    if audit is not None:
        return _of_audit(world, audit, person_id) or any(
            decision.decided_by == person_id for decision in decisions_on(world, audit)
        )
    certificate = world.get("certificate", row.certificate_id)
    if certificate is None:
        return None
    if certificate.is_stub:
        return True if _on_last_audit(world, row, certificate, person_id) else None
    decision = decision_of(world, certificate)
    if decision is not None and decision.is_stub:
        return True if _on_last_audit(world, row, certificate, person_id) else None
    if decision is not None:
        deciding = world.get("audit", decision.audit_id)
        if decision.decided_by == person_id:
            return True
        if deciding is not None and _of_audit(world, deciding, person_id):
            return True
    return _on_last_audit(world, row, certificate, person_id)


def _on_last_audit(world: World, row: Record, certificate: Record, person_id: str) -> bool:
    """Whether a person was on the team of the line's last held audit before the complaint."""
    held = [
        (held_end(world, audit), audit.audit_id, audit)
        for audit in audits_of_rows(world, whole_line(world, certificate))
        if is_itsms(audit) and is_held(world, audit)
    ]
    before = [one for one in held if one[0] is not None and one[0] < row.received_on]
    if not before:
        return False
    last = max(before, key=lambda one: (one[0], one[1]))
    return _of_audit(world, last[2], person_id)


@rule(
    "R8.3-b",
    complaints.where(_is_decided),
    reads=("audit_assignment", "decision", "complaint.decided_by"),
)
def decided_by_another(world: World, row: Record) -> str:
    """Decided by nobody who was on the team or took a decision."""
    if row.audit_id is None and row.certificate_id is None:
        return PASS if row.about in ("mark_use", "fee", "service") else UNDETERMINED
    person = world.get("person", row.decided_by)
    if person is None:
        return UNDETERMINED
    involved = _is_involved(world, row, row.decided_by)
    if not involved and person.is_stub:
        return UNDETERMINED
    return breach_if(involved)


# --- 9 reports ----------------------------------------------


def annual_due(year: int) -> date:
    """31 March of the year after."""
    return date(year + 1, 3, 31)


@each(all_bodies)
def body_years(world: World, row: Record) -> Iterator[Subject]:
    """Each body and calendar year from 2025 to the year before as_of's; the due day is a term."""
    for year in range(2025, world.as_of.year):
        yield Subject(f"{row.body_id}|{year}", annual_due(year), (row.body_id, year), row)


def annual(kind: str) -> Callable[[World, tuple[str, int]], Judgement]:
    """An annual report, accepted by CNCA by the end of March."""

    def judge(world: World, pair: tuple[str, int]) -> Judgement:
        body_id, year = pair
        done = reported_period(world, kind, body_id, str(year), CNCA_OR_UNSAID)
        return deadline(world, annual_due(year), done, REPORT_HORIZON)

    return judge


REPORT_COLUMNS = (
    "cnca_report",
    "cnca_report.recipient",
    "cnca_report.result",
    "cnca_report.period",
    "cnca_report.subject_id",
)
PERIODIC = (*REPORT_COLUMNS[:3], "cnca_report.period")
SINGLE = (*REPORT_COLUMNS[:3], "cnca_report.subject_id")

rule("R9.1-a", body_years, is_term=True, per_body=True, cut_over=True, reads=PERIODIC)(
    annual("annual_work_report")
)
rule("R9.1-b", body_years, is_term=True, per_body=True, cut_over=True, reads=PERIODIC)(
    annual("social_responsibility_report")
)


@rule("R9.3", certificates, cut_over=True, reads=SINGLE)
def result_reported(world: World, row: Record) -> Judgement:
    """The result is accepted by the 10th of the month after issue."""
    due = add_months(add_days(row.issued_on, 10 - row.issued_on.day), 1)
    done = reported(world, "certification_result", row.certificate_id, CNCA_OR_UNSAID)
    return deadline(world, due, done, horizon=10)


def has_channel(_: World, row: Record) -> bool:
    """Whether the certificate says how to query it."""
    return not blank(row.query_channel)


_ADDRESS = re.compile(
    r"(?<![0-9A-Z.-])(?:HTTPS?://)?(?:[0-9A-Z-]+\.)*(?:CNCA\.GOV\.CN|CX\.CNCA\.CN)(?![0-9A-Z-]|\.[0-9A-Z])"
    r"(?::[0-9]+)?(?:[/?#][!-+\--:<-~]*)?"
)
_NAMES = (
    "国家认证认可监督管理委员会",
    "国家认监委",
    "认监委",
    "CNCA",
    "全国认证认可信息公共服务平台",
    "认证认可信息公共服务平台",
    "认E云",
    "认证云",
)
_WORDS = (
    *("官方", "官网", "网站", "网址", "平台", "系统", "公众号", "小程序", "APP", "微信"),
    *("查询", "路径", "途径", "方式", "可在", "登录", "通过", "及", "和", "或", "HTTPS", "HTTP", "WWW"),
)


def rest_of_channel(text: str) -> str:
    """What a way to query says besides CNCA's own: upper-cased, without words that say nothing."""
    rest = _ADDRESS.sub("", half_width(text).upper())
    for name in (*_NAMES, *_WORDS):
        rest = rest.replace(name, "")
    return "".join(mark for mark in rest if unicodedata.category(mark)[0] not in "PSZC")


@rule("R9.3-b", certificates.where(has_channel))
def own_channel(_: World, row: Record) -> str:
    """The way to query the certificate is not CNCA's alone."""
    return breach_if(not rest_of_channel(row.query_channel))


status_changes = events(*STOPPING)


def change_due(row: Record) -> date | None:
    """Two working days after the change."""
    return add_working_days(row.effective_on, 2)


@rule("R9.4-a", status_changes, cut_over=True, reads=SINGLE)
def change_reported(world: World, row: Record) -> Judgement:
    """The change is accepted within two working days."""
    done = reported(world, "status_change", row.event_id, CNCA_OR_UNSAID)
    return deadline(world, change_due(row), done, horizon=2)


@rule("R9.4-b", status_changes, reads=("certificate_event.published_on",))
def change_published(world: World, row: Record) -> str:
    """The change is made public in time; a suspension at the latest while it lasts."""
    due = change_due(row) or add_days(row.effective_on, 2)
    owner = world.get("certification_body", body(world, row, ask=False))
    if owner is None:
        return UNDETERMINED
    if owner.reporting_since is not None and due < owner.reporting_since:
        return NOT_APPLICABLE
    published = world.known(row.published_on)
    over = settled_on(world, row) if row.event == "suspended" else None
    if over is not None and (published is None or published > over):
        return BREACH
    certificate = world.get("certificate", row.certificate_id)
    is_hidden = certificate is None or certificate.is_stub  # its end may have come before
    if row.event == "suspended" and is_hidden and (published is None or published > row.effective_on):
        return UNDETERMINED
    late = world.as_of > due if published is None else published > due
    return WARNING if late else PASS


# --- 11 ----------------------------------------------


@each("certificate")
def withdrawn(world: World, row: Record) -> Iterator[Subject]:
    """Main certificates on an edition that goes, issued while it was issued; on its last day."""
    if is_itsms(row) and row.parent_certificate_id is None and is_current(world, row):
        for edition in editions(row.standard):
            last, until = edition.last_issue_on, edition.transition_until
            if until is not None and (last is None or row.issued_on <= last):
                yield Subject(row.certificate_id, until, (row, until), row)
                return


@rule("R11.1", withdrawn, is_term=True, reads=("certificate.standard",))
def changed_over(world: World, pair: tuple[Record, date]) -> Judgement:
    """The certificate has ended by the last day of the transition."""
    over = end(world, pair[0])
    return deadline(world, pair[1], None if over is None else over.on, EDITION_HORIZON)


@each(all_bodies)
def bodies(world: World, row: Record) -> Iterator[Subject]:
    """Every body, on as_of."""
    yield Subject(row.body_id, world.as_of, row)


@rule("R11.2", bodies, per_body=True, reads=("internal_audit",))
def internal_audit(world: World, row: Record) -> Judgement:
    """The next internal audit is due a year after the last; it is never done, only moved on.

    The due day is that of the last one whose day is known; none where no day is known.
    """
    audits = world.of("internal_audit", "body_id", row.body_id)
    known = [one.held_on for one in audits if world.happened(one.solid("held_on"))]
    held = [one.held_on for one in audits if world.happened(one.held_on)]
    first = date(2026, 3, 1)
    found = deadline(world, add_months(max(held, default=first), 12), None, REPORT_HORIZON)
    is_open = not known and any(one.is_unknown("held_on") for one in audits)
    return Judgement(found.state, None if is_open else add_months(max(known, default=first), 12))


# --- RD-1 ----------------------------------------------


@each(all_bodies)
def documented_clauses(world: World, row: Record) -> Iterator[Subject]:
    """Every body and every clause whose evidence is a document."""
    for clause in DOCUMENTED:
        yield Subject(f"{row.body_id}|{clause}", world.as_of, (row, clause), row)


@rule("RD-1", documented_clauses, per_body=True)
def on_file(world: World, pair: tuple[Record, str]) -> str:
    """A document is on file, has begun, and does not expire within thirty days."""
    body_row, clause = pair
    register = world.of("body_document", "body_id", body_row.body_id)
    if not register:
        return UNDETERMINED
    rows = [row for row in register if row.clause == clause]
    last = world.as_of
    is_current = any(
        (row.valid_from is None or row.valid_from <= last)
        and (row.valid_until is None or row.valid_until >= last)
        for row in rows
    )
    if not is_current:
        return WARNING
    is_expiring = all(
        row.valid_until is not None and row.valid_until <= add_days(last, DOCUMENT_HORIZON) for row in rows
    )
    return WARNING if is_expiring else PASS
