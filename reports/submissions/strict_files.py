"""Reading the files of a form strictly: what a model does not know, or misses, is refused with file, line and place.

A typo in a form is found when it is read, and not in the file that some month is filed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic import Strict as StrictMode

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)
Row = TypeVar("Row", bound="Strict")

Severity = Literal["error", "warning"]
# YAML and CSV know lists and maps; what is read is not to be changed.
Many = Annotated[tuple[T, ...], StrictMode(False)]
Named = Annotated[Mapping[str, T], AfterValidator(MappingProxyType)]
# How a CSV file says so: yes or nothing, yes or no, digits or nothing.
Flag = Annotated[bool, BeforeValidator(lambda text: {"yes": True, "": False}.get(text, text))]
YesOrNo = Annotated[bool, BeforeValidator(lambda text: {"yes": True, "no": False}.get(text, text))]
Number = Annotated[int, BeforeValidator(lambda text: int(text) if text.isdecimal() else text)]
NumberOrNone = Annotated[
    int | None, BeforeValidator(lambda text: int(text) if text.isdecimal() else text or None)
]


class FormError(ValueError):
    """The profile is unknown, or its files are not readable, say what nobody knows, or do not fit together."""


class Strict(BaseModel):
    """A part of a form's file: no key more, none less, no value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Loader(yaml.SafeLoader):
    """YAML as we write it: a key that stands twice is an error, not the last one's."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """A day that there is not is named with its line too."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(
                None, None, f"{node.value!r}: {error}", node.start_mark
            ) from error


def read_yaml(folder: Traversable, name: str, shape: type[Model]) -> Model:
    """The file as the model `shape`. Raises FormError."""
    text = _text(folder, name)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        raw = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise FormError(f"{name}, line {line}: {error.problem}") from error
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        raise FormError(
            "\n".join(
                f"{name}, line {_line(node, place)}, {'.'.join(map(str, place)) or 'whole file'}: {what}"
                for place, what in _complaints(error)
            )
        ) from error


def read_rows(folder: Traversable, name: str, shape: type[Row]) -> Iterator[Row]:
    """The lines of a CSV file, each as the model `shape`. Raises FormError."""
    lines = csv.DictReader(io.StringIO(_text(folder, name), newline=""), strict=True)
    columns = list(lines.fieldnames or ())
    if len(set(columns)) < len(columns):
        raise FormError(f"{name}, line 1: a column stands twice")
    _refuse_columns(name, columns, shape)
    for row in lines:
        if None in row or None in row.values():
            raise FormError(f"{name}, line {lines.line_num}: not {len(columns)} values")
        try:
            yield shape.model_validate(row)
        except ValidationError as error:
            raise FormError(
                "\n".join(
                    f"{name}, line {lines.line_num}, {place[0] if place else 'whole line'}: {what}"
                    for place, what in _complaints(error)
                )
            ) from error


def _text(folder: Traversable, name: str) -> str:
    file = folder.joinpath(name)
    if not file.is_file():
        raise FormError(f"{name}: there is no such file")
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FormError(f"{name}: not UTF-8") from error


def _refuse_columns(name: str, columns: list[str], shape: type[Strict]) -> None:
    """Once for the file, and also where it has no lines."""
    wanted = [field.alias or name for name, field in shape.model_fields.items()]
    if unknown := [column for column in columns if column not in wanted]:
        raise FormError(f"{name}, line 1: no column {', '.join(unknown)} is known: {', '.join(wanted)}")
    if missing := [column for column in wanted if column not in columns]:
        raise FormError(f"{name}, line 1: no column {', '.join(missing)}")


def _complaints(error: ValidationError) -> Iterator[tuple[tuple[int | str, ...], str]]:
    for found in error.errors():
        given = "" if found["type"] in ("missing", "extra_forbidden") else f", not {found['input']!r:.60}"
        what = {"extra_forbidden": "unknown key", "missing": "missing"}.get(found["type"], found["msg"])
        yield found["loc"], f"{what}{given}"


def _line(node: yaml.Node | None, place: tuple[int | str, ...]) -> int:
    """Line of the innermost part of the place that the file has."""
    line = 1
    for step in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    node, line = value, key.start_mark.line + 1
                    break
    return line
