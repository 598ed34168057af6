"""Applications and audits, with teams, sites, nonconformities, objectives and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..arithmetic import add_days, add_months, base, half, smallest_sample
from .dice import Dice
from .people import CODES, LONG_AGO
from .tables import Row, Tables

# Both sides of every band of Annex B.
_BAND_ENDS = (15, 25, 45, 65, 85, 125, 175, 275, 425, 625, 875, 1175, 1550, 2025, 2675, 3450, 4350, 5450)
HEADCOUNTS = (1, 0, *(end + side for end in (*_BAND_ENDS, 6800, 8500, 10700) for side in (0, 1)), 99999)
SHARE = {
    "stage1": Fraction(1, 4),
    "stage2": Fraction(3, 4),
    "surveillance": Fraction(1, 3),
    "recertification": Fraction(2, 3),
    "special": Fraction(1, 3),
}


@dataclass
class Workshop:
    """What the makers of audits share: the dice, the tables, and who and what there is."""

    dice: Dice
    tables: Tables
    bodies: list[Row]
    persons: list[Row]
    clients: list[Row]

    def staff(self, body_id: str) -> list[Row]:
        """A body's persons."""
        return [row for row in self.persons if row["body_id"] == body_id]


def systems(dice: Dice) -> list[str]:
    """ITSMS alone mostly, or with others, or others alone."""
    return dice.pick([["ITSMS"]] * 6 + [["ITSMS", "ISMS"], ["QMS", "ITSMS"], ["QMS"]])


def add_application(shop: Workshop, client: Row, body: Row, kind: str, submitted: date) -> Row:
    """One application, mostly in order; the dates that decide crowd around the submission."""
    dice = shop.dice
    reviewed = add_days(submitted, dice.number(0, 9))
    conditions = (True, True, True, True, True)
    if kind != "transfer" or dice.chance(0.4):
        conditions = tuple(dice.truth(0.85, 0.06) for _ in range(5))  # type: ignore[assignment]
    return shop.tables.add(
        "application",
        application_id=shop.tables.new_id("AP"),
        body_id=body["body_id"],
        org_id=client["org_id"],
        kind=kind,
        systems=systems(dice),
        scope_codes=dice.some(CODES, 2),
        headcount_effective=dice.maybe(dice.pick(HEADCOUNTS)),
        sms_operating_since=dice.pick(
            [LONG_AGO, dice.months_from(submitted, -3), dice.months_from(submitted, -3), None, dice.day()]
        ),
        submitted_on=submitted,
        reviewed_on=dice.maybe(reviewed, 0.05),
        review_result=dice.pick(["accepted"] * 10 + ["rejected", None]),
        prior_certificate_ended_on=dice.pick([None, None, dice.months_from(submitted, -12), dice.day()]),
        prior_body_revoked_on=dice.pick([None, None, dice.months_from(submitted, -3), dice.day()]),
        transfer_scope_accredited=conditions[0],
        transfer_certificate_accredited=conditions[1],
        transfer_certificate_in_force=conditions[2],
        transfer_prior_body_in_order=conditions[3],
        transfer_reports_obtained=conditions[4],
        transfer_from_certificate_no=dice.pick([None, None, None, "12324IT00099R0CNAS"]),
        contract_signed_on=dice.maybe(add_days(reviewed, dice.number(0, 12)), 0.06),
        paid_by=dice.pick(["client"] * 5 + ["parent", "third_party", None]),
    )


def add_audit(
    shop: Workshop,
    audit_type: str,
    end: date,
    *,
    body_id: str,
    org_id: str,
    with_systems: list[str],
    application_id: str | None = None,
    certificate_id: str | None = None,
    status: str | None = None,
    has_sites: bool | None = None,
) -> Row:
    """One audit that ends on a day (planned ones: are planned to), with everything that hangs on it."""
    dice = shop.dice
    length = dice.pick([1, 1, 2, 2, 3])
    start = add_days(end, 1 - length)
    if status is None:
        status = dice.pick(["completed"] * 14 + ["terminated", "cancelled", "planned"])
    persons = dice.pick(HEADCOUNTS[:14] if dice.chance(0.7) else HEADCOUNTS)
    reason = None if dice.chance(0.6) else "体系成熟，减少审核时间"
    factor = Fraction(1) if reason is None else Fraction(7, 10)
    needed = float(half((base(persons) or 0) * factor * SHARE[audit_type]))
    total = dice.days_about(needed, dice.pick(["0.5", "0.5", "0.5", "0.25", "0.333333"]))
    onsite = dice.days_about(total * Decimal("0.8"), dice.pick(["0.5", "0.1"]))
    shifts = dice.pick([None, 1, 1, 2, 3])
    present = dice.truth(0.7, 0.06)
    positive = "maintain" if audit_type in ("surveillance", "special") else "recommend"
    alone = Decimal(str(needed))
    separate = dice.pick([alone * 2, alone * 2, alone, max(Decimal(0), alone - Decimal("0.5"))])
    happened = status != "planned" or dice.chance(0.1)
    audit = shop.tables.add(
        "audit",
        audit_id=shop.tables.new_id("A"),
        body_id=body_id,
        org_id=org_id,
        application_id=application_id,
        certificate_id=certificate_id or some_certificate(shop),
        audit_type=audit_type,
        systems=with_systems,
        status=status,
        planned_start=dice.near(start, 2),
        planned_end=max(end, dice.near(end, 2)),
        actual_start=dice.maybe(add_days(end, 1) if dice.chance(0.01) else start, 0.02) if happened else None,
        actual_end=dice.maybe(end, 0.5 if status == "terminated" else 0.02) if happened else None,
        client_confirmed_on=dice.pick(
            [start, add_days(start, -3), add_days(start, -3), None, dice.near(start)]
        ),
        headcount_effective=dice.maybe(persons, 0.07),
        total_days=dice.maybe(total, 0.05),
        onsite_days=dice.maybe(onsite, 0.05),
        reduction_reason=reason,
        combined_total_days=dice.maybe(dice.days_about(separate * Decimal("0.8"), "0.1")),
        separate_days_sum=dice.maybe(separate),
        is_onsite=dice.truth(0.93, 0.03),
        offsite_reason=dice.pick([None, "已获本机构其他体系证书"]),
        shifts_total=shifts,
        shifts_audited=dice.maybe(dice.number(0, shifts or 1)),
        shift_skip_reason=dice.pick([None, "夜班无服务活动"]),
        top_manager_present=present,
        authorised_deputy=dice.truth(0.7, 0.15),
        absence_reason=dice.pick([None, "出差", "出差"]),
        top_manager_interviewed=dice.truth(0.9, 0.06),
        top_manager_competent=dice.truth(0.85, 0.08),
        conclusion=dice.pick([positive] * 5 + ["not_recommend", "not_maintain", None]),
        report_issued_on=dice.maybe(add_days(end, dice.number(0, 12)), 0.06),
        termination_reason=dice.maybe("受审核方不配合", 0.4) if status == "terminated" else None,
    )
    add_team(shop, audit, start, end, onsite)
    if has_sites or (has_sites is None and dice.chance(0.7 if audit_type == "recertification" else 0.4)):
        add_sites(shop, audit, persons, factor)
    add_findings(shop, audit, end)
    return audit


def some_certificate(shop: Workshop) -> str | None:
    """Now and then any certificate, where none is expected."""
    rows = shop.tables.rows["certificate"]
    return shop.dice.pick(rows)["certificate_id"] if rows and shop.dice.chance(0.03) else None


def add_team(shop: Workshop, audit: Row, start: date, end: date, onsite: Decimal) -> None:
    """A leader and some more, whose days about make up the on-site time."""
    dice = shop.dice
    staff = shop.staff(audit["body_id"])
    members = dice.random.sample(staff, min(len(staff), dice.number(1, 4)))
    roles = ["leader", "auditor", "trainee", "auditor"]
    if dice.chance(0.25):
        roles = [
            dice.pick(["leader", "auditor", "trainee", "technical_expert", "observer"]) for _ in range(4)
        ]
    auditors = [
        m["person_id"] for m, role in zip(members, roles, strict=False) if role in ("leader", "auditor")
    ]
    for member, role in zip(members, roles, strict=False):
        full = dice.chance(0.85)
        first = start if full else dice.near(start)
        last = max(first, end if full else dice.near(end))
        if dice.chance(0.01):
            last = add_days(first, -1)
        share = onsite / max(1, len(auditors))
        share = share.quantize(Decimal("0.01"))
        shop.tables.add(
            "audit_assignment",
            audit_id=audit["audit_id"],
            person_id=member["person_id"],
            role=role,
            onsite_start=first,
            onsite_end=last,
            onsite_days=dice.pick(
                [share, share, min(share, Decimal(max(0, (last - first).days + 1))), Decimal("0.5")]
            ),
            mentor_id=dice.pick([*auditors * 3, member["person_id"], None]) if role == "trainee" else None,
        )
        if dice.chance(0.12):
            add_relationship(shop, member["person_id"], audit["org_id"], start, end)


def add_relationship(shop: Workshop, person_id: str, org_id: str, start: date, end: date) -> None:
    """An interest, or technical service, that touches an audit or just misses it."""
    dice = shop.dice
    kind = dice.pick(["interest", "consultancy"])
    ended = dice.near(start) if kind == "interest" else dice.months_from(start, -24)
    started = dice.pick([LONG_AGO, dice.near(end), dice.near(start), add_months(start, -30)])
    key = {"person_id": person_id, "org_id": org_id, "kind": kind, "started_on": started}
    if not shop.tables.has("relationship", **key):
        shop.tables.add("relationship", **key, ended_on=dice.pick([None, ended, ended]))


def add_sites(shop: Workshop, audit: Row, persons: int, factor: Fraction) -> None:
    """Sites of every kind; the numbers audited lie around what the sampling asks for."""
    dice = shop.dice
    tenths = {"surveillance": 6, "recertification": 8}.get(audit["audit_type"], 10)
    similar = dice.pick([0, 0, 1, 2, 4, 5, 9, 10, 16, 17])
    dissimilar = dice.pick([0, 0, 1, 3, 4, 6, 7, 10])
    plan = {
        "headquarters": (dice.pick([1, 1, 1, 0]), dice.pick([1, 1, 0])),
        "similar": (similar, smallest_sample(similar, tenths) + dice.pick([-1, 0, 0, 1])),
        "dissimilar": (
            dissimilar,
            dissimilar if dice.chance(0.4) else (3 * dissimilar + 9) // 10 + dice.pick([-1, 0, 0, 1]),
        ),
        "service_point": (dice.number(0, 2), 1),
        "temporary": (dice.pick([0, 0, 1]), 1),
    }
    share = SHARE[audit["audit_type"]] if audit["audit_type"] != "stage2" else Fraction(1)
    for kind, (count, audited) in plan.items():
        for index in range(count):
            there = dice.pick(HEADCOUNTS[:8])
            needed = half((base(there) or 0) * factor * share) * Fraction(2, 5)
            days = dice.days_about(round(float(needed), 6), "0.1")
            if kind == "service_point":
                days = dice.pick([Decimal("0.25"), Decimal("0.24"), Decimal("0.5")])
            shop.tables.add(
                "audit_site",
                audit_id=audit["audit_id"],
                site_id=f"{kind[0]}{kind[1]}{index:02d}",
                site_kind=kind,
                audited=index < audited,
                headcount=dice.maybe(there, 0.06),
                onsite_days=dice.maybe(days, 0.04),
            )
    settle_site_total(shop, audit, persons, factor * share)


def settle_site_total(shop: Workshop, audit: Row, persons: int, share: Fraction) -> None:
    """Often give one audited site the days that bring the sum exactly to the limit, or just beside it."""
    dice = shop.dice
    mine = [
        row
        for row in shop.tables.rows["audit_site"]
        if row["audit_id"] == audit["audit_id"] and row["audited"] and row["onsite_days"] is not None
    ]
    if not mine or dice.chance(0.4):
        return
    needed = half((base(persons) or 0) * share) * Fraction(4, 5)
    others = sum((row["onsite_days"] for row in mine[1:]), Decimal(0))
    missing = Decimal(str(round(float(needed), 6))) - others
    if missing > 0:
        mine[0]["onsite_days"] = dice.days_about(missing, "0.1")


def add_findings(shop: Workshop, audit: Row, end: date) -> None:
    """Nonconformities settled around their terms; service objectives just met or just missed."""
    dice = shop.dice
    for _ in range(dice.pick([0, 0, 1, 1, 2])):
        months = 6 if audit["audit_type"] in ("stage1", "stage2") else 3
        settled = dice.pick(
            [
                add_days(end, 20),
                dice.months_from(end, months),
                dice.months_from(end, 3),
                add_days(add_months(end, months), dice.pick([1, 4, 5, 6, 7])),
                dice.about(end),
                None,
            ]
        )
        shop.tables.add(
            "nonconformity",
            nc_id=shop.tables.new_id("NC"),
            audit_id=audit["audit_id"],
            grade=dice.pick(["major", "major" if months == 3 else "minor", "minor"]),
            raised_on=dice.near(end),
            accepted_on=dice.pick([settled, add_days(end, dice.pick([10, 29, 30, 31])), None]),
            verified_on=settled,
        )
    for objective in dice.some(("customer_satisfaction", "timely_response_rate", "other"), 2):
        target = dice.pick([Decimal(85), Decimal("99.5")])
        shop.tables.add(
            "service_objective",
            audit_id=audit["audit_id"],
            objective=objective,
            target=target,
            actual=dice.maybe(dice.days_about(target, "0.1")),
        )


def add_decision(
    shop: Workshop, audit: Row | None, kind: str, decided: date, certificate_id: str | None
) -> Row:
    """One decision, mostly by somebody who was not on the team."""
    dice = shop.dice
    staff = shop.staff(audit["body_id"]) if audit else shop.persons
    team = [
        row["person_id"]
        for row in shop.tables.rows["audit_assignment"]
        if audit and row["audit_id"] == audit["audit_id"]
    ]
    outside = [row for row in staff if row["person_id"] not in team] or staff
    person = dice.pick(outside if dice.chance(0.85) else staff)
    if audit and dice.chance(0.08):
        add_relationship(shop, person["person_id"], audit["org_id"], decided, decided)
    return shop.tables.add(
        "decision",
        decision_id=shop.tables.new_id("D"),
        audit_id=None if audit is None or dice.chance(0.03) else audit["audit_id"],
        certificate_id=certificate_id,
        kind=kind,
        decided_on=decided,
        decided_by=person["person_id"],
        notified_on=add_days(decided, 3),
    )
