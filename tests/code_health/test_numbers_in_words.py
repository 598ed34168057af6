"""A number of the law stands in the parameters, and words name it: `{parameter}` in a rule's catalogue entry, `{parameter:name}`
in a finding's sentence and on a page. A failure means that a text says a number that a change of the law would leave standing.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from reports.parameters import FIELD, FORMS

ROOT = Path(__file__).parents[2]
RULES = sorted((ROOT / "dbt" / "models" / "rules").glob("*/rule_*__*.yml"))
RULES = [path for path in RULES if path.parent.name != "results"]
WORDS = ("title_zh", "title_en", "demand_zh", "decided_zh", "undetermined_when_zh")

NUMERALS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
COUNTED = {
    "个工作日": ("working days", 1), "人日": ("person-days", 1), "个现场人日": ("person-days", 1), "个月": ("months", 1),
    "年": ("months", 12), "天": ("days", 1), "日": ("days", 1), "张": ("certificates", 1), "名": ("persons", 1),
    "人": ("persons", 1), "个班次": ("shifts", 1), "%": ("share", Fraction(1, 100)),
    "days": ("days", 1), "months": ("months", 1), "years": ("months", 12), "working days": ("working days", 1),
}  # fmt: skip
"""Word -> unit of parameters, and how many of the unit one is."""
NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.{:第-])(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    rf"(?: ?(?P<word>{'|'.join(sorted(COUNTED, key=len, reverse=True))}))?"
)
FRACTION = re.compile(r"[百一二三四五六七八九十]+分之[一二三四五六七八九十]+")

EXCEPTIONS = {
    "已由两人批准": "two pairs of eyes: how filing works here, not a limit",
    "下一年度": "the year after, not a term",
    "一年内到期": "a line of the annual form, which the form itself names",
}
"""Said as it stands: text -> why it is no parameter's."""


def _parameters() -> dict[str, set[tuple[str, Fraction]]]:
    """Name -> (unit, value) of its numbers; a percentage is a share, years are months too."""
    found: dict[str, set[tuple[str, Fraction]]] = {}
    with (ROOT / "dbt" / "seeds" / "parameter.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values = found.setdefault(row["name"], set())
            if re.fullmatch(r"\d+(\.\d+)?", row["value"]):
                value, unit = Fraction(row["value"]), row["unit"]
                unit, value = {"percent": ("share", value / 100), "years": ("months", value * 12)}.get(
                    unit, (unit, value)
                )
                values.add((unit, value))
    return found


PARAMETERS = _parameters()


def _value(number: str) -> Fraction:
    if number[0].isdigit():
        return Fraction(number)
    tens, ten, ones = number.rpartition("十")
    return Fraction((NUMERALS.get(tens, 1) * 10 if ten else 0) + NUMERALS.get(ones, 0))


def _said(text: str, names: set[str], *, bare: bool) -> list[str]:
    """Numbers in the text that are those of the parameters; `bare`: also digits that count nothing."""
    for exception in EXCEPTIONS:
        text = text.replace(exception, "")
    known = {number for name in names for number in PARAMETERS.get(name, ())}
    plain = {value for _, value in known}
    found = [match[0] for match in FRACTION.finditer(text)]
    for match in NUMBER.finditer(text):
        value = _value(match["number"])
        if match["word"]:
            unit, many = COUNTED[match["word"]]
            if (unit, value * many) in known:
                found.append(match[0])
        elif bare and match["number"][0].isdigit() and value in plain:
            found.append(match[0])
    return found


def _sentences(sql: str) -> Iterator[str]:
    """Texts of a rule's SQL with something Chinese in them."""
    code = re.sub(r"--[^\n]*|\{#.*?#\}", "", sql, flags=re.S)
    for text in re.findall(r"'([^'\n]*)'", code):
        if re.search(r"[\u4e00-\u9fff]", text):
            yield text


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_rule_names_its_numbers(path: Path) -> None:
    (model,) = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    rule = model["config"]["meta"]["rule"]
    names = set(rule["parameters"])
    texts = [str(rule[key]) for key in WORDS] + list(
        _sentences(path.with_suffix(".sql").read_text(encoding="utf-8"))
    )
    assert {text: said for text in texts if (said := _said(text, names, bare=True))} == {}


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_finding_says_the_value_that_it_was_judged_by(path: Path) -> None:
    """Who is judged by the value of a day must not be told the value of another."""
    sql = path.with_suffix(".sql").read_text(encoding="utf-8")
    dated = set(re.findall(r"parameter\('(\w+)', on=", sql))
    assert set(re.findall(r"\{parameter:(\w+)[}:]", sql)) & dated == set()


def _texts() -> Iterator[tuple[str, str]]:
    """(place, text) of what pages, reports, forms and commands say, and of sentences that dbt makes for them."""
    for room in ("reports", "dagster_project"):
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value
    for pattern in ("reports/static/*.js", "reports/templates/*.html", "reports/submissions/forms/*/*.yml"):
        for path in sorted(ROOT.glob(pattern)):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                yield f"{path.relative_to(ROOT)}:{number}", line
    for path in sorted((ROOT / "dbt" / "models").rglob("*.sql")):
        if path not in {rule.with_suffix(".sql") for rule in RULES}:
            for text in _sentences(path.read_text(encoding="utf-8")):
                yield str(path.relative_to(ROOT)), text
    for name, column in (("clause", "title_zh"), ("clause", "reason_zh"), ("term", "zh")):
        with (ROOT / "dbt" / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield f"{name}.csv", row[column]


def test_pages_and_reports_name_their_numbers() -> None:
    """Here any parameter counts: a page may speak of each."""
    names = set(PARAMETERS)
    found = [
        (place, text.strip()[:120], said)
        for place, text in _texts()
        if re.search(r"[\u4e00-\u9fff]", text) and (said := _said(text, names, bare=False))
    ]
    assert found == []


def test_parameters_that_texts_name_are_there() -> None:
    """A name that nobody knows would stand on the page as it is written."""
    named = {(place, name, form or "plain") for place, text in _texts() for name, form in FIELD.findall(text)}
    assert [one for one in named if one[1] not in PARAMETERS or one[2] not in FORMS] == []


def test_an_exception_is_one() -> None:
    """An exception that nothing needs is taken away."""
    texts = [text for _, text in _texts()]
    assert [exception for exception in EXCEPTIONS if not any(exception in text for text in texts)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("证书有效期超过 3 年", ["3 年"]),
        ("有效期最长三十六个月", ["三十六个月"]),
        ("不满三年", ["三年"]),
        ("加 36 个月", ["36 个月"]),
        ("{certificate_validity_months:years}，条款 6.2.1", []),
        ("第一阶段、第二阶段", []),
    ],
)
def test_what_is_noticed(text: str, said: list[str]) -> None:
    assert _said(text, {"certificate_validity_months"}, bare=True) == said
