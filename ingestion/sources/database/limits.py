"""How long a database may keep us waiting, and we it: a landing that hangs is a landing that nobody sees."""

import os
from dataclasses import dataclass

from ingestion.errors import SourceRefused

STATEMENT_VARIABLE = "CERTHOUSE_DATABASE_SECONDS"


@dataclass(frozen=True)
class Limits:
    """In seconds: to connect, for one statement (the copy of one table), to wait for another's lock."""

    connect: int = 15
    statement: int = 1800
    lock: int = 30


def limits() -> Limits:
    """The limits in force: the statement's may be set in the environment."""
    said = os.environ.get(STATEMENT_VARIABLE, "")
    if not said:
        return Limits()
    if not said.isdigit() or not int(said):
        raise SourceRefused(
            f"{STATEMENT_VARIABLE}={said}: write whole seconds, for example 3600.",
            f"{STATEMENT_VARIABLE}={said}：请写整数秒，例如3600。",
        )
    return Limits(statement=int(said))
