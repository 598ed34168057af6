"""The Chinese words for codes, as readers of the pages see them. A code not listed is shown as it is.

Numbers of the law in them are named, `{parameter:name}`, and put in where a page is made (reports/parameters.py).

Codes of the source contract, and others that models word too, have their words from the list of terms; what stands here is the
pages' own.
"""

from __future__ import annotations

from ingestion.contract import contract
from reports.submissions.kinds import KINDS
from reports.terms import terms

CERTIFICATE_STATUS = terms("certificate_status")

URGENCY = {
    "overdue": "已逾期或超限",
    "week": "{parameter:worklist_soon_days} 天内",
    "month": "{parameter:worklist_ahead_days} 天内",
    "found": "新发现",
}

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

CERTIFICATE_EVENT = terms("certificate_event")

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

FINDING_STATE = terms("finding_state")

SUBJECT_TYPE = {
    "body_clause": "机构·条款",
    "body_year_recipient": "机构·年度·接收方",
    "certificate_or_event": "证书或其状态变化",
    "certificate_scope": "证书·业务范围",
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

DEADLINE_KIND = terms("report_kind")
SUBMISSION_KIND = {kind.name: kind.label_zh for kind in KINDS.values()}

DEADLINE_PROGRESS = {
    "overdue": "逾期未报",
    "late": "已报（迟报）",
    "open": "待报",
    "on_time": "按期已报",
    "undetermined": "无法判定",
}

SURVEILLANCE_HORIZON = {
    "overdue": "已逾期",
    "near": "{parameter:surveillance_near_days} 天内到期",
    "middle": "{parameter:surveillance_near_days:next}–{parameter:surveillance_middle_days} 天",
    "later": "{parameter:surveillance_middle_days:next}–{parameter:surveillance_later_days} 天",
    "far": "{parameter:surveillance_later_days:next}–{parameter:surveillance_far_days} 天",
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

EMPLOYMENT = terms("employment")

AUDIT_TYPE = terms("audit_type")

AUDIT_STATUS = terms("audit_status")

AUDIT_ROLE = terms("audit_role")

AUDITOR_GRADE = terms("auditor_grade")

SCOPE_CAPACITY = terms("scope_capacity")

SCOPE_BASIS = terms("scope_basis")

CROSSING_LEVEL = {"warning": "预警线", "limit": "上限"}

PROFILE = terms("profile")

CLAUSE_DECISION = {
    "data": "由数据判定",
    "in part": "部分由数据判定",
    "evidence": "仅留证据",
    "manual": "人工判断",
    "informative": "说明性条款",
}

RULE_SEVERITY = {"breach": "不符合", "warning": "预警"}

CHECK_SEVERITY = {"blocking": "阻止发布", "warning": "提示"}

CHECK_STATUS = {"pass": "通过", "fail": "未通过", "error": "执行出错"}

SUITE = {"raw": "来源数据", "marts": "数据集市", "submissions": "上报数据"}

TABLE = {name: table.label_zh for name, table in contract().tables.items()}

PARAMETER_TABLE = {"audit_time_band": "附录 B 审核时间表"}
"""Tables of numbers that a rule reads as it reads a parameter."""

# What a finding rests on, where the key is not a column of the source, or is one of several with other names.
EVIDENCE = {
    "accepted": "已受理",
    "act_event_id": "处置的状态事件",
    "anchor_on": "判定依据日",
    "application_kind": "申请类型",
    "approved_on": "批准日期",
    "audit_body_id": "审核所属机构",
    "audit_org_id": "审核的组织",
    "begun_on": "开始日期",
    "calculated": "计算所得的数值",
    "certificates_running": "在册证书数",
    "certificates_unknown": "状态不明的证书数",
    "clause_no": "条款",
    "counted_headcount": "计入的人数",
    "counted_sites": "计入的场所数",
    "cycle_audits": "本周期的审核数",
    "decision_kind": "决定类型",
    "documents": "在册文件数",
    "documents_in_force": "有效文件数",
    "done_late_on": "补做日期",
    "due_on": "期限",
    "duty_audit_id": "应据以处置的审核",
    "duty_on": "应处置之日",
    "end_on": "结束日期",
    "evidence_due_on": "证据期限",
    "evidence_on": "证据日期",
    "expires_after": "之后的有效期至",
    "expires_before": "之前的有效期至",
    "first_begun_on": "首次开始日期",
    "first_below_on": "首次低于下限之日",
    "g": "事由发生日",
    "ground_on": "事由发生日",
    "ground_until": "事由终止日",
    "has_change": "有变更",
    "has_major": "有严重不符合",
    "has_recertification": "有再认证审核",
    "has_stage2": "有第二阶段审核",
    "has_unverified": "有未验证的不符合",
    "held_end_on": "审核结束日期",
    "internal_audit_on": "客户内部审核日期",
    "is_blacklisted": "列入严重违法失信名单",
    "is_closed": "被责令停业",
    "is_over": "已结束",
    "is_overdue": "已逾期",
    "is_registered": "已注册",
    "is_terminated": "审核已终止",
    "is_without_licence": "没有有效许可",
    "is_without_status": "没有主体资格",
    "known_established_on": "查明日期",
    "last_known_until": "已知最晚有效期",
    "line_certificate_id": "同一证书的编号",
    "line_start_on": "本证书起始日期",
    "main_certificate_id": "主证书标识（内部）",
    "main_expires_on": "主证书有效期至",
    "main_line_start_on": "主证书起始日期",
    "main_since": "主证书状态起始",
    "main_state": "主证书状态",
    "management_review_on": "客户管理评审日期",
    "missed_on": "应做而未做之日",
    "missing_systems": "缺少的体系",
    "next_started_on": "下一次审核开始日期",
    "number_after": "之后的证书编号",
    "number_before": "之前的证书编号",
    "on_site_from": "现场开始日期",
    "on_site_to": "现场结束日期",
    "open_systems": "未覆盖的体系",
    "other_day_reported_on": "另一日的上报日期",
    "over_on": "结束之日",
    "own_ended_on": "自身终止日期",
    "person_body_id": "人员所属机构",
    "planned_audit_id": "计划的审核",
    "possible_auditors": "可能的审核员人数",
    "possible_full_time": "可能的专职人数",
    "previous_cycle_no": "上一周期序号",
    "published_on": "公布日期",
    "reason": "理由",
    "registered": "已注册",
    "reissued_after_revocation": "撤销后又换发",
    "separate_days": "单独审核所需人日",
    "served_from": "在职自",
    "served_until": "在职至",
    "shown_ended_on": "显示的终止日期",
    "strange_pairs": "不符的组合",
    "suspended_on": "暂停日期",
    "term_on": "期满之日",
    "told_ended_on": "告知的终止日期",
    "told_on": "告知日期",
    "without_mentor": "无指导人的人数",
    "submitted_on": "提交日期",
    "org_id": "组织编号",
    "certificate_id": "证书标识（内部）",
    "all_auditors": "审核员人数（全部体系）",
    "all_sites": "场所数",
    "audit_ended_on": "审核结束日期",
    "audit_ids": "审核编号",
    "audit_taken_part_in": "参与过的审核",
    "audited_days": "各场所现场人日合计",
    "audited_without_days": "已审核而未记录人日的场所数",
    "auditor_days": "审核员现场人日合计",
    "auditors": "审核员人数",
    "calendar_year_days": "本自然年现场人日",
    "certificate_ids": "证书标识（内部）",
    "certificates": "证书数",
    "codes_held": "审核组具备的业务范围代码",
    "codes_needed": "所需业务范围代码",
    "decided_by": "决定（处理）人编号",
    "decided_on": "决定日期",
    "dissimilar_audited": "已审核不相似场所数",
    "dissimilar_sites": "不相似场所数",
    "earliest_on": "最早日期",
    "expires_on": "有效期至",
    "factor": "抽样系数",
    "first_started_on": "首次审核开始日期",
    "forecast_max_days": "预计周期年最多人日",
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
    "parent_number": "主证书编号",
    "parts": "不一致的部分",
    "previous_audit_id": "上一次审核编号",
    "previous_expires_on": "前一证书有效期至",
    "professional_auditors": "专业审核员人数",
    "required": "要求的数值",
    "rolling_max_days": "周期年最多现场人日",
    "rolling_max_end_on": "该周期年截止日期",
    "scope_codes": "业务范围代码",
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
    "systems": "体系",
    "trainees": "实习审核员人数",
    "valid_all": "有效证书数（全部体系）",
    "valid_itsms": "ITSMS 有效证书数",
    "working_days": "间隔工作日数",
}

# The day that decides which rules are in force for a subject. A column of the source has its own label.
ANCHOR = {
    "actual_start (stage2)": "第二阶段开始日期",
    "contract or first audit": "合同签订或首次审核日期",
    "due_on": "期限",
    "evidence_due_on": "证据期限",
    "expires_on": "有效期至",
    "g": "事由发生日",
    "issued_on / effective_on": "颁证日期或状态变化生效日期",
    "main_since": "主证书状态起始日期",
    "planned stage2 planned_start": "计划的第二阶段开始日期",
    "planned_start": "计划开始日期",
    "term": "期满之日",
    "the duty audit's actual_end": "据以处置的审核结束日期",
    "transition_until": "换版截止日期",
    "actual_end": "审核实际结束日期",
    "actual_start": "审核实际开始日期",
    "actual_start / decided_on": "审核开始日期或决定日期",
    "actual_start, else planned_start": "审核实际开始日期（未开始的按计划）",
    "as_of": "截止日",
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
    "month": "所报月份",
    "raised_on": "不符合项提出日期",
    "received_on": "接收日期",
    "reviewed_on": "评审日期",
    "stage2 actual_start": "第二阶段开始日期",
    "stage2 actual_start; as_of while there is none": "第二阶段开始日期（未开始的按截止日）",
    "stored_on": "归档日期",
    "submitted_on": "申请日期",
}
