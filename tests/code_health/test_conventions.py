"""dbt's own conventions, asked of the parsed project: those of dbt-project-evaluator, which is on no registry.

A failure means that a reader can no longer tell from a model's name and layer what it is, what it may read and what one of its
rows is. Exceptions are listed here with their reason, and an exception that is none any more fails too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.support.parsed import manifest, parsed_models

MODELS = {model.name: model for model in parsed_models().catalogue}

MAY_READ = {
    "staging": {"raw"},
    "intermediate": {"staging", "intermediate"},
    "rules": {"staging", "intermediate", "rules"},
    "marts": {"staging", "intermediate", "rules", "marts"},
    "submissions": {"staging", "intermediate", "submissions"},
    "pages": {"marts", "pages"},
}
OTHER_LAYERS = {
    ("int_finding__subject", "dim_rule"): "words of what the rules found, which marts and pages share",
    ("int_finding__subject", "rule_results"): "as above",
    ("sub_statistics__conduct", "fct_submission_deadline"): "a filed figure must be the page's own",
    ("sub_statistics__staff", "fct_auditor_year"): "a filed figure must be the page's own",
    ("page_auditor", "stg_person"): "the only place with a person's name; marts go by id",
    ("page_body_document", "stg_body_document"): "a register shown as it was delivered",
}
READ_RAW = {name for name in MODELS if name.startswith("rule_results__")}
"""They ask raw.delivered, which is known before anything is staged, when they are compiled."""
ROOTS = {
    "sub_monthly__period": "months, from the day of the run alone",
    "sub_statistics__period": "years and months, from the day of the run alone",
}
DEAD_ENDS = {
    "stg_audit_coverage": "landed and kept; no rule reads it",
    "stg_person_training": "landed and kept; no rule reads it",
}
NAMES = {
    "staging": r"stg_\w+",
    "intermediate": r"int_[a-z0-9]+(_[a-z0-9]+)*(__\w+)?",
    "rules": r"rule_\w+__\w+|rule_results",
    "marts": r"(fct|dim)_\w+",
    "submissions": r"sub_\w+__\w+",
    "pages": r"page_\w+",
}
WITHOUT_GRAIN_TEST = {
    "dim_run": "one row; expectations check it",
    "sub_monthly__certificate_row": "an inner step of the certificate sheet, whose rows are tested",
    "sub_monthly__occurrence": "an inner step of the certificate sheet, whose rows are tested",
    "sub_statistics__audit": "part of sub_statistics__figure, which is tested",
    "sub_statistics__certificate": "part of sub_statistics__figure, which is tested",
    "sub_statistics__conduct": "part of sub_statistics__figure, which is tested",
    "sub_statistics__staff": "part of sub_statistics__figure, which is tested",
}


def _tested() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    nodes: dict[str, Any] = dict(manifest().nodes)
    for node in nodes.values():
        if node.resource_type == "test" and node.attached_node:
            found[nodes[node.attached_node].name].add(
                node.test_metadata.name if node.test_metadata else node.name
            )
    return found


def test_each_layer_reads_the_ones_below_it() -> None:
    odd = {
        (model.name, parent)
        for model in MODELS.values()
        for parent in model.depends_on
        if MODELS[parent].layer not in MAY_READ[model.layer]
    }
    assert odd == set(OTHER_LAYERS)


def test_a_rule_reads_no_other_rule() -> None:
    """One judgement per clause: a rule on a rule would be judged by two texts."""
    odd = {
        (model.name, parent)
        for model in MODELS.values()
        for parent in model.depends_on
        if not model.name.startswith("rule_results") and parent.startswith("rule_")
        if model.layer == "rules"
    }
    assert not odd


def test_sources_are_read_in_staging_alone() -> None:
    """One staging model per table of the contract, named after it, and the only reader of its source."""
    readers = defaultdict(list)
    for model in MODELS.values():
        for source in model.inputs:
            if source.startswith("raw."):
                readers[source].append(model.name)
    assert set(readers.pop("raw.delivered")) == READ_RAW
    assert readers == {
        f"raw.{name.removeprefix('stg_')}": [name]
        for name, model in MODELS.items()
        if model.layer == "staging"
    }


def test_every_model_reads_something() -> None:
    roots = {model.name for model in MODELS.values() if not model.depends_on and not model.inputs}
    assert roots == set(ROOTS)


def test_nothing_is_derived_for_nobody() -> None:
    read = {parent for model in MODELS.values() for parent in model.depends_on}
    dead = {
        model.name
        for model in MODELS.values()
        if model.layer in ("staging", "intermediate") and model.name not in read
    }
    assert dead == set(DEAD_ENDS)


def test_names_tell_the_layer() -> None:
    odd = [model.name for model in MODELS.values() if not re.fullmatch(NAMES[model.layer], model.name)]
    assert odd == []


def test_folders_are_the_layers() -> None:
    odd = [
        node.original_file_path
        for node in manifest().nodes.values()
        if node.resource_type == "model" and Path(node.original_file_path).parts[1] != node.schema
    ]
    assert odd == []


def test_rows_are_what_the_description_says() -> None:
    """The grain stands in words in every description, and as a test where readers rely on it."""
    tested = _tested()
    unsaid = [
        node.name
        for node in manifest().nodes.values()
        if node.resource_type == "model"
        and node.schema not in ("staging", "rules")
        and not re.search(r"One row\b|Empty or one row", node.description)
    ]
    assert unsaid == []
    untested = {
        name
        for name, model in MODELS.items()
        if model.layer in ("marts", "submissions", "pages") and "grain" not in tested[name]
    }
    assert untested == set(WITHOUT_GRAIN_TEST)


def test_relations_are_named_by_ref_and_source() -> None:
    """A schema written into SQL is an edge that dbt, Dagster and the lineage page do not see."""
    hard = re.compile(
        r"\b(from|join)\s+(raw|staging|intermediate|rules|marts|submissions|pages|seeds)\.", re.I
    )
    odd = [
        node.original_file_path
        for node in manifest().nodes.values()
        if node.resource_type == "model" and hard.search(node.raw_code)
    ]
    assert odd == []
