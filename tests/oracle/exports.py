"""The six exports, computed by the oracle and written in the documented form."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from .arithmetic import plain
from .figures import capacity_rows, status_rows, surveillance_rows, workload_rows
from .judging import BREACH, NOT_APPLICABLE, PASS, PROFILES, RULES, UNDETERMINED, WARNING, Verdict
from .world import World

# Importing a chapter registers its rules.
CHAPTERS = (
    "rules_annex_c",
    "rules_application",
    "rules_body",
    "rules_certificate",
    "rules_conduct",
    "rules_decision",
    "rules_grounds",
    "rules_icas",
    "rules_independence",
    "rules_nonconformity",
    "rules_plan",
    "rules_profiles",
    "rules_programme",
    "rules_records",
    "rules_reporting",
    "rules_sites",
    "rules_status",
    "rules_team",
    "rules_time",
)
for _chapter in CHAPTERS:
    import_module(f".{_chapter}", __package__)

Cell = str | int | None
FINDING_STATES = (WARNING, BREACH, UNDETERMINED)


def all_verdicts(world: World, profiles: Iterable[str] = PROFILES) -> list[Verdict]:
    """Every subject of every rule of these profiles."""
    chosen = set(profiles)
    return [verdict for one in RULES.values() if one.profile in chosen for verdict in one.verdicts(world)]


def iso(day: date | None) -> str:
    """A date as exported."""
    return "" if day is None else day.isoformat()


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """One export file: the rows as given, NULL an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)


def export(world: World, out: Path, profiles: Iterable[str] = PROFILES) -> list[Verdict]:
    """Write the six files into a folder; the verdicts are returned for whoever wants to count them."""
    out.mkdir(parents=True, exist_ok=True)
    verdicts = all_verdicts(world, profiles)
    findings = sorted(
        (v.rule_id, v.profile, v.subject_id, v.state, iso(v.due_on), plain(v.measured))
        for v in verdicts
        if v.state in FINDING_STATES
    )
    write(out / "findings.csv", ("rule_id", "profile", "subject_id", "state", "due_on", "measured"), findings)
    counts = Counter((v.rule_id, v.state) for v in verdicts)
    states = (PASS, WARNING, BREACH, UNDETERMINED, NOT_APPLICABLE)
    write(
        out / "evaluations.csv",
        ("rule_id", "passed", "warning", "breach", "undetermined", "not_applicable"),
        (
            [rule_id, *(counts[rule_id, state] for state in states)]
            for rule_id in sorted(one.rule_id for one in RULES.values() if one.profile in set(profiles))
        ),
    )
    write(
        out / "certificate_status.csv",
        ("certificate_id", "status", "status_since"),
        ([key, status, iso(since)] for key, status, since in status_rows(world)),
    )
    write(
        out / "auditor_workload.csv",
        ("person_id", "rolling_max_days", "calendar_year_days"),
        ([key, plain(rolling), plain(year)] for key, rolling, year in workload_rows(world)),
    )
    write(
        out / "surveillance.csv",
        ("certificate_id", "n", "due_on", "done_on", "state", "days_overdue"),
        (
            [key, n, iso(due), iso(done), state, overdue]
            for key, n, due, done, state, overdue in surveillance_rows(world)
        ),
    )
    write(
        out / "body_capacity.csv",
        (
            "body_id",
            "itsms_auditors_full_time",
            "itsms_auditors",
            "valid_itsms",
            "ratio_itsms",
            "all_auditors",
            "valid_all",
            "ratio_all",
        ),
        (
            [
                key,
                row.itsms_full_time,
                row.itsms,
                row.valid_itsms,
                plain(row.ratio_itsms),
                row.all_auditors,
                row.valid_all,
                plain(row.ratio_all),
            ]
            for key, row in capacity_rows(world)
        ),
    )
    return verdicts
