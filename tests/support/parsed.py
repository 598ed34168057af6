"""The shipped dbt project as parsed, for tests that ask the real manifest: parsed once and kept beside dbt's output."""

from __future__ import annotations

import tempfile
from functools import cache
from typing import TYPE_CHECKING

from dagster_project.warehouse.home import Home
from dagster_project.warehouse.models import Models, prepare, prepare_installation

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest


@cache
def parsed_models() -> Models:
    prepare_installation()
    with tempfile.TemporaryDirectory() as place:
        return prepare(Home.at(place))


@cache
def manifest() -> Manifest:
    """dbt's own word on nodes, refs, tests, columns."""
    return parsed_models().load_manifest()
