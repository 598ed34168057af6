"""The page of one auditor: days on site against the limit, assignments, qualifications, overlaps, findings."""

from __future__ import annotations

from reports.columns import Column, RecordLink
from reports.dashboard.blocks import Record, RecordFigure, Table
from reports.dashboard.sections.record_findings import findings_about
from reports.figures import auditor_months, auditor_path
from reports.labels import (
    AUDIT_ROLE,
    AUDIT_STATUS,
    AUDIT_TYPE,
    AUDITOR_GRADE,
    CROSSING_LEVEL,
    EMPLOYMENT,
    FINDING_STATE,
    SCOPE_BASIS,
    SCOPE_CAPACITY,
    YES_NO,
)
from reports.reference import SCOPE
from reports.rows import Rows, listed

_PATH = "pages.page_auditor__path"

RECORD = Record(
    slug="auditor",
    title="审核员",
    parent="auditors",
    per_file=25,
    query=Rows("pages.page_auditor", renamed={"record_id": "person_id"}),
    columns=(
        Column("person_name", "姓名", personal=True),
        Column("body_name", "认证机构"),
        Column("employment", "聘用", kind="code", labels=EMPLOYMENT),
        Column("is_active", "在职", kind="code", labels=YES_NO),
        Column("itsms_grade", "ITSMS 级别", kind="code", labels=AUDITOR_GRADE),
        Column("joined_on", "入职", kind="date"),
        Column("left_on", "离职", kind="date"),
        Column("state", "状态（条款 3.9）", kind="code", labels=FINDING_STATE),
        Column("rolling_max_days", "任意 {parameter:cycle_year_days} 天最多", kind="number", unit="天"),
        Column("rolling_max_end_on", "该 {parameter:cycle_year_days} 天止于", kind="date"),
        Column("current_window_days", "近 {parameter:cycle_year_days} 天", kind="number", unit="天"),
        Column("room_days", "余量", kind="number", unit="天"),
        Column("calendar_year_days", "本年已完成", kind="number", unit="天"),
        Column("planned_days", "已计划", kind="number", unit="天"),
        Column("forecast_year_end_days", "预测年末", kind="number", unit="天"),
        Column("forecast_max_days", "预测最大", kind="number", unit="天"),
        Column("limit_on", "按计划将超上限", kind="date"),
        Column("limit_days", "上限", kind="number", unit="天"),
    ),
    blocks=(
        RecordFigure(
            name="auditor_path",
            title="连续 {parameter:cycle_year_days} 天的合计",
            source=_PATH,
            unit="天，月末（截至日在其月份）",
            query=Rows(_PATH, order=("person_id", "day_on"), renamed={"record_id": "person_id"}),
            draw=auditor_path.draw,
            words=auditor_path.WORDS,
            columns=(
                *auditor_path.COLUMNS,
                Column("measured_days", "已完成", kind="number", unit="天", detail=True),
                Column("forecast_days", "含计划", kind="number", unit="天", detail=True),
            ),
        ),
        RecordFigure(
            name="auditor_month_days",
            title="每月现场人日",
            source=_PATH,
            unit="人日",
            query=Rows(_PATH, order=("person_id", "month"), renamed={"record_id": "person_id"}),
            draw=auditor_months.draw,
            words=auditor_months.WORDS,
            columns=auditor_months.COLUMNS,
        ),
        findings_about("auditor", "person_id", "关于本人的全部发现"),
        Table(
            name="auditor_crossings_of",
            title="越过预警线和上限",
            source="marts.fct_auditor_crossing",
            empty="近 {parameter:cycle_year_days} 天没有越过，按现有计划也没有。",
            query=Rows(
                "marts.fct_auditor_crossing",
                order=("person_id", "crossed_on", "level"),
                renamed={"record_id": "person_id"},
            ),
            columns=(
                Column("crossed_on", "日期", kind="date"),
                Column("level", "越过", kind="code", labels=CROSSING_LEVEL),
                Column("window_days", "当日合计", kind="number", unit="天"),
                Column("is_forecast", "预计", kind="code", labels=YES_NO),
                Column("is_earlier", "此前已高于", kind="code", labels=YES_NO),
            ),
        ),
        Table(
            name="auditor_overlaps",
            title="同一日的重叠",
            source="marts.fct_auditor_overlap",
            empty="没有重叠。",
            query=Rows(
                "marts.fct_auditor_overlap",
                order=("person_id", "day_on"),
                renamed={"record_id": "person_id"},
                words={"audit_ids": listed},
            ),
            columns=(
                Column("day_on", "日期", kind="date"),
                Column("is_planned", "含计划", kind="code", labels=YES_NO),
                Column("load_days", "当日现场", kind="number", unit="人日"),
                Column("limit_days", "上限", kind="number", unit="人日"),
                Column("audit_ids", "审核编号"),
            ),
        ),
        Table(
            name="auditor_assignments",
            title="近 {parameter:cycle_year_days} 天和已计划的审核",
            source="marts.fct_auditor_assignment",
            note="“计入”：组长、组员在已完成或已计划审核中的现场人日计入工作量（条款 3.9）。受审核方见证书页。",
            empty="近 {parameter:cycle_year_days} 天没有参加审核，也没有计划。",
            query=Rows(
                "marts.fct_auditor_assignment",
                order=("person_id", "-onsite_start", "audit_id"),
                renamed={"record_id": "person_id"},
            ),
            columns=(
                Column("audit_id", "审核"),
                Column("onsite_start", "现场开始", kind="date"),
                Column("onsite_days", "现场", kind="number", unit="人日"),
                Column("status", "状态", kind="code", labels=AUDIT_STATUS),
                Column("role", "角色", kind="code", labels=AUDIT_ROLE),
                Column("audit_type", "类型", kind="code", labels=AUDIT_TYPE, wide=True),
                Column("is_counted", "计入", kind="code", labels=YES_NO, wide=True),
                Column("certificate_id", "证书", link=RecordLink("certificate", "certificate_id"), wide=True),
            ),
        ),
        Table(
            name="auditor_registrations",
            title="注册",
            source="marts.fct_auditor_registration",
            empty="没有注册记录。",
            query=Rows(
                "marts.fct_auditor_registration",
                order=("person_id", "system", "-valid_until", "registration_no"),
                renamed={"record_id": "person_id"},
            ),
            columns=(
                Column("system", "体系"),
                Column("grade", "级别", kind="code", labels=AUDITOR_GRADE),
                Column("is_valid", "现有效", kind="code", labels=YES_NO),
                Column("valid_from", "自", kind="date", wide=True),
                Column("valid_until", "有效期至", kind="date"),
                Column("days_left", "剩余", kind="number", unit="天"),
                Column("registration_no", "注册号", wide=True),
            ),
        ),
        Table(
            name="auditor_scopes",
            title="专业能力",
            source="marts.fct_auditor_scope",
            empty="没有评定的业务范围。",
            query=Rows(
                "marts.fct_auditor_scope",
                order=("person_id", "scope_code", "capacity"),
                renamed={"record_id": "person_id"},
            ),
            columns=(
                Column("scope_code", "业务范围", kind="code", labels=SCOPE),
                Column("capacity", "身份", kind="code", labels=SCOPE_CAPACITY),
                Column("is_valid", "现有效", kind="code", labels=YES_NO),
                Column("granted_on", "评定", kind="date"),
                Column("expires_on", "有效期至", kind="date"),
                Column("basis", "评定依据", kind="code", labels=SCOPE_BASIS, wide=True),
            ),
        ),
    ),
)
