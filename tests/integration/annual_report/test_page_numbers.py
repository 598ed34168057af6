"""The dashboard's numbers counted a second time, in Python, from records and events of a real warehouse. A failure means that
the first thing a head of department reads is wrong, or that two places of the pages say different things.

In this folder because its warehouse is the one to count in: building another costs a minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest

from reports.dashboard.blocks import Indicator
from reports.dashboard.pages import PAGES
from reports.dashboard.values import figure_frame, indicator_value, table_frame
from tests.integration.annual_report.conftest import AS_OF, BODY
from tests.integration.annual_report.counting.asking import Connection, rows_of, stock
from tests.integration.annual_report.counting.audits import _loads
from tests.integration.annual_report.counting.people import _auditors, _main_certificates
from tests.support.embedded import column

INDICATORS = {item.name: item for page in PAGES for item in page.indicators if not item.is_of_meta}
FIGURES = {figure.name: figure for page in PAGES for figure in page.figures}
TABLES = {table.name: table for page in PAGES for table in page.tables}


def shown(connection: Connection, indicator: Indicator) -> int:
    """What the browser adds up when nothing is chosen, of the body that has records."""
    value = indicator_value(connection, indicator)
    if "body" not in value["follows"]:
        return sum(column(value["data"], "value"))
    bodies = column(value["data"], "body_id")
    return sum(
        number for body, number in zip(bodies, column(value["data"], "value"), strict=True) if body == BODY
    )


def links(connection: Connection) -> list[tuple[date, str, bool]]:
    """Surveillances to be done: (due day, certificate, it is in force)."""
    status = dict(rows_of(connection, "select certificate_id, status from marts.dim_certificate"))
    return [
        (due, certificate, status[certificate] in ("valid", "suspended"))
        for due, certificate in rows_of(
            connection,
            "select due_on, certificate_id from marts.fct_surveillance"
            " where body_id = $body and done_on is null and state <> 'not_applicable'",
        )
    ]


def due_within(connection: Connection, first: int, last: int) -> int:
    return sum(in_force and first <= (due - AS_OF).days <= last for due, _, in_force in links(connection))


def overdue(connection: Connection) -> int:
    return sum(in_force and due < AS_OF for due, _, in_force in links(connection))


def findings(connection: Connection, state: str) -> int:
    states = Counter(rows_of(connection, "select state from marts.fct_rule_finding where body_id = $body"))
    return states[(state,)]


def people_above(connection: Connection, low: int, high: int) -> int:
    """People whose highest 365 days up to as_of lie in (low, high]."""
    highest = []
    for days in _loads(connection).values():
        ends = [day for day in days if AS_OF - timedelta(days=364) <= day <= AS_OF] or [AS_OF]
        ends.append(AS_OF - timedelta(days=364))
        highest.append(
            max(
                sum(load for day, load in days.items() if end - timedelta(days=364) <= day <= end)
                for end in ends
            )
        )
    return sum(low < most <= high for most in highest)


def over_ratio(connection: Connection) -> int:
    itsms, _, everyone = _auditors(connection, AS_OF)
    valid, valid_all = _main_certificates(connection, AS_OF)
    return int(valid > 50 * itsms or valid_all > 50 * everyone)


def room(connection: Connection) -> int:
    itsms, _, everyone = _auditors(connection, AS_OF)
    valid, valid_all = _main_certificates(connection, AS_OF)
    return max(0, min(50 * itsms - valid, 50 * everyone - valid_all))


def unreported(connection: Connection) -> int:
    return sum(
        done is None and due is not None and due < AS_OF
        for due, done in rows_of(
            connection, "select due_on, done_on from marts.fct_submission_deadline where body_id = $body"
        )
    )


def obligations(connection: Connection, first: int, last: int) -> int:
    return sum(
        due is not None and first <= (due - AS_OF).days <= last
        for (due,) in rows_of(
            connection, "select due_on from marts.fct_submission_calendar where body_id = $body"
        )
    )


def overlaps(connection: Connection) -> int:
    return sum(load > 1 for days in _loads(connection).values() for load in days.values())


SECOND: Mapping[str, Callable[[Connection], int]] = {
    "overdue": overdue,
    "surveillance_overdue": overdue,
    "due_near": lambda c: due_within(c, 0, 30),
    "surveillance_due_near": lambda c: due_within(c, 0, 30),
    "surveillance_due_middle": lambda c: due_within(c, 31, 60),
    "surveillance_due_later": lambda c: due_within(c, 61, 90),
    "surveillance_due_far": lambda c: due_within(c, 91, 180),
    "valid": lambda c: stock(c, AS_OF)["valid"],
    "suspended": lambda c: stock(c, AS_OF)["suspended"],
    "unreported": unreported,
    "over_limit": lambda c: people_above(c, 180, 10_000),
    "auditors_over": lambda c: people_above(c, 180, 10_000),
    "bodies_over": over_ratio,
    "capacity_over": over_ratio,
    "capacity_room": room,
    "full_time_short": lambda c: int(_auditors(c, AS_OF)[1] < 10),
    "breaches": lambda c: findings(c, "breach"),
    "warnings": lambda c: findings(c, "warning"),
    "undetermined": lambda c: findings(c, "undetermined"),
    "rules_breach": lambda c: findings(c, "breach"),
    "rules_warning": lambda c: findings(c, "warning"),
    "rules_undetermined": lambda c: findings(c, "undetermined"),
    "quality_undetermined": lambda c: findings(c, "undetermined"),
    "report_overdue": lambda c: obligations(c, -10_000, -1),
    "report_week": lambda c: obligations(c, 0, 7),
    "report_month": lambda c: obligations(c, 8, 30),
    "overlaps_done": overlaps,
}


@pytest.mark.parametrize("name", sorted(SECOND))
def test_an_indicator_is_what_is_counted_again(name: str, connection: Connection) -> None:
    assert shown(connection, INDICATORS[name]) == SECOND[name](connection)


def test_the_counts_are_not_all_nothing(connection: Connection) -> None:
    """Zero equals zero whatever is counted."""
    counted = {name: count(connection) for name, count in SECOND.items()}
    assert sum(bool(number) for number in counted.values()) >= 12, counted


def test_a_trend_ends_at_the_number_and_goes_through_the_stock(connection: Connection) -> None:
    for name in ("overdue", "unreported", "valid", "suspended"):
        value = indicator_value(connection, INDICATORS[name])
        trend = value["trend"]
        sums = [0] * len(trend["points"])
        for at, number in zip(column(trend["data"], "point"), column(trend["data"], "value"), strict=True):
            sums[at] += number
        assert trend["points"][-1] == AS_OF.isoformat()
        assert sums[-1] == sum(column(value["data"], "value"))
        if name in ("valid", "suspended"):
            assert sums == [stock(connection, date.fromisoformat(day))[name] for day in trend["points"]]


def test_the_work_list_is_what_its_domains_hold(connection: Connection) -> None:
    """Surveillances, expiries and reports of the list, one by one from the records; the bar counts the same lines."""
    lines = table_frame(connection, TABLES["worklist"], masked=False)
    by_domain = Counter(lines["domain"])
    planned = {
        certificate
        for certificate, state in rows_of(
            connection, "select certificate_id, plan_state from marts.fct_surveillance_open"
        )
        if state == "in_time"
    }
    assert by_domain["surveillance"] == sum(
        in_force and (due < AS_OF or ((due - AS_OF).days <= 30 and certificate not in planned))
        for due, certificate, in_force in links(connection)
    )
    assert by_domain["expiry"] == sum(
        system == "ITSMS" and is_main and status == "valid" and (expires - AS_OF).days <= 30
        for system, is_main, status, expires in rows_of(
            connection, "select system, is_main, status, expires_on from marts.dim_certificate"
        )
    )
    bar = figure_frame(connection, FIGURES["work_by_domain"])
    assert Counter(bar.groupby("domain")["n"].sum().to_dict()) == by_domain
    assert lines["line_id"].is_unique if "line_id" in lines else True


def test_figures_of_certificates_add_up_to_the_stock(connection: Connection) -> None:
    """By state, by region, by scope and month by month: the same certificates."""
    held = stock(connection, AS_OF)
    by_status = figure_frame(connection, FIGURES["certificate_status"])
    assert by_status[by_status["status"] == "valid"]["itsms"].sum() == held["valid"]
    assert figure_frame(connection, FIGURES["certificates_by_region"])["itsms"].sum() == held["valid"]
    months = figure_frame(connection, FIGURES["certificate_trend"])
    assert (months["valid"].sum(), months["suspended"].sum()) == (held["valid"], held["suspended"])


def test_figures_of_surveillance_add_up_to_the_links(connection: Connection) -> None:
    open_links = links(connection)
    months = figure_frame(connection, FIGURES["surveillance_due"])
    assert months["overdue"].sum() == overdue(connection)
    assert months["overdue_ended"].sum() == sum(
        due < AS_OF and not in_force for due, _, in_force in open_links
    )
    for name in ("surveillance_by_body", "surveillance_by_province", "surveillance_by_leader"):
        frame = figure_frame(connection, FIGURES[name])
        assert frame["due_overdue"].sum() == overdue(connection), name
        assert frame["due_near"].sum() == due_within(connection, 0, 30), name
