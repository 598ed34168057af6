"""Names of folders and files for what the records call by any name: a body's id may be any text."""

import re
from urllib.parse import quote

from ingestion import hashing

_LONGEST, _HEAD = 120, 80
"""In bytes: a file system takes 255, a name stands with others in a file's name, and a Chinese character needs three."""

_OTHERS = re.compile(r"[^\w.~-]")
_HASH = 16


def safe_name(text: str) -> str:
    """One name that is one folder, short, and no other text's.

    Letters and digits of any script and '-_.~' stand for themselves, everything else is written %XX. What is too long
    is cut, and told apart by a hash.
    """
    name = _OTHERS.sub(lambda found: quote(found.group(), safe=""), text)
    if set(name) <= {"."}:
        name = name.replace(".", "%2E")
    if len(name.encode()) <= _LONGEST:
        return name
    head = name.encode()[:_HEAD].decode("utf-8", errors="ignore")
    return f"{re.sub('%.?$', '', head)}~{hashing.of_text(text)[:_HASH]}"
