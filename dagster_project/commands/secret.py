"""A database URL with a password on the command line: everybody on the machine could read it in the list of
processes, and it must not reach a run's configuration."""

from __future__ import annotations

import os
import sys

from ingestion.location import holds_password

_VARIABLE = "CERTHOUSE_SOURCE_URL"


def hide_password(source: str) -> str:
    """The source, with a password moved into the environment of this process.

    The process replaces itself by one whose arguments name the variable: only its owner can read that.
    """
    if not holds_password(source):
        return source
    os.environ[_VARIABLE] = source
    hidden = f"env:{_VARIABLE}"
    arguments = [argument.replace(source, hidden) for argument in sys.orig_argv]
    if arguments != sys.orig_argv:
        os.execv(sys.executable, [sys.executable, *arguments[1:]])  # noqa: S606 - this very command again
    return hidden
