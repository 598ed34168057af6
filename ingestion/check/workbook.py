"""A check as a workbook that a clerk works through: a row for each fault, with a link to the place in the source."""

from pathlib import Path

import xlsxwriter

from ingestion.check.faults import CheckReport
from ingestion.contract import contract
from ingestion.fates import FATES

#: A worksheet holds 65,530 links at most; further rows name their place only.
_LINKS = 60_000
_HEADS = {
    "zh": ("处理", "表", "文件", "行", "列", "列名", "问题", "原值", "记录", "条数", "位置"),
    "en": (
        "fate",
        "table",
        "file",
        "row",
        "column",
        "label",
        "fault",
        "raw value",
        "record",
        "count",
        "place",
    ),
}
_LEFT_HEADS = {
    "zh": ("种类", "文件", "工作表", "行", "名称", "说明", "可能是", "须留意", "位置"),
    "en": ("kind", "file", "sheet", "row", "name", "what", "perhaps", "may matter", "place"),
}
_SHEETS = {"zh": ("问题", "未读取", "不能导入"), "en": ("Faults", "Left out", "Refused")}


def write_workbook(report: CheckReport, path: Path, lang: str = "zh") -> Path:
    """Every fault, everything that was left out, and why the source would be refused, a sheet each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    faults, left, refused = _SHEETS[lang]
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        _write_faults(book.add_worksheet(faults), report, lang, head)
        _write_left_out(book.add_worksheet(left), report, lang, head)
        sheet = book.add_worksheet(refused)
        lines = [one[lang == "zh"] for one in report.refusals]
        lines += [one.message_zh if lang == "zh" else one.message for one in report.shortfalls]
        for at, line in enumerate(lines):
            sheet.write_string(at, 0, line)
    return path


def _write_faults(sheet: xlsxwriter.workbook.Worksheet, report: CheckReport, lang: str, head: object) -> None:
    chinese = lang == "zh"
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, _HEADS[lang], head)
    for at, fault in enumerate(report.faults, start=1):
        table = contract().tables[fault.table]
        labels = "、".join(
            column.label_zh for column in table.columns if column.name in (fault.column or "").split(",")
        )
        texts = (
            FATES[fault.fate][chinese], table.label_zh if chinese else table.name, fault.file, None, fault.column,
            labels, fault.message_zh if chinese else fault.message, fault.raw_value, fault.row_key,
        )  # fmt: skip
        for position, text in enumerate(texts):
            if text:
                sheet.write_string(at, position, text)
        if fault.row is not None:
            sheet.write_number(at, 3, fault.row)
        sheet.write_number(at, 9, fault.cells)
        place, _, sheet_name = (fault.file or "").partition("#")
        cell = f"{fault.letters or 'A'}{fault.row}" if fault.row else None
        link = _link(report, place, sheet_name, cell) if at <= _LINKS else None
        if link:
            shown = cell if sheet_name and fault.letters else fault.row
            sheet.write_url(at, 10, link, string=f"{fault.file}:{shown}" if shown else fault.file)
    if report.faults:
        sheet.autofilter(0, 0, len(report.faults), len(_HEADS[lang]) - 1)


def _link(report: CheckReport, name: str, sheet: str | None, cell: str | None) -> str | None:
    """To the cell of the sheet; of a text file, to the file."""
    place = report.location(name) if name else None
    if place is None:
        return None
    doubled = (sheet or "").replace("'", "''")
    return f"external:{place}" + (f"#'{doubled}'!{cell}" if sheet and cell else "")


def _write_left_out(
    sheet: xlsxwriter.workbook.Worksheet, report: CheckReport, lang: str, head: object
) -> None:
    chinese = lang == "zh"
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, _LEFT_HEADS[lang], head)
    for at, one in enumerate(sorted(report.left_out, key=lambda found: not found.fate.warns), start=1):
        fate = one.fate
        texts = (
            fate.subject, fate.file, fate.sheet, str(fate.line) if fate.line else None, fate.name,
            fate.message_zh if chinese else fate.message, one.hint, ("是" if chinese else "yes") if fate.warns else None,
        )  # fmt: skip
        for position, text in enumerate(texts):
            if text:
                sheet.write_string(at, position, text)
        link = _link(report, fate.file, fate.sheet, f"A{fate.line or 1}") if at <= _LINKS else None
        if link:
            sheet.write_url(at, 8, link, string=fate.file)
