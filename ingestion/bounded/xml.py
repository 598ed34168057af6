"""Streams the elements of an XML part: names without prefix, no document type, no entities of its own."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from ingestion.bounded.faults import SAVE_AGAIN, SAVE_AGAIN_ZH, Unreadable, damaged_workbook

#: No part of a workbook nests its elements deeper.
_DEEPEST = 256

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Stop(Exception):
    """Raised by a handler that has seen enough."""


def stream(chunks: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Calls the handlers for each element. Raises Unreadable for what is no XML."""
    parser = expat.ParserCreate()
    locals_: dict[str, str] = {}

    def local(name: str) -> str:
        found = locals_.get(name)
        if found is None:
            found = locals_[name] = name.rpartition(":")[2]
        return found

    def refuse(*_: object) -> None:
        raise Unreadable(
            f"it declares a document type, which no workbook needs. {SAVE_AGAIN}",
            f"文件声明了文档类型，正常的工作簿没有。{SAVE_AGAIN_ZH}",
        )

    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise Unreadable(
                f"its elements lie too deep in one another. {SAVE_AGAIN}", f"XML元素嵌套过深。{SAVE_AGAIN_ZH}"
            )
        start(local(name), attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(local(name))

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.buffer_text = True
    parser.buffer_size = 65536
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except Stop:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged_workbook() from error


def attribute(attributes: dict[str, str], name: str, default: str = "") -> str:
    """An attribute by its local name, whatever its prefix."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), default)
