"""`certhouse submission`: what is filed with the regulator, from preparing to the receipt.

A step that the life cycle refuses ends with exit code 1, an id that the ledger does not know with 2, a file
of rejected rows that cannot be read with 3.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dagster_project.commands.options import (
    Day,
    Month,
    debug_option,
    home_option,
    plainly,
    published_option,
    stop,
)
from reports.submissions.kinds import KINDS

if TYPE_CHECKING:
    from dagster_project.filing.entry import Entry
    from dagster_project.filing.ledger import Ledger
    from dagster_project.filing.preparing import Prepared

by_option = click.option("--by", required=True, metavar="NAME", help="Who does this.")
on_option = click.option("--on", type=Day(), help="Day on which it happened, in Shanghai. Default: today.")
id_argument = click.argument("submission_id", metavar="KIND/BODY/PERIOD/VN")


@click.group()
def submission() -> None:
    """What is filed with the regulator: prepare, check, approve by two, send, record the receipt."""


@submission.command("prepare")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.option(
    "--period",
    metavar="PERIOD",
    help="YYYY-MM, YYYY or YYYY-MM-DD, by kind. Default: the last month or year, or the warehouse's day.",
)
@click.option("--month", type=Month(), help="The same as --period, for monthly kinds.")
@click.option("--body", help="Body to report for. Default: every body in the warehouse.")
@click.option("--profile", metavar="FORM", help="Version of the form. Default: the one in force.")
@click.option("--by", metavar="NAME", help="Who prepares it. Default: the name of the login.")
@on_option
@home_option
@published_option
@debug_option
@plainly
def prepare_submission(
    kind: str,
    period: str | None,
    month: str | None,
    body: str | None,
    profile: str | None,
    by: str | None,
    on: date | None,
    home: Path,
    as_of: date | None,
    debug: bool,
) -> None:
    """Prepare the files of a period from the published warehouse, validated cell by cell, and register them."""
    if period and month and period != month:
        raise click.UsageError("Give --period or --month, not both.")
    prepare_files(home, as_of, kind, period or month, body=body, profile=profile, by=by, on=on)


@submission.command()
@id_argument
@click.option(
    "--warning",
    "warnings",
    required=True,
    multiple=True,
    metavar="SHEET.FIELD.CHECK",
    help="Which warning, as `show` names it. More than once: the same words hold for several.",
)
@click.option("--because", required=True, metavar="TEXT", help="Why it is no reason not to file. It is kept.")
@by_option
@on_option
@home_option
@debug_option
@plainly
def justify(
    submission_id: str,
    warnings: tuple[str, ...],
    because: str,
    by: str,
    on: date | None,
    home: Path,
    debug: bool,
) -> None:
    """Keep a written justification of a warning, or of several."""
    from dagster_project.filing import steps

    _step(
        home,
        lambda ledger: steps.justify(ledger, submission_id, by=by, warnings=warnings, because=because, on=on),
    )


@submission.command()
@id_argument
@by_option
@on_option
@home_option
@debug_option
@plainly
def check(submission_id: str, by: str, on: date | None, home: Path, debug: bool) -> None:
    """Check off a version: no error, period over, warnings justified, files as they were prepared."""
    from dagster_project.filing import steps

    _step(home, lambda ledger: steps.check(ledger, submission_id, by=by, on=on))


@submission.command()
@id_argument
@by_option
@on_option
@home_option
@debug_option
@plainly
def approve(submission_id: str, by: str, on: date | None, home: Path, debug: bool) -> None:
    """Approve a checked version. It takes two people, neither of whom prepared it."""
    from dagster_project.filing import steps

    _step(home, lambda ledger: steps.approve(ledger, submission_id, by=by, on=on))


@submission.command()
@id_argument
@click.option(
    "--channel", metavar="TEXT", default="网上上报", show_default=True, help="By which way it was sent."
)
@by_option
@on_option
@home_option
@debug_option
@plainly
def sent(submission_id: str, channel: str, by: str, on: date | None, home: Path, debug: bool) -> None:
    """Record that an approved version was sent. The day counts for the deadline rules."""
    from dagster_project.filing import steps

    _step(home, lambda ledger: steps.sent(ledger, submission_id, by=by, channel=channel, on=on))


@submission.command()
@id_argument
@click.option("--result", required=True, type=click.Choice(["accepted", "rejected", "partly"]))
@click.option("--receipt-no", default="", metavar="TEXT", help="Number of the receipt.")
@click.option(
    "--rejected",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Rejected rows: CSV with the columns sheet, row, reason.",
)
@click.option(
    "--instead-because",
    default="",
    metavar="TEXT",
    help="Why it takes the place of the answer recorded before: a mistake, or a second answer. Both are kept.",
)
@by_option
@on_option
@home_option
@debug_option
@plainly
def receipt(
    submission_id: str,
    result: str,
    receipt_no: str,
    rejected: Path | None,
    instead_because: str,
    by: str,
    on: date | None,
    home: Path,
    debug: bool,
) -> None:
    """Record what the authority answered. It flows back into the deadline rules with the next run."""
    from dagster_project.filing import steps
    from dagster_project.filing.receipt_file import read_rejected

    rows = read_rejected(rejected) if rejected else []
    _step(
        home,
        lambda ledger: steps.receipt(
            ledger,
            submission_id,
            by=by,
            result=result,
            receipt_no=receipt_no,
            rejected=rows,
            instead_because=instead_because,
            on=on,
        ),
    )


def prepare_files(
    home: Path,
    as_of: date | None,
    kind: str,
    period: str | None,
    *,
    body: str | None = None,
    profile: str | None = None,
    by: str | None = None,
    on: date | None = None,
) -> None:
    """Prepare, register, and say what came of it."""
    from dagster_project.filing.preparing import prepare
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.publish import open_published
    from reports.submissions.opened import SubmissionRefused
    from reports.submissions.supplement import SupplementRefused

    place = Home.of(home)
    warehouse = open_published(place, as_of, whole=True)
    person = by if by is not None else _login()
    faults: dict[str, Exception] = {}
    try:
        prepared = prepare(
            place,
            kind,
            warehouse,
            by=person,
            body_id=body,
            period=period,
            profile=profile,
            on=on,
            faults=faults,
        )
    except SubmissionRefused as error:
        raise click.UsageError(str(error)) from error
    for one in prepared:
        _say_prepared(one)
    if faults:
        # The other bodies' files are prepared and registered.
        refused = all(isinstance(fault, SupplementRefused) for fault in faults.values())
        stop(3 if refused else 1, "\n".join(f"{name}: {fault}" for name, fault in faults.items()))


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise click.UsageError("This login has no name: give one with --by NAME.") from error


def _say_prepared(one: Prepared) -> None:
    result = one.result
    if not one.has_content:
        click.echo(f"{one.submission_id}: nothing further to report")
        return
    faults = f"{result.errors} errors, {result.warnings} warnings"
    state = "ready" if result.ready else "NOT ready"
    news = "" if one.is_registered_now else f", unchanged and {one.version.state}"
    click.echo(f"{one.submission_id}: {state} ({faults}){news}")
    click.echo(f"  {result.path}")


def _step(home: Path, do: Callable[[Ledger], Entry]) -> None:
    """Do one step, and say what was recorded and what comes next."""
    from dagster_project.filing.ledger import Ledger, ledger_path
    from dagster_project.filing.states import way_on
    from dagster_project.warehouse.home import Home

    place = Home.of(home)
    if not ledger_path(place).is_file():
        raise click.UsageError(
            f"Nothing has been prepared in {place.root}. Start with: certhouse submission prepare KIND"
        )
    with Ledger.open(place) as ledger:
        entry = do(ledger)
        version = ledger.versions(entry.submission_id.rpartition("/")[0])[entry.submission_id]
    click.echo(f"{entry.submission_id}: {entry.action} by {entry.actor} on {entry.on}")
    click.echo(f"  entry {entry.seq}, {entry.hash}")
    if version.superseded_by is None:
        click.echo(f"  {way_on(version.submission_id, version.phase)}")


def read_ledger(home: Path) -> Any:
    """The home's ledger for reading; an empty one where there is none yet."""
    from dagster_project.filing.ledger import Ledger, ledger_path
    from dagster_project.warehouse.home import Home

    return Ledger.read(ledger_path(Home.of(home)))
