"""Finds the tables in a folder and the folders in it: files and sheets, several of one table too. Everything
that is found has a fate.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingestion.bounded.client import BoundedReader
from ingestion.contract import contract
from ingestion.errors import SourceRefused
from ingestion.errors import together as several
from ingestion.headings import likely_table, mattering
from ingestion.mapping import Words
from ingestion.sources.content import content_of, is_readable
from ingestion.sources.fates import Fate, Outcome
from ingestion.sources.model import Part, Source
from ingestion.sources.names import table_of
from ingestion.sources.parquet_file import ParquetFile
from ingestion.sources.text_file import TEXT_SUFFIXES, TextFile, first_rows
from ingestion.sources.union import together
from ingestion.sources.workbook import WORKBOOK_SUFFIXES, open_workbook

#: Folders inside folders that are looked into; files of one source.
_DEEPEST = 8
_MOST_FILES = 10_000

_SYSTEM_FILES = ("thumbs.db", "desktop.ini", "__macosx", "ehthumbs.db")
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".tgz", ".bz2", ".xz", ".zst")
#: What people keep beside their records and no table is ever in.
_NO_DATA = (
    ".yml", ".yaml", ".sql", ".md", ".py", ".log", ".bak", ".tmp", ".lock", ".sh", ".bat", ".exe",
    ".jpg", ".jpeg", ".png", ".gif",
)  # fmt: skip


def open_folder(path: Path, words: Words, refusals: list[SourceRefused] | None = None) -> Source:
    """A folder, or a single file. Raises SourceRefused with all that is wrong with any of its files; where a list is given,
    that is added to it, and the files are taken for absent."""
    if not path.exists():
        raise SourceRefused(
            f"{path}: there is no such folder. Check the path given as source.",
            f"{path}：没有这个文件夹，请检查来源路径。",
        )
    if path.is_file() and path.suffix.lower() not in WORKBOOK_SUFFIXES:
        raise SourceRefused(
            f"{path}: a single file must be a workbook (.xlsx). Give the folder that the files are in.",
            f"{path}：单个文件必须是工作簿（.xlsx），否则请给出文件所在的文件夹。",
        )
    survey = _Survey(path if path.is_dir() else path.parent, words)
    if path.is_file():
        survey.alone = True
        survey.file(path, path.name)
    else:
        survey.folder(path, 0)
    survey.refuse_missing(path)
    if refusals is not None:
        refusals += survey.faults
    elif survey.faults:
        raise several(survey.faults)
    parts = [together(survey.parts[name]) for name in contract().tables if name in survey.parts]
    unknown = [
        fate.what
        for fate in survey.fates
        if fate.outcome == "left_out" and fate.subject in ("file", "sheet") and fate.reason != "system_file"
    ]
    return Source(
        location=str(path.resolve()),
        parts=tuple(parts),
        unknown=tuple(sorted(unknown)),
        fates=tuple(survey.fates),
    )


@dataclass
class _Survey:
    """What was found so far: parts by table, fates, and the faults for which the source is refused."""

    root: Path
    words: Words
    parts: dict[str, list[Part]] = field(default_factory=dict)
    fates: list[Fate] = field(default_factory=list)
    faults: list[SourceRefused] = field(default_factory=list)
    reader: BoundedReader = field(default_factory=BoundedReader)
    files: int = 0
    seen: set[Path] = field(default_factory=set)
    alone: bool = False

    def folder(self, folder: Path, depth: int) -> None:
        self.seen.add(folder.resolve())
        for path in self._entries(folder):
            name = path.relative_to(self.root).as_posix()
            if _is_system_file(path.name):
                self.fates.append(Fate("file", name, "left_out", reason="system_file"))
            elif path.is_dir():
                if path.resolve() in self.seen:
                    self.fates.append(Fate("folder", name, "left_out", reason="seen"))
                elif depth >= _DEEPEST:
                    self.fates.append(Fate("folder", name, "left_out", reason="too_deep", warns=True))
                else:
                    self.fates.append(Fate("folder", name, "read"))
                    self.folder(path, depth + 1)
            else:
                self.files += 1
                if self.files > _MOST_FILES:
                    raise SourceRefused(
                        f"{self.root}: holds more than {_MOST_FILES:,} files. Give the folder of the records alone.",
                        f"{self.root}：文件超过{_MOST_FILES:,}个，请给出只含记录的文件夹。",
                    )
                self.file(path, name)

    def file(self, path: Path, name: str) -> None:
        """One file: read as the tables in it, or left out."""
        try:
            found, fates = self._read(path, name)
        except SourceRefused as refused:
            self.faults.append(refused)
            return
        for part in found:
            self.parts.setdefault(part.table.name, []).append(part)
        self.fates += fates

    def refuse_missing(self, path: Path) -> None:
        missing = [
            table
            for table in contract().tables.values()
            if table.required and table.name not in self.parts and table.name not in self.words.selects
        ]
        # A file that could not be opened may hold what is missing: that is said, and not what follows from it.
        if missing and not self.faults:
            named = ", ".join(f"{table.name} ({table.label_zh})" for table in missing)
            left_out = sorted(
                fate.what
                for fate in self.fates
                if fate.outcome == "left_out" and fate.reason != "system_file"
            )
            others = f" Not recognized: {', '.join(left_out)}." if left_out else ""
            others_zh = f"未识别：{'、'.join(left_out)}。" if left_out else ""
            named_zh = "、".join(f"“{table.label_zh}”（{table.name}）" for table in missing)
            self.faults.append(
                SourceRefused(
                    f"{path}: required table {named} is missing.{others} "
                    "Add it as CSV, Parquet or a worksheet of that name, or give its name in a mapping file.",
                    f"{path}：缺少必需的表{named_zh}。{others_zh}请补充同名的CSV、Parquet文件或工作表，或在对照文件中写明其名称。",
                )
            )

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return sorted(folder.iterdir(), key=lambda path: (path.stem, path.name))
        except OSError as error:
            raise SourceRefused(
                f"{folder}: cannot be read ({error.strerror}). Check the path and its rights.",
                f"{folder}：无法读取（{error.strerror}），请检查路径及权限。",
            ) from error

    def _read(self, path: Path, name: str) -> tuple[list[Part], list[Fate]]:
        table = self._table_of(path)
        if not is_readable(path):
            if table is None:
                return [], [Fate("file", name, "left_out", reason="no_file", warns=True)]
            raise SourceRefused(
                f"{name}: there is no file behind this name: a link that leads nowhere, a pipe or a device, or one that may not "
                "be read. Put the file itself here, or remove the name.",
                f"{name}：不是可读取的文件（链接失效、管道、设备，或没有权限），请放入文件本身，或删除该名称。",
            )
        suffix = _told_suffix(path)
        if suffix in WORKBOOK_SUFFIXES:
            return self._workbook(path, name, table)
        if suffix in TEXT_SUFFIXES or suffix == ".parquet":
            if table is None:
                return [], [self._left_out(path, name, suffix)]
            known = contract().tables[table]
            part: Part = (
                ParquetFile.open(path, known, self.words, self.reader, name)
                if suffix == ".parquet"
                else TextFile.open(path, known, self.words, name)
            )
            return [part], [Fate("file", name, "read", table=table)]
        return [], [self._left_out(path, name, suffix)]

    def _workbook(self, path: Path, name: str, table: str | None) -> tuple[list[Part], list[Fate]]:
        try:
            found, fates = open_workbook(path, self.words, self.reader, name, table)
        except SourceRefused:
            if table is not None or self.alone:
                raise
            # Nobody knows what is in it. If it is a table that is missing, that is said with its name.
            return [], [Fate("file", name, "left_out", reason="damaged", warns=True)]
        outcome: Outcome = "read" if found else "left_out"
        warns = not found and any(fate.warns for fate in fates)
        reason = None if found else "no_table"
        if not found and len(fates) == 1:
            reason = fates[0].reason
        return found, [
            Fate("file", name, outcome, reason=reason, warns=warns),
            *(fates if found or warns else ()),
        ]

    def _table_of(self, path: Path) -> str | None:
        """By its own name, else by that of the nearest folder in the source that names a table."""
        own = table_of(_stem(path), self.words)
        if own:
            return own
        for folder in self._folders_of(path):
            found = table_of(folder.name, self.words)
            if found:
                return found
        return None

    def _folders_of(self, path: Path) -> Iterator[Path]:
        folder = path.parent
        while folder != self.root and self.root in folder.parents:
            yield folder
            folder = folder.parent

    def _left_out(self, path: Path, name: str, suffix: str) -> Fate:
        if suffix in _NO_DATA:
            return Fate("file", name, "left_out", reason="no_data_file")
        if suffix in _ARCHIVES:
            return Fate("file", name, "left_out", reason="archive", warns=True)
        rows: list[list[str]] = []
        if suffix in TEXT_SUFFIXES and not path.name.lower().endswith(".gz"):
            rows = first_rows(path)
            likely = likely_table(rows, self.words)
        elif suffix == ".parquet":
            likely = self._likely_parquet(path, name)
        else:
            likely = None
        stem = _stem(path)
        named = table_of(stem, self.words) or table_of(Path(stem).stem, self.words)
        if likely:
            return Fate("file", name, "left_out", table=likely, reason="looks_like_table", warns=True)
        if named:
            return Fate("file", name, "left_out", table=named, reason="other_kind", warns=True)
        return Fate("file", name, "left_out", reason="no_table", warns=mattering(stem, rows))

    def _likely_parquet(self, path: Path, name: str) -> str | None:
        try:
            answer = self.reader.ask(name, path, ask="parquet")
        except SourceRefused:
            return None
        return likely_table([[column for column, _ in answer["columns"]]], self.words)


def _is_system_file(name: str) -> bool:
    """Those that systems and spreadsheets leave about are not part of a source."""
    return name.startswith((".", "~$", "._", "~lock")) or name.lower() in _SYSTEM_FILES


def _suffix(path: Path) -> str:
    """The suffix that says what is in the file, without one that says how it is packed."""
    if path.suffix.lower() == ".gz":
        inner = Path(path.stem).suffix.lower()
        return inner if inner in TEXT_SUFFIXES else ".gz"
    return path.suffix.lower()


def _told_suffix(path: Path) -> str:
    """The suffix that says what is in the file, by its content where its name says something else."""
    suffix = _suffix(path)
    if path.suffix.lower() == ".gz" or suffix not in (*WORKBOOK_SUFFIXES, *TEXT_SUFFIXES, ".parquet"):
        return suffix
    match content_of(path):
        case "workbook" if suffix not in WORKBOOK_SUFFIXES:
            return ".xlsx"
        case "parquet":
            return ".parquet"
        case "text" if suffix not in TEXT_SUFFIXES:
            return ".csv"
        case _:
            return suffix


def _stem(path: Path) -> str:
    return Path(path.stem).stem if path.suffix.lower() == ".gz" else path.stem
