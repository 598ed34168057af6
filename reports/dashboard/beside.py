"""What others have put among the pages stays when the pages are written anew."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def kept_beside(old: Path, draft: Path) -> None:
    """What others have put into the old folder, taken along: hard links, no copies.

    The pages' own are the HTML files, data and static: of those nothing old may survive.
    """
    if not old.is_dir():
        return
    for found in sorted(old.iterdir()):
        if found.name in ("data", "static") or found.suffix == ".html" or found.name.startswith("."):
            continue
        if found.is_dir():
            shutil.copytree(found, draft / found.name, copy_function=os.link)
        else:
            os.link(found, draft / found.name)
