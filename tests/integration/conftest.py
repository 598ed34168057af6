"""Sources for tests of the whole way. This tier may start processes and write temporary files; no network."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingestion.demo import generate
from tests.support.personal_data import plant

AS_OF = date(2026, 11, 15)


@pytest.fixture(scope="session")
def small_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up body with 60 certificates, as CSV; names of people can be told from everything else."""
    folder = tmp_path_factory.mktemp("small") / "source"
    generate(folder, certificates=60, seed=7, as_of=AS_OF)
    plant(folder)
    return folder
