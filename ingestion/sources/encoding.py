"""Text files to UTF-8, never by a guess: an encoding is recognised, then proved by decoding every byte strictly.

Chinese systems write UTF-8 and GB18030 (with its subsets GBK, GB2312); spreadsheets also write UTF-16. Nearly
any bytes can be decoded as GB18030, so that alone proves nothing: text must also be made of the characters
that people use. What is something else (Big5, Shift-JIS, two encodings in one file, characters lost in an
earlier conversion) is named with its line and refused, unless the mapping names the encoding.
"""

import codecs
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingestion.errors import SourceRefused

_CHUNK = 4 * 1024 * 1024
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SAMPLE = 256 * 1024

#: Of Chinese characters in running text, 97 of 100 and more are in the first level of GB2312 (3,755 in all,
#: lead bytes B0 to D7). Other encodings read as GB18030 hit it by chance: a third of the time.
_COMMON_SHARE = 0.5

#: Korean and Japanese in their EUC forms fill the same bytes as common Chinese characters, but not those of
#: every day, which make up half of any record of a company, a person or an address; by chance it is a tenth.
_EVERYDAY = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日"
    "于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点"
    "月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并"
    "内加化由却代军产入先山五太水万市区县省路街号楼室镇乡村司限有科技术软件服务数据网络系统集团股份江苏浙州杭宁广深圳京沪津南河湖"
    "福建山陕川渝云贵辽吉黑安徽章组织编码名称地址认证证书审核状态日期类型备注电话联系负责客户范围机构员项目管理体系合同结论决定报告"
    "张王李赵刘陈杨黄周吴徐孙马朱胡林郭何罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方"
)
_EVERYDAY_SHARE, _ENOUGH = 0.2, 20
_RARE, _COMMON, _DAILY = 1, 2, 3

#: A line of which this share makes good UTF-8 characters is damaged UTF-8: reading it as GB18030 would mostly
#: succeed, and give nonsense.
_DAMAGED_UTF8_SHARE = 0.8

_LOST = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")
_REPLACED = "\ufffd".encode()
_THREE_BYTES = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
_SEVEN_BITS = re.compile(rb"\x1b\$[@AB(]|~\{[!-~]{2,}~\}")
_ASCII = re.compile(rb"[\x00-\x7f]*")

#: What the recognising library calls an encoding, and how it is said.
_NAMES = {
    "big5": "Big5", "big5hkscs": "Big5", "cp950": "Big5", "cp932": "Shift-JIS", "shift_jis": "Shift-JIS",
    "shift_jis_2004": "Shift-JIS", "shift_jisx0213": "Shift-JIS", "euc_jp": "EUC-JP", "euc_kr": "EUC-KR",
    "cp949": "EUC-KR", "johab": "EUC-KR",
}  # fmt: skip


@dataclass(frozen=True)
class Utf8Text:
    """A UTF-8 file: the original, or a copy in the scratch folder. `encoding` is the original's."""

    path: Path
    encoding: str


def as_utf8(path: Path, scratch: Path, name: str, told: str | None = None) -> Utf8Text:
    """The file as UTF-8.

    told  the encoding that the mapping names: then that one, or none.

    Raises SourceRefused, naming file and line, when the text is in no encoding that can be told with
    certainty.
    """
    if told:
        return _transcoded(path, scratch, name, told, "the mapping names it")
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
    marked = _marked(start)
    if marked and marked != "utf-8-sig":
        return _transcoded(path, scratch, name, marked, "its first bytes say so")
    wide = _unmarked_wide(start)
    if wide:
        return _transcoded(path, scratch, name, wide, "every second byte is zero")
    if _is_utf8(path):
        refuse_replaced(path, name)
        _refuse_seven_bits(path, name)
        return Utf8Text(path, marked or "utf-8")
    _refuse_mixed(path, name, marked)
    return _gb18030(path, scratch, name)


def _marked(start: bytes) -> str | None:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start[:4] in _UTF32_MARKS:
        return "utf-32"
    if start[:2] in _UTF16_MARKS:
        return "utf-16"
    return None


def _unmarked_wide(start: bytes) -> str | None:
    """UTF-16 without a mark: separators, digits and line ends have a zero as one of their two bytes."""
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
        others = start[0::2] if encoding == "utf-16-le" else start[1::2]
        # A few Chinese characters have a zero as their other byte: 一 is 4E00.
        if len(zeros) > 8 and zeros.count(0) > len(zeros) * 0.1 and zeros.count(0) > 8 * others.count(0):
            return encoding
    return None


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def refuse_replaced(path: Path, name: str) -> None:
    """U+FFFD stands where an earlier conversion could not read a character: what it was, nobody knows."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        at = content.find(_REPLACED)
        if at >= 0:
            line = content[:at].count(b"\n") + 1
            raise SourceRefused(
                f"{name}, line {line}: characters were lost when this file was converted (they read U+FFFD, "
                "�). Export it again from the system; or name its encoding utf-8 under 'encodings' in the "
                "mapping file to take it as it is.",
                f"{name}第{line}行：文件在转换时丢失了字符（显示为�）。请从系统重新导出；"
                "确需照原样导入的，请在对照文件的encodings中写明utf-8。",
            )


def _refuse_seven_bits(path: Path, name: str) -> None:
    """HZ and the ISO-2022 forms write Chinese and Japanese in ASCII: read as they stand, they are nonsense."""
    for number, text in _lines(path):
        if _SEVEN_BITS.search(text):
            raise SourceRefused(
                f"{name}, line {number}: the text is in a seven-bit encoding (HZ or ISO-2022). Export it again as UTF-8, or name "
                f"its encoding in the mapping file (encodings: {{{name}: hz}}).",
                f"{name}第{number}行：文本为七位编码（HZ或ISO-2022）。请另存为UTF-8，"
                f"或在对照文件中写明编码（encodings: {{{name}: hz}}）。",
            )


def _refuse_mixed(path: Path, name: str, marked: str | None) -> None:
    """A file in which some lines are certainly UTF-8 and others are not is two files joined, or damaged.

    A Chinese character takes three bytes in UTF-8. Text in another encoding hardly ever happens to be a row
    of such threes; rows of twos are no proof.
    """
    utf8 = other = 0
    first_utf8 = first_other = 0
    for number, text in _lines(path):
        beyond = _ASCII.sub(b"", text)
        if not beyond:
            continue
        try:
            text.decode("utf-8")
        except UnicodeDecodeError:
            other += 1
            first_other = first_other or number
            if _mostly_utf8(beyond):
                utf8 += 1
        else:
            if _THREE_BYTES.search(text):
                utf8 += 1
                first_utf8 = first_utf8 or number
    if other and (utf8 or marked):
        line = first_other if utf8 >= other or marked or first_utf8 < first_other else first_utf8
        told = "is not UTF-8, others are" if line == first_other else "is UTF-8, others are not"
        raise SourceRefused(
            f"{name}, line {line}: this line {told}: the file has two encodings, or broken characters, perhaps "
            "cut off or joined from two exports. Export it again as UTF-8.",
            f"{name}第{line}行：文件中有两种编码或有乱码，可能由两次导出拼接或内容不完整。请另存为UTF-8。",
        )


def _mostly_utf8(beyond: bytes) -> bool:
    """Whether bytes beyond ASCII are UTF-8 with one character cut off, rather than text of another
    encoding."""
    threes = sum(len(found) for found in _THREE_BYTES.findall(beyond))
    return threes >= 9 and threes > len(beyond) * _DAMAGED_UTF8_SHARE


def _gb18030(path: Path, scratch: Path, name: str) -> Utf8Text:
    """The file as GB18030, if it is Chinese text then."""
    decoder = codecs.getincrementaldecoder("gb18030")()
    common = hanzi = everyday = 0
    try:
        for chunk in [*_chunks(path), b""]:
            text = decoder.decode(chunk, final=not chunk)
            if _LOST.search(text):
                raise _unknown(path, name)
            codes = np.frombuffer(text.encode("utf-16-le"), np.uint16)
            found = _levels()[codes]
            common += int(np.count_nonzero(found >= _COMMON))
            everyday += int(np.count_nonzero(found == _DAILY))
            hanzi += int(np.count_nonzero(found))
    except UnicodeDecodeError:
        raise _unknown(path, name) from None
    if common < hanzi * _COMMON_SHARE or (hanzi >= _ENOUGH and everyday < hanzi * _EVERYDAY_SHARE):
        raise _unknown(path, name)
    return _transcoded(path, scratch, name, "gb18030", "it is neither UTF-8 nor UTF-16")


@cache
def _levels() -> npt.NDArray[np.uint8]:
    """By UTF-16 code: a Chinese character of every day, a common one, another letter (kana too), or neither:
    ASCII and the signs and full-width letters of all East Asian encodings."""
    levels = np.full(65536, _RARE, np.uint8)
    levels[:0x80] = 0
    for lead in range(0xA1, 0xF8):
        kind = _COMMON if 0xB0 <= lead <= 0xD7 else 0 if lead <= 0xA9 else _RARE
        for trail in range(0xA1, 0xFF):
            text = bytes((lead, trail)).decode("gb2312", errors="ignore")
            if text:
                levels[ord(text)] = kind
    levels[0x3041:0x30FF] = _RARE
    levels[[ord(character) for character in _EVERYDAY]] = _DAILY
    return levels


def _odd_line(path: Path) -> int:
    """The first line that is no GB18030 text of common characters."""
    for number, raw in _lines(path):
        if raw.isascii():
            continue
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            return number
        found = _levels()[np.frombuffer(text.encode("utf-16-le"), np.uint16)]
        if _LOST.search(text) or (found == _RARE).sum() > (found >= _COMMON).sum():
            return number
    return 1


def _unknown(path: Path, name: str) -> SourceRefused:
    line = _odd_line(path)
    likely = _recognised(path)
    looks = f" It looks like {likely}." if likely else ""
    example = "big5" if likely in (None, "Big5") else str(likely).lower().replace("-", "_")
    return SourceRefused(
        f"{name}, line {line}: the text is neither UTF-8 nor GB18030.{looks} Export it again as UTF-8, or name "
        f"its encoding in the mapping file (encodings: {{{name}: {example}}}).",
        f"{name}第{line}行：文本既不是UTF-8也不是GB18030{f'，可能是{likely}' if likely else ''}。请另存为UTF-8，"
        f"或在对照文件中写明编码（encodings: {{{name}: {example}}}）。",
    )


def _recognised(path: Path) -> str | None:
    """A name for what the text may be: only to help the reader of the message, never to read it by."""
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    for encoding in ("cp932", "euc_jp", "euc_kr", "big5hkscs"):
        if _reads_as(sample, encoding):
            return _NAMES[encoding]
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return _NAMES.get(best.encoding) if best else None


def _reads_as(sample: bytes, encoding: str) -> bool:
    """Whether the text would be ordinary in this encoding: Big5's first plane of common characters, kana, Hangul."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    beyond = [character for character in text if character > "\x7f"]
    if encoding in ("cp932", "euc_jp"):
        return sum("\u3040" <= character <= "\u30ff" for character in beyond) > len(beyond) * 0.2
    if encoding == "euc_kr":
        return sum("\uac00" <= character <= "\ud7a3" for character in beyond) > len(beyond) * 0.8
    leads = [character.encode(encoding)[0] for character in beyond if "\u4e00" <= character <= "\u9fff"]
    return bool(leads) and sum(0xA4 <= lead <= 0xC6 for lead in leads) > len(leads) * _COMMON_SHARE


def _transcoded(path: Path, scratch: Path, name: str, encoding: str, why: str) -> Utf8Text:
    target = scratch / f"{path.name}.utf8"
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    try:
        with target.open("wb") as stream:
            for chunk in _chunks(path):
                text = decoder.decode(chunk)
                stream.write(text.encode("utf-8"))
                line += text.count("\n")
            stream.write(decoder.decode(b"", final=True).encode("utf-8"))
    except UnicodeError as error:
        at = f", near line {line}" if line > 1 else ""
        raise SourceRefused(
            f"{name}{at}: the file is not {encoding} throughout ({why}). Export it again as UTF-8, or put its "
            "encoding right in the mapping file.",
            f"{name}{f'第{line}行附近' if line > 1 else ''}：文件并非全部为{encoding}编码。"
            "请另存为UTF-8，或更正对照文件中的编码。",
        ) from error
    return Utf8Text(target, encoding)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Physical lines; none of these encodings uses a line feed as part of another character."""
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(_CHUNK):
            number += 1
            yield number, line


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
