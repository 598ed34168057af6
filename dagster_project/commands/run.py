"""Source to dashboard: `run`, `demo` with made-up records, and `check` of a source against the contract."""

from __future__ import annotations

import json
import shlex
from datetime import date, timedelta
from pathlib import Path

import click

from dagster_project.clock import elapsed
from dagster_project.commands.options import (
    SOURCE_HELP,
    as_of_option,
    debug_option,
    home_option,
    plainly,
    profiles_option,
    say,
    stop,
    timings_option,
)
from dagster_project.commands.secret import hide_password
from dagster_project.commands.submission import prepare_files


@click.command()
@click.option("--source", required=True, metavar="DIR|DATABASE", help=SOURCE_HELP)
@as_of_option
@home_option
@profiles_option
@click.option(
    "--mapping",
    type=click.Path(exists=True, path_type=Path),
    help="The body's own words (YAML), or a folder of them and of SQL: <table>.sql.",
)
@click.option(
    "--overrides",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Working days of years that the shipped calendar does not know (CSV).",
)
@click.option(
    "--accept",
    metavar="REASON",
    help="Go on although too much of the source is missing; the reason is kept, and every page says so.",
)
@timings_option
@debug_option
@plainly
def run(
    source: str,
    as_of: date | None,
    home: Path,
    profiles: tuple[str, ...],
    mapping: Path | None,
    overrides: Path | None,
    accept: str | None,
    timings: Path | None,
    debug: bool,
) -> None:
    """Land, build, check, publish, report: the whole way, for one day."""
    _run(source, as_of, home, profiles, mapping, overrides, timings, debug, accept=_reason(accept))


@click.command()
@click.option(
    "--certificates",
    type=click.IntRange(min=1),
    default=2000,
    show_default=True,
    help="How many certificates.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same records.")
@as_of_option
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-home"),
    show_default=True,
    help="Home directory of the demo; the made-up source is written to its folder `source`.",
)
@profiles_option
@timings_option
@debug_option
@plainly
def demo(
    certificates: int,
    seed: int,
    as_of: date | None,
    home: Path,
    profiles: tuple[str, ...],
    timings: Path | None,
    debug: bool,
) -> None:
    """Make a realistic source of made-up records, run everything on it, and say where things are."""
    from dagster_project.warehouse.today import today
    from ingestion.demo import generate

    day = as_of or today()
    source = home.expanduser().resolve() / "source"
    say(f"Making up {certificates} certificates for {day} (seed {seed})")
    generate(source, certificates=certificates, seed=seed, as_of=day, progress=say)
    _run(str(source), day, home, profiles, None, None, timings, debug)
    last_month = day.replace(day=1) - timedelta(days=1)
    say(f"Preparing the CNCA workbook of {last_month:%Y-%m}")
    prepare_files(home, day, "monthly", f"{last_month:%Y-%m}", by="certhouse demo", on=day)
    click.echo(f"\nLook at it in Dagster:  certhouse ui --home {home} --source {source}")


@click.command()
@click.option("--source", required=True, metavar="DIR|DATABASE", help=SOURCE_HELP)
@click.option(
    "--mapping",
    type=click.Path(exists=True, path_type=Path),
    help="The body's own words (YAML), or a folder of them and of SQL: <table>.sql.",
)
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Home whose last batch the source is held against as well.",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every fault to this workbook (.xlsx), a row each, with a link to its place.",
)
@debug_option
@plainly
def check(
    source: str, mapping: Path | None, home: Path | None, lang: str, out: Path | None, debug: bool
) -> None:
    """Hold a source against the contract: everything that is wrong with it, at once. Builds nothing.

    Exit code: 0 nothing is lost, 3 it would be refused, 5 it can be read with losses.
    """
    source = hide_password(source)
    from dagster_project.warehouse.limits import limits
    from ingestion.check import check as check_source
    from ingestion.check import render, write_workbook

    report = check_source(source, mapping=mapping, limits=limits(), home=home)
    click.echo(render(report, lang))
    if out is not None:
        click.echo(write_workbook(report, out, lang))
    raise SystemExit(report.exit_code)


def _run(
    source: str,
    as_of: date | None,
    home: Path,
    profiles: tuple[str, ...],
    mapping: Path | None,
    overrides: Path | None,
    timings: Path | None,
    debug: bool,
    *,
    accept: str | None = None,
) -> None:
    source = hide_password(source)
    from dagster_project.running import RunOptions, run_daily
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.today import today

    options = RunOptions(
        source, as_of or today(), profiles, _absolute(mapping), _absolute(overrides), accept=accept
    )
    report = run_daily(Home.at(home), options, say, debug=debug)
    report.seconds["total"] = elapsed()
    if timings is not None:
        timings.parent.mkdir(parents=True, exist_ok=True)
        timings.write_text(
            json.dumps({name: round(value, 3) for name, value in report.seconds.items()}, indent=1) + "\n"
        )
    for asset, path in report.paths.items():
        click.echo(f"{asset + ':':22} {path}")
    if report.faults:
        stop(report.exit_code, "\n".join(report.faults))
    landed = report.paths.get("landing_batch")
    if landed:
        _say_losses(Path(landed), source)


def _say_losses(batch: Path, source: str) -> None:
    """What of the source is not in the numbers: the last thing that a run says."""
    from ingestion.check import loss_lines

    manifest = json.loads((batch / "manifest.json").read_text(encoding="utf-8"))
    lines = loss_lines(manifest)
    if lines:
        click.echo("\n" + "\n".join(lines))
        click.echo(
            f"逐条查看：certhouse check --source {shlex.quote(source)} --out 问题清单.xlsx，或“数据质量”页。"
        )


def _reason(accept: str | None) -> str | None:
    """A reason says something: an empty one would keep nothing for those who read the pages later."""
    if accept is not None and not accept.strip():
        raise click.UsageError("--accept needs a reason.")
    return accept.strip() if accept else None


def _absolute(path: Path | None) -> Path | None:
    return path.resolve() if path is not None else None
