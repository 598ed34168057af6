"""Suite `submissions`: the rows of the regulator's files, before any file is made of them.

Each row once, with its key and its code list, about a certificate or audit that the warehouse knows: structure,
and blocks. What the files of the day hold must also be what the calendar says is to be reported: both are derived
from the obligations, by different ways. Where records say it in two ways the two may differ, so that warns.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.outcome import Check, Severity

_SHEETS = {
    # relation: key, further columns that are never empty
    "sub_audit_plan__plan": (("audit_id",), ("body_id", "due_on", "start_on")),
    "sub_audit_plan__member": (("audit_id", "person_id"), ("body_id", "role", "member_no")),
    "sub_status_change__certificate_information": (("certificate_id",), ("body_id", "report_type")),
    "sub_monthly__certificate_information": (
        ("certificate_id", "month", "report_type"),
        ("body_id", "reported_until"),
    ),
    "sub_monthly__audit_result": (("certificate_id", "month", "audit_id", "person_id"), ("body_id",)),
}
_REPORT_TYPES = ("new", "exchanged", "changed")
_ROLES = ("leader", "auditor", "trainee", "technical_expert")


def checks() -> list[Check]:
    return [*_rows(), *_code_lists(), *_references(), *_calendar()]


def _rows() -> Iterator[Check]:
    for relation, (key, filled) in _SHEETS.items():
        record = f"concat_ws('|', {', '.join(f'cast({name} as varchar)' for name in key)})"
        yield _check(
            relation,
            "row_unique",
            f"select {record} as record from {{batch}} group by {', '.join(key)} having count(*) > 1",
            "行不重复",
        )
        empty = " or ".join(f"{name} is null" for name in (*key, *filled))
        yield _check(
            relation, "required", f"select {record} as record from {{batch}} where {empty}", "关键栏非空"
        )


def _code_lists() -> Iterator[Check]:
    for relation, column, values in (
        ("sub_monthly__certificate_information", "report_type", _REPORT_TYPES),
        ("sub_status_change__certificate_information", "report_type", _REPORT_TYPES),
        ("sub_audit_plan__member", "role", _ROLES),
    ):
        listed = ", ".join(f"'{value}'" for value in values)
        yield _check(
            relation,
            f"{column}_listed",
            f"select distinct {column} as record from {{batch}} where {column} not in ({listed})",
            "取值在代码表内",
        )


def _references() -> Iterator[Check]:
    for relation, column, known in (
        ("sub_monthly__certificate_information", "certificate_id", "marts.dim_certificate"),
        ("sub_monthly__audit_result", "audit_id", "staging.stg_audit"),
        ("sub_audit_plan__plan", "audit_id", "staging.stg_audit"),
    ):
        yield _check(
            relation,
            f"{column}_known",
            f"select distinct {column} as record from {{batch}} where {column} not in (select {column} from {known})",
            "所指记录存在",
        )


def _calendar() -> Iterator[Check]:
    for kind, relation, column in (
        ("audit_plan", "sub_audit_plan__plan", "audit_id"),
        ("status_change", "sub_status_change__event", "event_id"),
    ):
        yield _check(
            relation,
            "is_what_is_due",
            f"""
            select coalesce(filed.{column}, due.subject_id) as record
            from (select {column} from {{batch}}) as filed
            full join (
                select calendar.subject_id
                from marts.fct_submission_calendar as calendar
                cross join marts.dim_run as run
                where calendar.kind = '{kind}'
                    and calendar.reported_state <> 'pending'
                    and calendar.prepare_from_on <= run.as_of
            ) as due on filed.{column} = due.subject_id
            where filed.{column} is null or due.subject_id is null
            """,
            "文件内容与上报日历一致",
            Severity.WARNING,
        )
    yield Check(
        "submissions",
        "calendar.nothing_accepted",
        "marts.fct_submission_calendar",
        "select calendar.subject_id as record from (select * from {batch}) as calendar"
        " cross join marts.dim_run as run"
        " inner join staging.stg_cnca_report as reports on calendar.subject_id = reports.subject_id"
        " and calendar.report_kind = reports.kind and calendar.recipient = reports.recipient"
        " where reports.result = 'accepted' and reports.reported_on <= run.as_of",
        Severity.BLOCKING,
        "上报日历：已受理的不再列出",
    )


def _check(
    relation: str, name: str, sql: str, title_zh: str, severity: Severity = Severity.BLOCKING
) -> Check:
    sheet = relation.removeprefix("sub_")
    return Check(
        "submissions", f"{sheet}.{name}", f"submissions.{relation}", " ".join(sql.split()), severity,
        f"上报数据 {sheet}：{title_zh}",
    )  # fmt: skip
