"""Zip archives (xlsx, xlsb, ods), read under limits whatever their directory says."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ingestion.bounded import limits
from ingestion.bounded.faults import SAVE_AGAIN, SAVE_AGAIN_ZH, Unreadable, damaged_workbook, locked

_CHUNK = 256 * 1024


class Archive:
    """An open archive. Raises Unreadable for one that is damaged, encrypted or a bomb."""

    def __init__(self, path: Path) -> None:
        with damaged():
            self._zip = zipfile.ZipFile(path)
            members = self._zip.infolist()
        if len(members) > limits.MEMBERS:
            raise Unreadable(
                f"it has {len(members):,} parts, more than any workbook. {SAVE_AGAIN}",
                f"内含{len(members):,}个部件，多于任何工作簿。{SAVE_AGAIN_ZH}",
            )
        self.names = {member.filename.lstrip("/").lower(): member for member in members}
        for member in members:
            self._refuse_bomb(member.filename, member.file_size, member.compress_size)
        if any(member.flag_bits & 1 for member in members):
            raise locked()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.names

    def close(self) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """A whole member; b'' if there is none."""
        return b"".join(self.chunks(name)) if name in self else b""

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member piece by piece."""
        if name not in self:
            raise Unreadable(
                f"its part {name} is missing: the workbook is damaged. {SAVE_AGAIN}",
                f"缺少部件{name}，工作簿已损坏。{SAVE_AGAIN_ZH}",
            )
        member = self.names[name.lower()]
        size = 0
        with damaged(), self._zip.open(member) as stream:
            while chunk := self._piece(stream):
                size += len(chunk)
                self._refuse_bomb(name, size, member.compress_size)
                yield chunk

    @staticmethod
    def _piece(stream: IO[bytes]) -> bytes:
        return stream.read(_CHUNK)

    @staticmethod
    def _refuse_bomb(name: str, size: int, packed: int) -> None:
        ratio_is_wrong = size > max(packed, 1) * limits.MEMBER_LARGEST_RATIO
        if size > limits.MEMBER_LARGEST or (size > limits.MEMBER_ALWAYS_ALLOWED and ratio_is_wrong):
            raise Unreadable(
                f"its part {name} unpacks to {size:,} bytes, far more than a workbook of its size holds. "
                f"{SAVE_AGAIN}",
                f"部件{name}展开后有{size:,}字节，远超同等大小的工作簿。{SAVE_AGAIN_ZH}",
            )


@contextmanager
def damaged() -> Iterator[None]:
    """Turns whatever the archive library raises into Unreadable."""
    try:
        yield
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
        IndexError, KeyError,
    ) as error:  # fmt: skip
        raise damaged_workbook() from error
