"""The command `certhouse`: its group and its commands, which stand in `commands/`.

Exit codes: 0 fine, 1 the run failed, 2 wrong usage, 3 input refused. A rule breach is a finding, no failure.
"""

from __future__ import annotations

import click

from dagster_project.commands.report import explain, export, report
from dagster_project.commands.run import check, demo, run
from dagster_project.commands.submission import submission
from dagster_project.commands.submission_reading import READING
from dagster_project.commands.ui import ui


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="certhouse")
def main() -> None:
    """Data warehouse and regulatory reporting for ITSMS certification bodies under CNCA-ITSMS-01:2026."""


for command in (run, demo, check, export, explain, report, submission, ui):
    main.add_command(command)
for command in READING:
    submission.add_command(command)

if __name__ == "__main__":
    main()
