"""What a word that nobody knows may have been meant to be, with its likeness in per cent: for a person to judge, never to be
read so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingestion.contract import Column, Table, contract
from ingestion.mapping import Words, normalise

#: Less alike than this is no help.
_LEAST_LIKE = 55
#: A table of thousands of unknown values is answered for the first ones.
_MOST = 200


@dataclass(frozen=True)
class Suggestion:
    """`word` is like a word for `meant`, a name of the contract. likeness: 0 to 100."""

    word: str
    meant: str
    likeness: int


def for_heading(words: Words, table: Table, heading: str, taken: Iterable[str]) -> Suggestion | None:
    """Among the columns that the table does not have yet."""
    there = set(taken)
    known = {word: name for word, name in words.column_words(table).items() if name not in there}
    return _likely(heading, known)


def for_table(words: Words, name: str) -> Suggestion | None:
    """For a file or sheet that holds no table of the contract."""
    return _likely(name, words.table_words())


def for_value(words: Words, table: Table, column: Column, text: str) -> Suggestion | None:
    known = {value: value for value in column.values} | words.values(table, column)
    return _likely(text, known)


def label(meant: str, table: Table | None = None) -> str:
    """The contract's Chinese word for a suggested name."""
    if table is None:
        return contract().tables[meant].label_zh
    return table.column(meant).label_zh


def _likely(word: str, known: Mapping[str, str]) -> Suggestion | None:
    from rapidfuzz import fuzz, process

    texts = {one: normalise(one) for one in known}
    found = process.extractOne(normalise(word), texts, scorer=fuzz.WRatio, score_cutoff=_LEAST_LIKE)
    return Suggestion(word, known[found[2]], round(found[1])) if found else None


def most(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))[:_MOST]
