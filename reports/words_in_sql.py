"""Labels as an SQL expression, for sentences that a query puts together."""

from __future__ import annotations

from collections.abc import Mapping

from ingestion.sql import text as quoted


def words_case(expression: str, labels: Mapping[str, str]) -> str:
    """The word for the code that `expression` gives; a code without a word as it is."""
    whens = " ".join(f"when {quoted(code)} then {quoted(word)}" for code, word in labels.items())
    return f"case {expression} {whens} else {expression} end"
