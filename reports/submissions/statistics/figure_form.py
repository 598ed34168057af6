"""What a form of statistics says: tables, lines of the registration sheet, checks, a document.

Its parts are strict models of the form's files, key by key (figure_form_reading.py reads them). Nothing here knows a
particular form or where it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, RootModel, Tag

from reports.submissions.strict_files import Flag, FormError, Many, Named, Severity, Strict

Of = Literal["this", "before", "to_date", "change"]


class Column(Strict):
    """A column of figures: `of` says of which period. width in characters."""

    label: str
    value: str = ""
    of: Of = "this"
    width: int = 11


class Line(Strict):
    """A row with an expression of its own."""

    label: str
    value: str
    unit: str = ""


class Total(Strict):
    """Expression-free: topic and item of the row 合计, which the items need not add up to."""

    topic: str
    item: str

    @property
    def figure(self) -> tuple[str, str]:
        return self.topic, self.item


class Table(Strict):
    """A table: either `topic` with a row per item, or `lines`.

    labels      list of labels.csv that names the items; "" = items as they are called
    all_listed  every code of the list has a row, else those that there are figures of
    """

    title: str
    first_label: str
    topic: str = ""
    labels: str = ""
    all_listed: bool = False
    total: Total | None = None
    lines: Many[Line] = ()
    columns: Many[Column]
    note: str = ""


class TablesFile(RootModel[Named[Table]]):
    """tables.yml: tables by code."""

    model_config = ConfigDict(frozen=True, strict=True)


class RegistrationField(Strict):
    """A line of the registration sheet.

    source    a column of the body's record, or `= expression`, or "" where only the supplement can say it
    personal  stands in the sheet alone: not in lists of errors or differences
    """

    name: str = Field(alias="field")
    label: str
    source: str
    is_required: Flag = Field(alias="required")
    is_personal: Flag = Field(alias="personal")
    note: str


class Check(Strict):
    """What must hold: left relation right, for each row of a table where `table` has a topic and the
    expressions have bare measures, once otherwise. `column` is the label of the column or line to look at."""

    id: str
    severity: Severity
    table: str
    column: str
    left: str
    relation: Literal["=", "<=", ">="]
    right: str
    message: str


class Label(Strict):
    """What a code of the records is called; always = no: without a row unless there are figures."""

    list: str
    code: str
    label: str
    always: Literal["", "no"]


class Sheet(Strict):
    """A sheet of the workbook; with `has_registration` it begins with the registration lines."""

    code: str
    name: str
    has_registration: bool = Field(alias="registration", default=False)
    tables: Many[str] = ()


class Uncertain(Strict):
    """A reading of ours that whoever files is to confirm."""

    sheet: str
    field: str
    note: str


class Heading(Strict):
    heading: str
    level: int = 1


class Text(Strict):
    text: str


class Bullets(Strict):
    list: Many[str]


class TableHere(Strict):
    table: str


class Ask(Strict):
    """What a person is to write; `ask` is the name by which the supplement gives it."""

    ask: str
    what: str


BLOCKS: Mapping[str, type[Strict]] = {
    "heading": Heading, "text": Text, "list": Bullets, "table": TableHere, "ask": Ask,
}  # fmt: skip


def _says(block: Any) -> str | None:
    """The key by which a block is what it is."""
    return next((key for key in BLOCKS if isinstance(block, dict) and key in block), None)


Block = Annotated[
    Annotated[Heading, Tag("heading")]
    | Annotated[Text, Tag("text")]
    | Annotated[Bullets, Tag("list")]
    | Annotated[TableHere, Tag("table")]
    | Annotated[Ask, Tag("ask")],
    Discriminator(
        _says,
        custom_error_type="block",
        custom_error_message=f"a block has one of the keys {', '.join(BLOCKS)}",
    ),
]


class Document(Strict):
    """document.yml: the document's parts, top down, with slots for figures in the texts."""

    file_suffix: str
    title: str
    header: str
    cover: Many[str]
    blocks: Many[Block]

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(block.table for block in self.blocks if isinstance(block, TableHere))

    @property
    def asked(self) -> dict[str, str]:
        """The placeholders that a supplement may fill: name -> what is to be written."""
        return {block.ask: block.what for block in self.blocks if isinstance(block, Ask)}


class FormFile(Strict):
    """form.yml.

    labels_of  the profile whose labels.csv this one shares
    totals     control totals of the manifest: name -> expression
    """

    profile: str
    title: str
    in_force_from: date
    labels_of: str = ""
    sheets: Named[Many[Sheet]]
    totals: Named[str]
    uncertain: Many[Uncertain] = ()


@dataclass(frozen=True)
class StatisticsForm:
    """A whole profile.

    sheets       by recipient; a form for one recipient alone has them under ""
    rare         (list, code) of labels that have no row where there are no figures
    fingerprint  SHA-256 of its files
    """

    profile: str
    title: str
    in_force_from: date
    sheets: Mapping[str, tuple[Sheet, ...]]
    totals: Mapping[str, str]
    uncertain: tuple[Uncertain, ...]
    tables: Mapping[str, Table]
    labels: Mapping[str, Mapping[str, str]]
    rare: frozenset[tuple[str, str]]
    registration: tuple[RegistrationField, ...]
    checks: tuple[Check, ...]
    document: Document | None
    fingerprint: str

    def sheets_of(self, recipient: str = "") -> tuple[Sheet, ...]:
        """The sheets that a recipient gets; forms for one recipient know only ''. Raises FormError."""
        if recipient not in self.sheets:
            raise FormError(f"{self.profile}: no sheets for {recipient or 'no recipient'}")
        return self.sheets[recipient]

    def label(self, labels: str, code: str) -> str:
        return self.labels.get(labels, {}).get(code, code)
