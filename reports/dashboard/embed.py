"""Data in files that a page can load from a disk without a server: a script that hands one value over.

Values hold text that clients typed. The value is JSON with everything escaped that could end a script, open a
comment or break a line in JavaScript; the page shows it as text only, never as HTML.
"""

from __future__ import annotations

import json
import re
from typing import Any

_UNSAFE = re.compile("[<>&\u2028\u2029\u007f-\u009f\ufeff\ufffe\uffff]")


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def script_value(value: Any) -> str:
    """`value` as a JavaScript expression that is safe in a script file and in a script element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _UNSAFE.sub(_escape, text)


def data_file(name: str, build: str, expression: str) -> str:
    """The text of data/<name>.js. `build` lets the page notice files of another build."""
    return f"certhouse.receive({script_value(name)},{script_value(build)},{expression});\n"
