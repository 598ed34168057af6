"""The checking process: `python -m expectations.worker`.

It imports Great Expectations while the models are being built by its parent, then waits for one line of
JSON on standard input, {"database": path}, runs all suites on that file and answers with one line of JSON.
An end of input means that the parent is gone or has nothing to check: it leaves.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any


def main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints must not mix with the answer
    from expectations.runner import run_checks
    from expectations.suites import all_checks

    for line in sys.stdin:
        database = Path(json.loads(line)["database"])
        answer: dict[str, Any]
        try:
            answer = {"outcomes": [asdict(outcome) for outcome in run_checks(database, all_checks(database))]}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
