"""The rule book page: nothing of the book is lost on it, its numbers are the run's, its links lead somewhere."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import duckdb
import pytest
import yaml

from ingestion.contract import contract
from reports.dashboard import build_dashboard
from reports.dashboard.rule_book import clause_anchor, rule_book_html
from reports.dashboard.run import Run
from reports.labels import ANCHOR, PARAMETER_TABLE, SUBJECT_TYPE
from reports.rulebook import Row, RuleBook, read_rulebook, rulebook_markdown
from tests.support.published import write_published

DBT = Path(__file__).parents[3] / "dbt"
RUN = Run("2026-11-15", "b0b0", "1", "0123", "cnca,icas", ())
PAGES = (("index", "认证监控日报"), ("rulebook", "规则手册"))
STATES = ("passed", "warning", "breach", "undetermined", "not_applicable")


class Page(HTMLParser):
    """The ids, the links and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attributes if name == "id" and value]
        self.links += [value for name, value in attributes if name in ("href", "src") and value]

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())

    @property
    def text(self) -> str:
        return "\n".join(filter(None, self.texts))


def seed(name: str) -> list[Row]:
    with (DBT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CAUTIONED = set(
    re.findall(r"'(R[\w.-]+)'", (DBT / "macros" / "rules" / "rule_caution.sql").read_text(encoding="utf-8"))
)
"""Rules that rule_caution.sql warns of."""


def catalogue() -> dict[str, Row]:
    """The rules as dim_rule has them, from where dim_rule has them."""
    rules = {}
    for path in sorted((DBT / "models" / "rules").rglob("rule_*.yml")):
        rule = yaml.safe_load(path.read_text(encoding="utf-8"))["models"][0]["config"]["meta"]["rule"]
        rules[rule["id"]] = {
            **rule,
            "rule_id": rule["id"],
            "parameters": ";".join(rule["parameters"]),
            "columns_read": ";".join(rule["reads"]),
            "effective_from": date(2026, 3, 1),
            "caution_zh": "当前登记值" if rule["id"] in CAUTIONED else None,
            "is_enabled": rule["profile"] in RUN.profiles.split(","),
        }
    return rules


@pytest.fixture(scope="module")
def book(published: Path) -> RuleBook:
    """The real book: every clause, every rule, every parameter."""
    rules = catalogue()
    clauses: list[Row] = seed("clause")
    by_clause: dict[str, list[str]] = {}
    for rule in rules.values():
        if rule["profile"] == "cnca":
            plain = re.sub(r"\([^)]*\)", "", rule["clause"])
            for clause in re.findall(r"附录 [ABC]|C\.\d|\d+(?:\.\d+)*", plain):
                by_clause.setdefault(clause, []).append(rule["id"])
    for clause in clauses:
        clause["rule_ids"] = ";".join(by_clause.get(clause["clause"], [])) or None
    parameters = read_rulebook(published).parameters
    return RuleBook(clauses, rules, parameters, {row["profile"]: row["title_zh"] for row in seed("profile")})


@pytest.fixture(scope="module")
def whole(book: RuleBook) -> str:
    outcomes = {
        rule_id: {"population": 15, **{state: at for at, state in enumerate(STATES, start=1)}}
        for rule_id, rule in book.rules.items()
        if rule["is_enabled"]
    }
    return rule_book_html(book, outcomes, RUN, pages=PAGES)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_published(tmp_path_factory.mktemp("warehouse") / "published.duckdb")


@pytest.fixture(scope="module")
def folder(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_dashboard(published, tmp_path_factory.mktemp("reports") / "2026-11-15").parent


def test_every_clause_and_every_rule_stands_there_once(book: RuleBook, whole: str) -> None:
    ids = Page(whole).ids
    assert len(ids) == len(set(ids))
    clauses = [name for name in ids if name.startswith("clause-")]
    assert clauses == [clause_anchor(clause["clause"]) for clause in book.clauses]
    assert {name for name in ids if name in book.rules} == set(book.rules)
    assert len(book.rules) > 100


def test_a_rule_without_a_clause_does_not_vanish(book: RuleBook) -> None:
    """A clause that is missing in the list must not take its rules away with it."""
    fewer = RuleBook([], book.rules, book.parameters, book.profiles)
    page = Page(rule_book_html(fewer, {}, RUN, pages=PAGES))
    assert set(book.rules) <= set(page.ids)
    assert "未对应到条款的规则" in page.text


def test_the_page_is_small_enough_to_be_sent(whole: str) -> None:
    assert len(whole.encode()) < 400_000


def test_what_a_rule_says_is_on_the_page(book: RuleBook, whole: str) -> None:
    text = Page(whole).text
    for rule in book.rules.values():
        for part in ("title_zh", "demand_zh", "decided_zh", "undetermined_when_zh"):
            assert rule[part] in text, (rule["rule_id"], part)
    for clause in book.clauses:
        assert clause["title_zh"] in text


def test_a_rule_of_a_profile_that_is_off_has_no_counts(whole: str) -> None:
    """Nothing was evaluated: 0 breaches would be a lie."""
    zdqy = whole[whole.index('id="ZDQY-5.2-a"') :]
    zdqy = zdqy[: zdqy.index("</article>")]
    assert "未启用" in zdqy
    assert "不符合 0" not in zdqy


def test_links_within_the_page_have_their_place(whole: str) -> None:
    page = Page(whole)
    inside = [unquote(link[1:]) for link in page.links if link.startswith("#")]
    assert set(inside) - {"main"} <= set(page.ids)
    assert len(inside) > 100


def test_counts_are_those_of_the_mart(published: Path, folder: Path) -> None:
    """Every number on the page, and the address it leads to, against the evaluation."""
    html = (folder / "rulebook.html").read_text(encoding="utf-8")
    with duckdb.connect(str(published), read_only=True) as connection:
        evaluated = connection.execute(
            f"select rule_id, population, {', '.join(STATES)} from marts.fct_rule_evaluation"
        ).fetchall()
        listed = connection.execute(
            "select rule_id, state, count(*) from marts.fct_rule_finding group by all"
        ).fetchall()
    assert len(evaluated) == 6
    links: dict[tuple[str, str], int] = {}
    for rule_id, population, *counts in evaluated:
        article = html[html.index(f'<article class="rule" id="{rule_id}"') :]
        text = Page(article[: article.index("</article>")]).text.replace("\n", " ")
        passed, warning, breach, undetermined, not_applicable = (f"{count:,}" for count in counts)
        assert (
            f"{population:,} 项： 不符合 {breach} 预警 {warning} 无法判定 {undetermined}"
            f" 通过 {passed} 不适用 {not_applicable}"
        ) in text
    for link, count in re.findall(r'href="rules\.html#([^"]+)">[^<]*<b>([\d,]+)</b>', html):
        wanted = parse_qs(link.replace("&amp;", "&"))
        assert wanted["go"] == ["findings"]
        links[wanted["findings.rule_id"][0], wanted["findings.state"][0]] = int(count.replace(",", ""))
    assert links == {(rule_id, state): count for rule_id, state, count in listed}


def test_pages_lead_to_each_other(folder: Path) -> None:
    """From the findings to the book and back: every file named is there, every place named exists."""
    ids = {
        name: Page((folder / f"{name}.html").read_text(encoding="utf-8")).ids
        for name in ("index", "rules", "rulebook")
    }
    for name in ids:
        links = Page((folder / f"{name}.html").read_text(encoding="utf-8")).links
        assert {f"{other}.html" for other in ids} <= set(links)
        for link in links:
            address = urlsplit(link)
            assert not address.scheme or link == "data:,", link
            assert not address.path or address.scheme or (folder / address.path).is_file(), link
            if address.path == "rules.html" and address.fragment:
                assert parse_qs(address.fragment)["go"][0] in ids["rules"]


def test_what_is_said_of_a_rule_is_escaped(folder: Path) -> None:
    html = (folder / "rulebook.html").read_text(encoding="utf-8")
    assert "要求：&lt;b&gt;按条款&lt;/b&gt;执行。" in html
    assert "<b>按条款" not in html


def test_every_code_has_its_word(book: RuleBook) -> None:
    """A parameter, unit, subject or anchor without a Chinese word would be shown as its English code."""
    rows = [row for rows in book.parameters.values() for row in rows]
    assert [row["name"] for row in rows if row["label_zh"] == row["name"]] == []
    tables = {table for rule in book.rules.values() for table in book.parameter_tables_of(rule)}
    assert tables <= set(PARAMETER_TABLE)
    assert {rule["subject_type"] for rule in book.rules.values()} - set(SUBJECT_TYPE) == set()
    assert {rule["anchor"] for rule in book.rules.values()} == set(ANCHOR)


def test_columns_are_named_as_in_the_contract(whole: str) -> None:
    """No column name of the source is left on the page."""
    text = Page(whole).text
    names = {
        column.name for table in contract().tables.values() for column in table.columns if "_" in column.name
    }
    assert [name for name in names if re.search(rf"\b{name}\b", text)] == []


@pytest.mark.parametrize(
    ("name", "value", "source"),
    [
        ("certificate_validity_months", "36 个月", "CNCA-ITSMS-01:2026 条款 6.2.1"),
        ("submission_calendar_days", "90 天", "本机构设定"),
        ("initial_time_parts", "3 份", "CNCA-ITSMS-01:2026 附录 B"),
        ("onsite_share_min", "80%", "CNCA-ITSMS-01:2026 条款 5.4.2.3"),
        ("icas_recertification_time_percent", "70%", "ICAS ITSMS 认证管理程序 条款 6.7.1.5"),
        ("zqhx_monthly_report_recipients", "CNCA、CNAS、CCAA", "ZQHX 认证实施管理程序 条款 3.2.2"),
        ("annual_report_due", "3 月 31 日", "CNCA-ITSMS-01:2026 条款 9.1"),
        ("cycle_year_mode", "滚动的周期年", "本机构设定"),
    ],
)
def test_a_parameter_reads_as_a_sentence(book: RuleBook, name: str, value: str, source: str) -> None:
    (row,) = book.parameters[name]
    assert (row["value_zh"], row["source_zh"]) == (value, source)


def test_the_known_limit_is_said_where_it_holds(book: RuleBook, whole: str) -> None:
    """Conditions on the day of acceptance that read the client as registered today: and only there."""
    concerned = {
        rule["rule_id"]
        for rule in book.rules.values()
        if rule["clause"].startswith(("5.1.2", "5.2.3")) and "organization." in rule["columns_read"]
    }
    assert concerned == {rule["rule_id"] for rule in book.rules.values() if rule["caution_zh"]}
    assert whole.count("当前登记值") == len(concerned)
    assert rulebook_markdown(book).count("当前登记值") == len(concerned)


def test_annex_b_is_given_as_a_table(book: RuleBook) -> None:
    """A lawyer looks for the person-days of 26 employees; above the last band there is no end."""
    rows = [
        {
            **row,
            "persons_up_to": int(row["persons_up_to"] or 0) or None,
            "base_days": Decimal(row["base_days"]),
        }
        for row in seed("audit_time_band")
    ]
    for row in rows:
        row["is_extrapolated"] = row["is_extrapolated"] == "true"
    later = {**rows[0], "base_days": Decimal("4.0"), "effective_from": "2027-01-01"}
    with_times = RuleBook(book.clauses, book.rules, book.parameters, book.profiles, [*rows, later])
    text = Page(rule_book_html(with_times, {}, RUN, pages=PAGES)).text
    assert "26–45\n5.5\nCNCA-ITSMS-01:2026 附录 B 表 B，2026-03-01 起" in text
    assert "\n1–15\n4\nCNCA-ITSMS-01:2026 附录 B 表 B，2027-01-01 起" in text
    assert "10701 及以上\n25\n" in text
