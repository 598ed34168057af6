"""The Chinese names of the rules' parameters and of their units, as the rule book shows them."""

from __future__ import annotations

from typing import Any

HOUSE = "house"
"""The source of a number that no rule text gives: our own."""

PARAMETER = {
    "deadline_horizon_days": "到期前预警天数（一般）",
    "auditor_full_time_min": "专职审核员最少人数",
    "auditor_full_time_warning_margin": "专职审核员预警余量",
    "professional_auditor_min": "每个业务范围专业审核员最少人数",
    "professional_experience_years_min": "专业评定：相关工作年限",
    "professional_guided_audits_min": "专业评定：见习审核次数",
    "professional_guided_days_min": "专业评定：见习现场人日",
    "professional_projects_min": "专业评定：项目数",
    "cycle_year_mode": "连续一年的算法",
    "cycle_year_days": "连续一年的长度",
    "auditor_onsite_days_max": "审核员一年现场人日上限",
    "auditor_onsite_days_warning": "审核员一年现场人日预警线",
    "auditor_forecast_horizon_days": "工作量预测范围",
    "person_day_load_max": "一人一日现场人日上限",
    "certificates_per_auditor_max": "人均有效证书上限",
    "certificates_per_auditor_warning": "人均有效证书预警线",
    "capacity_history_months": "机构能力回溯月数",
    "qualification_horizon_days": "资格到期提示天数",
    "workload_history_months": "工作量回溯月数",
    "workload_outlook_months": "工作量展望月数",
    "surveillance_interval_months": "监督审核间隔上限",
    "surveillance_horizon_days": "监督审核到期前预警天数",
    "certificate_validity_months": "证书有效期上限",
    "suspension_max_months": "暂停期限上限",
    "suspension_followup_days": "暂停期满后处理时限",
    "audit_plan_lead_days": "审核计划提前上报天数",
    "audit_plan_horizon_days": "审核计划上报前预警天数",
    "result_report_day_of_month": "认证结果次月上报截止日",
    "result_report_horizon_days": "认证结果上报前预警天数",
    "status_report_working_days": "状态变化上报时限",
    "status_report_horizon_days": "状态变化上报前预警天数",
    "sms_operation_months_min": "体系最短运行时间",
    "prior_certificate_wait_months": "原证书终止后等待时间",
    "prior_body_wait_months": "原机构资格撤销后等待时间",
    "shifts_audited_min": "最少审核班次数",
    "audit_time_reduction_max_percent": "审核时间减少幅度上限",
    "audit_time_step_days": "审核时间的最小单位",
    "initial_time_parts": "初次审核时间（份）",
    "surveillance_time_parts": "监督审核时间（初次审核的份数）",
    "recertification_time_parts": "再认证审核时间（初次审核的份数）",
    "onsite_share_min": "现场审核时间最低比例",
    "combined_share_min": "结合审核时间最低比例",
    "similar_sites_factor_stage2": "相似场所抽样系数：第二阶段",
    "similar_sites_factor_surveillance": "相似场所抽样系数：监督",
    "similar_sites_factor_recertification": "相似场所抽样系数：再认证",
    "dissimilar_sites_share_min": "不相似场所最低抽取比例",
    "site_time_share_min": "场所现场审核时间最低比例",
    "service_point_days_min": "每个服务点最少现场人日",
    "audit_leaders": "审核组长人数",
    "consultancy_wait_months": "技术服务后回避时间",
    "record_retention_months": "证书终止后记录保存时间",
    "icas_stage_gap_working_days_min": "两阶段最短间隔（ICAS）",
    "icas_stage_gap_working_days_max": "两阶段最长间隔（ICAS）",
    "icas_stage1_share_divisor": "第一阶段至多占总时间的几分之一（ICAS）",
    "icas_major_verification_months": "严重不符合验证时限（ICAS）",
    "icas_minor_acceptance_days": "轻微不符合接受时限（ICAS）",
    "icas_recertification_window_months": "再认证审核窗口（ICAS）",
    "icas_recertification_time_percent": "无第一阶段时再认证时间比例（ICAS）",
    "icas_archive_working_days": "归档时限（ICAS）",
    "stage_gap_min_days": "两阶段最短间隔",
    "stage_gap_max_months": "两阶段最长间隔",
    "stage_gap_warning_months": "两阶段间隔预警线",
    "major_nc_initial_months": "严重不符合验证时限：初次审核",
    "major_nc_surveillance_months": "严重不符合验证时限：监督审核",
    "initial_decision_months": "初次认证决定时限",
    "renewal_decision_months": "到期后再认证决定时限",
    "number_sequence_first_year": "证书编号连号检查起始年",
    "number_holes_listed": "说明中列出的缺号个数",
    "suspension_days": "暂停处理时限",
    "suspension_horizon_days": "暂停处理前预警天数",
    "revocation_days": "撤销处理时限",
    "revocation_horizon_days": "撤销处理前预警天数",
    "complaint_answer_days": "申诉投诉答复时限",
    "annual_report_first_year": "年度报告起始年度",
    "annual_report_due": "年度报告截止日（次年）",
    "annual_report_horizon_days": "年度报告到期前预警天数",
    "submission_calendar_days": "上报日历展望天数",
    "internal_audit_interval_months": "内部审核间隔上限",
    "internal_audit_horizon_days": "内部审核到期前预警天数",
    "zdqy_surveillance_horizon_days": "监督审核到期前预警天数（ZDQY）",
    "zdqy_second_surveillance_months": "第二次监督时限（ZDQY）",
    "zdqy_recertification_gap_months": "再认证距上次监督的时限（ZDQY）",
    "zqhx_monthly_report_recipients": "月报接收单位（ZQHX）",
    "zqhx_monthly_report_day": "月报截止日（ZQHX，次月）",
    "zqhx_monthly_report_horizon_days": "月报到期前预警天数（ZQHX）",
    "audit_time_band": "附录 B 审核时间表",
    "house_ground_discovery_days": "未记录查明日时，视为查明的天数",
    "house_recertification_horizon_days": "到期而未计划再认证的预警天数",
    "house_decision_horizon_days": "认证决定期限前预警天数",
    "house_report_days": "审核后应有报告的天数",
    "house_records_days": "审核后应有记录的天数",
    "house_told_days": "应通知客户的天数",
    "house_publication_days": "应公布的天数",
    "house_sub_certificate_days": "主证书换发后子证书应随之的天数",
    "house_team_horizon_days": "计划审核前应定审核组的天数",
    "house_edition_horizon_days": "标准换版期限前预警天数",
    "house_document_horizon_days": "机构文件到期前预警天数",
    "house_client_cycle_months": "组织内审和管理评审的间隔",
    "capacity_history_days": "回看专职人数的天数",
    "house_max_set_aside_share": "一张表搁置行数占比上限",
    "house_max_emptied_share": "一列清空单元格占比上限",
    "house_max_row_drop_share": "一张表行数较上批减少的上限",
    "worklist_soon_days": "待办：近期的天数",
    "worklist_ahead_days": "待办：展望天数",
    "worklist_back_days": "待办：新发现回看天数",
    "trend_points": "总览：变化曲线的点数",
    "trend_step_days": "总览：变化曲线的间隔",
    "certificate_history_months": "证书变化显示的月数",
    "finding_history_months": "发现变化显示的月数",
    "surveillance_calendar_months": "监督日历显示的月数",
    "icas_evidence_followup_days": "证据逾期后的跟进天数（ICAS）",
    "icas_minor_suspension_months": "轻微不符合暂停时限（ICAS）",
    "zqhx_annual_report_recipients": "年度报告接收单位（ZQHX）",
}

UNIT = {
    "points": "个",
    "audits": "次",
    "certificates": "张",
    "day": "日",
    "days": "天",
    "divisor": "",
    "factor": "",
    "leaders": "名",
    "mode": "",
    "month-day": "",
    "months": "个月",
    "numbers": "个",
    "parts": "份",
    "percent": "%",
    "person-days": "人日",
    "persons": "人",
    "projects": "个",
    "recipients": "",
    "share": "",
    "shifts": "班",
    "working days": "个工作日",
    "year": "年",
    "years": "年",
}

_VALUE = {"rolling": "任意连续一年", "calendar": "自然年"}


def parameter_name(name: str) -> str:
    return PARAMETER.get(name, name)


def parameter_value(row: dict[str, Any]) -> str:
    """The value with its unit, as said in a sentence: 36 个月; a list with 、 between."""
    value = _VALUE.get(row["value"], str(row["value"]).replace(";", "、"))
    unit = UNIT.get(row["unit"] or "", row["unit"] or "")
    return f"{value} {unit}" if unit and unit != "%" else f"{value}{unit}"


def parameter_source(row: dict[str, Any]) -> str:
    """Where the number stands, or that it is ours."""
    if row["source"] == HOUSE:
        return "本机构设定"
    clause = (row["clause"] or "").replace("Annex", "附录")
    where = clause if clause.startswith("附录") or not clause else f"条款 {clause}"
    return f"{row['source']} {where}".strip()
