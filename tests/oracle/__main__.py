"""Judge a folder of clean CSVs by hand: `python -m tests.oracle SOURCE AS_OF OUT [ACTUAL]`.

Writes the six exports into OUT; with ACTUAL, another export folder, it says where the two differ.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from .compare import differences, report
from .exports import export
from .landing import load
from .world import World


def main(arguments: list[str]) -> int:
    """0 when there is nothing to compare or no difference, else 1."""
    if len(arguments) not in (3, 4):
        print(__doc__)
        return 2
    source, as_of, out, *actual = arguments
    export(World(load(Path(source)), date.fromisoformat(as_of)), Path(out))
    if not actual:
        return 0
    found = differences(Path(out), Path(actual[0]))
    print(report(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
