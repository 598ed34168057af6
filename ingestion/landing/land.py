"""Source in, immutable batch out."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from ingestion import fates, hashing, sql
from ingestion.contract import Table, contract
from ingestion.landing.batch import (
    DELIVERED,
    FATES,
    MANIFEST,
    Batch,
    Last,
    find_batch,
    put_in_place,
    read_last,
    write_last,
)
from ingestion.landing.gate import Acceptance, BadLoad, Limits, Shortfall, shortfalls
from ingestion.landing.intake import Judged, Progress, TableCount, gone, intake
from ingestion.landing.references import stubs
from ingestion.landing.stage import NO_MARK, ROW, Staged
from ingestion.mapping import Words, load_mapping
from ingestion.placing import drafting
from ingestion.sources import Part, Source, open_source, supplement

#: Raised when the same bytes are read differently than before, so that they make another batch.
READER_VERSION = "2"


def land(
    source: str,
    home: Path,
    *,
    mapping: Path | None = None,
    progress: Progress | None = None,
    additions: Mapping[str, Path] | None = None,
    limits: Limits | None = None,
    accept: str | None = None,
) -> Batch:
    """Lands a folder of CSV, Parquet or XLSX files, a workbook or a database under `home/landing/<batch_id>`.

    additions  table -> CSV file with further rows of it, whatever the source is: part of the batch's content.
    limits     of what may be missing, in itself and against the batch landed last; None: whatever can be read lands.
    accept     why a load is to land although more is missing; kept in the manifest with what is missing.

    The same source, mapping and contract give the same batch: if it is there, its hashes are verified and
    nothing is written. Raises SourceRefused for a source that cannot be read, BadLoad for one of which too much is
    missing, LandingDamaged for a batch that was tampered with.
    """
    tell = progress or (lambda _: None)
    words = load_mapping(mapping)
    landing = home / "landing"
    with drafting(landing) as scratch:
        found = supplement(open_source(source, words, scratch), additions or {}, words)
        content_id = identify(found, words)
        last = read_last(landing)
        batch = _landed(landing, content_id, last, words, limits)
        if batch is None:
            content = scratch / "batch"
            content.mkdir()
            with intake(found, words, scratch, tell) as judged:
                manifest = describe(found, words, judged)
                acceptance = _let_through(manifest, _before(landing, last, content_id), words, limits, accept)
                for staged in judged.staged.values():
                    _write_table(judged, staged, content)
                _write_lists(judged, content)
            batch_id = content_id if acceptance is None else _identify_accepted(content_id, acceptance)
            manifest = {
                "batch_id": batch_id,
                **manifest,
                "acceptance": acceptance.as_data() if acceptance else None,
            }
            text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
            (content / MANIFEST).write_text(text, encoding="utf-8")
            batch = put_in_place(content, landing, batch_id)
        else:
            tell(f"batch {batch.batch_id} is already landed; its hashes are right")
        if limits is not None:
            write_last(landing, Last(batch.batch_id, content_id))
        return batch


def _landed(
    landing: Path, content_id: str, last: Last | None, words: Words, limits: Limits | None
) -> Batch | None:
    """A batch of the same content that may stand as it is: one that was let through against the batch landed last, or
    was itself the last, with whatever reason it was accepted for."""
    if last is not None and last.content_id == content_id:
        return find_batch(landing, last.batch_id)
    batch = find_batch(landing, content_id)
    if batch is not None and limits is not None:
        before = _before(landing, last, content_id)
        if _missing(batch.manifest, before, words, limits):
            return None
    return batch


def _before(landing: Path, last: Last | None, content_id: str) -> Mapping[str, Any] | None:
    """The manifest of the batch landed last, unless it is of the same content or gone."""
    if last is None or last.content_id == content_id:
        return None
    path = landing / last.batch_id / MANIFEST
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _missing(
    manifest: Mapping[str, Any], before: Mapping[str, Any] | None, words: Words, limits: Limits
) -> tuple[Shortfall, ...]:
    # A batch of an older reader counts in another way: nothing is to be learned from it.
    comparable = before is not None and before["reader_version"] == READER_VERSION
    return shortfalls(
        manifest["tables"],
        before["tables"] if before is not None and comparable else None,
        limits,
        complete=words.complete,
        unknown=manifest["unknown_columns"],
    )


def _let_through(
    manifest: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    words: Words,
    limits: Limits | None,
    accept: str | None,
) -> Acceptance | None:
    """Raises BadLoad, or says with which reason the load is taken all the same."""
    missing = _missing(manifest, before, words, limits) if limits is not None else ()
    if missing and not accept:
        raise BadLoad(missing)
    return Acceptance(accept, missing) if missing and accept else None


def _identify_accepted(content_id: str, acceptance: Acceptance) -> str:
    return hashing.of_text(json.dumps([content_id, acceptance.as_data()], ensure_ascii=False))[:16]


def identify(source: Source, words: Words) -> str:
    """The batch id: it hangs on what is read, and with what contract and mapping, and on nothing else."""
    facts = [
        contract().version,
        READER_VERSION,
        words.digest,
        *([file.name, file.sha256] for file in source.files),
    ]
    return hashing.of_text(json.dumps(facts, ensure_ascii=False))[:16]


def describe(source: Source, words: Words, judged: Judged) -> dict[str, Any]:
    """The manifest. It holds no time of day: landing the same source again gives the same bytes."""
    return {
        "contract_version": contract().version,
        "reader_version": READER_VERSION,
        "mapping_sha256": words.digest,
        "source": source.location,
        "files": [entry for part in source.parts for entry in _files(part, judged)],
        "tables": {name: table_entry(count) for name, count in judged.counts.items()},
        "unknown_columns": {
            name: list(staged.unknown) for name, staged in judged.staged.items() if staged.unknown
        },
        "unknown_files": list(source.unknown),
        "fates": [fate.as_data() for fate in (*source.fates, *judged.fates)],
    }


def table_entry(count: TableCount) -> dict[str, Any]:
    """What the manifest says of a table."""
    return {**asdict(count), "columns": list(count.columns)}


def last_tables(landing: Path) -> Mapping[str, Any] | None:
    """`tables` of the manifest of the batch landed last, where it can be compared with."""
    last = read_last(landing)
    manifest = _before(landing, last, "") if last is not None else None
    return manifest["tables"] if manifest and manifest["reader_version"] == READER_VERSION else None


def _files(part: Part, judged: Judged) -> list[dict[str, Any]]:
    """The files and sheets that the part's rows come from. Row n of the table is line n - after of its
    file."""
    return [
        {
            "name": origin.file.name,
            **({"sheet": origin.sheet} if origin.sheet else {}),
            "sha256": origin.file.sha256,
            "bytes": origin.file.bytes,
            "encoding": origin.encoding,
            "table": part.table.name,
            "rows": origin.rows,
            **({"after": origin.after} if origin.after else {}),
        }
        for origin in judged.staged[part.table.name].origins
    ]


def _write_table(judged: Judged, staged: Staged, content: Path) -> None:
    """The rows that are taken, in source order, then the stubs by their key."""
    table, counts = staged.table, judged.counts[staged.table.name]
    target = content / f"{table.name}.parquet"
    if counts.landed == counts.rows_in and not counts.stubs and not staged.uneven:
        staged.path.rename(target)
        return
    names = ", ".join([*(sql.name(column.name) for column in table.columns), "is_stub", "unreadable_columns"])
    rows = f"select {names}, {ROW} from {staged.relation} anti join {gone(table.name)} using ({ROW})"
    order = ROW
    if counts.stubs:
        rows += f" union all {_stub_rows(table)}"
        order = f"is_stub, {ROW}, {sql.name(*table.pk)}"
    judged.connection.execute(
        f"copy (select * from ({rows}) order by {order}) to {sql.text(str(target))} "
        "(format parquet, compression zstd, compression_level 1)"
    )


def _stub_rows(table: Table) -> str:
    cells = ["key" if column.pk else f"null::{column.parquet_type}" for column in table.columns]
    return f"select {', '.join(cells)}, true, {NO_MARK}, null::bigint from {stubs(table.name)}"


def _write_lists(judged: Judged, content: Path) -> None:
    _write(judged.connection, fates.listed(), content / FATES)
    rows = ", ".join(
        f"({sql.text(table.name)}, {sql.text(column.name)}, {(table.name, column.name) in judged.delivered})"
        for table in contract().tables.values()
        for column in table.columns
        if table.since == "1" and column.since == "1"
    )
    _write(
        judged.connection,
        f"select * from (values {rows}) as delivered (table_name, column_name, is_delivered)",
        content / DELIVERED,
    )


def _write(connection: duckdb.DuckDBPyConnection, query: str, to: Path) -> None:
    connection.execute(f"copy ({query}) to {sql.text(str(to))} (format parquet, compression zstd)")
