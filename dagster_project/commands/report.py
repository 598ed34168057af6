"""What is read out of the published warehouse: `export` and `explain`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dagster_project.commands.options import as_of_option, debug_option, home_option, plainly


@click.command()
@home_option
@as_of_option
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
)
@debug_option
@plainly
def export(home: Path, as_of: date | None, out: Path, debug: bool) -> None:
    """Write the marts of the published warehouse as CSV. Default day: the one published last."""
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.publish import open_published
    from reports.export import export_marts

    for path in export_marts(open_published(Home.of(home), as_of), out):
        click.echo(path)


@click.command()
@click.option("--rule", "rule_id", required=True, metavar="ID", help="Rule id, for example R5.4.2-a.")
@click.option(
    "--subject", required=True, metavar="ID", help="Subject as it stands in the findings, with its parts."
)
@home_option
@as_of_option
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
