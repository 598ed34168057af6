"""Names of folders for bodies' ids. A failure means that two bodies share a folder, or that one cannot be filed."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from ingestion.file_names import safe_name

IDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=300)


@given(IDS)
@example("示例认证中心" * 7)
@example("/" * 200)
@example("..")
@example("a\0b")
def test_a_name_is_one_short_folder(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) <= 120
    assert "/" not in name
    assert "\0" not in name
    assert name not in (".", "..")


@given(IDS, IDS)
@example("示例认证中心" * 7, "示例认证中心" * 7 + "二")
@example("a b", "a%20b")
def test_no_two_share_a_name(one: str, other: str) -> None:
    assert (safe_name(one) == safe_name(other)) == (one == other)


def test_plain_ids_stay_as_they_are() -> None:
    assert safe_name("CNCA-R-2003-134") == "CNCA-R-2003-134"
    assert safe_name("示例认证有限公司") == "示例认证有限公司"
