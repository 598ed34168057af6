"""Which program made a published file, and in which shape. Readers of another version ask for a new run."""

from __future__ import annotations

from importlib.metadata import version

PROGRAM = version("certhouse")

SCHEMA = 3
"""Of the published file. Raised when a relation that readers use is renamed or means something else."""
