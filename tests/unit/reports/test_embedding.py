"""What clients typed travels into a script file: it must arrive as the same text and never as code."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from reports.columns import Column, Link
from reports.dashboard.embed import data_file, script_value
from reports.dashboard.payload import encode, table_payload


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>x</script>",
        "<!--",
        "]]>",
        "a\u2028b\u2029c",
        "&lt;",
        "引号\"'`${x}\\",
        "\x00\x1f\x7f",
    ],
)
def test_text_arrives_unchanged_and_cannot_end_the_script(text: str) -> None:
    """`</script>` ends a script element wherever it stands, U+2028 a line in older JavaScript."""
    written = script_value({"name": text})
    assert json.loads(written) == {"name": text}
    assert not set(written) & set("<>&\u2028\u2029\x00")


def test_a_number_that_json_has_not_is_refused() -> None:
    """NaN in a data file would be a ReferenceError and an empty page."""
    with pytest.raises(ValueError, match="JSON"):
        script_value(float("nan"))


def test_a_data_file_names_its_build() -> None:
    """The page tells files of another build by it."""
    assert data_file("table-x", "abc", "[1]") == 'certhouse.receive("table-x","abc",[1]);\n'


def test_repeated_values_are_stored_once() -> None:
    assert encode(["a", "a", None, "b", "a"], "code") == {"d": ["a", "b"], "i": [0, 0, -1, 1, 0]}
    assert encode(["a", "b", "c"], "text") == {"v": ["a", "b", "c"]}


def test_numbers_keep_their_value() -> None:
    """45, not 45.0; 4 decimals; every kind of nothing is null."""
    assert encode([45.0, 0.5, 41.66667, None, float("nan"), pd.NA, 7], "number") == {
        "v": [45, 0.5, 41.6667, None, None, None, 7]
    }


def test_columns_that_links_need_are_embedded() -> None:
    """A link filters by a column that the table does not show."""
    frame = pd.DataFrame({"rule_id": ["R1"], "breach": [2], "body_id": ["B1"], "unused": ["x"]})
    columns = (Column("breach", "不符合", kind="number", link=Link("findings", {"rule_id": "rule_id"})),)
    payload = table_payload(frame, columns, followed={"body": "body_id"})
    assert set(payload["data"]) == {"breach", "rule_id", "body_id"}
