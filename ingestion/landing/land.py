"""Source in, immutable batch out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from ingestion import hashing, sql
from ingestion.contract import contract
from ingestion.landing.batch import MANIFEST, Batch, find_batch, put_in_place
from ingestion.landing.intake import Judged, Progress, gone, intake, quarantine_query, repairs_query
from ingestion.landing.stage import ROW, Staged
from ingestion.mapping import Words, load_mapping
from ingestion.placing import drafting
from ingestion.sources import Part, Source, open_source, supplement
from ingestion.sources.fates import Fate

#: Raised when the same bytes are read differently than before, so that they make another batch.
READER_VERSION = "1"


def land(
    source: str,
    home: Path,
    *,
    mapping: Path | None = None,
    progress: Progress | None = None,
    additions: Mapping[str, Path] | None = None,
) -> Batch:
    """Lands a folder of CSV, Parquet or XLSX files, a workbook or a database under `home/landing/<batch_id>`.

    additions  table -> CSV file with further rows of it, whatever the source is: part of the batch's content.

    The same source, mapping and contract give the same batch: if it is there, its hashes are verified and
    nothing is written. Raises SourceRefused for a source that cannot be read, LandingDamaged for a batch that
    was tampered with.
    """
    tell = progress or (lambda _: None)
    words = load_mapping(mapping)
    landing = home / "landing"
    with drafting(landing) as scratch:
        found = supplement(open_source(source, words, scratch), additions or {}, words)
        batch_id = identify(found, words)
        batch = find_batch(landing, batch_id)
        if batch is not None:
            tell(f"batch {batch_id} is already landed; its hashes are right")
            return batch
        content = scratch / "batch"
        content.mkdir()
        with intake(found, words, scratch, tell) as judged:
            for staged in judged.staged.values():
                _write_table(judged, staged, content)
            _write_lists(judged.connection, content)
            manifest = describe(found, words, judged, batch_id)
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        (content / MANIFEST).write_text(text, encoding="utf-8")
        return put_in_place(content, landing, batch_id)


def identify(source: Source, words: Words) -> str:
    """The batch id: it hangs on what is read, and with what contract and mapping, and on nothing else."""
    facts = [
        contract().version,
        READER_VERSION,
        words.digest,
        *([file.name, file.sha256] for file in source.files),
    ]
    return hashing.of_text(json.dumps(facts, ensure_ascii=False))[:16]


def describe(source: Source, words: Words, judged: Judged, batch_id: str) -> dict[str, Any]:
    """The manifest. It holds no time of day: landing the same source again gives the same bytes."""
    return {
        "batch_id": batch_id,
        "contract_version": contract().version,
        "reader_version": READER_VERSION,
        "mapping_sha256": words.digest,
        "source": source.location,
        "files": [entry for part in source.parts for entry in _files(part, judged)],
        "tables": {
            name: {
                "rows_in": count.rows_in,
                "landed": count.landed,
                "quarantined": count.quarantined,
                "repairs": count.repairs,
            }
            for name, count in judged.counts.items()
        },
        "unknown_columns": {
            name: list(staged.unknown) for name, staged in judged.staged.items() if staged.unknown
        },
        "unknown_files": list(source.unknown),
        "fates": [fate.as_data() for fate in fates(source, judged)],
    }


def fates(source: Source, judged: Judged) -> list[Fate]:
    """What became of everything in the source that is no cell."""
    return [*source.fates, *(fate for one in judged.staged.values() for fate in one.fates)]


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
    name = staged.table.name
    target = content / f"{name}.parquet"
    emptied = judged.emptied[name]
    if judged.counts[name].landed == judged.counts[name].rows_in and not emptied:
        staged.path.rename(target)
        return
    cells = [
        f"case when {ROW} in (select source_row from repair where kind = 'broken_reference' "
        f"and table_name = {sql.text(name)} and column_name = {sql.text(column.name)}) "
        f"then null else {sql.name(column.name)} end as {sql.name(column.name)}"
        if column in emptied
        else sql.name(column.name)
        for column in staged.table.columns
    ]
    judged.connection.execute(
        f"copy (select {', '.join(cells)}, {ROW} from {staged.relation} anti join {gone(name)} using ({ROW}) "
        f"order by {ROW}) to {sql.text(str(target))} (format parquet, compression zstd, compression_level 1)"
    )


def _write_lists(connection: duckdb.DuckDBPyConnection, content: Path) -> None:
    for name, query in (("quarantine", quarantine_query()), ("repairs", repairs_query())):
        path = sql.text(str(content / f"{name}.parquet"))
        connection.execute(f"copy ({query}) to {path} (format parquet, compression zstd)")
