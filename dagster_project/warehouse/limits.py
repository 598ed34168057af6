"""How much of a load may be missing: the parameters and the rules' own entries say it, where dbt reads them."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from dagster_project.warehouse.models import PROJECT
from ingestion.landing.gate import Limits

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - a PyYAML without its C library
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


@cache
def limits(project: Path = PROJECT) -> Limits:
    """Shares from seeds/parameter.csv, the last row of each; deciding columns are those that some rule reads."""
    with (project / "seeds" / "parameter.csv").open(encoding="utf-8", newline="") as stream:
        values = {row["name"]: row["value"] for row in csv.DictReader(stream)}
    return Limits(
        set_aside_share=Decimal(values["house_max_set_aside_share"]),
        emptied_share=Decimal(values["house_max_emptied_share"]),
        row_drop_share=Decimal(values["house_max_row_drop_share"]),
        deciding=frozenset(column for path in _rules(project) for column in _reads(path)),
    )


def _rules(project: Path) -> list[Path]:
    return sorted((project / "models" / "rules").glob("*/rule_*.yml"))


def _reads(path: Path) -> list[str]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    return [
        column for model in content["models"] for column in model["config"]["meta"]["rule"].get("reads", ())
    ]
