"""What became of everything in a source that is not a cell of the contract: folders, files, sheets, headings
and rows.

A fate is data: the manifest keeps it, `check` and `run` say it, the pages show it.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Subject = Literal["folder", "file", "sheet", "heading", "row", "cell"]
Outcome = Literal["read", "left_out"]

#: reason -> (English, Chinese); {name} is what it is about.
REASONS: dict[str, tuple[str, str]] = {
    # files, folders and sheets
    "no_table": ("{name} names no table of the contract.", "“{name}”不是约定中的表。"),
    "looks_like_table": (
        "{name} names no table of the contract, but its headings are those of {table}: name it in the mapping.",
        "“{name}”不是约定中的表名，但表头与“{table}”相符，请在对照文件中说明。",
    ),
    "other_kind": (
        "{name} is named after the table {table}, but is of no kind that can be read: give it as CSV, XLSX or "
        "Parquet.",
        "“{name}”以表“{table}”命名，但文件格式无法读取，请改存为CSV、XLSX或Parquet。",
    ),
    "damaged": ("{name} cannot be read, so nobody knows what is in it.", "“{name}”无法读取，内容不明。"),
    "no_data_file": ("{name} is of a kind that holds no table.", "“{name}”不是数据文件。"),
    "system_file": ("{name} was left by a program.", "“{name}”是系统或软件留下的文件。"),
    "no_content": ("Nothing stands in {name}.", "“{name}”没有内容。"),
    "chart": ("{name} is no worksheet.", "“{name}”不是工作表。"),
    "hidden_sheet": ("The sheet {name} is hidden; it was read.", "工作表“{name}”为隐藏工作表，已读取。"),
    "added_rows": ("{name} was added by the program.", "“{name}”由程序补充。"),
    "archive": (
        "{name} is an archive: unpack it, nobody looks into it.",
        "“{name}”是压缩包，请解压后再导入。",
    ),
    "no_file": (
        "There is no file behind {name}: a link that leads nowhere, a pipe or a device.",
        "“{name}”不是可读取的文件（链接失效、管道或设备）。",
    ),
    "seen": ("{name} leads to a folder that is read already.", "“{name}”所指的文件夹已读取过。"),
    "hidden_no_table": (
        "The hidden sheet {name} holds no table of the contract.",
        "隐藏工作表“{name}”不是约定中的表，未读取。",
    ),
    "too_deep": ("{name} lies too many folders deep.", "“{name}”所在的文件夹层级过深。"),
    # headings
    "unknown_heading": (
        "The contract knows no column {name}.",
        "约定中没有“{name}”列。",
    ),
    "unit_differs": (
        "{name} is in another unit than the contract's column: give the values in the contract's unit.",
        "“{name}”的单位与约定不同，请按约定的单位填写。",
    ),
    "stray_cell": (
        "A cell stands far right of all columns: {name}.",
        "该单元格远离表格区域（{name}列）。",
    ),
    "no_heading": ("Cells stand in column {name}, which has no heading.", "第“{name}”列没有表头，但有内容。"),
    # rows
    "title": ("A title above the headings.", "表头之上的标题行。"),
    "repeated_heading": ("The headings stand here again.", "重复出现的表头行。"),
    "total": ("A line of totals.", "合计行。"),
    "note": ("A note or signature.", "备注或签字行。"),
    "section": ("A line between the records that is none.", "夹在记录之间的一行，不是记录。"),
    "section_matters": (
        "{name} stands between the records and is none: it may say what the rows under it mean.",
        "“{name}”夹在记录之间，不是记录，但可能说明其下各行的含义，请确认。",
    ),
    "second_table": (
        "Another table stands under the first: give it a sheet or file of its own.",
        "同一工作表中的另一张表，请单独放在一个工作表或文件中。",
    ),
}


@dataclass(frozen=True)
class Fate:
    """One thing in the source and what became of it.

    subject  what kind of thing.
    file     path of its file or folder inside the source, with '/'.
    outcome  read, or left out; then `reason` is one of REASONS.
    sheet, line, name   where it applies: worksheet, line or sheet row from 1, text of a heading.
    table    contract table that it was read into, or that it looks like.
    rows     records read, or rows concerned, where that is known.
    warns    left out though it may matter: to be said by name, and first.
    """

    subject: Subject
    file: str
    outcome: Outcome
    sheet: str | None = None
    line: int | None = None
    name: str | None = None
    table: str | None = None
    reason: str | None = None
    rows: int | None = None
    warns: bool = False

    @property
    def what(self) -> str:
        """The thing itself, as a person would point at it."""
        return self.name or (f"{self.file}#{self.sheet}" if self.sheet else self.file)

    @property
    def message(self) -> str:
        return self._said(0)

    @property
    def message_zh(self) -> str:
        return self._said(1)

    def _said(self, language: int) -> str:
        if self.reason is None:
            return ""
        return REASONS[self.reason][language].format(name=self.what, table=self.table or "")

    def as_data(self) -> dict[str, Any]:
        """For JSON: what does not apply is left away."""
        return {key: value for key, value in asdict(self).items() if value not in (None, False)}
