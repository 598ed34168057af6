"""body_document, person_training and audit_coverage: what the contract's second version asks for."""

from __future__ import annotations

import numpy as np

from ingestion.demo import columns as col
from ingestion.demo.audits import Kind
from ingestion.demo.days import NONE, add_months
from ingestion.demo.people import Job
from ingestion.demo.streams import between, chance
from ingestion.demo.world import World

Table = dict[str, col.Column]

# Clauses that ask the body for a document, with what it is called.
DOCUMENTS = {
    "3.3": "认可准则符合性声明", "3.4": "风险评估与责任保险", "3.5": "公正性管理制度", "3.8": "认证人员管理制度",
    "4.4": "人员行为规范", "4.5": "继续教育制度", "5.1.1": "公开信息清单", "5.1.3": "申请受理程序",
    "5.4.1.1": "审核方案管理程序", "5.4.1.2": "审核方案策划指南", "5.4.2.2": "审核时间确定程序", "5.4.2.4": "结合审核程序",
    "5.4.3.1": "多场所抽样程序", "5.5.2": "审核实施程序", "5.9.2": "范围变更程序", "5.10.1": "不符合处理程序",
    "5.11.4": "审核报告编制规定", "5.12.6": "监督保持决定程序", "6.1.1": "认证证书管理制度", "6.1.4": "认证标志管理制度",
    "6.2.5": "证书样式备案", "6.3": "证书使用监督制度", "7.1": "暂停撤销注销管理制度", "8.1": "申诉投诉处理程序",
    "9.1": "信息上报管理制度", "10.1": "认证记录管理制度", "11.3": "内部审核程序", "11.5": "保密制度",
}  # fmt: skip
_TOPICS = ("ISO/IEC 20000-1 标准培训", "审核技巧", "认证规则学习", "信息技术服务专业知识")
_CLAUSES = ("4", "5", "6", "7", "8.2", "8.3", "8.5", "8.6", "8.7", "9", "10")


def body_document(world: World) -> Table:
    """Every document of every body; here and there one that will soon expire or did."""
    rng = world.streams.of("body_document")
    bodies, kinds = world.bodies.count, len(DOCUMENTS)
    body, document = np.repeat(np.arange(bodies), kinds), np.tile(np.arange(kinds), bodies)
    valid_from = np.full(len(body), world.start) + between(rng, 0, 300, len(body))
    ends = chance(rng, 0.2, len(body))
    until = np.where(ends, world.as_of + between(rng, -20, 700, len(body)), NONE)
    return {
        "document_id": col.ids("DOC", np.arange(len(body)), 5),
        "body_id": col.ids("B", body, 2),
        "clause": col.words(document, list(DOCUMENTS)),
        "title": col.words(document, list(DOCUMENTS.values())),
        "valid_from": col.dates(valid_from),
        "valid_until": col.dates(until),
        "location": col.joined("体系文件柜 ", col.texts(document + 1, 2)),
    }


def person_training(world: World) -> Table:
    """One training a year for every auditor."""
    rng = world.streams.of("person_training")
    auditors = np.flatnonzero(world.people.job == Job.AUDITOR)
    years = int((world.as_of - world.start) // 365)
    person = np.repeat(auditors, years)
    held = add_months(np.full(len(person), world.start), 12 * np.tile(np.arange(years), len(auditors)))
    held = held + between(rng, 0, 300, len(person))
    shown = held <= world.as_of
    person, held = person[shown], held[shown]
    count = len(person)
    return {
        "training_id": col.ids("TR", np.arange(count), 6),
        "person_id": col.ids("P", person, 5),
        "held_on": col.dates(held),
        "kind": col.words(between(rng, 0, 1, count), ["continuing_education", "competence"]),
        "topic": col.words(between(rng, 0, len(_TOPICS) - 1, count), _TOPICS),
        "hours": col.decimals(between(rng, 4, 24, count) / 2),
    }


def audit_coverage(world: World) -> Table:
    """The clauses of the standard that a surveillance looked at."""
    rng = world.streams.of("audit_coverage")
    history = world.history
    held = np.flatnonzero(history.over & ~history.broken_off & (history.audits.kind == Kind.SURVEILLANCE))
    audit, clause = np.repeat(held, len(_CLAUSES)), np.tile(np.arange(len(_CLAUSES)), len(held))
    seen = chance(rng, 0.6, len(audit)) | (clause == 0)
    audit, clause = audit[seen], clause[seen]
    return {
        "audit_id": col.ids("A", audit, 7),
        "kind": col.constant("clause", len(audit)),
        "item": col.words(clause, _CLAUSES),
    }
