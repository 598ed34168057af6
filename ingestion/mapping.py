"""Which other words a source may use for the contract's tables, columns and values.

Always understood: the contract's names and Chinese labels. Beyond them the default mapping file, and before
it the body's own. A word that one file gives for two things is refused: it could not be read in one way.
"""

import codecs
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from ingestion import hashing
from ingestion.cells.blanks import half_width
from ingestion.contract import Column, Contract, Table, contract
from ingestion.errors import MappingRefused


@dataclass(frozen=True)
class WordList:
    """One mapping file: normalised word -> contract name, for tables; per table; per column."""

    tables: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    values: Mapping[tuple[str, str], Mapping[str, str]]


@dataclass(frozen=True)
class Select:
    """SQL by which the body selects a contract table. `name` is the file's, `text` its one SELECT."""

    name: str
    text: str


@dataclass(frozen=True)
class Words:
    """The word lists that hold for one landing, the body's own first.

    complete  tables that the body declares complete: without a file of their own they are empty, not unknown.
    selects   contract table -> the body's own SQL for it.
    """

    lists: tuple[WordList, ...]
    digest: str
    complete: tuple[str, ...] = ()
    encodings: Mapping[str, str] = field(default_factory=dict)
    selects: Mapping[str, Select] = field(default_factory=dict)

    def encoding(self, file: str, table: Table) -> str | None:
        """The encoding that the mapping gives a text file: by its path in the source, its name, or its
        table."""
        for key in (file, file.rpartition("/")[2], table.name):
            if key.casefold() in self.encodings:
                return self.encodings[key.casefold()]
        return None

    def table(self, word: str) -> str | None:
        """The contract table that a file, sheet or database table of this name holds."""
        key = normalise(word)
        own, *rest = self.lists
        return own.tables.get(key) or _standard_tables().get(key) or _first(rest, lambda w: w.tables.get(key))

    def column(self, table: Table, heading: str) -> str | None:
        """The contract column that a heading names."""
        key = normalise(heading)
        own, *rest = self.lists
        return (
            own.columns.get(table.name, {}).get(key)
            or _standard_columns(table).get(key)
            or _first(rest, lambda w: w.columns.get(table.name, {}).get(key))
        )

    def table_words(self) -> dict[str, str]:
        """Every word for a table -> the table."""
        words: dict[str, str] = {}
        for word_list in reversed(self.lists):
            words |= word_list.tables
        return words | _standard_tables()

    def column_words(self, table: Table) -> dict[str, str]:
        """Every word for a column of the table -> the column."""
        words: dict[str, str] = {}
        for word_list in reversed(self.lists):
            words |= word_list.columns.get(table.name, {})
        return words | _standard_columns(table)

    def values(self, table: Table, column: Column) -> dict[str, str]:
        """Other words, lower case and half width, for the values of a column."""
        words = dict(_labels_of_values(column))
        for word_list in reversed(self.lists):
            words |= word_list.values.get(("*", column.name), {})
            words |= word_list.values.get((table.name, column.name), {})
        return words


def normalise(word: str) -> str:
    """Headings and names are compared without blanks at the ends, case, width, and the difference of ' ', '-'
    and '_'."""
    return half_width(word.strip().strip("\ufeff")).strip().casefold().replace(" ", "_").replace("-", "_")


def load_mapping(own: Path | None = None) -> Words:
    """The mapping in force: the body's own file, if any, before the default one. Raises MappingRefused.

    own  a file of words, or a folder that holds one (mapping.yml) and a SELECT for each table that words cannot say
         (<table>.sql)
    """
    selects: dict[str, Select] = {}
    if own is not None and own.is_dir():
        selects = _selects(own)
        own = _words_in(own)
    raws = [_parse(_content(own), str(own)) if own is not None else {}, _default()]
    names = [str(own) if own else "no own mapping", "the default mapping"]
    lists = tuple(_word_list(raw, name) for raw, name in zip(raws, names, strict=True))
    facts = [*raws, {table: select.text for table, select in selects.items()}] if selects else raws
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return Words(
        lists=lists,
        digest=hashing.of_text(canonical),
        complete=_complete(raws[0], names[0]),
        encodings=_encodings(raws[0], names[0]),
        selects=selects,
    )


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingRefused(
            f"{path}: the mapping file cannot be read as UTF-8 text ({error}).",
            f"{path}：对照文件不能按UTF-8读取。",
        ) from error


def _words_in(folder: Path) -> Path | None:
    found = sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")])
    if len(found) > 1:
        raise MappingRefused(
            f"{folder}: holds more than one file of words: {', '.join(path.name for path in found)}.",
            f"{folder}：只能有一个对照文件，现有{'、'.join(path.name for path in found)}。",
        )
    return found[0] if found else None


def _selects(folder: Path) -> dict[str, Select]:
    found = {}
    for path in sorted(folder.glob("*.sql")):
        if path.stem not in contract().tables:
            raise MappingRefused(
                f"{path}: {path.stem} is not a table of the contract.",
                f"{path}：“{path.stem}”不是约定中的表。",
            )
        found[path.stem] = Select(f"{folder.name}/{path.name}", _content(path).strip().rstrip(";").rstrip())
    return found


def _encodings(raw: dict[str, Any], name: str) -> dict[str, str]:
    """File or table -> encoding, for text files that are neither UTF-8 nor GB18030."""
    found = {}
    for key, encoding in _section(raw, "encodings", name).items():
        try:
            found[key.casefold()] = codecs.lookup(str(encoding)).name
        except LookupError as error:
            raise MappingRefused(
                f"{name}: encodings.{key}: {encoding} is no known encoding.",
                f"{name}：encodings.{key}：没有“{encoding}”这种编码。",
            ) from error
    return found


@cache
def _default() -> dict[str, Any]:
    text = files("ingestion").joinpath("default_mapping.yml").read_text(encoding="utf-8")
    return _parse(text, "the default mapping")


def _parse(text: str, name: str) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise MappingRefused(
            f"{name}: not valid YAML ({error}).", f"{name}：不是有效的YAML（{error}）。"
        ) from error
    if raw is None:
        return {}
    if not isinstance(raw, dict) or set(raw) - {"tables", "columns", "values", "complete", "encodings"}:
        raise MappingRefused(
            f"{name}: expected the keys tables, columns, values, complete and encodings, and no others.",
            f"{name}：只能有tables、columns、values、complete、encodings这几项。",
        )
    return raw


def _word_list(raw: dict[str, Any], name: str) -> WordList:
    known = contract()
    tables = _section(raw, "tables", name)
    columns = _section(raw, "columns", name)
    values = _section(raw, "values", name)
    for table in [*tables, *columns]:
        if table not in known.tables:
            raise MappingRefused(
                f"{name}: {table} is not a table of the contract.", f"{name}：“{table}”不是约定中的表。"
            )
    for table, entries in columns.items():
        _require_columns(known.tables[table], _as_dict(entries, f"{name}: columns.{table}"), name)
    return WordList(
        tables=_invert(tables, f"{name}: tables"),
        columns={table: _invert(entries, f"{name}: columns.{table}") for table, entries in columns.items()},
        values={
            _value_key(key, known, name): _value_words(key, entries, known, name)
            for key, entries in values.items()
        },
    )


def _complete(raw: dict[str, Any], name: str) -> tuple[str, ...]:
    tables = raw.get("complete") or []
    for table in tables:
        if table not in contract().tables:
            raise MappingRefused(
                f"{name}: complete: {table} is not a table of the contract.",
                f"{name}：complete：“{table}”不是约定中的表。",
            )
    return tuple(tables)


def _section(raw: dict[str, Any], key: str, name: str) -> dict[str, Any]:
    return _as_dict(raw.get(key) or {}, f"{name}: {key}")


def _as_dict(entry: Any, where: str) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise MappingRefused(
            f"{where} must be a list of 'name: [other names]'.", f"{where}：应写成“名称: [其他名称]”的形式。"
        )
    return {str(key): value for key, value in entry.items()}


def _require_columns(table: Table, entries: Iterable[str], name: str) -> None:
    known = {column.name for column in table.columns}
    for column in entries:
        if column not in known:
            raise MappingRefused(
                f"{name}: {table.name}.{column} is not a column of the contract.",
                f"{name}：“{table.label_zh}”没有{column}列。",
            )


def _invert(entries: dict[str, Any], where: str) -> dict[str, str]:
    inverted: dict[str, str] = {}
    for target, words in _as_dict(entries, where).items():
        for word in [words] if isinstance(words, str) else words or []:
            key = normalise(str(word))
            if inverted.setdefault(key, target) != target:
                raise MappingRefused(
                    f"{where}: '{word}' stands for both {inverted[key]} and {target}.",
                    f"{where}：“{word}”同时对应{inverted[key]}和{target}。",
                )
    return inverted


def _value_key(key: str, known: Contract, name: str) -> tuple[str, str]:
    table, _, column = key.partition(".")
    if not column or not _columns_named(known, table, column):
        raise MappingRefused(
            f"{name}: values.{key} names no column of the contract.", f"{name}：values.{key}不是约定中的列。"
        )
    return table, column


def _value_words(key: str, entries: Any, known: Contract, name: str) -> dict[str, str]:
    table, _, column = key.partition(".")
    words: dict[str, str] = {}
    for target, others in _as_dict(entries, f"{name}: values.{key}").items():
        target = target.lower() if target in ("True", "False") else target  # YAML's own booleans
        for found in _columns_named(known, table, column):
            _require_value(found, target, f"{name}: values.{key}")
        for word in [others] if isinstance(others, str) else others or []:
            alias = half_width(str(word)).strip().lower()
            if words.setdefault(alias, target) != target:
                raise MappingRefused(
                    f"{name}: values.{key}: '{word}' stands for both {words[alias]} and {target}.",
                    f"{name}：values.{key}：“{word}”同时对应{words[alias]}和{target}。",
                )
    return words


def _require_value(column: Column, target: str, where: str) -> None:
    allowed = ("true", "false") if column.type == "bool" else column.values
    if column.type in ("date", "int", "dec"):
        raise MappingRefused(
            f"{where}: dates and numbers have no other words.", f"{where}：日期和数字没有别的写法可以对照。"
        )
    if allowed and target not in allowed:
        raise MappingRefused(
            f"{where}: {target} is not one of {', '.join(allowed)}.",
            f"{where}：“{target}”不在{'、'.join(allowed)}之中。",
        )


def _columns_named(known: Contract, table: str, column: str) -> list[Column]:
    tables = known.tables.values() if table == "*" else filter(None, [known.tables.get(table)])
    return [found for one in tables for found in one.columns if found.name == column]


def _labels_of_values(column: Column) -> dict[str, str]:
    return {half_width(label).lower(): value for value, label in (column.value_labels or {}).items()}


@cache
def _standard_tables() -> dict[str, str]:
    words = {normalise(table.label_zh): table.name for table in contract().tables.values()}
    return words | {normalise(name): name for name in contract().tables}


@cache
def _standard_columns_of(table_name: str) -> dict[str, str]:
    table = contract().tables[table_name]
    words = {normalise(column.label_zh): column.name for column in table.columns}
    return words | {normalise(column.name): column.name for column in table.columns}


def _standard_columns(table: Table) -> dict[str, str]:
    return _standard_columns_of(table.name)


def _first(lists: Iterable[WordList], look: Any) -> str | None:
    for word_list in lists:
        found: str | None = look(word_list)
        if found:
            return found
    return None
