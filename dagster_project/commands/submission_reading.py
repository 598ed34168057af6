"""The part of `certhouse submission` that only reads: list, show, diff, work-list, due, verify."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dagster_project.commands.options import Day, debug_option, home_option, plainly, say
from dagster_project.commands.submission import id_argument, read_ledger

if TYPE_CHECKING:
    from dagster_project.filing.filings import Filing
    from dagster_project.filing.history import Version
    from dagster_project.warehouse.home import Home


@click.command("list")
@click.option("--kind", help="Only this kind.")
@click.option("--body", help="Only this body.")
@click.option("--state", help="Only versions in this state.")
@home_option
@debug_option
@plainly
def list_submissions(kind: str | None, body: str | None, state: str | None, home: Path, debug: bool) -> None:
    """List what has been prepared: every version, its state and the day it reached it."""
    from dagster_project.warehouse.home import Home

    submissions = Home.of(home).submissions
    with read_ledger(home) as ledger:
        filings = ledger.filings()
    known = {filing.submission_id for filing in filings}
    chosen = [
        filing
        for filing in filings
        if kind in (None, filing.kind) and body in (None, filing.body_id) and state in (None, filing.state)
    ]
    for filing in chosen:
        click.echo(f"{filing.submission_id:48} {filing.state:16} {_day(filing)}  {_faults(filing)}")
    strays = _unregistered(submissions, known)
    for name in strays:
        click.echo(f"{name:48} not registered: prepare it again")
    if not filings and not strays:
        click.echo(
            f"Nothing has been prepared in {submissions}. "
            "Start with: certhouse submission prepare monthly --month YYYY-MM"
        )


@click.command()
@id_argument
@home_option
@debug_option
@plainly
def show(submission_id: str, home: Path, debug: bool) -> None:
    """Show one version: every step with day and person, warnings, answer, files."""
    from dagster_project.filing.states import way_on
    from dagster_project.filing.steps import find

    with read_ledger(home) as ledger:
        version = find(ledger, submission_id)
    content = version.prepared
    click.echo(f"{version.submission_id}: {version.state}")
    if version.superseded_by is not None:
        click.echo(f"  superseded by version {version.superseded_by}; until then it was {version.phase}")
    click.echo(
        f"  form {content['form_profile']}, {content['subjects']} facts, as of {content['as_of']},"
        f" batch {content['batch_id']}"
    )
    for entry in version.entries:
        click.echo(
            f"  {entry.on}  {_what(entry.action, entry.payload)} by {entry.actor}"
            f"  (entry {entry.seq}, recorded {entry.recorded_at})"
        )
    for warning in content["warning_checks"]:
        reason = version.justifications.get(warning)
        click.echo(f"  warning {warning}: {reason or 'NOT justified'}")
    for row in version.answer.rejected if version.answer else ():
        click.echo(f"  rejected {row.sheet} row {row.row}: {row.reason}")
    for name, digest in content["files"].items():
        click.echo(f"  {digest}  {name}")
    if version.superseded_by is None:
        click.echo(f"Next: {way_on(version.submission_id, version.phase)}")


@click.command("work-list")
@home_option
@debug_option
@plainly
def work_list(home: Path, debug: bool) -> None:
    """What waits: for correction, justification, check, approval, sending, or a receipt."""
    from dagster_project.filing.work_list import work_list as tasks

    with read_ledger(home) as ledger:
        waiting = tasks(ledger.versions())
    if not waiting:
        click.echo("Nothing waits.")
    for task in waiting:
        click.echo(f"{task.submission_id}: waits for {task.waits_for}")
        for detail in task.details:
            click.echo(f"  {detail}")
        for row in task.rejected:
            click.echo(f"  {row.sheet} row {row.row}: {row.reason}")
        click.echo(f"  {task.next_step}")


@click.command()
@click.option("--on", type=Day(), help="The day from which is looked. Default: today in Shanghai.")
@click.option("--days", type=click.IntRange(0), default=90, show_default=True, help="How far ahead.")
@click.option("--body", help="Only this body.")
@click.option(
    "--ics",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it as a calendar file too, for any calendar program.",
)
@home_option
@debug_option
@plainly
def due(on: date | None, days: int, body: str | None, ics: Path | None, home: Path, debug: bool) -> None:
    """What has to be reported when: overdue, and due in the next days."""
    from dagster_project.filing.due_list import due_lines
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.today import today

    for text in due_lines(Home.of(home), on or today(), days=days, body=body, calendar=ics):
        click.echo(text)


@click.command()
@click.argument("submission_id", metavar="[KIND/BODY/PERIOD/VN]", required=False)
@click.option(
    "--rebuild", is_flag=True, help="Make the files again from their landing batch; compare every byte."
)
@home_option
@debug_option
@plainly
def verify(submission_id: str | None, rebuild: bool, home: Path, debug: bool) -> None:
    """Re-check the whole chain and every filed file; name the first entry that does not hold."""
    from dagster_project.filing.steps import find
    from dagster_project.filing.verifying import verify as verify_ledger
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.publish import current_name

    with read_ledger(home) as ledger:
        outcome = verify_ledger(ledger)
        if outcome.faults:
            for fault in outcome.faults:
                click.echo(f"DOES NOT HOLD: {fault}")
            raise SystemExit(1)
        versions = ledger.versions()
        chosen = [find(ledger, submission_id)] if submission_id else list(versions.values())
    click.echo(
        f"{outcome.entries} entries, {outcome.versions} versions, {outcome.files} files:"
        f" everything is as it was recorded.\nLast entry: {outcome.head}"
    )
    place = Home.of(home)
    sound = current_name(place) is None or _as_sealed(place)
    for name in _unregistered(place.submissions, set(versions)):
        click.echo(f"Not in the ledger, so not looked at: {name}")
    alike = not rebuild or _rebuilt_alike(home, chosen)
    if not (sound and alike):
        raise SystemExit(1)


@click.command()
@id_argument
@click.argument("other", required=False, metavar="[VN]")
@home_option
@debug_option
@plainly
def diff(submission_id: str, other: str | None, home: Path, debug: bool) -> None:
    """Show how a version differs from the one before (or from another one), cell by cell."""
    from dagster_project.filing.comparing import difference_lines

    with read_ledger(home) as ledger:
        for text in difference_lines(ledger, submission_id, other):
            click.echo(text)


READING = (list_submissions, show, diff, work_list, due, verify)


def _as_sealed(home: Home) -> bool:
    """Says whether the published file is the one that was sealed. Filed versions rest on their batches, not on it."""
    from dagster_project.warehouse.errors import WarehouseError
    from dagster_project.warehouse.publish import open_published

    try:
        click.echo(f"Published warehouse as it was sealed: {open_published(home, whole=True).name}")
    except WarehouseError as error:
        click.echo(f"DOES NOT HOLD: {error.said}")
        return False
    return True


def _rebuilt_alike(home: Path, versions: list[Version]) -> bool:
    from dagster_project.filing.rebuilding import rebuild
    from dagster_project.warehouse.home import Home

    alike = True
    for made in rebuild(Home.of(home), versions, say):
        if made.differences:
            alike = False
            click.echo(f"{made.submission_id}: NOT the same when made again")
            for text in (*made.differences, *made.notes):
                click.echo(f"  {text}")
        else:
            click.echo(f"{made.submission_id}: {made.files} files made again, the same to the byte")
    return alike


def _unregistered(submissions: Path, known: set[str]) -> list[str]:
    """Version folders that the ledger does not know: a crash left them, or somebody put them there."""
    found = (path.parent.relative_to(submissions) for path in submissions.glob("*/*/*/v*/manifest.json"))
    return sorted(name for folder in found if (name := folder.as_posix()) not in known)


def _day(filing: Filing) -> str:
    return max(filing.states.values()).isoformat()


def _faults(filing: Filing) -> str:
    parts = [f"{filing.errors} errors"] if filing.errors else []
    if filing.warnings:
        parts.append(f"{filing.warnings} warnings")
    if not filing.ready and not filing.errors:
        parts.append("period not over")
    if filing.phase == "half_approved":
        parts.append("approved by one")
    if filing.rejected:
        parts.append(f"{len(filing.rejected)} rows rejected")
    return ", ".join(parts)


def _what(action: str, payload: dict[str, Any]) -> str:
    if action == "sent":
        return f"sent ({payload['channel']})"
    if action == "answered":
        number = f", receipt {payload['receipt_no']}" if payload["receipt_no"] else ""
        reason = payload.get("instead_because")
        instead = f", instead of the one before ({reason})" if reason else ""
        return f"answer recorded: {payload['result']}{number}{instead}"
    if action == "justified":
        return f"justified {', '.join(payload['warnings'])}"
    return action
