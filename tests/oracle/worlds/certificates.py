"""Certificates with their numbers, events and successors, and the audits that follow their issue."""

from __future__ import annotations

from datetime import date

from ..arithmetic import add_days, add_months
from .audits import Workshop, add_application, add_audit, add_decision
from .dice import EFFECTIVE
from .people import CODES, LONG_AGO, LONG_AHEAD
from .tables import Row

STANDARDS = (
    *["ISO/IEC 20000-1:2018"] * 16,
    "iso／iec 20000－1：2018",
    "GB/T 24405.1-2009 / ISO/IEC 20000–1: 2011",
    "ISO/IEC 20000-1:2011",
    "ISO/IEC 20000-1:2005",
    "ISO/IEC 20000-1",
    "ISO 9001:2015",
    None,
)
CHANNELS = (
    *["机构网站"] * 8,
    "全国认证认可信息公共服务平台（cx.cnca.cn）",
    "国家认监委官方网站 http://cx.cnca.cn 查询",
    "CNCA, 本机构网站 https://www.example.org",
    "认e云小程序",
    None,
)
REASONS = {
    "suspended": (
        "7.2.1(6)",
        "7.2.1（6）",
        "7.2.1(12)",
        "7.2.1 (5)",
        "7.2.1(9)",
        "7.2",
        "7.3(1)",
        "7.20",
        "B01",
        None,
    ),
    "revoked": ("7.3(3)", "7.3", "7.3（2）", "7.2.1(6)", "7.4", "撤销", None),
    "cancelled": ("7.4", "7.4(1)", "7.3(1)", "Z", None),
}


def number_for(
    shop: Workshop, body: Row, issued: date, cycle: int, accredited: bool | None, serial: int
) -> str:
    """A number of the form, mostly right; else of another form, or with one part wrong."""
    dice = shop.dice
    running = body["approval_no"].rsplit("-", 1)[-1]
    code = f"F{running:0>3}" if "-RF-" in body["approval_no"] else f"{running:0>3}"
    mark = (body["accreditation_code"] or "CNAS").upper() if accredited else "00"
    year = issued.year % 100
    text = f"{code}{year:02d}IT{serial:05d}R{cycle}{mark}"
    spoilt = [
        f"{code}{(year + 1) % 100:02d}IT{serial:05d}R{cycle}{mark}",
        f"{code}{year:02d}IT{serial:05d}R{cycle + 1}{mark}",
        f"{code}{year:02d}IT{serial:05d}R{cycle}{'00' if mark != '00' else 'CNAS'}",
        f"999{year:02d}IT{serial:05d}R{cycle}{mark}",
        f"{code}{year:02d}IT{serial:05d}R{cycle}{mark}-1",
        f"{code}{year:02d}IT{serial:04d}R{cycle}{mark}",
        f"{code}{year:02d}IT{serial:05d}R{cycle}A",
        f"{code}{year:02d}QM{serial:05d}R{cycle}{mark}",
        f"{code}-20{year:02d}-ITSMS-{serial:04d}-R{cycle}-M",
        text.lower(),
        f" {text[:5]} {text[5:]}".strip(),
        f"{text[:5]}\u3000{text[5:]}",
        f"{code}{year:02d}IT{serial:05d}R1{cycle}{mark}",
    ]
    return dice.pick(spoilt) if dice.chance(0.25) else text


def add_certificate(
    shop: Workshop,
    client: Row,
    body: Row,
    issued: date,
    *,
    decision: Row | None = None,
    previous: Row | None = None,
    parent: Row | None = None,
    system: str = "ITSMS",
) -> Row:
    """One certificate with an expiry on, beside or far from the limit."""
    dice = shop.dice
    start = previous["expires_on"] if previous and issued > previous["expires_on"] else issued
    limit = add_months(start, 36)
    expires = dice.pick(
        [add_days(limit, -1)] * 4
        + [limit, add_days(limit, 1), add_months(issued, 36), add_months(issued, 24), add_months(issued, 12)]
        + [dice.months_from(issued, 12), dice.near(dice.as_of, 2), add_days(issued, -1), issued]
    )
    accredited = dice.truth(0.8, 0.06)
    cycle = 0 if previous is None else previous["cycle_no"] + 1
    serial = 1 + len(shop.tables.rows["certificate"])
    if dice.chance(0.04):
        serial -= 1
    number = number_for(shop, body, issued, cycle, accredited, serial)
    if parent is not None:
        number = parent["certificate_no"] + dice.pick(["-1", "-1", "-12", "", "-X"])
    return shop.tables.add(
        "certificate",
        certificate_id=shop.tables.new_id("C"),
        certificate_no=number,
        body_id=body["body_id"],
        org_id=client["org_id"],
        system=system,
        standard=dice.pick(STANDARDS),
        scope_codes=dice.some((*CODES, "04.03.01", "06.05.02", "09.01"), 2),
        scope_text=dice.maybe("信息技术运行维护服务", 0.04),
        decision_id=decision["decision_id"] if decision and dice.chance(0.95) else None,
        issued_on=issued,
        expires_on=expires,
        cycle_no=cycle if dice.chance(0.95) else cycle + 1,
        previous_certificate_id=previous["certificate_id"] if previous else None,
        parent_certificate_id=parent["certificate_id"] if parent else None,
        accredited=accredited,
        covers_multiple_sites=dice.truth(0.3, 0.06),
        surveillance_notice=dice.truth(0.93, 0.03),
        query_channel=dice.pick(CHANNELS),
    )


def add_follow_ups(shop: Workshop, certificate: Row) -> list[Row]:
    """Surveillances around their due days, some in the wrong order, some long before the issue."""
    dice = shop.dice
    audits: list[Row] = []
    last = certificate["issued_on"]
    has_sites = dice.chance(0.4)
    for _ in range(dice.pick([0, 1, 1, 2, 2, 3])):
        due = add_months(last, 12)
        end = (
            dice.about(due)
            if dice.chance(0.85)
            else dice.pick([dice.day(), dice.near(certificate["issued_on"])])
        )
        if audits and dice.chance(0.06):
            end = last
        elif dice.chance(0.04):
            end = add_days(add_months(dice.as_of, -3), -dice.number(0, 6))
        if end > add_days(dice.as_of, 100) and dice.chance(0.7):
            break
        kind = dice.pick(["surveillance"] * 7 + ["recertification", "special"])
        with_systems = [certificate["system"]] if dice.chance(0.85) else ["QMS", "ITSMS"]
        audits.append(
            add_audit(
                shop,
                kind,
                end,
                body_id=certificate["body_id"],
                org_id=certificate["org_id"] if dice.chance(0.97) else dice.pick(shop.clients)["org_id"],
                with_systems=with_systems,
                application_id=some_application(shop),
                certificate_id=None if dice.chance(0.02) else certificate["certificate_id"],
                has_sites=has_sites,
                status="planned" if end > dice.as_of and dice.chance(0.7) else None,
            )
        )
        if dice.chance(0.4):
            kind = dice.pick(["maintain", "maintain", "extend", "reduce", "renew"])
            decided = add_days(end, dice.pick([0, 5, 20, 60]))
            audited = dice.pick([certificate["certificate_id"]] * 20 + ["no such certificate", None])
            add_decision(shop, dice.maybe(audits[-1], 0.04), kind, decided, audited)
        last = end
    return audits


def some_application(shop: Workshop) -> str | None:
    """Now and then any application, where none is expected."""
    rows = shop.tables.rows["application"]
    return shop.dice.pick(rows)["application_id"] if rows and shop.dice.chance(0.08) else None


def add_events(shop: Workshop, certificate: Row, client: Row) -> None:
    """Stories of suspension and end, most of them allowed, some of them in an impossible order."""
    dice = shop.dice
    fates = [
        fate
        for fate in (
            client["legal_status_revoked_on"],
            client["blacklisted_from"],
            client["licence_valid_until"],
        )
        if fate is not None and fate.year < 2030
    ]
    day = dice.pick(
        [
            dice.day(),
            dice.day(),
            dice.near(add_months(certificate["issued_on"], 12), 6),
            dice.near(certificate["expires_on"], 2),
            dice.near(certificate["issued_on"], 1),
        ]
    )
    if fates and dice.chance(0.7):
        day = add_days(dice.pick(fates), dice.pick([0, 1, 4, 5, 6]))
    story = dice.pick(
        [
            ("suspended",),
            ("suspended",),
            ("suspended", "restored"),
            ("suspended", "restored"),
            ("suspended", "revoked"),
            ("suspended", "cancelled"),
            ("revoked",),
            ("revoked",),
            ("cancelled",),
            ("changed", "suspended"),
            ("suspended", "suspended", "restored", "restored"),
            ("restored",),
            ("revoked", "restored", "suspended"),
            ("reissued", "cancelled", "revoked"),
            ("reissued", "reissued"),
            ("changed", "reissued", "suspended", "restored"),
            ("suspended", "restored", "suspended", "cancelled"),
        ]
    )
    until: date | None = None
    for seq, event in enumerate(story, start=1):
        established = dice.maybe(add_days(day, -dice.pick([0, 3, 4, 5, 6, -1])), 0.08)
        term = dice.months_from(day, dice.pick([6, 6, 3, 1]))
        row = shop.tables.add(
            "certificate_event",
            event_id=shop.tables.new_id("E"),
            certificate_id=certificate["certificate_id"],
            seq=seq * 10,
            event=event,
            effective_on=day,
            established_on=established,
            reason_code=dice.pick(REASONS.get(event, (None, "7.2.3"))),
            change_code=dice.pick(["01", "02", None]) if event in ("changed", "reissued") else None,
            suspended_until=dice.maybe(term, 0.12) if event == "suspended" else None,
            published_on=dice.maybe(add_days(day, dice.number(0, 4)), 0.2),
        )
        until = row["suspended_until"] or until
        steps = [day, add_days(day, 1), add_days(day, dice.number(2, 90)), add_days(day, -2)]
        if until is not None:
            steps += [add_days(until, dice.pick([-1, 0, 4, 5, 6]))] * 4
        day = dice.pick(steps)


def add_initial(shop: Workshop, client: Row, body: Row) -> None:
    """An application with its stages, a decision, a certificate, what follows, and perhaps a renewal."""
    dice = shop.dice
    decided = dice.pick(
        [dice.day(), dice.day(), dice.months_from(dice.day(), -12), dice.months_from(dice.day(), -36)]
    )
    end2 = dice.pick([add_days(decided, -dice.number(0, 40))] * 3 + [dice.months_from(decided, -6)])
    start2 = add_days(end2, -1)
    end1 = dice.pick(
        [add_days(start2, -dice.pick([4, 5, 6, 7, 8]))] * 3
        + [
            dice.months_from(start2, -6),
            dice.months_from(start2, -5),
            add_days(start2, -dice.number(70, 100)),
        ]
        + [add_days(start2, dice.number(0, 3))]
    )
    application = add_application(
        shop,
        client,
        body,
        dice.pick(["initial"] * 4 + ["transfer", "extension"]),
        add_days(end1, -dice.number(10, 60)),
    )
    common = {
        "body_id": body["body_id"],
        "org_id": client["org_id"],
        "with_systems": application["systems"],
        "application_id": application["application_id"],
    }
    for _ in range(dice.pick([0, 1, 1, 1, 1, 2])):
        add_audit(shop, "stage1", end1, **common)
        end1 = dice.pick([add_days(end1, dice.number(-6, 12)), end1])
    if dice.chance(0.15):
        return
    stage2 = add_audit(shop, "stage2", end2, **common)
    if dice.chance(0.15):
        stage2 = add_audit(shop, "stage2", add_days(end2, dice.number(0, 20)), **common)
    kind = "refuse" if dice.chance(0.06) else "grant"
    decision = add_decision(shop, stage2, kind, decided, None)
    if dice.chance(0.05):
        add_decision(shop, stage2, "grant", dice.near(decided, 3), None)
    if kind == "grant":
        system = "ITSMS" if "ITSMS" in application["systems"] else "QMS"
        issued = dice.pick(
            [decided, add_days(decided, 1), add_days(decided, dice.number(0, 9)), add_days(decided, -1)]
        )
        certificate = add_certificate(shop, client, body, issued, decision=decision, system=system)
        add_life(shop, certificate, client, body)


def add_life(shop: Workshop, certificate: Row, client: Row, body: Row, depth: int = 0) -> None:
    """What happens to a certificate after its issue."""
    dice = shop.dice
    add_follow_ups(shop, certificate)
    if dice.chance(0.45):
        add_events(shop, certificate, client)
    for _ in range(dice.pick([0, 0, 0, 0, 1, 2])):
        add_certificate(
            shop, client, body, certificate["issued_on"], parent=certificate, system=certificate["system"]
        )
    while depth < 2 and dice.chance(0.35):
        depth += 1
        add_renewal(shop, certificate, client, body, depth)


def add_renewal(shop: Workshop, certificate: Row, client: Row, body: Row, depth: int) -> None:
    """A recertification audit around its terms, a decision, the next certificate."""
    dice = shop.dice
    expires = certificate["expires_on"]
    end = dice.pick(
        [
            dice.months_from(expires, -3),
            dice.near(expires),
            add_days(expires, -40),
            add_days(expires, -40),
            dice.day(),
        ]
    )
    application = add_application(shop, client, body, "recertification", add_days(end, -50))
    application["systems"] = [certificate["system"]]
    common = {
        "body_id": body["body_id"],
        "org_id": client["org_id"],
        "with_systems": [certificate["system"]],
        "application_id": dice.maybe(application["application_id"], 0.1),
    }
    if dice.chance(0.25):
        add_audit(shop, "stage1", add_days(end, -10), **common)
    audit = add_audit(
        shop, "recertification", end, certificate_id=dice.maybe(certificate["certificate_id"], 0.05), **common
    )
    if dice.chance(0.3):
        before = [
            row
            for row in shop.tables.rows["audit_assignment"]
            if row["audit_id"] == deciding_audit(shop, certificate)
        ]
        repeat_team(shop, audit, before)
    decided = dice.pick(
        [add_days(end, 15), dice.near(expires), *(dice.months_from(expires, 6) for _ in range(2))]
    )
    decision = add_decision(shop, audit, "renew", decided, certificate["certificate_id"])
    issued = dice.pick([add_days(expires, 1), decided, decided, dice.near(expires, 2), add_days(decided, 5)])
    renewed = add_certificate(
        shop, client, body, issued, decision=decision, previous=certificate, system=certificate["system"]
    )
    add_life(shop, renewed, client, body, depth)


def deciding_audit(shop: Workshop, certificate: Row) -> str | None:
    """The audit that a certificate's decision was taken on."""
    for row in shop.tables.rows["decision"]:
        if row["decision_id"] == certificate["decision_id"]:
            return row["audit_id"]
    return None


def repeat_team(shop: Workshop, audit: Row, before: list[Row]) -> None:
    """Give an audit the team of another one."""
    rows = shop.tables.rows["audit_assignment"]
    template = next((row for row in rows if row["audit_id"] == audit["audit_id"]), None)
    if template is None or not before:
        return
    shop.tables.rows["audit_assignment"] = [row for row in rows if row["audit_id"] != audit["audit_id"]] + [
        {**template, "person_id": row["person_id"], "role": row["role"], "mentor_id": row["mentor_id"]}
        for row in before
    ]


def add_bulk_body(shop: Workshop, world: int) -> None:
    """A body with a single auditor and about fifty certificates, for the limit per auditor."""
    dice = shop.dice
    body = shop.tables.add(
        "certification_body",
        body_id=shop.tables.new_id("B"),
        name="某认证有限公司",
        approval_no=f"CNCA-R-2020-{5000 + world}",
        approved_scopes=[],
    )
    for _ in range(dice.pick([1, 1, 1, 0, 2])):
        person = shop.tables.add(
            "person",
            person_id=shop.tables.new_id("P"),
            body_id=body["body_id"],
            name="某某",
            employment="part_time",
        )
        shop.tables.add(
            "auditor_registration",
            person_id=person["person_id"],
            system="ITSMS" if dice.chance(0.8) else "QMS",
            registration_no=shop.tables.new_id("N"),
            grade="senior_auditor",
            valid_from=LONG_AGO,
            valid_until=LONG_AHEAD,
        )
    for serial in range(1, dice.pick([0, 45, 46, 47, 48, 50, 51, 52, 53, 104]) + 1):
        issued = dice.pick([add_months(dice.as_of, -6), EFFECTIVE, dice.as_of])
        shop.tables.add(
            "certificate",
            certificate_id=shop.tables.new_id("C"),
            certificate_no=f"{5000 + world}{issued.year % 100:02d}IT{serial:05d}R000",
            body_id=body["body_id"],
            org_id=dice.pick(shop.clients)["org_id"],
            system="QMS" if serial % 23 == 22 else "ITSMS",
            standard="ISO/IEC 20000-1:2018",
            scope_text="信息技术运行维护服务",
            surveillance_notice=True,
            query_channel="机构网站",
            covers_multiple_sites=False,
            issued_on=issued,
            expires_on=add_days(add_months(issued, 36), -1),
            cycle_no=0,
            accredited=False,
        )
