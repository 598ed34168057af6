"""What a step is refused for beyond its place in the life cycle, and that a refusal leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dagster_project.filing import steps
from dagster_project.filing.errors import FilingError, LedgerDamaged, StepRefused, UnknownSubmission
from dagster_project.filing.history import RejectedRow
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.preparing import register
from tests.support.filed import (
    FIRST,
    INPUTS,
    PREPARER,
    SECOND,
    SERIES,
    TODAY,
    V1,
    V2,
    WARNING,
    brought_to,
    open_ledger,
    registered,
    write_version,
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path) as opened:
        yield opened


def test_errors_cannot_be_checked_off(ledger: Ledger) -> None:
    registered(ledger, errors=3)
    with pytest.raises(StepRefused, match=r"3 errors.*有3项错误"):
        steps.check(ledger, V1, by=PREPARER)


def test_a_period_that_is_not_over_cannot_be_checked_off(ledger: Ledger) -> None:
    registered(ledger, ready=False)
    with pytest.raises(StepRefused, match="2026年10月尚未结束"):
        steps.check(ledger, V1, by=PREPARER)


def test_every_warning_needs_words_of_its_own(ledger: Ledger) -> None:
    other = "1002.PHONE.pattern"
    registered(ledger, warnings=[WARNING, other])
    steps.justify(ledger, V1, by="周", warnings=[WARNING], because="客户确无邮箱")
    with pytest.raises(StepRefused, match=f"1 warnings without a justification: {other}"):
        steps.check(ledger, V1, by=PREPARER)
    with pytest.raises(StepRefused, match="has no warning"):
        steps.justify(ledger, V1, by="周", warnings=["1002.NAME.length"], because="x")
    with pytest.raises(StepRefused, match="needs words"):
        steps.justify(ledger, V1, by="周", warnings=[other], because=" \u200b\t")
    steps.justify(ledger, V1, by="周", warnings=["PHONE.pattern"], because="座机")
    steps.check(ledger, V1, by=PREPARER)
    assert ledger.versions()[V1].justifications == {WARNING: "客户确无邮箱", other: "座机"}


@pytest.mark.parametrize("step", ["check", "approve", "sent"])
@pytest.mark.parametrize("spoiled", ["cnca.xlsx", "facts.csv", "manifest.json"])
def test_a_changed_file_is_not_checked_approved_or_sent(ledger: Ledger, step: str, spoiled: str) -> None:
    registered(ledger)
    brought_to(ledger, {"check": "prepared", "approve": "checked", "sent": "approved"}[step])
    path = ledger.submissions / V1 / spoiled
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    before = ledger.head
    with pytest.raises(StepRefused, match=f"{spoiled} was changed.*与编制时不一致"):
        {
            "check": lambda: steps.check(ledger, V1, by=PREPARER),
            "approve": lambda: steps.approve(ledger, V1, by=FIRST),
            "sent": lambda: steps.sent(ledger, V1, by=PREPARER, channel="网上"),
        }[step]()
    assert ledger.head == before


@pytest.mark.parametrize("name", ["Li", "li ", "ＬＩ", "L i", "l\u200bi"])
def test_nobody_approves_what_they_prepared(ledger: Ledger, name: str) -> None:
    registered(ledger, by="Li")
    brought_to(ledger, "checked")
    with pytest.raises(StepRefused, match=r"prepared.*编制人"):
        steps.approve(ledger, V1, by=name)


@pytest.mark.parametrize("name", [FIRST, f" {FIRST}", "钱　批准"])
def test_nobody_approves_twice(ledger: Ledger, name: str) -> None:
    registered(ledger)
    brought_to(ledger, "half_approved")
    with pytest.raises(StepRefused, match=r"approved .* already.*不能批准两次"):
        steps.approve(ledger, V1, by=name)


def test_who_corrected_or_prepared_an_earlier_version_does_not_approve_the_later(ledger: Ledger) -> None:
    registered(ledger, by="甲")
    registered(ledger, 2, by="乙")
    steps.check(ledger, V2, by="甲")
    for name in ("甲", "乙"):
        with pytest.raises(StepRefused, match="编制人"):
            steps.approve(ledger, V2, by=name)
    steps.approve(ledger, V2, by=FIRST)
    steps.approve(ledger, V2, by=SECOND)


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\n", "x" * 61])
def test_a_step_needs_a_person(ledger: Ledger, name: str) -> None:
    registered(ledger)
    with pytest.raises(StepRefused, match="needs a person"):
        steps.check(ledger, V1, by=name)


def test_days_run_forward_and_not_into_the_future(ledger: Ledger) -> None:
    registered(ledger)
    steps.check(ledger, V1, by=PREPARER, on=date(2026, 11, 10))
    with pytest.raises(StepRefused, match="checked on 2026-11-10"):
        steps.approve(ledger, V1, by=FIRST, on=date(2026, 11, 9))
    steps.approve(ledger, V1, by=FIRST, on=date(2026, 11, 10))
    with pytest.raises(StepRefused, match="has not come"):
        steps.approve(ledger, V1, by=SECOND, on=date(2026, 11, 21))
    steps.approve(ledger, V1, by=SECOND, on=date(2026, 11, 12))
    with pytest.raises(StepRefused, match="日期2026-11-11早于上一步"):
        steps.sent(ledger, V1, by=PREPARER, channel="网上", on=date(2026, 11, 11))


def test_an_acceptance_has_a_number_and_a_partial_one_its_rows(ledger: Ledger) -> None:
    registered(ledger)
    brought_to(ledger, "sent")
    row = RejectedRow("证书信息表", 9, "重复")
    for result, number, rows, why in (
        ("accepted", " ", (), "回执号"),
        ("partly", "N1", (), "被退回的行"),
        ("accepted", "N1", (row,), "被退回的行"),
        ("partly", "N1", (RejectedRow("9999", 9, "重复"),), "no sheet and row"),
        ("rejected", "", (RejectedRow("1002", 7, "表头"),), "no sheet and row"),
        ("rejected", "", (RejectedRow("1002", 28, "重复"),), "no sheet and row"),
    ):
        with pytest.raises(StepRefused, match=why):
            steps.receipt(ledger, V1, by="周", result=result, receipt_no=number, rejected=rows)
    steps.receipt(ledger, V1, by="周", result="partly", receipt_no="N1", rejected=[row])
    answer = ledger.versions()[V1].answer
    assert answer is not None
    assert answer.rejected == (RejectedRow("1002", 9, "重复"),)


def test_an_unknown_submission_is_told_where_to_look(ledger: Ledger) -> None:
    for name in (V1, "", "monthly", "../../x", f"{SERIES}/v1' or 1=1"):
        with pytest.raises(UnknownSubmission, match="submission list"):
            raise_with_hint(ledger, name)


def raise_with_hint(ledger: Ledger, name: str) -> None:
    try:
        steps.check(ledger, name, by=PREPARER)
    except FilingError as error:
        raise type(error)(error.hint, "", "") from error


def test_the_latest_version_answers_to_its_period(ledger: Ledger) -> None:
    registered(ledger)
    registered(ledger, 2)
    assert steps.find(ledger, SERIES).submission_id == V2
    assert steps.find(ledger, f"submissions/{V1}/").submission_id == V1


def test_registered_files_are_read_only_and_a_crashed_version_is_registered_by_the_next(
    ledger: Ledger,
) -> None:
    write_version(ledger.path.parent, 1)
    second = write_version(ledger.path.parent, 2)
    register(ledger, SERIES, second, INPUTS, PREPARER, TODAY)
    assert [(v.number, v.state) for v in ledger.versions().values()] == [(1, "superseded"), (2, "prepared")]
    modes = {path.stat().st_mode & 0o222 for path in (ledger.submissions / SERIES).glob("v*/*")}
    assert modes == {0}


def test_an_unregistered_version_that_was_changed_is_not_registered(ledger: Ledger) -> None:
    folder = write_version(ledger.path.parent, 1)
    (folder / "cnca.xlsx").write_text("forged")
    with pytest.raises(LedgerDamaged, match=r"cnca\.xlsx was changed"):
        register(ledger, SERIES, folder, INPUTS, PREPARER, TODAY)
    assert ledger.head.entries == 0
