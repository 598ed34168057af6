"""Content of the records: check digits, codes and dates that nobody would write on purpose.

Every check here warns. None is a rule of the rule book, and none may keep a record from being judged.
"""

from __future__ import annotations

import csv
from importlib.resources import files

from expectations.outcome import Check, Severity

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

# Nobody certified a management system before the first of their standards (BS 5750, 1979).
_FIRST_PLAUSIBLE = "date '1979-01-01'"
_LAST_PLAUSIBLE = "date '2100-01-01'"


def checks() -> list[Check]:
    return [_uscc(), _region(), *_scopes(), *_date_orders(), *_date_ranges()]


def _uscc() -> Check:
    """GB 32100-2015: 18 characters, the last being (31 - weighted sum mod 31) mod 31."""
    weighted = " + ".join(
        f"(strpos('{_USCC_ALPHABET}', substr(code, {place}, 1)) - 1) * {weight}"
        for place, weight in enumerate(_USCC_WEIGHTS, start=1)
    )
    digit = f"substr('{_USCC_ALPHABET}', cast((31 - ({weighted}) % 31) % 31 + 1 as integer), 1)"
    return _warning(
        "organization.uscc",
        "organization",
        "select org_id as record"
        " from (select org_id, country_code, upper(uscc) as code from {batch}) as codes"
        " where code is not null and coalesce(country_code, '156') = '156'"
        f" and (not regexp_full_match(code, '[{_USCC_ALPHABET}]+') or length(code) <> 18"
        f" or substr(code, 18, 1) <> {digit})",
        "统一社会信用代码长度、字符或校验位不符（GB 32100-2015）",
    )


def _region() -> Check:
    return _warning(
        "organization.region_code",
        "organization",
        "select org_id as record from {batch} where region_code is not null"
        " and coalesce(country_code, '156') = '156'"
        " and (not regexp_full_match(region_code, '[0-9]+') or length(region_code) <> 6"
        f" or substr(region_code, 1, 2) not in ({_listed('province.csv', 'prefix')}))",
        "行政区划代码不是六位数字或省级代码不存在（GB/T 2260）",
    )


def _scopes() -> list[Check]:
    """Table A of the rule; a body may subdivide its codes further, so that the first two levels count."""
    known = _listed("scope.csv", "code")
    title = "业务范围代码不在附录 A 表 A 中"

    def of_list(table: str, key: str, column: str, itsms: str) -> Check:
        return _warning(
            f"{table}.{column}",
            table,
            f"select distinct {key} as record from (select {key}, unnest(string_split({column}, ';')) as code"
            f" from {{batch}} where {column} is not null and {itsms}) as codes"
            f" where substr(code, 1, 5) not in ({known})",
            title,
        )

    return [
        of_list("certification_body", "body_id", "approved_scopes", "true"),
        of_list(
            "application",
            "application_id",
            "scope_codes",
            "list_contains(string_split(systems, ';'), 'ITSMS')",
        ),
        of_list("certificate", "certificate_id", "scope_codes", "system = 'ITSMS'"),
        _warning(
            "auditor_scope.scope_code",
            "auditor_scope",
            "select concat_ws('|', person_id, scope_code, capacity) as record from {batch}"
            f" where substr(scope_code, 1, 5) not in ({known})",
            title,
        ),
    ]


def _date_orders() -> list[Check]:
    """Pairs of dates that stand the wrong way round and that no rule judges."""
    pairs = (
        ("audit", "audit_id", "planned_start", "planned_end", "计划结束早于计划开始"),
        ("audit", "audit_id", "actual_start", "actual_end", "实际结束早于实际开始"),
        (
            "audit_assignment",
            "concat_ws('|', audit_id, person_id)",
            "onsite_start",
            "onsite_end",
            "现场结束早于现场开始",
        ),
        (
            "auditor_registration",
            "concat_ws('|', person_id, system, registration_no)",
            "valid_from",
            "valid_until",
            "注册有效期止早于起",
        ),
        ("person", "person_id", "joined_on", "left_on", "离职早于入职"),
        ("application", "application_id", "submitted_on", "reviewed_on", "评审早于提交"),
        ("organization", "org_id", "blacklisted_from", "blacklisted_until", "失信名单移出早于列入"),
    )
    return [
        _warning(
            f"{table}.{later}_order",
            table,
            f"select {key} as record from {{batch}} where {later} < {earlier}",
            title,
        )
        for table, key, earlier, later, title in pairs
    ]


def _date_ranges() -> list[Check]:
    columns = (
        ("certificate", "certificate_id", ("issued_on", "expires_on", "first_certified_on"), "证书日期"),
        ("audit", "audit_id", ("planned_start", "planned_end", "actual_start", "actual_end"), "审核日期"),
        ("certificate_event", "event_id", ("effective_on", "suspended_until"), "证书事件日期"),
        ("decision", "decision_id", ("decided_on",), "认证决定日期"),
    )
    return [
        _warning(
            f"{table}.dates_plausible",
            table,
            f"select {key} as record from {{batch}} where "
            + " or ".join(f"{name} < {_FIRST_PLAUSIBLE} or {name} >= {_LAST_PLAUSIBLE}" for name in names),
            f"{title}不合常理",
        )
        for table, key, names, title in columns
    ]


def _warning(name: str, table: str, sql: str, title_zh: str) -> Check:
    return Check("raw", name, f"staging.stg_{table}", sql, Severity.WARNING, title_zh)


def _listed(file: str, column: str) -> str:
    text = files("expectations.reference").joinpath(file).read_text(encoding="utf-8")
    return ", ".join(f"'{row[column]}'" for row in csv.DictReader(text.splitlines()))
