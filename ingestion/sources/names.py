"""Which table a file, folder or sheet is named after, whatever month or copy its name says it is."""

import re

from ingestion.mapping import Words

#: What people and browsers add to a name: (1), 副本, a day, a month, a year, a running number.
_ADDED = (
    r"[-_ ]*[(（]\d{1,3}[)）]",
    r"[-_ ]*(副本|拷贝|复件|copy)([-_ ]*[(（]?\d{0,3}[)）]?)",
    r"[-_ ]*(19|20)\d{2}[-_./年 ]?((0?[1-9]|1[0-2])([-_./月 ]?((0?[1-9]|[12]\d|3[01])日?)?)?)?(年|月)?",
    r"[-_ ]*(0?[1-9]|1[0-2])月(份)?",
    r"[-_ ]*(第?[一二三四1-4]季度|[Qq][1-4])",
    r"[-_ ]+\d{1,4}",
    r"[-_ ]*(导出|export|台账|明细|列表|清单|数据|表)",
)
_BEHIND = re.compile(rf"(?:{'|'.join(_ADDED)})$", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:(19|20)\d{2}[-_./年 ]?((0?[1-9]|1[0-2])([-_./月 ]?((0?[1-9]|[12]\d|3[01])日?)?)?)?(度|份)?[-_ ]*"
    r"|(副本|复件|copy of)[-_ ]*|\d{1,3}[-_. 、]+)",
    re.IGNORECASE,
)


def table_of(name: str, words: Words) -> str | None:
    """The contract table that a name means; None where it means none, or can be read in two ways."""
    found = {table for text in _readings(name) for table in [words.table(text)] if table}
    exact = words.table(name)
    if exact:
        return exact
    return found.pop() if len(found) == 1 else None


def _readings(name: str) -> list[str]:
    """The name, with one addition after the other taken off."""
    readings: list[str] = []
    waiting = [name.strip()]
    while waiting and len(readings) < 32:
        text = waiting.pop(0)
        if not text or text in readings:
            continue
        readings.append(text)
        for pattern in (_BEHIND, _BEFORE):
            shorter = pattern.sub("", text, count=1).strip(" -_.")
            if shorter != text:
                waiting.append(shorter)
    return readings


def letters(position: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    written = ""
    position += 1
    while position:
        position, digit = divmod(position - 1, 26)
        written = chr(ord("A") + digit) + written
    return written
