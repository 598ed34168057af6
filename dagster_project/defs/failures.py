"""From our own errors to Dagster's: known causes fail at once and say what to do, the rest may be retried."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from dagster_project.filing.errors import FilingError
from dagster_project.warehouse.errors import WarehouseError
from ingestion.errors import LandingDamaged, SourceRefused

EXIT_CODE = "exit_code"
RUN_FAILED = 1
INPUT_REFUSED = 3

RETRY = dg.RetryPolicy(max_retries=1, delay=10)
"""For causes that may pass, such as a full disk or a file share that was away for a moment."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn errors that a second attempt would only repeat into failures that are not retried."""
    try:
        yield
    except SourceRefused as error:
        raise _failure(error.zh, INPUT_REFUSED) from error
    except LandingDamaged as error:
        raise _failure(error.zh, RUN_FAILED) from error
    except WarehouseError as error:
        raise _failure(error.said, RUN_FAILED) from error
    except FilingError as error:
        raise _failure(f"{error.message}\n{error.hint}", RUN_FAILED) from error


def _failure(description: str, exit_code: int) -> dg.Failure:
    return dg.Failure(description=description, metadata={EXIT_CODE: exit_code}, allow_retries=False)
