"""The command `certhouse`. Thin: options, progress, exit codes; what is heavy is imported where it is needed.

Exit codes: 0 fine, 1 the run failed, 2 wrong usage, 3 input refused. A rule breach is a finding, no failure.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NoReturn, ParamSpec

import click

from dagster_project.clock import elapsed, line

PROFILES = ("cnca", "icas", "zqhx", "zdqy")
P = ParamSpec("P")


class Day(click.ParamType[date]):
    """A calendar day written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day. Write it as YYYY-MM-DD, for example 2026-11-15.", param, ctx)


class Month(click.ParamType[str]):
    """A calendar month written YYYY-MM."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            date.fromisoformat(f"{value}-01")
        except ValueError:
            self.fail(f"{value!r} is not a month. Write it as YYYY-MM, for example 2026-10.", param, ctx)
        return str(value)


class ProfileList(click.ParamType[tuple[str, ...]]):
    """Rule profiles joined by commas."""

    name = "A,B"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        given = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
        unknown = [profile for profile in given if profile not in PROFILES]
        if unknown or not given:
            self.fail(f"{value!r}: choose from {', '.join(PROFILES)}, joined by commas.", param, ctx)
        return given


_home = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("home"),
    show_default=True,
    help="Home directory of the body or group; everything is written below it.",
)
_as_of = click.option(
    "--as-of", type=Day(), help="Day for which the warehouse speaks. Default: today in Shanghai."
)
_profiles = click.option(
    "--profiles",
    type=ProfileList(),
    default="cnca",
    show_default=True,
    help=f"Rule profiles: {', '.join(PROFILES)}.",
)
_timings = click.option(
    "--timings",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the seconds of each phase to this JSON file.",
)
_debug = click.option("--debug", is_flag=True, help="Show the whole traceback of an error.")


def _plainly(command: Callable[P, None]) -> Callable[P, None]:
    """Errors as a sentence and an exit code; a traceback only with --debug."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        from dagster_project.warehouse.errors import WarehouseError
        from ingestion.errors import LandingDamaged, SourceRefused

        if kwargs.get("debug"):
            command(*args, **kwargs)
            return
        try:
            command(*args, **kwargs)
        except SourceRefused as error:
            _stop(3, str(error))
        except LandingDamaged as error:
            _stop(1, str(error))
        except WarehouseError as error:
            _stop(1, f"{error.message}\n{error.hint}")
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            _stop(1, "Interrupted. The last published warehouse is untouched; run again when you like.")
        except Exception as error:
            _stop(
                1,
                f"{type(error).__name__}: {error}\nNot expected: run again with --debug and report it.",
            )

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="certhouse")
def main() -> None:
    """Data warehouse and regulatory reporting for ITSMS certification bodies under CNCA-ITSMS-01:2026."""


@main.command()
@click.option(
    "--source", required=True, metavar="DIR|URL", help="Folder or workbook of records, or a database URL."
)
@_as_of
@_home
@_profiles
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mapping of the body's own headings and values (YAML).",
)
@click.option(
    "--overrides",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Working days of years that the shipped calendar does not know (CSV).",
)
@_timings
@_debug
@_plainly
def run(
    source: str,
    as_of: date | None,
    home: Path,
    profiles: tuple[str, ...],
    mapping: Path | None,
    overrides: Path | None,
    timings: Path | None,
    debug: bool,
) -> None:
    """Land, build, check, publish, report: the whole way, for one day."""
    _run(source, as_of, home, profiles, mapping, overrides, timings, debug)


@main.command()
@click.option(
    "--certificates",
    type=click.IntRange(min=1),
    default=2000,
    show_default=True,
    help="How many certificates.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same records.")
@_as_of
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-home"),
    show_default=True,
    help="Home directory of the demo; the made-up source is written to its folder `source`.",
)
@_profiles
@_timings
@_debug
@_plainly
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
    _say(f"Making up {certificates} certificates for {day} (seed {seed})")
    generate(source, certificates=certificates, seed=seed, as_of=day, progress=_say)
    _run(str(source), day, home, profiles, None, None, timings, debug)
    last_month = day.replace(day=1) - timedelta(days=1)
    _say(f"Preparing the CNCA workbook of {last_month:%Y-%m}")
    _prepare_monthly(home, day, f"{last_month:%Y-%m}", None)
    click.echo(f"\nLook at it in Dagster:  certhouse ui --home {home} --source {source}")


@main.command()
@click.option(
    "--source", required=True, metavar="DIR|URL", help="Folder or workbook of records, or a database URL."
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mapping of the body's own headings and values (YAML).",
)
@_debug
@_plainly
def check(source: str, mapping: Path | None, debug: bool) -> None:
    """Hold a source against the contract: what would be repaired or quarantined, and why. Builds nothing."""
    from ingestion.check import check as check_source

    click.echo(check_source(source, mapping=mapping).render())


@main.command()
@_home
@_as_of
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
)
@_debug
@_plainly
def export(home: Path, as_of: date | None, out: Path, debug: bool) -> None:
    """Write the marts of the published warehouse as CSV. Default day: the one published last."""
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.publish import open_published
    from reports.export import export_marts

    for path in export_marts(open_published(Home.of(home), as_of), out):
        click.echo(path)


@main.command()
@click.option("--rule", "rule_id", required=True, metavar="ID", help="Rule id, for example R5.4.2-a.")
@click.option(
    "--subject", required=True, metavar="ID", help="Subject as it stands in the findings, with its parts."
)
@_home
@_as_of
@_debug
@_plainly
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


@main.group()
def submission() -> None:
    """What is filed with the regulator."""


@submission.command("prepare")
@click.argument("kind", type=click.Choice(["monthly"]))
@click.option("--month", required=True, type=Month(), help="Month to report.")
@click.option("--body", help="Body to report for. Default: every body in the warehouse.")
@_home
@_as_of
@_debug
@_plainly
def prepare_submission(
    kind: str, month: str, body: str | None, home: Path, as_of: date | None, debug: bool
) -> None:
    """Prepare the workbooks of a period from the published warehouse, validated field by field."""
    _prepare_monthly(home, as_of, month, body)


@submission.command("list")
@_home
@_debug
@_plainly
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


@main.command()
@_home
@click.option(
    "--source",
    metavar="DIR|URL",
    help="Default source of runs started in the UI. Default: the home's drop folder.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True)
@_debug
@_plainly
def ui(home: Path, source: str | None, port: int, debug: bool) -> None:
    """Dagster's web UI on 127.0.0.1, with everything loaded. It has no login: keep it behind a proxy."""
    from dagster_project.warehouse.home import Home
    from dagster_project.web_ui import serve

    local = source is not None and "://" not in source
    click.echo(f"Starting Dagster on http://127.0.0.1:{port} (stop with Ctrl-C)")
    raise SystemExit(serve(Home.at(home), str(Path(source or "").resolve()) if local else source, port))


def _run(
    source: str,
    as_of: date | None,
    home: Path,
    profiles: tuple[str, ...],
    mapping: Path | None,
    overrides: Path | None,
    timings: Path | None,
    debug: bool,
) -> None:
    from dagster_project.running import RunOptions, run_daily
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.today import today

    options = RunOptions(source, as_of or today(), profiles, _absolute(mapping), _absolute(overrides))
    report = run_daily(Home.at(home), options, _say, debug=debug)
    report.seconds["total"] = elapsed()
    if timings is not None:
        timings.parent.mkdir(parents=True, exist_ok=True)
        timings.write_text(
            json.dumps({name: round(value, 3) for name, value in report.seconds.items()}, indent=1) + "\n"
        )
    for asset, path in report.paths.items():
        click.echo(f"{asset + ':':22} {path}")
    if report.faults:
        _stop(report.exit_code, "\n".join(report.faults))


def _prepare_monthly(home: Path, as_of: date | None, month: str, body: str | None) -> None:
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


def _absolute(path: Path | None) -> Path | None:
    return path.resolve() if path is not None else None


def _say(message: str) -> None:
    click.echo(line(message), err=True)


def _stop(code: int, message: str) -> NoReturn:
    click.echo(f"certhouse: {message}", err=True)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
