"""How the raw text of a cell is read as a value of the contract's types, as SQL over whole columns.

One file per type. Each says three things: which texts are already in the contract's own form (most are, and
cost one cheap test), how the others are read if there is exactly one way to read them, and what is wrong
otherwise.
"""

from ingestion.cells.by_type import reading
from ingestion.cells.reading import Reading

__all__ = ["Reading", "reading"]
