"""What the ledger says no to, and what it finds wrong with itself; each in English and Chinese."""

from __future__ import annotations


class FilingError(Exception):
    """`message` for the terminal, `reason_zh` for the clerk, `hint` says what to do next."""

    exit_code = 1

    def __init__(self, message: str, reason_zh: str, hint: str) -> None:
        super().__init__(f"{message} {reason_zh}")
        self.message = message
        self.reason_zh = reason_zh
        self.hint = hint


class StepRefused(FilingError):
    """The step is not allowed now, or not to this person; nothing was recorded."""


class UnknownSubmission(FilingError):
    """The ledger knows no such submission."""

    exit_code = 2


class ReceiptUnreadable(FilingError):
    """The file of rejected rows cannot be read."""

    exit_code = 3


class LedgerDamaged(FilingError):
    """The ledger or a filed file is not what was recorded."""


class LedgerBusy(FilingError):
    """Another process has been writing to the ledger for too long."""
