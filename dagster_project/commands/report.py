"""What is read out of the published warehouse: `export`, `explain` and the group `report`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dagster_project.commands.options import debug_option, home_option, plainly, published_option
from dagster_project.warehouse.privacy import readable_as_usual


@click.command()
@home_option
@published_option
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
)
@debug_option
@plainly
def export(home: Path, as_of: date | None, out: Path, debug: bool) -> None:
    """Write the marts of the published warehouse as CSV."""
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.publish import open_published
    from reports.export import export_marts

    warehouse = open_published(Home.of(home), as_of)
    with readable_as_usual(True):
        written = export_marts(warehouse, out)
    for path in written:
        click.echo(path)


@click.command()
@click.option("--rule", "rule_id", required=True, metavar="ID", help="Rule id, for example R5.4.2-a.")
@click.option(
    "--subject", required=True, metavar="ID", help="Subject as it stands in the findings, with its parts."
)
@home_option
@published_option
@debug_option
@plainly
def explain(rule_id: str, subject: str, home: Path, as_of: date | None, debug: bool) -> None:
    """Show how one subject was judged: inputs, parameters, intermediate values, state."""
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.publish import open_published
    from reports.explain import NotExplainable
    from reports.explain import explain as explain_judgement

    try:
        click.echo(explain_judgement(open_published(Home.of(home), as_of), rule_id, subject).render())
    except NotExplainable as error:
        raise click.UsageError(str(error)) from error


@click.group()
def report() -> None:
    """Reports for people, from the published warehouse."""


@report.command("dashboard")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
@click.option("--masked", is_flag=True, help="Without names of people, for wider circulation; needs --out.")
@home_option
@published_option
@debug_option
@plainly
def dashboard(out: Path | None, masked: bool, home: Path, as_of: date | None, debug: bool) -> None:
    """Write the pages for the monitoring department. Default folder: reports/<as_of> of the home."""
    from dagster_project.filing.page_rows import filing_rows
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.publish import open_published, published_day
    from reports.dashboard import build_dashboard

    if masked and out is None:
        raise click.UsageError("--masked needs --out: the department's own pages have the names of auditors.")
    place = Home.of(home)
    warehouse = open_published(place, as_of)
    folder = out or place.reports / published_day(warehouse).isoformat()
    filings = filing_rows(place)
    with readable_as_usual(out is not None):
        click.echo(build_dashboard(warehouse, folder, masked=masked, filings=filings))


@report.command("annual")
@click.option("--year", required=True, type=click.IntRange(2000, 2999), help="Calendar year.")
@click.option("--body", help="Body to report on. Default: every body in the warehouse.")
@click.option("--masked", is_flag=True, help="Without ids of people and names of clients.")
@click.option(
    "--no-pdf", is_flag=True, help="Start no browser: no PDF, and no pictures in the Word document."
)
@home_option
@published_option
@debug_option
@plainly
def annual_report(
    year: int, body: str | None, masked: bool, no_pdf: bool, home: Path, as_of: date | None, debug: bool
) -> None:
    """Write the annual report for management (HTML, PDF, Word), one folder per body."""
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.publish import open_published, published_day
    from reports.annual_report import YearRefused, annual_report_folder, write_annual_report
    from reports.annual_report.reading import bodies_of

    place = Home.of(home)
    warehouse = open_published(place, as_of)
    day = published_day(warehouse).isoformat()
    for body_id in [body] if body is not None else bodies_of(warehouse):
        folder = annual_report_folder(place.reports, day, year, body_id, masked=masked)
        try:
            written = write_annual_report(warehouse, body_id, year, folder, masked=masked, pdf=not no_pdf)
        except YearRefused as error:
            raise click.UsageError(str(error)) from error
        for path in (written.html, written.pdf, written.docx):
            if path is not None:
                click.echo(path)
        for remark in written.remarks:
            click.echo(remark, err=True)
