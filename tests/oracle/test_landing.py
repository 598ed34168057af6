"""What becomes of cells, rows and references that are not in order; if it fails, the yardstick misreads its data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.oracle import unknown
from tests.oracle.exports import all_verdicts
from tests.oracle.judging import RULES
from tests.oracle.landing import Refused, load
from tests.oracle.records import Source
from tests.oracle.world import World

TABLES = {
    "certification_body": [
        "body_id,name,approval_no,approved_scopes",
        "B1,某,CNCA-R-2002-123,04.03；06.02;04.03",
    ],
    "organization": ["org_id,name,blacklisted_from,blacklisted_until", "O1,某,2026-01-01,长期"],
    "person": ["person_id,body_id,name,employment,left_on", "P1,B1,某,full_time,2026-13-01", "P2,B1,某,,"],
    "audit": [
        "audit_id,body_id,org_id,audit_type,systems,status,planned_start,planned_end,actual_start,actual_end,total_days",
        "A1,B1,O1,surveillance,itsms,completed,2026-05-01,2026-05-02,2026-05-01,2026-05-02, 1.0000005 ",
        "A2,B1,O9,surveillance,,completed,2026-05-01,2026-05-02,2026-05-01,3026-05-02,—",
        "A2,B1,O9,surveillance,,completed,2026-05-01,2026-05-02,2026-05-01,3026-05-02,—",
        "A3,B1,O1,special,ITSMS,planned,2026-05-01,2026-05-02,,,",
        "A3,B1,O1,special,ITSMS,planned,2026-05-01,2026-05-03,,,",
        ",B1,O1,special,ITSMS,planned,2026-05-01,2026-05-02,,,",
    ],
    "certificate": ["certificate_id,certificate_no,body_id,org_id,system,issued_on,expires_on,cycle_no"],
    "audit_assignment": [
        "audit_id,person_id,role,onsite_start,onsite_end,onsite_days",
        "A3,P7,leader,2026-05-01,2026-05-02,two",
    ],
}


def written(folder: Path, **changes: list[str] | None) -> Path:
    for name, lines in {**TABLES, **changes}.items():
        if lines is not None:
            (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return load(written(tmp_path))


def test_cells_that_cannot_be_read_are_unknown_and_their_row_stays(source: Source) -> None:
    by_id = {row.audit_id: row for row in source.rows["audit"] if not row.is_stub}
    assert by_id["A1"].systems == ("ITSMS",)
    assert by_id["A1"].total_days == Decimal("1.000001")
    assert by_id["A2"].is_unknown("actual_end") and not by_id["A2"].is_blank("actual_end")
    assert by_id["A2"].is_blank("systems") and by_id["A2"].total_days is None
    one, two = source.rows["person"][:2]
    assert one.is_unknown("left_on") and two.is_blank("employment")
    with pytest.raises(unknown.NeedCell):
        _ = one.left_on


def test_words_for_nothing_and_for_ever(source: Source) -> None:
    client = source.rows["organization"][0]
    assert client.blacklisted_until is None and client.blacklisted_from == date(2026, 1, 1)
    assert source.rows["certification_body"][0].approved_scopes == ("04.03", "06.02")


def test_one_row_per_key_and_a_stub_for_what_is_only_referred_to(source: Source) -> None:
    audits = {row.audit_id: row.is_stub for row in source.rows["audit"]}
    assert audits == {"A1": False, "A2": False, "A3": True}  # rows of A3 contradict each other
    assert [row.org_id for row in source.rows["organization"] if row.is_stub] == ["O9"]
    assert [row.person_id for row in source.rows["person"] if row.is_stub] == ["P7"]


def test_a_required_column_refuses_the_table(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        load(written(tmp_path, person=["person_id,body_id,name", "P1,B1,某"]))


def states(folder: Path, rule_id: str) -> set[str]:
    return {verdict.state for verdict in RULES[rule_id].verdicts(World(load(folder), date(2026, 11, 15)))}


@pytest.mark.parametrize(
    ("rule_id", "given"),
    [
        ("R5.4.4.1-b", {"audit_assignment": None}),
        ("R5.7.4", {}),
        ("R9.2", {}),
        ("R3.9-a", {"audit_assignment": None}),
    ],
)
def test_what_was_not_delivered_is_neither_pass_nor_breach(
    tmp_path: Path, rule_id: str, given: dict[str, None]
) -> None:
    """R5.7.4: the column headcount_effective is not there; R9.2: no table of reports."""
    assert states(written(tmp_path, **given), rule_id) == {"undetermined"}


def test_an_empty_table_is_a_fact(tmp_path: Path) -> None:
    folder = written(tmp_path, audit_assignment=TABLES["audit_assignment"][:1])
    assert states(folder, "R5.4.4.1-b") == {"breach", "undetermined"}  # of A2 nobody knows when it ended


def test_a_stub_body_and_a_stub_person_are_judged_undetermined(tmp_path: Path) -> None:
    people = ["person_id,body_id,name,employment", "P1,B7,某,full_time"]
    found = World(
        load(
            written(
                tmp_path,
                person=people,
                auditor_registration=["person_id,system,registration_no,grade,valid_from,valid_until"],
            )
        ),
        date(2026, 11, 15),
    )
    wanted = {
        "R3.6-a|B7": "undetermined",
        "R3.6-a|B1": "breach",
        "R3.9-a|P1": "pass",
        "R3.9-a|P7": "undetermined",
    }
    got = {f"{verdict.rule_id}|{verdict.subject_id}": verdict.state for verdict in all_verdicts(found)}
    assert {key: got[key] for key in wanted} == wanted
