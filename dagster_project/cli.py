"""The command `certhouse`: its group and its commands, which stand in `commands/`.

Exit codes: 0 fine, 1 the run failed, 2 wrong usage, 3 input refused. A rule breach is a finding, no failure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from dagster_project.commands.report import explain, export, report
from dagster_project.commands.run import check, demo, run
from dagster_project.commands.submission import submission
from dagster_project.commands.submission_reading import READING
from dagster_project.commands.tidy import tidy
from dagster_project.commands.ui import ui
from dagster_project.stopping import stop_at_once
from dagster_project.warehouse.privacy import keep_private


class _Certhouse(click.Group):
    """The group, as a program: its signals and the rights of its files are its own."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        if args is None:  # started by a person or a service, not called by a test
            stop_at_once()
            keep_private()
        return super().main(args, *rest, **options)


@click.group(
    cls=_Certhouse, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(package_name="certhouse")
def main() -> None:
    """Data warehouse and regulatory reporting for ITSMS certification bodies under CNCA-ITSMS-01:2026."""


for command in (run, demo, check, export, explain, report, submission, ui, tidy):
    main.add_command(command)
for command in READING:
    submission.add_command(command)

if __name__ == "__main__":
    main()
