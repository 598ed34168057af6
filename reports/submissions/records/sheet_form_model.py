"""The parts of a form profile, as the rest of the package speaks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports.submissions.records.sheet_form_files import Composition, Rule
from reports.submissions.strict_files import Severity


@dataclass(frozen=True)
class Code:
    """A code that a field may hold.

    is_certain  False where the published sources are silent or contradict each other
    """

    code: str
    label: str
    is_certain: bool
    note: str


@dataclass(frozen=True)
class Field:
    """One column of a sheet.

    printed       what rows 1 to 7 say of it, in the form's own order
    column        the relation's column it is filled from; "" where the records hold nothing
    codes         mapping of the records' values to codes, and codes allowed; empty where any text may stand
    is_many       the column holds several values joined by ';'
    severity      what a failed check of this field is
    max_length    characters, for text; numbers have integer_digits and decimals instead
    date_format   strftime format, for dates
    pattern       regular expression of one whole value
    overflow_text what the form wants written instead of a value that is too long
    is_personal   never shown outside the form itself
    source        where in the records the value stands, for the clerk who mends it
    """

    position: int
    name: str
    label: str
    type: str
    printed: tuple[str, ...]
    column: str
    mapping: str
    code_list: str
    is_many: bool
    is_required: bool
    severity: Severity
    max_length: int | None
    integer_digits: int | None
    decimals: int | None
    date_format: str
    pattern: str
    overflow_text: str
    is_personal: bool
    source: str


@dataclass(frozen=True)
class Sheet:
    """One sheet of the form.

    order_by   columns of its relation           shown_key  the field that names a record to a clerk
    key        fields that tell records apart    totals     aggregates over its rows, by name
    composed   fields that are not filled from a column
    """

    code: str
    name: str
    order_by: tuple[str, ...]
    shown_key: str
    key: tuple[str, ...]
    totals: Mapping[str, str]
    composed: Mapping[str, Composition]
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True)
class Form:
    """A whole profile. `fingerprint` is the SHA-256 of its files.

    in_force_from  first day on which the form is to be used
    workbooks      kind of submission -> its sheets' codes in order -> the relation of schema submissions that
                   each is filled from; "" where the kind leaves the sheet empty
    """

    profile: str
    title: str
    in_force_from: date
    joiner: str
    first_data_row: int
    first_data_column: str
    data_hint: str
    row_names: tuple[str, ...]
    sheets: Mapping[str, Sheet]
    workbooks: Mapping[str, Mapping[str, str]]
    code_lists: Mapping[str, tuple[Code, ...]]
    mappings: Mapping[str, Mapping[str, Code]]
    fingerprint: str

    def allowed_codes(self, field: Field) -> tuple[str, ...]:
        """Codes that the field may hold; none = any text. A mapping without a list is its own list."""
        if field.code_list:
            return tuple(code.code for code in self.code_lists[field.code_list])
        if field.mapping:
            return tuple(dict.fromkeys(code.code for code in self.mappings[field.mapping].values()))
        return ()
