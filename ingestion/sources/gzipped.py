"""Text files packed with gzip, unpacked under a limit."""

import gzip
import zlib
from pathlib import Path

from ingestion.errors import SourceRefused
from ingestion.sources.survey import Survey, survey

#: Text shrinks to a tenth, lists of equal lines to a hundredth; what grows more is no list of records.
_LARGEST_RATIO = 300
_ALWAYS_ALLOWED = 64 * 1024 * 1024
_CHUNK = 4 * 1024 * 1024


def unpacked(path: Path, name: str, found: Survey, scratch: Path) -> tuple[Path, Survey]:
    """The text file itself and its counts: a copy in the scratch folder if it is packed. Raises
    SourceRefused."""
    if path.suffix.lower() != ".gz":
        return path, found
    target = scratch / f"{found.sha256[:16]}.unpacked"
    allowed = max(_ALWAYS_ALLOWED, found.bytes * _LARGEST_RATIO)
    size = 0
    try:
        with gzip.open(path) as packed, target.open("wb") as stream:
            while chunk := packed.read(_CHUNK):
                size += len(chunk)
                if size > allowed:
                    raise SourceRefused(
                        f"{name}: unpacks to more than {allowed:,} bytes, {_LARGEST_RATIO} times its own size, "
                        "which no list of records does. Give the file unpacked if it is right.",
                        f"{name}：解压后超过{allowed:,}字节，是文件大小的{_LARGEST_RATIO}倍，记录表不会如此。确认无误的，请解压后再导入。",
                    )
                stream.write(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceRefused(
            f"{name}: the packed file is damaged or cut off. Pack it again.",
            f"{name}：压缩文件已损坏或不完整，请重新压缩。",
        ) from error
    return target, survey(target, text=True, name=name)
