"""What a table column is: its key in the frame, its Chinese heading and how a reader may use it.

The same description serves the page's tables and the table alternative of every figure. No data in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "number", "date", "code", "codes", "json"]


@dataclass(frozen=True)
class Link:
    """From a cell to records in table `to`, filtered by `where` (target column -> own column) and `fixed`.

    Target column `q` is the table's search. No link where an own column is empty or the cell is 0.
    """

    to: str
    where: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PageLink:
    """From a cell to a place on another page: `page`.html#<value of own column `anchor`>."""

    page: str
    anchor: str


@dataclass(frozen=True)
class RecordLink:
    """From a cell to the page of one record: `record`.html#id=<value of own column `key`>."""

    record: str
    key: str


@dataclass(frozen=True)
class AddressLink:
    """From a cell to the address in own column `key`: a page of the folder with its fragment."""

    key: str


@dataclass(frozen=True)
class Column:
    """One column of a table.

    kind     text and date sort as text, number as number, code shows `labels`, codes
             (joined by ';') each with its label, json is a record's evidence
    keys     of json: names of the keys; words: of json: words for the values of a key
    filter   offers a list of the values to choose from
    wide     left out where the screen is narrow (the record's detail still shows it)
    detail   shown in the record's detail only
    personal names a person: left out where the pages are masked
    """

    key: str
    label: str
    kind: Kind = "text"
    unit: str = ""
    labels: Mapping[str, str] | None = None
    keys: Mapping[str, str] | None = None
    words: Mapping[str, Mapping[str, str]] | None = None
    filter: bool = False
    wide: bool = False
    detail: bool = False
    personal: bool = False
    link: Link | PageLink | RecordLink | AddressLink | None = None

    def as_payload(self) -> dict[str, Any]:
        """The description as the page's table component reads it; defaults are left out."""
        payload: dict[str, Any] = {"key": self.key, "label": self.label, "kind": self.kind}
        if self.unit:
            payload["unit"] = self.unit
        if self.labels:
            payload["labels"] = dict(self.labels)
        if self.keys:
            payload["keys"] = dict(self.keys)
        if self.words:
            payload["words"] = {key: dict(words) for key, words in self.words.items()}
        payload.update({flag: True for flag in ("filter", "wide", "detail") if getattr(self, flag)})
        if isinstance(self.link, AddressLink):
            payload["link"] = {"address": self.link.key}
        elif isinstance(self.link, RecordLink):
            payload["link"] = {"record": self.link.record, "key": self.link.key}
        elif isinstance(self.link, PageLink):
            payload["link"] = {"page": self.link.page, "anchor": self.link.anchor}
        elif self.link:
            payload["link"] = {
                "to": self.link.to,
                "where": dict(self.link.where),
                "fixed": dict(self.link.fixed),
            }
        return payload
