"""A number of a spreadsheet as its format shows it, where that has one reading.

Shown as people see them: days and times, codes with leading zeros (0000), percentages. Rounding, thousands
separators, currencies and colours are left to the eye: the number itself is read.
"""

import re
from datetime import datetime, timedelta
from functools import cache

#: Formats that a workbook does not have to describe: days and times.
BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: "h:mm", 35: "h:mm:ss",
    36: 'yyyy"年"m"月"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_PADDED = re.compile(r'(?:"[^"]*"|\\.|[-/ ]|0)*')
_PIECE = re.compile(r'"([^"]*)"|\\(.)|([-/ ])|(0+)')
_LAST_SERIAL = 2_958_465


@cache
def kind(code: str) -> str:
    """What a format shows: 'day', 'time', 'day_time', 'percent', 'padded' or 'number'."""
    section = code.split(";")[0]
    if section.count("0") > 1 and _PADDED.fullmatch(section):
        return "padded"
    letters = _LITERAL.sub("", section).lower().replace("am/pm", "h").replace("上午/下午", "h")
    if "general" in letters or "g/通用格式" in letters or letters == "@":
        return "number"
    if re.search(r"[0#?]", letters.split(".")[0]):
        return "percent" if "%" in letters else "number"
    # m is a minute behind hours and before seconds, else a month.
    letters = re.sub(r"m+\]?[: ]*s", "s", re.sub(r"h+\]?[: ]*m+", "h", letters))
    day = re.search(r"[ydem]", letters) is not None
    time = re.search(r"[hs]", letters) is not None
    if day:
        return "day_time" if time else "day"
    return "time" if time else "number"


def shown(value: float, code: str, from_1904: bool) -> str:
    """The text of a number in a cell of this format."""
    match kind(code):
        case "number":
            return plain_number(value)
        case "padded":
            return _padded(value, code)
        case "percent":
            return f"{plain_number(round(value * 100, 10))}%"
        case "time" if 0 <= value < 1:
            return _moment(value, from_1904)[11:]
        case "time":
            return plain_number(value)
        case _:
            if not 0 < value <= _LAST_SERIAL:
                return plain_number(value)
            moment = _moment(value, from_1904)
            return moment[:10] if moment.endswith(" 00:00:00") else moment


def plain_number(value: float) -> str:
    """A binary float to the 15 digits that a spreadsheet keeps and shows."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if abs(value) < 1e-3:
        return f"{value:.15f}".rstrip("0")
    return f"{value:.15g}"


def _moment(value: float, from_1904: bool) -> str:
    """The serial number as a day and time, to the second."""
    # The spreadsheet believes in 1900-02-29: serial numbers before it are a day behind.
    zero = datetime(1899, 12, 30) if value >= 60 else datetime(1899, 12, 31)
    if from_1904:
        zero = datetime(1904, 1, 1)
    return (zero + timedelta(seconds=round(value * 86400))).isoformat(sep=" ")


def _padded(value: float, code: str) -> str:
    """Digits in the places of a format of zeros and fixed characters, such as 0000 or "CN-"000."""
    section = code.split(";")[0]
    if value < 0 or value != int(value) or abs(value) >= 1e15:
        return plain_number(value)
    pieces = [match.groups() for match in _PIECE.finditer(section)]
    places = sum(len(zeros) for *_, zeros in pieces if zeros)
    digits = str(int(value)).zfill(places)
    surplus, written, first = len(digits) - places, "", True
    for quoted, escaped, sign, zeros in pieces:
        if zeros:
            take = len(zeros) + (surplus if first else 0)
            written, digits, first = written + digits[:take], digits[take:], False
        else:
            written += quoted or escaped or sign or ""
    return written
