"""The life cycle of what is filed: an append-only, hash-chained ledger beside the submissions.

Knows nothing of Dagster. Who only reads takes `Ledger.read(path).filings()` and `.facts()`.
"""

from dagster_project.filing.errors import FilingError
from dagster_project.filing.facts import FiledFact
from dagster_project.filing.filings import Filing
from dagster_project.filing.ledger import Ledger, ledger_path
from dagster_project.filing.preparing import Prepared, prepare

__all__ = ["FiledFact", "Filing", "FilingError", "Ledger", "Prepared", "ledger_path", "prepare"]
