"""One real run per as_of for the boundary cases of all rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pytest

from reports.warehouse import open_warehouse
from tests.rules.case_source import load_cases, write_source
from tests.support.pipeline import build_warehouse


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[date], duckdb.DuckDBPyConnection]:
    """The warehouse in which the cases of one as_of are judged, built at first use."""
    home = tmp_path_factory.mktemp("cases")

    @cache
    def built(as_of: date) -> Path | Exception:
        source = home / f"source-{as_of}"
        write_source([case for case in load_cases() if case.as_of == as_of], source)
        try:
            return build_warehouse(source, home / "home", as_of, damaged=True)
        except Exception as failure:  # kept, or each of a thousand cases would build it again
            return failure

    @cache
    def warehouse(as_of: date) -> duckdb.DuckDBPyConnection:
        found = built(as_of)
        if isinstance(found, Exception):
            pytest.fail(f"the cases of {as_of} could not be built: {found}")
        return open_warehouse(found)

    return warehouse
