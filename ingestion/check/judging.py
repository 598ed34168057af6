"""Holds a source against the contract, as landing would."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ingestion import fates, suggestions
from ingestion.check.faults import CheckReport, Fault, FaultKind, LeftOut
from ingestion.contract import contract
from ingestion.errors import SourceRefused
from ingestion.landing.gate import Limits, shortfalls
from ingestion.landing.intake import Judged, Progress, intake
from ingestion.landing.land import last_tables, table_entry
from ingestion.mapping import Words, load_mapping
from ingestion.sources import Source, open_source
from ingestion.sources.fates import Fate
from ingestion.sources.names import letters

_EXAMPLES = 5
#: Faults that are written out one by one; of more than these the first.
_MOST = 1_000_000
_SHOWN = "fate <> 'repaired'"


def check(
    source: str,
    mapping: Path | None = None,
    progress: Progress | None = None,
    *,
    limits: Limits | None = None,
    home: Path | None = None,
) -> CheckReport:
    """Judges a source. A source that landing would refuse is told in the report, not raised.

    home  whose last batch it is held against, where limits are given
    """
    try:
        words = load_mapping(mapping)
    except SourceRefused as refused:
        return CheckReport(source, refusals=(_both(refused),))
    with TemporaryDirectory(prefix="certhouse-check-") as folder:
        scratch = Path(folder)
        refusals: list[SourceRefused] = []
        try:
            found = open_source(source, words, scratch, refusals)
        except SourceRefused as refused:
            return CheckReport(source, refusals=(_both(refused),))
        with intake(found, words, scratch, progress or (lambda _: None), refusals) as judged:
            return _report(found, words, judged, refusals, limits, home)


def _both(refused: SourceRefused) -> tuple[str, str]:
    return str(refused), refused.zh


def _report(
    source: Source,
    words: Words,
    judged: Judged,
    refusals: list[SourceRefused],
    limits: Limits | None,
    home: Path | None,
) -> CheckReport:
    now = {name: table_entry(count) for name, count in judged.counts.items()}
    before = last_tables(home / "landing") if home is not None else None
    refused = tuple(_both(one) for one in refusals)
    # Tables that could not be read are absent here: that they have no rows follows from it.
    missing = () if refused or limits is None else _missing(now, before, words, judged, limits)
    return CheckReport(
        source=source.location,
        tables=judged.counts,
        kinds=_kinds(judged, words, refused=bool(refused)),
        left_out=tuple(
            LeftOut(fate, _hint(fate, words, judged))
            for fate in (*source.fates, *judged.fates)
            if fate.outcome == "left_out" or fate.reason
        ),
        refusals=refused,
        shortfalls=missing,
        faults=_faults(judged),
    )


def _missing(
    now: Mapping[str, Any], before: Mapping[str, Any] | None, words: Words, judged: Judged, limits: Limits
) -> tuple[Any, ...]:
    unknown = {name: list(one.unknown) for name, one in judged.staged.items() if one.unknown}
    return shortfalls(now, before, limits, complete=words.complete, unknown=unknown)


def _faults(judged: Judged, where: str = _SHOWN) -> tuple[Fault, ...]:
    rows = judged.connection.execute(
        "select fate, table_name, source_file, source_row, column_name, reason, raw_value, row_key, cells, message, "
        f"message_zh from ({fates.listed()}) where {where} limit {_MOST}"
    ).fetchall()
    positions = {
        (name, origin.place): origin.positions
        for name, one in judged.staged.items()
        for origin in one.origins
    }
    return tuple(
        fault if at is None else replace(fault, letters=letters(at))
        for fault in (Fault(*row) for row in rows)
        for at in [positions.get((fault.table, fault.file or ""), {}).get(fault.column or "")]
    )


def _kinds(judged: Judged, words: Words, *, refused: bool) -> tuple[FaultKind, ...]:
    """What other faults follow from comes first; then what is lost before what is only listed; then by number.

    refused  whether something could not be opened: a record that a whole table lacks may stand there
    """
    examples: dict[tuple[str, str, str | None, str], list[Fault]] = {}
    connection = judged.connection
    some = _faults(
        judged,
        f"{_SHOWN} qualify row_number() over (partition by fate, table_name, column_name, reason "
        f"order by source_row, row_key) <= {_EXAMPLES}",
    )
    for fault in some:
        examples.setdefault((fault.fate, fault.table, fault.column, fault.reason), []).append(fault)
    rows = connection.execute(
        "select fate, table_name, column_name, reason, sum(cells)::bigint, any_value(message), any_value(message_zh) "
        f"from fate where {_SHOWN} group by all"
    ).fetchall()
    kinds = []
    for fate, table, column, reason, cells, message, message_zh in rows:
        shown = tuple(examples[fate, table, column, reason])
        follows = reason == "set_aside_reference"
        hint = _value_hint(table, column, shown, words) if reason == "not_in_list" else ""
        if reason == "unknown_reference" and not judged.staged[table].columns:
            message = f"The source has no {table}: rows that hold a key alone stand for what others refer to."
            message_zh = f"来源中没有“{contract().tables[table].label_zh}”，被引用的记录暂以占位行代替。"
            follows = refused
        kinds.append(FaultKind(fate, table, column, reason, cells, message, message_zh, shown, follows, hint))
    tables, order = list(contract().tables), list(fates.FATES)
    kinds.sort(
        key=lambda kind: (
            kind.follows,
            order.index(kind.fate),
            tables.index(kind.table),
            -kind.cells,
            kind.reason,
        )
    )
    return tuple(kinds)


def _value_hint(table: str, column: str | None, shown: tuple[Fault, ...], words: Words) -> str:
    if column is None or "," in column:
        return ""
    of = contract().tables[table].column(column)
    found = (
        suggestions.for_value(words, contract().tables[table], of, fault.raw_value)
        for fault in shown
        if fault.raw_value
    )
    named = {f"“{one.word}” → {one.meant}（{one.likeness}%）": None for one in found if one is not None}
    return "；".join(named)


def _hint(fate: Fate, words: Words, judged: Judged) -> str:
    if fate.subject == "heading" and fate.reason == "unknown_heading" and fate.table and fate.name:
        table = contract().tables[fate.table]
        one = suggestions.for_heading(words, table, fate.name, judged.staged[fate.table].columns)
        return f"{one.meant} {suggestions.label(one.meant, table)}（{one.likeness}%）" if one else ""
    if fate.subject in ("file", "sheet") and fate.reason == "no_table":
        one = suggestions.for_table(words, fate.sheet or Path(fate.file).stem)
        return f"{one.meant} {suggestions.label(one.meant)}（{one.likeness}%）" if one else ""
    return ""
