"""What people write into the ledger stays for ever: a failure means that personal numbers do, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.filing import steps
from dagster_project.filing.errors import ReceiptUnreadable
from dagster_project.filing.history import RejectedRow
from dagster_project.filing.people import person_key
from dagster_project.filing.receipt_file import read_rejected
from dagster_project.filing.wording import MASK, clean_text
from tests.support.filed import V1, WARNING, brought_to, open_ledger, registered

PERSONAL = (
    "110101199003074514", "11010119900307451X", "110101900307451", "１１０１０１１９９００３０７４５１４", "13800138000",
    "138 0013 8000", "138-0013-8000", "+86 13800138000", "0571-88886666", "(021) 5888 6666", "110101 19900307 4514",
    "110101-1990-03-07-4514", "110101 2001-03-07 4514", "6222020200112230011", "6222 0202 0011 2230 011",
)  # fmt: skip


@pytest.mark.parametrize("number", PERSONAL)
@pytest.mark.parametrize("around", ["{}", "身份证{}有误", "见 {} 。", "x{}y"])
def test_numbers_of_persons_are_masked(number: str, around: str) -> None:
    shown = clean_text(around.format(number))
    assert MASK in shown
    assert sum(map(str.isdigit, shown)) <= 2, shown


@pytest.mark.parametrize(
    "text",
    [
        "证书11126IT00001R0CNAS重复",
        "第12行与第345行重复",
        "2026-11-15前补正",
        "2026-11-15 09:30 已电话说明",
        "费用28000.50元",
    ],
)
def test_what_a_clerk_needs_stays(text: str) -> None:
    assert clean_text(text) == text


def test_control_characters_go_and_nothing_is_endless() -> None:
    assert clean_text("a\x00b\x1b[31mc\r\nd\u202e") == "a b [31mc d"
    assert len(clean_text("好" * 5000)) == 500


def test_the_ledger_holds_no_personal_number(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        registered(ledger, warnings=[WARNING])
        steps.justify(ledger, V1, by="周", warnings=[WARNING], because=f"联系人电话{PERSONAL[4]}")
        brought_to(ledger, "approved")
        steps.sent(ledger, V1, by="周", channel=f"电话 {PERSONAL[5]}")
        rows = [
            RejectedRow("1002", row, f"身份证{number}不符") for row, number in enumerate(PERSONAL, start=8)
        ]
        steps.receipt(ledger, V1, by="周", result="rejected", rejected=rows)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("ledger*")).decode("utf-8", "ignore")
    assert MASK in kept
    assert not [number for number in PERSONAL if number in kept or number.replace(" ", "") in kept]


def test_one_person_whatever_the_writing() -> None:
    assert {person_key(name) for name in ("Li Wei", "li  wei ", "ＬＩＷＥＩ", "L\u200bi\u3000Wei")} == {
        "liwei"
    }
    assert person_key("李伟") != person_key("李维")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("heading", ["sheet,row,reason", "工作表,行,原因", "Reason,Sheet,Row"])
def test_rejected_rows_as_a_clerk_saves_them(tmp_path: Path, encoding: str, heading: str) -> None:
    cells = {"sheet": "1002", "row": "9", "reason": "证书号,重复"}
    order = [
        {"工作表": "sheet", "行": "row", "原因": "reason"}.get(name, name.lower())
        for name in heading.split(",")
    ]
    path = tmp_path / "rejected.csv"
    path.write_bytes((heading + "\r\n" + ",".join(f'"{cells[name]}"' for name in order)).encode(encoding))
    assert read_rejected(path) == [RejectedRow("1002", 9, "证书号,重复")]


@pytest.mark.parametrize(
    "content",
    [b"", b"sheet,row\n1002,9\n", b"sheet,row,reason\n", b"sheet,row,reason\n1002,zero,110101199003074514\n",
     b"sheet,row,reason\n,9,x\n", b"sheet,row,reason\n1002,0,x\n", b"\xff\xfe\xff\xff",
     b"sheet,row,reason\n1002,9," + b"x" * 200_000],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_so_without_its_content(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rejected.csv"
    path.write_bytes(content)
    with pytest.raises(ReceiptUnreadable) as refused:
        read_rejected(path)
    assert "110101" not in f"{refused.value} {refused.value.hint}"
    assert refused.value.exit_code == 3
