"""`certhouse tidy`: what a home no longer needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dagster_project.commands.options import debug_option, home_option, plainly

if TYPE_CHECKING:
    from dagster_project.warehouse.tidying import Keep

_KINDS = {"warehouse": "数据仓库", "report": "报告", "landing": "入库批次", "damaged": "损坏的运行记录"}


class KeepType(click.ParamType[Any]):
    """How much to keep: N, the latest warehouses, or Nd, those of the last N days."""

    name = "N|Nd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Keep:
        from dagster_project.warehouse.tidying import Keep

        found = re.fullmatch(r"([1-9]\d{0,4})(d?)", str(value))
        if not found:
            self.fail(f"{value!r}：请写保留的个数（如 10）或天数（如 90d）。", param, ctx)
        number = int(found[1])
        return Keep(days=number) if found[2] else Keep(latest=number)


@click.command()
@click.option(
    "--keep",
    type=KeepType(),
    required=True,
    help="Keep the N latest warehouses, or (Nd) those of the last N days.",
)
@click.option("--yes", is_flag=True, help="Do it. Without it only says what would go.")
@home_option
@debug_option
@plainly
def tidy(keep: Any, yes: bool, home: Path, debug: bool) -> None:
    """Free the room of old warehouses, reports and landings.

    What CURRENT names stays, and whatever a registered submission was made from; so do submissions and the ledger.
    """
    from dagster_project.warehouse.home import Home
    from dagster_project.warehouse.lock import writing
    from dagster_project.warehouse.tidying import remove, spare

    place = Home.of(home)
    if not place.warehouse.is_dir():
        raise click.UsageError(f"{place.root} 不是certhouse的数据目录。")
    with writing(place):
        found = spare(place, keep, _named(home))
        for one in found:
            click.echo(f"{_KINDS[one.kind]}  {_megabytes(one.bytes):>10}  {one.path.relative_to(place.root)}")
        total = _megabytes(sum(one.bytes for one in found))
        if not found:
            click.echo("没有可清理的内容。")
        elif yes:
            remove(found)
            click.echo(f"已清理 {len(found)} 项，释放 {total}。")
        else:
            click.echo(f"可清理 {len(found)} 项，将释放 {total}。确认后加上 --yes 执行。")


def _named(home: Path) -> set[tuple[str, str]]:
    from dagster_project.commands.submission import read_ledger

    with read_ledger(home) as ledger:
        return {
            (str(version.prepared["as_of"]), str(version.prepared["batch_id"]))
            for version in ledger.versions().values()
        }


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.1f} MB"
