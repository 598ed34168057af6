"""One real run per as_of for the boundary cases of all rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

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
    def warehouse(as_of: date) -> duckdb.DuckDBPyConnection:
        source = home / f"source-{as_of}"
        write_source([case for case in load_cases() if case.as_of == as_of], source)
        return open_warehouse(build_warehouse(source, home / "home", as_of))

    return warehouse
