"""Conformity month by month, lineage and completeness, in a warehouse that the boundary cases were judged in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import duckdb
import pytest

from tests.rules.case_source import DEFAULT_AS_OF

STATES = "passed, warning, breach, undetermined, not_applicable, population"

Judged = Callable[[date], duckdb.DuckDBPyConnection]


@pytest.fixture(scope="module")
def warehouse(judged: Judged) -> duckdb.DuckDBPyConnection:
    return judged(DEFAULT_AS_OF)


def test_months_add_up_to_the_evaluation(warehouse: duckdb.DuckDBPyConnection) -> None:
    """One subject lost between months would make the trend and the rule's counts contradict each other."""
    sums = ", ".join(f"sum({state})" for state in STATES.split(", "))
    monthly = warehouse.execute(
        f"select rule_id, {sums} from marts.fct_rule_monthly group by rule_id order by rule_id"
    ).fetchall()
    evaluated = warehouse.execute(
        f"select rule_id, {STATES} from marts.fct_rule_evaluation where population > 0 order by rule_id"
    ).fetchall()
    assert monthly == evaluated


def test_months_of_findings_are_those_that_are_counted(warehouse: duckdb.DuckDBPyConnection) -> None:
    """A bar of the trend leads to the findings of its month: they must be as many."""
    states = "count(*) filter (where state = 'breach'), count(*) filter (where state = 'undetermined')"
    listed = warehouse.execute(
        f"select rule_id, body_id, month, {states} from marts.fct_rule_finding group by all order by all"
    ).fetchall()
    counted = warehouse.execute(
        "select rule_id, body_id, month, breach, undetermined from marts.fct_rule_monthly"
        " where breach + warning + undetermined > 0 order by all"
    ).fetchall()
    assert listed == counted


def test_a_month_lies_between_the_rule_and_the_day(warehouse: duckdb.DuckDBPyConnection) -> None:
    """A term that is still to come counts in the month of as_of; an unknown anchor has no month at all."""
    late, unknown, wrong = warehouse.execute(
        """
        select
            count(*) filter (where month > (select as_of from marts.dim_run)),
            count(*) filter (where anchor_on is null and month is not null),
            count(*) filter (where anchor_on <= (select as_of from marts.dim_run)
                and month <> date_trunc('month', anchor_on))
        from marts.fct_rule_finding
        """
    ).fetchall()[0]
    assert (late, unknown, wrong) == (0, 0, 0)
    terms = warehouse.execute(
        "select distinct month from marts.fct_rule_finding, marts.dim_run where anchor_on > as_of"
    ).fetchall()
    assert terms == [(DEFAULT_AS_OF.replace(day=1),)]


def test_findings_lead_to_records_that_exist(warehouse: duckdb.DuckDBPyConnection) -> None:
    """The pages link a finding to its certificate and person: a link into nothing is worse than none."""
    lost = warehouse.execute(
        """
        select count(*) from marts.fct_rule_finding as findings
        left join marts.dim_certificate as certificates using (certificate_id)
        left join staging.stg_person as people using (person_id)
        where (findings.certificate_id is not null and certificates.certificate_id is null)
            or (findings.person_id is not null and people.person_id is null)
        """
    ).fetchone()
    assert lost == (0,)
    without = warehouse.execute(
        """
        select count(*) from marts.fct_rule_finding as findings
        inner join marts.dim_certificate as certificates
            on split_part(findings.subject_id, '|', 1) = certificates.certificate_id
        where findings.subject_type in ('certificate', 'surveillance', 'certificate_year')
            and findings.certificate_id is distinct from certificates.certificate_id
        """
    ).fetchone()
    assert without == (0,)
    nobody = warehouse.execute(
        "select count(*) from marts.fct_rule_finding where person_id is null"
        " and subject_type in ('person', 'person_day', 'person_scope', 'audit_person', 'work_person')"
    ).fetchone()
    assert nobody == (0,)


def test_every_rule_has_its_sources(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Lineage that loses a rule would call a quarantined row harmless: what a rule reads must be upstream of it."""
    lost = warehouse.execute(
        """
        with recursive edges as (
            select node, unnest(string_split(depends_on, ';')) as parent from meta.lineage where depends_on is not null
        ),

        upstream as (
            select node, parent as source from edges where parent like 'raw.%'
            union
            select edges.node, upstream.source from edges inner join upstream on edges.parent = upstream.node
        ),

        declared as (
            select distinct rule_id, 'raw.' || split_part(unnest(string_split(columns_read, ';')), '.', 1) as source
            from marts.dim_rule
        )

        select declared.rule_id, declared.source
        from declared
        left join meta.lineage as nodes on declared.rule_id = nodes.rule_id
        left join upstream on nodes.node = upstream.node and declared.source = upstream.source
        where upstream.node is null
        order by all
        """
    ).fetchall()
    assert lost == []


def test_completeness_counts_the_records(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Every column that a rule reads is there, and its numbers are the table's."""
    read = warehouse.execute(
        "select distinct unnest(string_split(columns_read, ';')) as name from marts.dim_rule order by name"
    ).fetchall()
    found = warehouse.execute(
        "select table_name || '.' || column_name from marts.fct_column_completeness order by 1"
    ).fetchall()
    assert found == read
    expected = warehouse.execute(
        "select count(*), count(*) filter (where certificate_id is null) from staging.stg_audit"
    ).fetchone()
    assert (
        warehouse.execute(
            "select records, missing from marts.fct_column_completeness"
            " where table_name = 'audit' and column_name = 'certificate_id'"
        ).fetchone()
        == expected
    )


def test_calendar_and_files_travel_with_the_warehouse(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Whoever reads the file can say which files it was made of and which years' working days are known."""
    years = [
        year for (year,) in warehouse.execute("select year from meta.calendar_year order by 1").fetchall()
    ]
    assert DEFAULT_AS_OF.year in years
    files = warehouse.execute(
        "select files.table_name, sum(files.row_count), any_value(tables.rows_in) from meta.manifest_file as files"
        " inner join meta.manifest_table as tables using (table_name) group by 1"
    ).fetchall()
    assert files
    assert all(listed == counted for _, listed, counted in files)
