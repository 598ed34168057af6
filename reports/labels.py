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

URGENCY = {"overdue": "已逾期或超限", "week": "7 天内", "month": "30 天内", "found": "新发现"}

FINDING_PURPOSE = {"rule": "规则", "before": "审核前检查", "house": "内部管理", "document": "机构文件"}

WORK_DOMAIN = {
    "capacity": "机构能力",
    "workload": "审核员工作量",
    "surveillance": "监督审核",
    "report": "上报",
    "before": "审核前检查",
    "deadline": "其他期限",
    "expiry": "证书到期",
    "house": "内部管理",
    "found": "新发现的不符合",
}

CERTIFICATE_EVENT = {
    "suspended": "暂停",
    "restored": "恢复",
    "revoked": "撤销",
    "cancelled": "注销",
    "reissued": "换发",
    "changed": "变更",
}

CERTIFICATE_FLOW = {
    "issued": "初次发证",
    "renewed": "再认证换证",
    "restored": "恢复",
    "suspended": "暂停",
    "revoked": "撤销",
    "cancelled": "注销",
    "expired": "过期失效",
    "superseded": "被换证取代",
}

CERTIFICATE_RELATION = {"granting": "颁证依据", "held_on": "颁证后"}

RELATED_CERTIFICATE = {"parent": "主证书", "branch": "子证书", "previous": "上一证书", "next": "下一证书"}

SURVEILLANCE_STATE = {
    "overdue": "逾期未做",
    "open": "未到期",
    "done": "按期完成",
    "done_late": "迟做",
    "not_applicable": "不要求",
}

FINDING_STATE = {
    "breach": "不符合",
    "warning": "预警",
    "undetermined": "无法判定",
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

SUBMISSION_KIND = {
    "audit_plan": "审核计划",
    "monthly": "认证结果月报",
    "status_change": "证书状态变化",
    "annual": "年度工作报告",
    "social_responsibility": "社会责任报告",
    "monthly_statistics": "月度统计",
}

DEADLINE_PROGRESS = {
    "overdue": "逾期未报",
    "late": "已报（迟报）",
    "open": "待报",
    "on_time": "按期已报",
    "undetermined": "无法判定",
}

SURVEILLANCE_HORIZON = {
    "overdue": "已逾期",
    "30": "30 天内到期",
    "60": "31–60 天",
    "90": "61–90 天",
    "180": "91–180 天",
}

PLAN_STATE = {
    "none": "未安排",
    "lapsed": "计划已过未做",
    "late": "计划晚于到期日",
    "in_time": "计划按期",
}

LEADER_GROUP = {
    "full_time": "专职",
    "part_time": "兼职",
    "inactive": "已不在岗",
    "unknown": "未记录",
}

IS_MAIN = {"yes": "主证书", "no": "子证书"}

YES_NO = {"yes": "是", "no": "否"}

EMPLOYMENT = {"full_time": "专职", "part_time": "兼职"}

AUDIT_TYPE = {
    "stage1": "一阶段审核",
    "stage2": "二阶段审核",
    "surveillance": "监督审核",
    "recertification": "再认证审核",
    "special": "特殊审核",
}

AUDIT_STATUS = {"planned": "已计划", "completed": "已完成", "terminated": "已终止", "cancelled": "已取消"}

AUDIT_ROLE = {
    "leader": "组长",
    "auditor": "组员",
    "trainee": "实习审核员",
    "technical_expert": "技术专家",
    "observer": "观察员",
}

AUDITOR_GRADE = {
    "trainee": "实习审核员",
    "auditor": "审核员",
    "senior_auditor": "高级审核员",
    "none": "未注册",
}

SCOPE_CAPACITY = {"auditor": "专业审核员", "technical_expert": "技术专家"}

SCOPE_BASIS = {
    "education_experience": "学历与工作经历",
    "training_and_audits": "培训与审核",
    "project": "项目",
}

CROSSING_LEVEL = {"warning": "预警线", "limit": "上限"}

PROFILE = {"cnca": "国家规则", "icas": "ICAS 程序", "zqhx": "ZQHX 程序", "zdqy": "ZDQY 告知函"}

CLAUSE_DECISION = {
    "data": "由数据判定",
    "in part": "部分由数据判定",
    "evidence": "仅留证据",
    "manual": "人工判断",
    "informative": "说明性条款",
}

RULE_SEVERITY = {"breach": "不符合", "warning": "预警"}

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

# What a finding rests on, where the key is not a column of the source, or is one of several with other names.
EVIDENCE = {
    "submitted_on": "提交日期",
    "org_id": "组织编号",
    "certificate_id": "证书编号",
    "all_auditors": "审核员人数（全部体系）",
    "all_sites": "场所数",
    "audit_ended_on": "审核结束日期",
    "audit_ids": "审核编号",
    "audit_status": "审核状态",
    "audit_taken_part_in": "参与过的审核",
    "audited_certificate_id": "所审核证书编号",
    "audited_days": "各场所现场人日合计",
    "audited_without_days": "已审核而未记录人日的场所数",
    "auditor_days": "审核员现场人日合计",
    "auditors": "审核员人数",
    "auditors_before": "上一周期审核员人数",
    "calendar_year_days": "本自然年现场人日",
    "certificate_ids": "证书编号",
    "certificates": "证书数",
    "certificates_ended": "已终止的证书数",
    "codes_held": "审核组具备的业务范围代码",
    "codes_needed": "所需业务范围代码",
    "decided_by": "决定（处理）人编号",
    "decided_on": "决定日期",
    "dissimilar_audited": "已审核不相似场所数",
    "dissimilar_sites": "不相似场所数",
    "earliest_on": "最早日期",
    "expires_on": "有效期至",
    "factor": "抽样系数",
    "fault": "顺序问题",
    "first_started_on": "首次审核开始日期",
    "forecast_max_days": "预计连续一年最多人日",
    "has_stage1": "有第一阶段审核",
    "headquarters_audited": "已审核总部数",
    "headquarters_sites": "总部数",
    "interest_since": "利益关系开始日期",
    "is_reason_missing": "缺少未审理由",
    "issue_year": "颁证年份",
    "itsms_auditors": "ITSMS 审核员人数",
    "keep_until": "应保存至",
    "kind": "类型",
    "last_ended_on": "最后一张证书终止日期",
    "last_held_on": "最近一次内部审核日期",
    "last_no": "最大顺序号",
    "last_surveillance_on": "最近一次监督审核日期",
    "latest_on": "最晚日期",
    "leaders": "组长人数",
    "load_days": "当日现场人日",
    "measured": "实际数值",
    "missing": "缺少的记录",
    "missing_count": "缺号个数",
    "missing_items": "缺少的内容",
    "missing_numbers": "缺少的顺序号",
    "n": "第几次监督",
    "observed_on": "实际日期",
    "onsite_days": "现场人日",
    "open_nc_ids": "未关闭的不符合项",
    "parent_number": "主证书证书号",
    "parts": "不一致的部分",
    "previous_audit_id": "上一次审核编号",
    "previous_expires_on": "前一证书有效期至",
    "professional_auditors": "专业审核员人数",
    "required": "要求的数值",
    "rolling_max_days": "连续一年最多现场人日",
    "rolling_max_end_on": "该连续一年截止日期",
    "scope_codes": "业务范围代码",
    "service_ended_on": "技术服务结束日期",
    "service_started_on": "技术服务开始日期",
    "similar_audited": "已审核相似场所数",
    "similar_sites": "相似场所数",
    "stage1_actual_end": "第一阶段结束日期",
    "stage1_audit_id": "第一阶段审核编号",
    "stage1_total_days": "第一阶段审核时间",
    "stage2_actual_start": "第二阶段开始日期",
    "stage2_audit_id": "第二阶段审核编号",
    "stage2_ended_on": "第二阶段结束日期",
    "stage2_total_days": "第二阶段审核时间",
    "start_on": "审核开始日期",
    "summed_days": "计入的现场人日合计",
    "surveillance_due_on": "监督审核到期日",
    "systems": "体系",
    "trainees": "实习审核员人数",
    "trainees_without_mentor": "无指导人的实习审核员人数",
    "valid_all": "有效证书数（全部体系）",
    "valid_itsms": "ITSMS 有效证书数",
    "verification_due_on": "应验证日期",
    "worked_on": "参与认证活动日期",
    "working_days": "间隔工作日数",
}

# The day that decides which rules are in force for a subject. A column of the source has its own label.
ANCHOR = {
    "actual_end": "审核实际结束日期",
    "actual_start": "审核实际开始日期",
    "actual_start / decided_on": "审核开始日期或决定日期",
    "actual_start, else planned_start": "审核实际开始日期（未开始的按计划）",
    "as_of": "截止日",
    "blacklisted_from": "列入严重违法失信名单日期",
    "contract_signed_on": "合同签订日期",
    "date": "现场审核当日",
    "decided_on": "决定日期",
    "disposed_on": "销毁日期",
    "due": "到期日",
    "due of R5.4.1.4": "监督审核到期日",
    "effective_on": "状态变化生效日期",
    "first audit's actual_start": "首次审核开始日期",
    "granted_on": "评定日期",
    "issued_on": "颁证日期",
    "latest issued_on of its certificates": "该编号证书最近的颁证日期",
    "legal_status_revoked_on": "主体资格吊销日期",
    "licence_valid_until": "行政许可有效期至",
    "month": "所报月份",
    "raised_on": "不符合项提出日期",
    "received_on": "接收日期",
    "reviewed_on": "评审日期",
    "stage2 actual_start": "第二阶段开始日期",
    "stage2 actual_start; as_of while there is none": "第二阶段开始日期（未开始的按截止日）",
    "stored_on": "归档日期",
    "submitted_on": "申请日期",
    "suspended_until": "暂停截止日期",
}
