"""How single cells are read, held against a plain Python reading of the same words.

A failure means that a date, number, truth value or list of a real file would land as something else than what
is written, or would be refused though it can be read, or read though it cannot be.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.cells import reading
from ingestion.cells.reading import Dialect
from ingestion.contract import Column, ColumnType, Table
from ingestion.landing.stage import judged

GIVEN = settings(max_examples=25, deadline=None)
CONNECTION = duckdb.connect()


class Cell(NamedTuple):
    value: Any
    problem: str | None
    repairs: frozenset[str]


def column(kind: ColumnType, name: str = "x", **flags: Any) -> Column:
    return Column(name=name, type=kind, label_zh="列", description="", **flags)


def read(texts: list[str | None], of: Column, dialect: Dialect | None = None) -> list[Cell]:
    """Reads the cells of one column, as landing does."""
    table = Table("t", "表", "", "", required=True, columns=(of,))
    CONNECTION.execute(f'create or replace temp table raw ("{of.name}" varchar)')
    CONNECTION.execute(f'insert into raw ("{of.name}") select unnest(?::varchar[])', [texts])
    query = judged("raw", "rowid", table, {of.name: reading(of, dialect)}, (of,))
    rows = CONNECTION.execute(
        f'select "{of.name}", "{of.name}__problem", "{of.name}__repairs" from ({query}) order by _source_row'
    ).fetchall()
    return [
        Cell(value, problem, frozenset(filter(None, (kinds or "").split(","))))
        for value, problem, kinds in rows
    ]


def one(text: str | None, of: Column, dialect: Dialect | None = None) -> Cell:
    return read([text], of, dialect)[0]


# --- dates
# ---------------------------------------------------------------------------------------------------------

DATE = column("date", "held_on")
SHEET = Dialect(day_zero=date(1899, 12, 30))
UNTIL = column("date", "suspended_until")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("2026-03-05", set()),
        ("2026-3-5", {"date_form"}),
        ("2026/3/5", {"date_form"}),
        ("2026/03/05", {"date_form"}),
        ("2026.3.5", {"date_form"}),
        ("2026年3月5日", {"date_form"}),
        ("2026年03月05日", {"date_form"}),
        ("2026 年 3 月 5 日", {"date_form"}),
        ("20260305", {"date_form"}),
        ("2026-03-05 00:00:00", {"midnight_time"}),
        ("2026-03-05 00:00:00.000", {"midnight_time"}),
        ("2026-03-05T00:00", {"midnight_time"}),
        ("2026/3/5 0:00", {"midnight_time", "date_form"}),
        ("2026-03-05 13:30", {"time_of_day"}),
        ("2026-03-05 00:00:01", {"midnight_time"}),
        ("2026-03-05T08:00:00+08:00", {"time_of_day"}),
        ("2026-03-05T00:00:00+0800", {"midnight_time"}),
        ("2026-03-05 00:00:00+08", {"midnight_time"}),
        ("2026/3/5 上午12:00:00", {"midnight_time", "date_form"}),
        ("2026年3月5日8时30分", {"time_of_day", "date_form"}),
        ("2026-3-5 5:00 PM", {"time_of_day", "date_form"}),
        ("2026年3月5号", {"date_form"}),
        ("2026/3/5 星期四", {"date_form"}),
        ("2026年3月5日（星期四）", {"full_width", "date_form"}),
        ("二〇二六年三月五日", {"date_form"}),
        ("二○二六年三月五日", {"date_form"}),
        ("2026—03—05", {"date_form"}),
        ("2026——3——5", {"date_form"}),
        ("2026–3–5", {"date_form"}),
        ("5-Mar-2026", {"date_form"}),
        ("05 March 2026", {"date_form"}),
        ("Mar 5, 2026", {"date_form"}),
        ("Thursday, March 5, 2026", {"date_form"}),
        ("2026-Mar-05", {"date_form"}),
        ("'2026-03-05", {"protected"}),
        ('="2026-03-05"', {"protected"}),
        ("2026-03-05\u200e", {"invisible"}),
        ("\ufeff2026-03-05", {"invisible"}),
        ("　2026-03-05\u00a0", {"trimmed"}),
        ("２０２６－０３－０５", {"full_width"}),
        ("２０２６／３／５", {"full_width", "date_form"}),
        ("２０２６．３．５", {"full_width", "date_form"}),
    ],
)
def test_a_date_that_reads_one_way_is_read(text: str, kinds: set[str]) -> None:
    assert one(text, DATE) == Cell(date(2026, 3, 5), None, frozenset(kinds))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("26-03-05", "date_two_digit_year"),
        ("26/3/5", "date_two_digit_year"),
        ("5/3/26", "date_two_digit_year"),
        ("26年3月5日", "date_two_digit_year"),
        ("2026-02-30", "date_impossible"),
        ("2026-13-01", "date_impossible"),
        ("2026-00-10", "date_impossible"),
        ("2023-02-29", "date_impossible"),
        ("20261301", "date_impossible"),
        ("1949-12-31", "date_out_of_range"),
        ("2200-01-01", "date_out_of_range"),
        ("9999-12-31", "date_out_of_range"),
        ("2026-03-05T00:00:00.000Z", "date_has_zone"),
        ("2026-03-05 08:00:00+00:00", "date_has_zone"),
        ("2026-03-05 25:00", "date_unreadable"),
        ("Thu Mar 05 00:00:00 CST 2026", "date_unreadable"),
        ("1772640000000", "date_unreadable"),
        ("20517", "date_unreadable"),
        ("46086", "date_unreadable"),
        ("46086.5", "date_unreadable"),
        ("2026.03.05.", "date_unreadable"),
        ("2026-03-05,", "date_unreadable"),
        ("二六年三月五日", "date_unreadable"),
        ("5-Mar-26", "date_two_digit_year"),
        ("31-Feb-2026", "date_impossible"),
        ("二〇二六年三月五十日", "date_impossible"),
        ("260305", "date_unreadable"),
        ("5/3/2026", "date_unreadable"),
        ("2026/3-5", "date_unreadable"),
        ("2026-03", "date_unreadable"),
        ("2026年3月", "date_unreadable"),
        ("三月五日", "date_unreadable"),
        ("长期", "date_unreadable"),
        ("infinity", "date_unreadable"),
    ],
)
def test_a_date_that_does_not_is_named(text: str, reason: str) -> None:
    assert one(text, DATE)[:2] == (None, reason)


@pytest.mark.parametrize("text", ["1950-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_are_dates(text: str) -> None:
    assert one(text, DATE) == Cell(date.fromisoformat(text), None, frozenset())


@pytest.mark.parametrize(
    "text", ["9999-12-31", "9999/12/31", "9999-12-31 00:00:00", "长期", "　长期", "９９９９－１２－３１"]
)
def test_until_for_ever_is_no_end(text: str) -> None:
    cell = one(text, UNTIL)
    assert (cell.value, cell.problem) == (None, None)
    assert "unlimited" in cell.repairs


@pytest.mark.parametrize("text", ["infinity", "Infinity", "长期有效", "9999-12-31 23:59:59"])
def test_until_for_ever_is_no_end_in_other_words_too(text: str) -> None:
    assert one(text, UNTIL)[:2] == (None, None)


@pytest.mark.parametrize("text", ["0000-00-00", "0000-00-00 00:00:00", "0000/00/00", "00000000"])
def test_the_day_zero_of_databases_is_no_day(text: str) -> None:
    assert one(text, DATE) == Cell(None, None, frozenset({"zero_date"}))
    assert one(text, column("date", "held_on", required=True))[:2] == (None, "date_zero")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("46086", {"excel_serial"}),
        ("46086.0", {"excel_serial"}),
        ("46086.5", {"excel_serial", "time_of_day"}),
    ],
)
def test_five_digits_are_a_day_in_a_spreadsheet(text: str, kinds: set[str]) -> None:
    assert one(text, DATE, SHEET) == Cell(date(2026, 3, 5), None, frozenset(kinds))


def test_a_workbook_that_counts_from_1904_gives_its_own_days() -> None:
    assert one("44624", DATE, Dialect(day_zero=date(1904, 1, 1))).value == date(2026, 3, 5)


def plain_date(text: str) -> date | None:
    """What a person reads in the forms that are allowed; None for what is not allowed."""
    text = text.strip().translate(str.maketrans("０１２３４５６７８９－／．", "0123456789-/."))
    text = re.sub(r"[ T]+\d{1,2}:\d\d(:\d\d)?$", "", text)
    if re.fullmatch(r"\d{5}", text):
        found: date | None = date(1899, 12, 30) + timedelta(days=int(text))
    else:
        parts = re.fullmatch(r"(\d{4})(?:-(\d\d?)-|/(\d\d?)/|\.(\d\d?)\.|年(\d\d?)月)(\d\d?)(日?)", text)
        if parts is None or ("年" in text) != bool(parts.group(7)):
            return None
        month = next(filter(None, parts.groups()[1:5]))
        try:
            found = date(int(parts.group(1)), int(month), int(parts.group(6)))
        except ValueError:
            return None
    return found if found and date(1950, 1, 1) <= found <= date(2199, 12, 31) else None


@st.composite
def written_dates(draw: st.DrawFn) -> str:
    year = draw(st.integers(1940, 2210) | st.integers(0, 99))
    month, day = draw(st.integers(0, 14)), draw(st.integers(0, 33))
    padded = draw(st.booleans())
    m, d = (f"{month:02}", f"{day:02}") if padded else (str(month), str(day))
    form = draw(
        st.sampled_from(
            ["{}-{}-{}", "{}/{}/{}", "{}.{}.{}", "{}年{}月{}日", "{}-{}/{}", "{2}/{1}/{0}", "{}年{}月{}"]
        )
    )
    text = form.format(year, m, d)
    text += draw(st.sampled_from(["", "", " 00:00:00", "T00:00", " 0:00", " 08:30"]))
    if draw(st.booleans()):
        text = text.translate(str.maketrans("0123456789-/.", "０１２３４５６７８９－／．"))
    return draw(st.sampled_from(["", " ", "　", "\t"])) + text + draw(st.sampled_from(["", "\u00a0", "　"]))


@GIVEN
@given(st.lists(written_dates() | st.integers(10000, 99999).map(str), min_size=30, max_size=60))
def test_dates_are_read_as_plain_python_reads_them(texts: list[str]) -> None:
    for text, cell in zip(texts, read(list(texts), DATE, SHEET), strict=True):
        expected = plain_date(text)
        assert cell.value == expected, text
        assert (cell.problem is None) == (expected is not None), text


# --- numbers
# -------------------------------------------------------------------------------------------------------

DEC, INT = column("dec"), column("int")


@pytest.mark.parametrize(
    ("text", "value", "kinds"),
    [
        ("2.5", "2.5", set()),
        ("-2.5", "-2.5", set()),
        ("007.50", "7.5", set()),
        ("2.", "2", {"number_form"}),
        (".5", "0.5", {"number_form"}),
        ("-.5", "-0.5", {"number_form"}),
        ("+3", "3", {"number_form"}),
        ("0.1000000", "0.1", {"number_form"}),
        ("１２．５", "12.5", {"full_width"}),
        ("999999999999.999999", "999999999999.999999", set()),
        ("0.1234565", "0.123457", {"rounded"}),
        ("0.1234564999", "0.123456", {"rounded"}),
        ("0.30000000000000004", "0.3", {"rounded"}),
        ("7.0000000", "7", {"number_form"}),
    ],
)
def test_decimals(text: str, value: str, kinds: set[str]) -> None:
    assert one(text, DEC) == Cell(Decimal(value), None, frozenset(kinds))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1000000000000", "number_too_large"),
        ("1,234.5", "number_unreadable"),
        ("1.5人日", "number_unreadable"),
        ("97%", "number_unreadable"),
        ("1e3", "number_unreadable"),
        ("1.2.3", "number_unreadable"),
        (".", "number_unreadable"),
        ("abc", "number_unreadable"),
    ],
)
def test_a_decimal_that_is_none_is_named(text: str, reason: str) -> None:
    assert one(text, DEC)[:2] == (None, reason)


@pytest.mark.parametrize(
    ("text", "value", "kinds"),
    [
        ("24", 24, set()),
        ("-3", -3, set()),
        ("24.0", 24, {"number_form"}),
        ("024", 24, {"number_form"}),
        ("+24", 24, {"number_form"}),
        ("２４", 24, {"full_width"}),
    ],
)
def test_whole_numbers(text: str, value: int, kinds: set[str]) -> None:
    assert one(text, INT) == Cell(value, None, frozenset(kinds))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("24.5", "int_unreadable"),
        ("24人", "int_unreadable"),
        ("1e3", "int_unreadable"),
        ("二十", "int_unreadable"),
        ("99999999999999999999", "number_too_large"),
    ],
)
def test_a_whole_number_that_is_none_is_named(text: str, reason: str) -> None:
    assert one(text, INT)[:2] == (None, reason)


DIGITS = st.text("0123456789", max_size=15)
NUMBERS = st.tuples(st.sampled_from(["", "", "-", "+"]), DIGITS, st.sampled_from(["", "."]), DIGITS).map(
    "".join
)


@GIVEN
@given(st.lists(NUMBERS, min_size=30, max_size=60))
def test_decimals_are_exact_to_six_places_or_refused(texts: list[str]) -> None:
    for text, cell in zip(texts, read(list(texts), DEC), strict=True):
        if text in ("", "-"):
            assert (cell.value, cell.problem) == (None, None)
            continue
        try:
            expected = Decimal(text)
        except ArithmeticError:
            assert cell[:2] == (None, "number_unreadable"), text
            continue
        whole = text.lstrip("+-").partition(".")[0]
        fits = len(whole.lstrip("0")) <= 12
        rounded = expected.quantize(Decimal("0.000001"), ROUND_HALF_UP) if fits else expected
        fits = fits and abs(rounded) < 10**12
        assert cell[:2] == ((rounded, None) if fits else (None, "number_too_large")), text


# --- truth values, closed lists, lists, text
# -------------------------------------------------------------------------

BOOL = column("bool")


@pytest.mark.parametrize(
    "text", ["true", "TRUE", "是", "1", "1.0", "Y", "yes", "t", "１", " 是　", "√", "✓", "✔", "\x01", '="是"']
)
def test_true(text: str) -> None:
    assert one(text, BOOL)[:2] == (True, None)


@pytest.mark.parametrize("text", ["false", "FALSE", "否", "0", "n", "No", "f", "０", "×", "✗", "\x00"])
def test_false(text: str) -> None:
    assert one(text, BOOL)[:2] == (False, None)


@pytest.mark.parametrize("text", ["2", "maybe", "是否", "x"])
def test_neither_true_nor_false(text: str) -> None:
    assert one(text, BOOL)[:2] == (None, "bool_unreadable")


def test_a_mapping_may_name_other_words_for_yes_and_no() -> None:
    assert one("有", BOOL, Dialect(aliases={"有": "true", "无": "false"})).value is True


@pytest.mark.parametrize("kind", ["text", "date", "int", "dec", "bool", "list"])
@pytest.mark.parametrize("text", [None, "", "  ", "　", "NULL", "null", "-", "－", "\\N", "　NULL "])
def test_words_for_nothing_are_nothing(kind: ColumnType, text: str | None) -> None:
    assert one(text, column(kind))[:2] == (None, None)


@pytest.mark.parametrize("kind", ["date", "int", "dec", "bool", "list"])
@pytest.mark.parametrize("text", ["N/A", "#N/A", "None", "nan", "NaN", "无"])
def test_more_words_are_nothing_where_no_text_stands(kind: ColumnType, text: str) -> None:
    assert one(text, column(kind))[:2] == (None, None)
    assert one(text, column("text")).value == text


CLOSED = column(
    "text", values=("full_time", "part_time"), value_labels={"full_time": "专职", "part_time": "兼职"}
)


@pytest.mark.parametrize(
    ("text", "value", "problem", "kinds"),
    [
        ("full_time", "full_time", None, set()),
        ("Full_Time", "full_time", None, {"value_case"}),
        ("专职", "full_time", None, {"value_alias"}),
        ("ｆｕｌｌ＿ｔｉｍｅ", "full_time", None, {"full_width"}),
        (" full_time", "full_time", None, {"trimmed"}),
        ("often", None, "not_in_list", None),
        ("full_time;part_time", None, "not_in_list", None),
    ],
)
def test_closed_lists(text: str, value: str | None, problem: str | None, kinds: set[str] | None) -> None:
    cell = one(text, CLOSED, Dialect(aliases={"专职": "full_time"}))
    assert cell[:2] == (value, problem)
    assert kinds is None or cell.repairs == kinds


LIST = column("list")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("04.03;06.02", "04.03;06.02"),
        ("04.03；06.02", "04.03;06.02"),
        ("０４．０３；０６．０２", "04.03;06.02"),
        (" 04.03 ;　06.02 ; ", "04.03;06.02"),
        ("04.03、06.02", "04.03;06.02"),
        ("04.03,06.02", "04.03;06.02"),
        ("04.03|06.02", "04.03;06.02"),
        ("04.03/06.02", "04.03;06.02"),
        ("04.03\n06.02", "04.03;06.02"),
        ("04.03\r\n06.02\r\n", "04.03;06.02"),
        ("04.03\u200b;06.02", "04.03;06.02"),
        ("06.02;04.03;06.02", "06.02;04.03"),
        (";;", None),
    ],
)
def test_lists(text: str, value: str | None) -> None:
    assert one(text, LIST)[:2] == (value, None)


def test_list_items_have_other_words_too() -> None:
    dialect = Dialect(aliases={"质量管理体系": "QMS", "qms": "QMS", "itsms": "ITSMS"})
    assert one("质量管理体系；itsms；FSMS", LIST, dialect).value == "QMS;ITSMS;FSMS"


@GIVEN
@given(st.lists(st.text("ab;； 　,、-", max_size=12), min_size=30, max_size=60))
def test_lists_are_read_as_plain_python_reads_them(texts: list[str]) -> None:
    for text, cell in zip(texts, read(list(texts), LIST), strict=True):
        items = [item.strip() for item in re.split("[;；,、]", text.replace("　", " "))]
        expected = ";".join(dict.fromkeys(item for item in items if item))
        nothing = text.strip() in ("", "-")
        assert cell.value == (None if nothing else expected or None), text


PROSE, CODE = column("text"), column("text", code=True)


def test_prose_keeps_its_full_width_letters_and_codes_do_not() -> None:
    assert one("　软件园４５２号（东）\u00a0", PROSE).value == "软件园４５２号（东）"
    assert one("７．２．１（６）", CODE) == Cell("7.2.1(6)", None, frozenset({"full_width"}))


@pytest.mark.parametrize(
    ("text", "value", "kinds"),
    [
        ('="134-2025-ITSMS"', "134-2025-ITSMS", {"protected"}),
        ("'134-2025-ITSMS", "134-2025-ITSMS", {"protected"}),
        ("’110101", "110101", {"protected"}),
        ("134-2025\u200e", "134-2025", {"invisible"}),
        ("\u202a134-2025\u202c", "134-2025", {"invisible"}),
        ("134\u200b-2025", "134-2025", {"invisible_inside"}),
        ("134\ue000-2025", "134-2025", {"invisible_inside"}),
        ("134\u00ad-2025", "134-2025", {"invisible_inside"}),
        ("5E12", "5E12", set()),
        ("1.3812345678E10", "13812345678", {"power_of_ten"}),
        ("1.3812345678E+10", "13812345678", {"power_of_ten"}),
    ],
)
def test_what_is_no_part_of_a_code_is_taken_off_and_named(text: str, value: str, kinds: set[str]) -> None:
    assert one(text, CODE) == Cell(value, None, frozenset(kinds))


@pytest.mark.parametrize(
    "text", ["1.1E+17", "1.10101199003071e+17", "1.10101199003071E17", "1.38E+10", "1E+05"]
)
def test_a_code_whose_digits_are_lost_is_emptied(text: str) -> None:
    assert one(text, CODE)[:2] == (None, "digits_lost")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'t Hart B.V.", "'t Hart B.V."),
        ("'杭州", "杭州"),
        ("杭州\u200b科技", "杭州科技"),
        ('="杭州"', "杭州"),
        ("1.1E+17", "1.1E+17"),
    ],
)
def test_prose_loses_only_what_nobody_sees(text: str, value: str) -> None:
    assert one(text, PROSE)[:2] == (value, None)


# --- forms of codes


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("id_type_code", "1", "01"),
        ("id_type_code", "98", "98"),
        ("id_type_code", "7", "7"),
        ("postcode", "10020", "010020"),
        ("postcode", "310000", "310000"),
        ("postcode", "1", "1"),
        ("country_code", "36", "036"),
        ("country_code", "156.0", "156"),
        ("industry_code", "111", "0111"),
        ("industry_code", "651", "651"),
        ("industry_code", "I6513", "6513"),
        ("region_code", "330100.0", "330100"),
        ("scope_code", "2.01", "02.01"),
        ("scope_code", "4.3", "04.03"),
        ("scope_code", "33.02.01", "33.02.01"),
        ("overdue_cause", "3", "03"),
        ("change_code", "102", "0102"),
        ("change_code", "103", "103"),
        ("uscc", "91330100ma2abcde1x", "91330100MA2ABCDE1X"),
        ("uscc", "9133 0100 MA2A BCDE 1X", "91330100MA2ABCDE1X"),
        ("uscc", "9133010", "9133010"),
        ("id_number", "11010119900307123x", "11010119900307123X"),
        ("id_number", "110101 19900307 1232", "110101199003071232"),
        ("id_number", "P1234567", "P1234567"),
        ("phone", "13800000001.0", "13800000001"),
        ("phone", "0571–8812345", "0571-8812345"),
        ("system_code", "itsms", "ITSMS"),
        ("certificate_number", "134–2024-ITSMS", "134-2024-ITSMS"),
        ("certificate_number", "134-2024-\nITSMS", "134-2024-ITSMS"),
    ],
)
def test_a_code_comes_back_to_its_form_where_one_reading_is_possible(
    form: str, text: str, value: str
) -> None:
    cell = one(text, column("text", code=True, format=form))
    assert cell[:2] == (value, None)
    assert bool(cell.repairs) == (text != value)


def test_codes_of_a_list_come_back_to_their_form() -> None:
    scopes = column("list", format="scope_code")
    assert one("2.01；4.3;05.01", scopes) == Cell(
        "02.01;04.03;05.01", None, frozenset({"full_width", "list_form", "zeros_restored"})
    )
    assert one("itsms/qms", column("list", format="system_code")).value == "ITSMS;QMS"


PERIOD = column("text", code=True, format="period")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-03", "2026-03"), ("2026-3", "2026-03"), ("2026/03", "2026-03"), ("2026.03", "2026-03"),
        ("2026.3", "2026-03"), ("2026年3月", "2026-03"), ("2026年3月份", "2026-03"), ("202603", "2026-03"),
        ("2026-03-01", "2026-03"), ("2026/3/1", "2026-03"), ("2026-03-01 00:00:00", "2026-03"),
        ("Mar 2026", "2026-03"), ("March-2026", "2026-03"), ("2026", "2026"), ("2026年", "2026"),
        ("2026年度", "2026"), ("2026.0", "2026"), ("20260301", "2026-03"),
    ],
)  # fmt: skip
def test_a_month_or_a_year_is_read(text: str, value: str) -> None:
    assert one(text, PERIOD)[:2] == (value, None)


@pytest.mark.parametrize("text", ["2026.1", "2026-13", "2026-03-15", "46082", "Mar-26", "2026Q1", "1.1E+17"])
def test_a_period_that_reads_in_no_way_or_in_two_is_named(text: str) -> None:
    assert one(text, PERIOD)[:2] == (None, "period_unreadable")


def test_the_serial_number_of_a_first_of_month_is_a_month_in_a_spreadsheet() -> None:
    assert one("46082", PERIOD, SHEET).value == "2026-03"
    assert one("46083", PERIOD, SHEET)[:2] == (None, "period_unreadable")


TIME = column("text", format="time")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("08:30", "08:30"), ("8:30", "08:30"), ("08:30:00", "08:30"), ("8：30", "08:30"), ("上午8:30", "08:30"),
        ("下午5:00", "17:00"), ("5:00 PM", "17:00"), ("8时30分", "08:30"), ("2026-03-05 08:30:00", "08:30"),
        ("上午12:00", "00:00"), ("中午12:30", "12:30"),
    ],
)  # fmt: skip
def test_an_hour_is_read(text: str, value: str) -> None:
    assert one(text, TIME)[:2] == (value, None)


def test_an_hour_that_is_none_is_named() -> None:
    assert one("25:00", TIME)[:2] == (None, "time_unreadable")
    assert one("0.354166666666667", TIME)[:2] == (None, "time_unreadable")
    assert one("0.354166666666667", TIME, SHEET).value == "08:30"


@GIVEN
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=30, max_size=60))
def test_text_is_stripped_of_all_that_nobody_sees(texts: list[str]) -> None:
    for text, cell in zip(texts, read(list(texts), PROSE), strict=True):
        if text.strip().startswith(("=", "'", "’", "‘", "＇")):
            continue
        expected: str | None = "".join(
            c for c in text if c in "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85" or not unseen(c)
        )
        while expected and (unicodedata.category(expected[0]) == "Co" or expected[0].isspace()):
            expected = expected[1:]
        while expected and (unicodedata.category(expected[-1]) == "Co" or expected[-1].isspace()):
            expected = expected[:-1]
        if not expected or expected.lower() in ("null", "-", "－", "—", "\\n"):
            expected = None
        if expected is None or not expected.startswith(("=", "'", "’", "‘", "＇")):
            assert cell.value == expected, repr(text)


def unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cc")


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u202c", "\x00"])
@pytest.mark.parametrize(
    ("text", "of", "value"),
    [
        ("2026-{}03-05", DATE, date(2026, 3, 5)),
        ("1{}20", column("int"), 120),
        ("1{}20.5", column("dec"), Decimal("120.5")),
        ("tr{}ue", column("bool"), True),
    ],
)
def test_what_nobody_sees_is_taken_out_of_days_and_numbers(
    mark: str, text: str, of: Column, value: object
) -> None:
    assert one(text.format(mark), of) == Cell(value, None, frozenset({"invisible_inside"}))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("#REF!", "error_value"), ("#Value!", "error_value"), ("########", "error_value"),
        ("=VLOOKUP(A2,B:C,2,0)", "formula_without_value"),
        ("=$B$2", "formula_without_value"), ("='客户 表'!B2", "formula_without_value"), ('="91"&"33"', "formula_without_value"),
        ('{"zh": "甲", "en": "A"}', "nested_value"), ("[{'code': '04.03'}]", "nested_value"),
    ],
)  # fmt: skip
def test_a_text_that_stands_for_a_value_is_none(text: str, reason: str) -> None:
    for kind in (column("text"), replace(column("text"), code=True), column("list")):
        assert one(text, kind)[:2] == (None, reason)


@pytest.mark.parametrize("text", ["=1+1路2号", "=cmd|calc!A1", "#1公司", "[甲]", "{甲}"])
def test_an_odd_text_is_a_text(text: str) -> None:
    assert one(text, column("text"))[:2] == (text, None)


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        ("04.03 06.02", "scope_code", "04.03;06.02"),
        ("4.3和6.2", "scope_code", "04.03;06.02"),
        ("0403", "scope_code", "04.03"),
        ('["04.03", "06.02"]', "scope_code", "04.03;06.02"),
        ("{04.03,06.02}", "scope_code", "04.03;06.02"),
        ("ITSMS+ISMS", "system_code", "ITSMS;ISMS"),
        ("QMS & EMS OHSMS", "system_code", "QMS;EMS;OHSMS"),
        ("04.03 软件", "scope_code", "04.03 软件"),
    ],
)
def test_lists_as_people_and_programs_write_them(text: str, form: str, value: str) -> None:
    assert one(text, replace(column("list"), format=form))[:2] == (value, None)


@pytest.mark.parametrize("text", ["1,1E+17", "1.1 E+17", "1.10E+017", "+1.1E+17", "12E+10"])
def test_digits_that_a_spreadsheet_cut_off_are_lost_however_it_writes_them(text: str) -> None:
    assert one(text, replace(column("text"), code=True))[:2] == (None, "digits_lost")


@pytest.mark.parametrize(
    ("text", "value"),
    [("7.0", "7"), ("0.0", "0"), ("7", "7"), ("1.10", "1.10"), ("A-1.0", "A-1.0"), ("100", "100")],
)
def test_a_key_that_a_program_made_a_fraction_of_is_the_key(text: str, value: str) -> None:
    """Both sides of a reference are read alike: 7.0 leads to 7."""
    assert one(text, replace(column("text"), code=True, name="client_id"))[:2] == (value, None)


def test_numbers_below_none_are_taken_and_listed() -> None:
    for kind in ("int", "dec"):
        found = reading(column(kind))
        assert [reason for reason, _ in found.remarks] == ["negative"]
        assert one("-5", column(kind))[:2] == (-5, None)
