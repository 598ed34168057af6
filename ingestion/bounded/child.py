"""The reading process: takes requests, one JSON object a line, and answers each with one.

It limits itself before it reads anything: address space, processor time, no core dump. When it runs out of
them it dies, and the client says so of the file.
"""

import contextlib
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import IO, Any

from ingestion.bounded import limits
from ingestion.bounded.book import Book
from ingestion.bounded.faults import SAVE_AGAIN, SAVE_AGAIN_ZH, Unreadable, damaged_workbook


class Reading:
    """The book that is open, by what its file was then."""

    def __init__(self) -> None:
        self._open: tuple[str, Book] | None = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        path = request["path"]
        match request["ask"]:
            case "sheets":
                return {"sheets": self._sheets(path)}
            case "cells":
                return self._cells(path, request["sheet"], Path(request["target"]))
            case "parquet":
                from ingestion.bounded.parquet import look

                return look(Path(path), request["size"])
            case ask:
                raise ValueError(ask)

    def _sheets(self, path: str) -> list[dict[str, Any]]:
        from ingestion.bounded.cells import SheetCells

        book = self._book(path)
        sheets = []
        for sheet in book.sheets:
            cells = SheetCells(None, stop_after=limits.PEEKED_ROWS)
            fault: tuple[str, str] | None = None
            if sheet.grid:
                try:
                    cells.merged = book.merged(sheet.name)
                    cells.__post_init__()
                    book.read(sheet.name, cells)
                except Unreadable as error:
                    fault = error.both
                except (MemoryError, RecursionError):
                    raise
                except Exception as error:
                    fault = damaged_workbook(error).both
            sheets.append(
                {
                    "name": sheet.name,
                    "visibility": sheet.visibility,
                    "grid": sheet.grid,
                    "rows": cells.taken,
                    "fault": fault,
                    "from_1904": book.from_1904,
                }
            )
        return sheets

    def _cells(self, path: str, sheet: str, target: Path) -> dict[str, Any]:
        from ingestion.bounded.cells import SheetCells

        book = self._book(path)
        cells = SheetCells(target, merged=book.merged(sheet))
        book.read(sheet, cells)
        cells.flush()
        return {
            "files": cells.files,
            "rows": cells.rows,
            "unreadable": sorted(cells.unreadable),
            "filled": cells.filled,
            "beyond": cells.beyond,
            "beyond_count": cells.beyond_count,
        }

    def _book(self, path: str) -> Book:
        from ingestion.bounded.workbooks import open_book

        status = Path(path).stat()
        key = f"{path} {status.st_ino} {status.st_size} {status.st_mtime_ns}"
        if self._open and self._open[0] == key:
            return self._open[1]
        if self._open:
            self._open[1].close()
            self._open = None
        book = open_book(Path(path))
        self._open = (key, book)
        return book


def serve(requests: IO[str], answers: IO[str]) -> None:
    reading = Reading()
    for line in requests:
        request = json.loads(line)
        try:
            answer = reading.answer(request)
        except Unreadable as error:
            answer = {"fault": error.both}
        except FileNotFoundError:
            answer = {
                "fault": (
                    "the file is gone. Was it moved or removed while it was read? Run again.",
                    "文件已不存在，读取时可能被移动或删除，请重新运行。",
                )
            }
        except OSError as error:
            answer = {
                "fault": (
                    f"cannot be read ({error.strerror}). Check the file and its rights.",
                    f"无法读取（{error.strerror}），请检查文件及权限。",
                )
            }
        except MemoryError:
            answer = {
                "fault": (
                    f"reading it takes more memory than any list of records needs. {SAVE_AGAIN}",
                    f"读取所需内存远超记录表的需要。{SAVE_AGAIN_ZH}",
                )
            }
        except Exception as error:  # whatever a reader raised over a damaged file is a fault of the file
            answer = {"fault": damaged_workbook(error).both}
        answers.write(json.dumps(answer, ensure_ascii=True) + "\n")
        answers.flush()


def main() -> None:
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limits.PROCESSOR_TIME, limits.PROCESSOR_TIME))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A person's Ctrl-C is for the program that started this one; it ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints must not get into the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with Path(os.devnull).open("w") as silent:
        os.dup2(silent.fileno(), 1)
    serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
