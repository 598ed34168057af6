"""The parts of WordprocessingML that python-docx has no words for: fonts of both scripts, fields, shading."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.styles.style import CharacterStyle
from docx.text.paragraph import Paragraph

_ASCII = ("w:ascii", "w:hAnsi", "w:cs")
_THEME_FONTS = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")
# What XML cannot hold, except for blanks; lone surrogates too.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")


def clean(text: str) -> str:
    """Text as a document can hold it: one line, no control characters."""
    return re.sub(r"[\t\r\n]+", " ", _NOT_XML.sub(" ", text))


def set_fonts(style: CharacterStyle, latin: str, east_asian: str) -> None:
    """Both fonts of a style; a theme font would win over them and is taken out."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in _THEME_FONTS:
        fonts.attrib.pop(qn(name), None)
    for name in _ASCII:
        fonts.set(qn(name), latin)
    fonts.set(qn("w:eastAsia"), east_asian)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("w:lang", val="en-US", eastAsia="zh-CN"))


def element(tag: str, **attributes: str) -> Any:
    """An element of the w namespace with w attributes."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field with the text that stands until a program works it out anew, e.g. PAGE or SEQ."""
    field = element("w:fldSimple", instr=instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def shade(cell: Any, colour: str) -> None:
    """Background of a table cell, RRGGBB."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))


def repeat_as_header(row: Any) -> None:
    """The row stands again on every page that the table reaches."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))


def keep_whole(row: Any) -> None:
    """The row is not broken between pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))
