"""The reading process as the source sees it: started when the first file needs it, one for the whole source.

When it dies, runs out of memory or takes too long, the file that it read is refused, and the next file gets a
new process.
"""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ingestion
from ingestion.bounded import limits
from ingestion.errors import SourceRefused

_MEGABYTE = 1024 * 1024


class BoundedReader:
    """Asks the reading process. It is ended when nobody holds this any more."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[Any, Any] | None = None

    def ask(self, name: str, path: Path, **request: Any) -> Mapping[str, Any]:
        """The answer to one request about a file. Raises SourceRefused, naming the file by `name`."""
        process = self._started()
        assert process.stdin is not None
        try:
            size = path.stat().st_size
            message = json.dumps({**request, "path": str(path), "size": size}) + "\n"
            process.stdin.write(message.encode())
            process.stdin.flush()
        except OSError as error:
            self.close()
            raise SourceRefused(
                f"{name}: cannot be read ({error.strerror}). Was it moved or removed while it was read? Check "
                "the file and its rights, and run again.",
                f"{name}：无法读取（{error.strerror}）。读取时文件可能被移动或删除，请检查文件及权限后重新运行。",
            ) from error
        line = self._line(limits.WALL_TIME + limits.WALL_TIME_PER_MEGABYTE * size / _MEGABYTE)
        if line is None:
            self.close()
            raise SourceRefused(
                f"{name}: reading it takes more memory or time than any list of records of its size does: the "
                "file is damaged, or holds cells far from all others. Copy the records into a new workbook, or "
                "export them as CSV.",
                f"{name}：读取所需的内存或时间远超同等大小的记录表，文件可能已损坏，或有单元格远离表格区域。"
                "请把记录复制到新工作簿，或导出为CSV。",
            )
        answer: Mapping[str, Any] = json.loads(line)
        if "fault" in answer:
            message, zh = answer["fault"]
            raise SourceRefused(f"{name}: {message}", f"{name}：{zh}")
        return answer

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._end is not None:
            self._end()
        self._process = self._end = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            root = str(Path(ingestion.__file__).parent.parent)
            path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ingestion.bounded.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path, "ARROW_DEFAULT_MEMORY_POOL": "system"},
            )
            self._end = weakref.finalize(self, _stop, self._process)
        return self._process

    def _line(self, seconds: float) -> bytes | None:
        """The next line that the process writes; None if it ends or the time is over."""
        process = self._process
        assert process is not None and process.stdout is not None
        until = time.monotonic() + seconds
        pieces: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while (left := until - time.monotonic()) > 0:
                if not selector.select(left):
                    return None
                piece = os.read(process.stdout.fileno(), 1 << 20)
                if not piece:
                    return None
                pieces.append(piece)
                if piece.endswith(b"\n"):
                    return b"".join(pieces)
        return None


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    process.wait()
