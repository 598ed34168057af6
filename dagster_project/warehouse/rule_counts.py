"""What a published warehouse says of its rules, in counts."""

from __future__ import annotations

from pathlib import Path

from dagster_project.warehouse.database import connect


def breaches_by_rule(path: Path, scratch: Path) -> dict[str, int]:
    """Breaches of every rule that is switched on, none included, by rule."""
    with connect(path, scratch, read_only=True) as connection:
        rows = connection.execute(
            "select rule_id, breach from marts.fct_rule_evaluation order by rule_id"
        ).fetchall()
    return dict(rows)
