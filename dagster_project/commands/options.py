"""What the commands share: their options, how they speak, and errors as a sentence and an exit code."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, ParamSpec

import click

from dagster_project.clock import line

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


SOURCE_HELP = (
    "Folder or workbook of records, or a database: env:NAME, file:PATH or service=NAME say where its URL stands;"
    " a URL itself should hold no password."
)

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("home"),
    show_default=True,
    help="Home directory of the body or group; everything is written below it.",
)
as_of_option = click.option(
    "--as-of", type=Day(), help="Day for which the warehouse speaks. Default: today in Shanghai."
)
published_option = click.option(
    "--as-of", type=Day(), help="Day for which the warehouse speaks. Default: the one published last."
)
profiles_option = click.option(
    "--profiles",
    type=ProfileList(),
    default="cnca",
    show_default=True,
    help=f"Rule profiles: {', '.join(PROFILES)}.",
)
timings_option = click.option(
    "--timings",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the seconds of each phase to this JSON file.",
)
debug_option = click.option("--debug", is_flag=True, help="Show the whole traceback of an error.")


def plainly(command: Callable[P, None]) -> Callable[P, None]:
    """Errors as a sentence and an exit code; a traceback only with --debug."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        from dagster_project.filing.errors import FilingError
        from dagster_project.warehouse.errors import WarehouseError
        from ingestion.errors import LandingDamaged, SourceRefused

        if kwargs.get("debug"):
            command(*args, **kwargs)
            return
        try:
            command(*args, **kwargs)
        except SourceRefused as error:
            stop(3, error.zh)
        except LandingDamaged as error:
            stop(1, error.zh)
        except WarehouseError as error:
            stop(1, error.said)
        except FilingError as error:
            stop(error.exit_code, f"{error.message}\n{error.reason_zh}\n{error.hint}")
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            stop(
                1,
                f"意外错误：{type(error).__name__}: {error}\n请加 --debug 重新运行，并报告所显示的内容。"
                " (Not expected: run again with --debug.)",
            )

    return wrapped


def say(message: str) -> None:
    click.echo(line(message), err=True)


def stop(code: int, message: str) -> NoReturn:
    click.echo(f"certhouse: {message}", err=True)
    raise SystemExit(code)
