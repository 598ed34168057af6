"""The steps of a prepared version: justify, check, approve, sent, receipt. One entry each, or a refusal.

What the entries themselves can decide is decided in `history.apply`; here, what needs the files, the clock
and the words that people give.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dagster_project.filing import version_folder
from dagster_project.filing.entry import Entry
from dagster_project.filing.errors import StepRefused, UnknownSubmission
from dagster_project.filing.history import RejectedRow, Version, apply, series_of
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.people import shown_name
from dagster_project.filing.wording import clean_line, clean_text


def justify(
    ledger: Ledger,
    submission_id: str,
    *,
    by: str,
    warnings: Sequence[str],
    because: str,
    on: date | None = None,
) -> Entry:
    """Keep why warnings are no reason not to file. Each is SHEET.FIELD.check, or enough of its end."""
    version = find(ledger, submission_id)
    text = clean_text(because)
    if not text:
        raise StepRefused("A justification needs words.", "须写明理由。", "Give them with --because TEXT.")
    details = {"warnings": [_full_name(version, name) for name in warnings], "justification": text}
    return _do(ledger, version, "justified", by, on, details)


def check(ledger: Ledger, submission_id: str, *, by: str, on: date | None = None) -> Entry:
    """Check off: no error, ready, every warning justified, every file as it was prepared."""
    version = find(ledger, submission_id)
    _refuse_changed_files(ledger, version)
    return _do(ledger, version, "checked", by, on)


def approve(ledger: Ledger, submission_id: str, *, by: str, on: date | None = None) -> Entry:
    """Approve; it takes two people, neither of whom prepared it."""
    version = find(ledger, submission_id)
    _refuse_changed_files(ledger, version)
    return _do(ledger, version, "approved", by, on)


def sent(ledger: Ledger, submission_id: str, *, by: str, channel: str, on: date | None = None) -> Entry:
    """Record that it was sent on that day, and by which way."""
    version = find(ledger, submission_id)
    _refuse_changed_files(ledger, version)
    way = clean_text(channel)
    if not way:
        raise StepRefused(
            "By which way was it sent?",
            "须写明报送方式。",
            "Give it with --channel TEXT, for example 网上上报.",
        )
    return _do(ledger, version, "sent", by, on, {"channel": way})


def receipt(
    ledger: Ledger,
    submission_id: str,
    *,
    by: str,
    result: str,
    receipt_no: str = "",
    rejected: Sequence[RejectedRow] = (),
    instead_because: str = "",
    on: date | None = None,
) -> Entry:
    """Record the answer. `result`: accepted, rejected, or partly, which names the rejected rows.

    instead_because  why this answer takes the place of the one recorded before; both are kept
    """
    version = find(ledger, submission_id)
    number = clean_line(receipt_no)
    if result != "rejected" and not number:
        raise StepRefused(
            "An acceptance has a receipt number.", "接收回执须有回执号。", "Give it with --receipt-no TEXT."
        )
    if (result == "partly") != bool(rejected) and result != "rejected":
        raise StepRefused(
            "Rejected rows belong to a partial acceptance or a rejection, and a partial acceptance names them.",
            "部分接收须列明被退回的行；全部接收不应有被退回的行。",
            "Use --result partly --rejected FILE, a CSV with the columns sheet, row, reason.",
        )
    rows = _known_rows(ledger, version, rejected)
    details: dict[str, Any] = {"result": result, "receipt_no": number, "rejected": rows}
    if reason := clean_text(instead_because):
        details["instead_because"] = reason
    return _do(ledger, version, "answered", by, on, details)


def find(ledger: Ledger, submission_id: str) -> Version:
    """The version by its id, or the latest one by kind/body/period. Raises UnknownSubmission."""
    name = submission_id.strip().strip("/").removeprefix("submissions/")
    parts = name.split("/")
    versions = ledger.versions("/".join(parts[:3]))
    if name in versions:
        return versions[name]
    if len(parts) == 3 and versions:
        return max(versions.values(), key=lambda version: version.number)
    raise UnknownSubmission(
        f"The ledger knows no submission {name!r}.",
        "台账中没有这份上报文件。",
        "See what there is: certhouse submission list. It is written kind/body/period/vN.",
    )


def _do(
    ledger: Ledger,
    version: Version,
    action: str,
    by: str,
    on: date | None,
    details: dict[str, Any] | None = None,
) -> Entry:
    """One transaction: the entry is drafted, held against the ledger as it is now, and written."""
    actor = shown_name(by)
    day = on or ledger.today
    _refuse_future(ledger, version, action, day)
    payload = {
        "on": day.isoformat(),
        "manifest_sha256": version.prepared["manifest_sha256"],
        **(details or {}),
    }
    with ledger.writing():
        versions = ledger.versions(series_of(version.submission_id))
        entry = ledger.draft(actor, action, version.submission_id, payload)
        apply(versions, entry)
        ledger.append(entry)
    return entry


def _refuse_future(ledger: Ledger, version: Version, action: str, day: date) -> None:
    # The day that the records speak for has come, whatever this machine's clock says.
    latest = max(ledger.today, date.fromisoformat(version.prepared["as_of"]))
    if day > latest:
        raise StepRefused(
            f"{version.submission_id} cannot have been {action} on {day}: that day has not come.",
            f"日期{day}尚未到来。",
            "Give the day on which it really happened with --on YYYY-MM-DD.",
        )


def _refuse_changed_files(ledger: Ledger, version: Version) -> None:
    folder = ledger.submissions / version.submission_id
    content = version.prepared
    for fault, fault_zh in version_folder.faults(folder, content["manifest_sha256"], content["files"]):
        raise StepRefused(
            f"{version.submission_id}: {fault} since it was prepared.",
            f"{fault_zh}，与编制时不一致。",
            "Put the file back as it was, from a backup, or correct the records and prepare a new version.",
        )


def _full_name(version: Version, warning: str) -> str:
    names = version.prepared["warning_checks"]
    short = [name for name in names if name == warning or name.endswith(f".{warning}")]
    return short[0] if len(short) == 1 else warning


def _known_rows(ledger: Ledger, version: Version, rejected: Sequence[RejectedRow]) -> list[dict[str, Any]]:
    """The rows with sheets by their codes and reasons fit to be kept, in order, each once."""
    if not rejected:
        return []
    sheets = version_folder.read_manifest(ledger.submissions / version.submission_id)["sheets"]
    first_row = _first_data_row(version.prepared["form_profile"])
    codes = {key: sheet for sheet in sheets for key in (sheet["code"], sheet["name"])}
    rows: dict[tuple[str, int], str] = {}
    for row in rejected:
        sheet = codes.get(row.sheet.strip())
        if sheet is None or (first_row and not first_row <= row.row < first_row + sheet["rows"]):
            raise StepRefused(
                f"{version.submission_id} has no sheet and row {clean_text(row.sheet)!r}, {row.row}.",
                "被退回的行不在该文件中。",
                f"Its sheets: {', '.join(codes)}. Rows count as in the spreadsheet, headings included.",
            )
        rows[sheet["code"], row.row] = clean_text(row.reason)
    return [{"sheet": sheet, "row": row, "reason": reason} for (sheet, row), reason in sorted(rows.items())]


def _first_data_row(profile: str) -> int | None:
    """Below the form's headings; None where the file has no one place for its data."""
    from reports.submissions.records.sheet_form import load_form
    from reports.submissions.strict_files import FormError

    try:
        return load_form(profile).first_data_row
    except (FormError, OSError):
        return None
