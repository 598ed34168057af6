"""`certhouse submission`: what is filed with the regulator."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dagster_project.commands.options import Month, as_of_option, debug_option, home_option, plainly


@click.group()
def submission() -> None:
    """What is filed with the regulator."""


@submission.command("prepare")
@click.argument("kind", type=click.Choice(["monthly"]))
@click.option("--month", required=True, type=Month(), help="Month to report.")
@click.option("--body", help="Body to report for. Default: every body in the warehouse.")
@home_option
@as_of_option
@debug_option
@plainly
def prepare_submission(
    kind: str, month: str, body: str | None, home: Path, as_of: date | None, debug: bool
) -> None:
    """Prepare the workbooks of a period from the published warehouse, validated field by field."""
    prepare_monthly(home, as_of, month, body)


@submission.command("list")
@home_option
@debug_option
@plainly
def list_submissions(home: Path, debug: bool) -> None:
    """List what has been prepared: kind, period, version, folder."""
    from dagster_project.warehouse.home import Home

    place = Home.of(home)
    found = sorted(place.submissions.rglob("manifest.json"))
    if not found:
        click.echo(
            f"Nothing has been prepared in {place.submissions}. "
            "Start with: certhouse submission prepare monthly --month YYYY-MM"
        )
    for manifest in found:
        click.echo(manifest.parent.relative_to(place.submissions))


def prepare_monthly(home: Path, as_of: date | None, month: str, body: str | None) -> None:
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.publish import open_published
    from reports.submissions import SubmissionRefused, prepare_all_monthly, prepare_monthly

    place = Home.of(home)
    warehouse = open_published(place, as_of)
    try:
        if body is None:
            results = prepare_all_monthly(warehouse, month, place.submissions)
        else:
            results = {body: prepare_monthly(warehouse, body, month, place.submissions)}
    except SubmissionRefused as error:
        raise click.UsageError(str(error)) from error
    for body_id, result in results.items():
        faults = f"{result.errors} errors, {result.warnings} warnings"
        state = "ready" if result.ready else "NOT ready"
        click.echo(f"{body_id} {month}: {state} ({faults}){'' if result.is_new else ', unchanged'}")
        click.echo(f"  {result.path}")
