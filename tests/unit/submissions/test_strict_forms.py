"""No typo in a form's file passes: every key of every file, misspelt in turn, is refused with its file and place.

A key that is passed over is a default in some month's file, and nobody notices.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from reports.submissions.records import sheet_form
from reports.submissions.statistics import figure_form_reading
from reports.submissions.statistics.figures import read_measures
from reports.submissions.strict_files import FormError

SUBMISSIONS = Path(str(files("reports.submissions")))
FORMS = SUBMISSIONS / "forms"
# What is called as the form likes, at this place of a file: the keys below are those of one model.
OWN_NAMES = {
    ("form.yml", "sheets"), ("form.yml", "sheets.*.composed"), ("form.yml", "workbooks"), ("form.yml", "workbooks.*"),
    ("tables.yml", ""),
}  # fmt: skip
# Nothing else in the form speaks of a control total by its name.
UNCHECKED = {("form.yml", "totals"), ("form.yml", "sheets.*.totals")}

Key = tuple[str, str, str, int, int]


def _keys(file: Path) -> Iterator[Key]:
    """(profile, file, place with *, line, column behind the key) of every key, one of each place."""
    seen: set[tuple[str, str]] = set()

    def walk(node: yaml.Node, place: str) -> Iterator[tuple[str, yaml.Mark]]:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                yield from walk(item, place)
        elif isinstance(node, yaml.MappingNode):
            own = (file.name, place) in OWN_NAMES
            for key, value in node.value:
                if (file.name, place) not in UNCHECKED and (place, key.value) not in seen:
                    seen.add((place, key.value))
                    yield f"{place}.{key.value}".strip("."), key.end_mark
                yield from walk(value, f"{place}.{'*' if own else key.value}".strip("."))

    node = yaml.compose(file.read_text(encoding="utf-8"))
    for place, mark in walk(node, ""):
        yield file.parent.name, file.name, place, mark.line, mark.column


def _columns(file: Path) -> list[tuple[str, str, str]]:
    heading = file.read_text(encoding="utf-8").splitlines()[0]
    return [(file.parent.name, file.name, column) for column in heading.split(",")]


YAML_KEYS = [key for file in sorted(FORMS.glob("*/*.yml")) for key in _keys(file)]
CSV_COLUMNS = [column for file in sorted(FORMS.glob("*/*.csv")) for column in _columns(file)]


def _copy(profile: str, parent: Path) -> Path:
    return Path(shutil.copytree(FORMS / profile, parent / profile))


def _read(folder: Path) -> None:
    reading = sheet_form if folder.name.startswith("cnca-") else figure_form_reading
    reading.read_form(folder)


def _change(file: Path, line: int, text: str) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[line] = text
    file.write_text("".join(lines), encoding="utf-8")


def test_every_form_file_is_among_those_that_are_misspelt() -> None:
    tried = {(profile, name) for profile, name, *_ in [*YAML_KEYS, *CSV_COLUMNS]}
    there = {(f.parent.name, f.name) for f in FORMS.glob("*/*") if f.name != "README.md"}
    assert tried == there
    assert len(YAML_KEYS) > 150 and len(CSV_COLUMNS) > 100


@pytest.mark.parametrize("key", YAML_KEYS, ids=lambda key: f"{key[0]}/{key[1]}:{key[2]}")
def test_a_misspelt_key_is_refused(tmp_path: Path, key: Key) -> None:
    profile, name, place, line, column = key
    folder = _copy(profile, tmp_path)
    text = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)[line]
    end = column - 1 if text[column - 1] in "\"'" else column
    _change(folder / name, line, f"{text[:end]}x{text[end:]}")
    with pytest.raises(FormError) as refused:
        _read(folder)
    assert place.rpartition(".")[2] in str(refused.value) or f"{profile}:" in str(refused.value)


@pytest.mark.parametrize(("profile", "name", "column"), CSV_COLUMNS)
def test_a_misspelt_column_is_refused(tmp_path: Path, profile: str, name: str, column: str) -> None:
    folder = _copy(profile, tmp_path)
    heading = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)[0]
    _change(folder / name, 0, re.sub(rf"\b{column}\b", f"{column}x", heading, count=1))
    with pytest.raises(FormError, match=rf"{name}, line 1: no column {column}x is known"):
        _read(folder)


@pytest.mark.parametrize("column", ["topic", "measure", "kind", "unit", "meaning"])
def test_a_misspelt_column_of_the_measures_is_refused(tmp_path: Path, column: str) -> None:
    text = (SUBMISSIONS / "statistics" / "measures.csv").read_text(encoding="utf-8")
    (tmp_path / "measures.csv").write_text(text.replace(column, f"{column}x", 1), encoding="utf-8")
    with pytest.raises(FormError, match=rf"measures\.csv, line 1: no column {column}x"):
        read_measures(tmp_path)


@pytest.mark.parametrize(
    ("profile", "name", "old", "new", "complaint"),
    [
        # missing
        ("cnca-2016", "form.yml", "first_data_row: 8\n", "", "form.yml, line 1, first_data_row: missing"),
        ("annual-2026", "tables.yml", "  first_label: 地区\n", "", r"line 77, certificates_by_region.first_label: missing"),
        ("annual-2026", "document.yml", "    what: 组织机构", "    when: 组织机构", r"blocks.3.ask.what: missing"),
        ("annual-2026", "checks.csv", ",relation,", ",", "no column relation"),
        # of another type
        ("cnca-2016", "form.yml", "in_force_from: 2016-07-01", "in_force_from: 2016-13-01", "form.yml, line 3: '2016-13-01'"),
        ("cnca-2016", "form.yml", "first_data_row: 8", "first_data_row: eight", "first_data_row: .* integer, not 'eight'"),
        ("cnca-2016", "form.yml", "parts: [registration_no,", "parts: [7,", r"AUDIT_INSPECTOR\.parts\.0: .*, not 7"),
        ("cnca-2016", "fields-103010.csv", ",yes,error,", ",ja,error,", "103010.csv, line 2, required: .* boolean, not 'ja'"),
        ("cnca-2016", "fields-103010.csv", ",yes,error,", ",yes,fatal,", "line 2, severity: .* not 'fatal'"),
        ("cnca-2016", "code-lists.csv", ",yes,", ",,", "code-lists.csv, line 2, certain: "),
        ("annual-2026", "tables.yml", "all_listed: true", "all_listed: 'yes'", "all_listed: .* boolean, not 'yes'"),
        ("annual-2026", "tables.yml", "of: before", "of: befor", r"tables.yml, line \d+, overview.columns.1.of: .* not 'befor'"),
        ("annual-2026", "labels.csv", ",no\n", ",never\n", "labels.csv, line .*, always: .* not 'never'"),
        ("annual-2026", "checks.csv", "valid_at_start,=,", "valid_at_start,<,", "checks.csv, line .*, relation: .* not '<'"),
        # twice
        ("cnca-2016", "form.yml", "joiner:", "title: x\njoiner:", "form.yml, line 5: 'title' stands twice"),
        ("annual-2026", "tables.yml", "\noverview:", "\nregistration_figures:", "'registration_figures' stands twice"),
        ("annual-2026", "tables.yml", "{label: 上年, of: before}", "{label: 上年, of: before, of: this}", "'of' stands twice"),
        ("annual-2026", "checks.csv", "id,severity,table", "id,severity,id", "a column stands twice"),
        ("annual-2026", "labels.csv", "system,ISMS,", "system,ITSMS,", "ITSMS stands twice in system"),
        ("cnca-2016", "mappings.csv", "audit_activity,stage2,", "audit_activity,stage1,", "stage1 stands twice"),
        ("cnca-2016", "code-lists.csv", "audit_activity,02,", "audit_activity,01,", "01 stands twice"),
        # neither here nor there
        ("annual-2026", "checks.csv", "年初有效与上年末不符\n", "年初有效,与上年末不符\n", "not 8 values"),
        ("annual-2026", "document.yml", "blocks:", "blocks: [", "document.yml, line"),
        ("annual-2026", "document.yml", "  - heading: 一、", "  - haeding: 一、", "a block has one of the keys heading, text"),
        ("monthly-statistics-zqhx", "form.yml", "  CCAA:", "  CCAB:", "no recipient CCAB"),
        ("monthly-statistics-zqhx", "form.yml", "labels_of: annual-2026", "labels_of: annual", "No form profile 'annual'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_place(
    tmp_path: Path, profile: str, name: str, old: str, new: str, complaint: str
) -> None:
    folder = _copy(profile, tmp_path)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError, match=complaint):
        _read(folder)


@pytest.mark.parametrize(
    ("profile", "name"),
    [("annual-2026", "check.csv"), ("cnca-2016", "fields-103012.csv"), ("cnca-2021", "checks.csv")],
)
def test_a_file_that_nobody_reads_is_refused(tmp_path: Path, profile: str, name: str) -> None:
    folder = _copy(profile, tmp_path)
    (folder / name).write_text("id\n", encoding="utf-8")
    with pytest.raises(FormError, match=f"{name}: no file of a form"):
        _read(folder)


def test_a_file_that_must_be_there_is_named(tmp_path: Path) -> None:
    folder = _copy("cnca-2016", tmp_path)
    (folder / "fields-103011.csv").unlink()
    with pytest.raises(FormError, match=r"fields-103011\.csv: there is no such file"):
        _read(folder)
