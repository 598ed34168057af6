"""`certhouse ui`: Dagster's web UI for one home."""

from __future__ import annotations

from pathlib import Path

import click

from dagster_project.commands.options import debug_option, home_option, plainly
from dagster_project.commands.secret import hide_password
from ingestion.location import is_database


@click.command()
@home_option
@click.option(
    "--source",
    metavar="DIR|DATABASE",
    help="Default source of runs started in the UI. Default: the home's drop folder.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True)
@debug_option
@plainly
def ui(home: Path, source: str | None, port: int, debug: bool) -> None:
    """Dagster's web UI on 127.0.0.1, with everything loaded. It has no login: keep it behind a proxy."""
    from dagster_project.warehouse.home import Home
    from dagster_project.web_ui import serve

    local = source is not None and not is_database(source)
    source = hide_password(source) if source is not None else None
    click.echo(f"Starting Dagster on http://127.0.0.1:{port} (stop with Ctrl-C)")
    raise SystemExit(serve(Home.at(home), str(Path(source or "").resolve()) if local else source, port))
