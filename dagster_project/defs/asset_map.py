"""Which assets there are and which hang on which: computed from the refs of the parsed dbt project, never drawn.

Marts are assets one by one, since they are what is looked up; every other layer is one asset, since an asset costs event
records at every run. A model that reads what is made of its own layer cannot stand in that layer's asset without a
circle, so it is an asset of its own. What the project reads but does not make (raw tables, seeds, the calendar) are
assets too. Free of Dagster: an asset is named by its path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from dagster_project.warehouse.models import Model, Models

LAYERS = ("staging", "intermediate", "rules", "marts", "submissions", "pages")
"""In the order in which they are built on each other."""

MARTS = "marts"

Path = tuple[str, ...]


@dataclass(frozen=True)
class AssetMap:
    """The map of one parsed project.

    asset_of  the asset of every model
    parents   what every asset reads: other assets and inputs; what is read comes before what reads it
    inputs    what models read that no model makes: (schema, table), schema one of raw, seeds, reference
    """

    asset_of: Mapping[str, Path]
    parents: Mapping[Path, frozenset[Path]]
    inputs: tuple[Path, ...]


def asset_map(models: Models) -> AssetMap:
    """Raises ValueError for a model of a layer that is not in LAYERS."""
    by_name = {model.name: model for model in models.catalogue}
    strange = sorted({model.layer for model in models.catalogue} - set(LAYERS))
    if strange:
        raise ValueError(f"dbt models of unknown layers {', '.join(strange)}: add them to {__name__}.LAYERS.")
    ancestors = _ancestors(by_name)
    heights = {
        name: max(_rank(by_name[one]) for one in (name, *ancestors[name])) for name in by_name
    }  # the last layer that has a part in a model
    asset_of: dict[str, Path] = {
        name: (model.layer, name)
        if model.layer == MARTS or _comes_back(model, by_name, ancestors[name], heights)
        else (model.layer,)
        for name, model in by_name.items()
    }
    parents: dict[Path, set[Path]] = defaultdict(set)
    for name, model in by_name.items():
        read = {asset_of[parent] for parent in model.depends_on}
        read |= {_input(inside) for inside in model.inputs}
        parents[asset_of[name]] |= read - {asset_of[name]}
    inputs = sorted({_input(inside) for model in models.catalogue for inside in model.inputs})
    order = [path for path in TopologicalSorter(parents).static_order() if path in parents]
    return AssetMap(asset_of, {path: frozenset(parents[path]) for path in order}, tuple(inputs))


def _comes_back(
    model: Model, by_name: Mapping[str, Model], ancestors: frozenset[str], heights: Mapping[str, int]
) -> bool:
    """It reads, at however many removes, a model outside its layer that is made of its layer or of a later one."""
    return any(by_name[one].layer != model.layer and heights[one] >= _rank(model) for one in ancestors)


def _ancestors(by_name: Mapping[str, Model]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}

    def of(name: str) -> frozenset[str]:
        if name not in found:
            parents = by_name[name].depends_on
            found[name] = frozenset(parents).union(*(of(parent) for parent in parents))
        return found[name]

    for name in by_name:
        of(name)
    return found


def _rank(model: Model) -> int:
    return LAYERS.index(model.layer)


def _input(name: str) -> Path:
    schema, _, table = name.partition(".")
    return schema, table
