"""The Chinese words for codes, as readers of the pages see them. A code not listed is shown as it is."""

from __future__ import annotations

CERTIFICATE_STATUS = {
    "valid": "有效",
    "suspended": "暂停",
    "revoked": "撤销",
    "cancelled": "注销",
    "expired": "过期失效",
    "superseded": "已换证",
}

FINDING_STATE = {
    "breach": "不符合",
    "warning": "预警",
    "undetermined": "未能判定",
    "pass": "通过",
    "not_applicable": "不适用",
}

SUBJECT_TYPE = {
    "application": "认证申请",
    "application_or_audit": "认证申请或审核",
    "audit": "审核",
    "audit_objective": "审核·服务目标",
    "audit_person": "审核·人员",
    "audit_site": "审核·场所",
    "body": "认证机构",
    "body_month_recipient": "机构·月份·接收方",
    "body_scope": "机构·业务范围",
    "body_year": "机构·年度",
    "certificate": "证书",
    "certificate_event": "证书状态变化",
    "certificate_number": "证书编号",
    "certificate_year": "证书·年度",
    "event": "证书状态变化",
    "complaint": "申诉投诉",
    "decision": "认证决定",
    "nonconformity": "不符合项",
    "organization": "获证组织",
    "person": "认证人员",
    "person_day": "人员·日",
    "person_scope": "人员·专业",
    "record": "记录",
    "surveillance": "监督审核",
    "work_person": "工作·人员",
}

DEADLINE_KIND = {
    "audit_plan": "审核计划",
    "certification_result": "认证结果",
    "status_change": "状态变化",
    "monthly_report": "月度报告",
    "annual_work_report": "年度工作报告",
    "social_responsibility_report": "社会责任报告",
}

DEADLINE_PROGRESS = {
    "overdue": "逾期未报",
    "late": "已报（迟报）",
    "open": "待报",
    "on_time": "按期已报",
    "undetermined": "未能判定",
}

SURVEILLANCE_HORIZON = {
    "overdue": "已逾期",
    "30": "30 天内到期",
    "60": "31–60 天",
    "90": "61–90 天",
    "180": "91–180 天",
}

YES_NO = {"yes": "是", "no": "否"}

EMPLOYMENT = {"full_time": "专职", "part_time": "兼职"}

PROFILE = {"cnca": "国家规则", "icas": "ICAS 程序", "zqhx": "ZQHX 程序", "zdqy": "ZDQY 告知函"}

CLAUSE_DECISION = {
    "data": "由数据判定",
    "evidence": "仅核对证据",
    "manual": "人工审查",
    "informative": "说明性条款",
}

CHECK_SEVERITY = {"blocking": "阻止发布", "warning": "提示", "report": "规则"}

CHECK_STATUS = {"pass": "通过", "fail": "未通过", "error": "执行出错"}

SUITE = {"raw": "来源数据", "marts": "数据集市", "rules": "规则", "submissions": "上报数据"}

TABLE = {
    "certification_body": "认证机构",
    "organization": "获证组织",
    "application": "认证申请",
    "person": "认证人员",
    "auditor_registration": "人员注册",
    "auditor_scope": "专业能力",
    "audit": "审核",
    "audit_assignment": "审核派遣",
    "audit_site": "审核场所",
    "nonconformity": "不符合项",
    "decision": "认证决定",
    "certificate": "证书",
    "certificate_event": "证书状态变化",
    "cnca_report": "已上报记录",
    "complaint": "申诉投诉",
    "relationship": "利益关系",
    "record_item": "档案记录",
    "internal_audit": "内部审核",
    "service_objective": "服务目标",
}
