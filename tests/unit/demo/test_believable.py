"""The demo business shows what the pages are there to show, and is otherwise in order."""

from __future__ import annotations

import duckdb

from tests.unit.demo.conftest import AS_OF

COMPLETED = f"status = 'completed' and actual_end <= date '{AS_OF}'"


def _one(db: duckdb.DuckDBPyConnection, query: str) -> float:
    row = db.execute(query).fetchone()
    assert row is not None
    return float(row[0])


def test_one_auditor_over_the_limit_and_one_near(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when the workload page has nobody to show; every audit here lies within the last year."""
    loads = db.execute(
        f"""select sum(s.onsite_days) as days from audit_assignment s join audit a using (audit_id)
        where a.{COMPLETED} and s.role in ('leader', 'auditor') and s.onsite_start > date '{AS_OF}' - 364
        group by s.person_id order by days desc"""
    ).fetchall()
    assert loads[0][0] > 180
    assert 140 < loads[1][0] <= 180
    assert loads[2][0] < 160


def test_double_bookings_are_rare(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when the scheduler sends people to two audits on one day as a rule."""
    pairs = _one(
        db,
        """select count(*) from audit_assignment a join audit_assignment b using (person_id)
        where a.audit_id < b.audit_id and a.role in ('leader', 'auditor') and b.role in ('leader', 'auditor')
        and a.onsite_start <= b.onsite_end and b.onsite_start <= a.onsite_end""",
    )
    assert pairs < 0.01 * _one(db, "select count(*) from audit_assignment")


def test_audits_follow_the_seasons(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when initial audits are spread evenly: February is quiet, June busy."""
    by_month = dict(
        db.execute(
            f"""select month(actual_start), count(*) from audit
            where audit_type = 'stage2' and {COMPLETED} group by 1"""
        ).fetchall()
    )
    assert by_month[6] > 1.5 * by_month[2]


def test_every_completed_audit_has_one_full_time_leader_for_all_of_it(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when a team has no leader, two of them, or one who is not employed full-time or leaves early."""
    assert (
        _one(
            db,
            f"""select count(*) from audit a where {COMPLETED} and 1 <> (select count(*)
            from audit_assignment s join person p using (person_id) where s.audit_id = a.audit_id
            and s.role = 'leader' and p.employment = 'full_time'
            and s.onsite_start = a.actual_start and s.onsite_end = a.actual_end)""",
        )
        == 0
    )


def test_teams_give_the_days_of_single_system_audits(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when the auditors' days do not add up to the audit's."""
    assert (
        _one(
            db,
            f"""select count(*) from audit a where {COMPLETED} and systems = 'ITSMS' and onsite_days <> (
            select sum(onsite_days) from audit_assignment s
            where s.audit_id = a.audit_id and s.role in ('leader', 'auditor'))""",
        )
        == 0
    )


def test_all_kinds_of_stories_are_told(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when a kind of event, application, audit, report or certificate is no longer made."""
    for table, column, wanted in (
        ("certificate_event", "event", 6),
        ("application", "kind", 3),
        ("audit", "audit_type", 5),
        ("audit", "status", 4),
        ("cnca_report", "kind", 6),
        ("certificate", "system", 3),
        ("certificate", "cycle_no", 2),
        ("record_item", "kind", 11),
        ("audit_site", "site_kind", 4),
        ("decision", "kind", 4),
    ):
        assert _one(db, f"select count(distinct {column}) from {table}") == wanted, (table, column)
    assert _one(db, "select count(*) from certificate where parent_certificate_id is not null") > 0
    assert _one(db, "select count(*) from certificate where previous_certificate_id is not null") > 0


def test_new_numbers_have_the_form_of_annex_c_and_no_holes(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when numbers after 1 March 2026 lose their form or their running number (a few are meant to)."""
    new = "system = 'ITSMS' and parent_certificate_id is null and issued_on >= date '2026-03-01'"
    formed = f"{new} and regexp_full_match(certificate_no, '[0-9]{{5}}IT[0-9]{{5}}R[0-9]+CNAS')"
    assert 0 < _one(db, f"select count(*) from certificate where {new} and not ({formed})") < 20
    top, count = db.execute(
        f"select max(substr(certificate_no, 8, 5)::int), count(*) from certificate where {formed}"
    ).fetchone() or (0, 0)
    assert top == count > 100


def test_plans_lie_ahead(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when there is nothing to forecast: planned audits with teams after as_of."""
    planned = f"status = 'planned' and planned_start > date '{AS_OF}' and actual_start is null"
    assert _one(db, f"select count(*) from audit where {planned}") > 100
    assert (
        _one(
            db,
            f"""select count(*) from audit a where {planned}
            and not exists (select 1 from audit_assignment s where s.audit_id = a.audit_id)""",
        )
        == 0
    )
