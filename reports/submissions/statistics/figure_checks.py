"""What a statistical file must satisfy before it is uploaded: lines said, figures possible and consistent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.documents.builder import shown
from reports.submissions.error_list import UNREADABLE_REASON
from reports.submissions.statistics.figure_form import Check, StatisticsForm
from reports.submissions.statistics.figures import Figures
from reports.submissions.statistics.filling import Filled
from reports.submissions.statistics.line_supplement import DOCUMENT
from reports.submissions.statistics.registration import Registered
from reports.submissions.statistics.table_workbook import Place, Places, row_key

_NOWHERE = Place("", "")
#: Private use, what a conversion lost, and format characters, as in the files of records.
_UNREADABLE = re.compile(
    "[\ue000-\uf8ff\U000f0000-\U0010fffd\ufffd\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)


@dataclass(frozen=True)
class Failure:
    """A failed check. sheet: code of the table, `registration`, or `document`; reason in Chinese."""

    sheet: str
    field: str
    check: str
    severity: str
    reason: str
    place: Place = _NOWHERE


def check_registration(registered: tuple[Registered, ...], places: Places) -> Iterator[Failure]:
    """Every line that the form demands is said, and can be read."""
    for line in registered:
        if line.value and _UNREADABLE.search(line.value):
            where = places.get(("", line.field.name, ""), _NOWHERE)
            yield Failure("registration", line.field.label, "characters", "error", UNREADABLE_REASON, where)
        if line.field.is_required and not line.value:
            where = places.get(("", line.field.name, ""), _NOWHERE)
            reason = "必填，记录中没有，须在supplement.csv中补充"
            yield Failure("registration", line.field.label, "required", "error", reason, where)


def check_tables(filled: Mapping[str, Filled], places: Places) -> Iterator[Failure]:
    """No figure is negative; a difference may be."""
    for code, table in filled.items():
        for row in table.rows:
            for column, value in zip(table.table.columns, row.values, strict=True):
                if value is not None and value < 0 and column.of != "change":
                    where = places.get((code, row_key(row), column.label), _NOWHERE)
                    reason = f"{row.label}：{shown(value)}，不能是负数"
                    yield Failure(code, column.label, "negative", "error", reason, where)


def check_figures(
    form: StatisticsForm, figures: Figures, filled: Mapping[str, Filled], places: Places
) -> Iterator[Failure]:
    """The form's own checks. Raises FormError where one speaks of what there is not."""
    for check in form.checks:
        table = filled.get(check.table)
        if check.table and table is None:
            continue
        rows: list[tuple[str, str, tuple[str, str] | None]] = [(check.column, "", None)]
        if table is not None and table.table.topic:
            rows = [(row.item, row.label, (table.table.topic, row.item)) for row in table.rows if row.item]
            if table.table.total:
                rows.append(("合计", "合计", table.table.total.figure))
        for key, label, row in rows:
            yield from _failed(form, figures, check, places, key, label, row)


def _failed(
    form: StatisticsForm,
    figures: Figures,
    check: Check,
    places: Places,
    key: str,
    label: str,
    row: tuple[str, str] | None,
) -> Iterator[Failure]:
    left = figures.evaluate(check.left, row=row)
    right = figures.evaluate(check.right, row=row) if check.right.strip() != "0" else Decimal(0)
    if left is None or right is None or _holds(left, check.relation, right):
        return
    if row is None:
        columns = [column.label for column in form.tables[check.table].columns] if check.table else [""]
        where = places.get((check.table, key, columns[0]), _NOWHERE)
    else:
        where = places.get((check.table, key, check.column), _NOWHERE)
    numbers = f"{shown(left)}，应{_WORDS[check.relation]}{shown(right)}"
    reason = f"{label + '：' if label else ''}{check.message}（{numbers}）"
    yield Failure(check.table or "document", check.column, check.id, check.severity, reason, where)


_WORDS = {"=": "等于", "<=": "不大于", ">=": "不小于"}


def _holds(left: Decimal, relation: str, right: Decimal) -> bool:
    return {"=": left == right, "<=": left <= right, ">=": left >= right}[relation]


def check_document(missing: list[tuple[str, str]]) -> Iterator[Failure]:
    """What is still to be written: a warning, as a person may write it by hand."""
    for field, what in missing:
        yield Failure(DOCUMENT, field, "unwritten", "warning", f"正文待撰写：{what}")
