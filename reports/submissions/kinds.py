"""What can be submitted: the one registry of kinds, from which commands, assets, calendars and labels take theirs.

How a kind is prepared stands in the module of its name. A further kind is an entry here, that module, a form, and
its obligations in dbt (int_report__obligation).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Length = Literal["day", "month", "year"]

_MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"
_PATTERNS: Mapping[Length, str] = MappingProxyType(
    {"day": _MONTH + "-(0[1-9]|[12][0-9]|3[01])", "month": _MONTH, "year": "[0-9]{4}"}
)
_SHOWN: Mapping[Length, str] = MappingProxyType({"day": "YYYY-MM-DD", "month": "YYYY-MM", "year": "YYYY"})


@dataclass(frozen=True)
class Report:
    """A kind of the contract's cnca_report by which a file counts as reported.

    about  what each of them is about; those about the body are told apart by period and recipient
    """

    kind: str
    about: Literal["audit", "certificate", "event", "body"]


@dataclass(frozen=True)
class Kind:
    """A kind of submission.

    name          folder and command name, and the module that prepares it
    title_zh      what its manifest calls it        label_zh  what lists call it
    description   what the file holds, for Dagster's map
    every         the length of its periods; a day's file holds what is not reported yet, which may be nothing
    forms         form profiles it can be written in, the default first
    written_as    programs that open its files
    reports       by which it counts as reported
    remind_days   days before the due day on which it is late for nothing to be prepared
    rule_profile  whose rules ask for it
    models        how the names of the models begin that its files are made of
    is_for_each_recipient  one file per recipient: its periods end in '-<recipient>'
    """

    name: str
    title_zh: str
    label_zh: str
    description: str
    every: Length
    forms: tuple[str, ...]
    written_as: tuple[str, ...]
    reports: tuple[Report, ...]
    remind_days: int
    models: str = "sub_statistics__"
    rule_profile: str = "cnca"
    is_for_each_recipient: bool = False

    @property
    def period_pattern(self) -> str:
        """Regular expression of a period; without a recipient it means the files of all."""
        return _PATTERNS[self.every] + "(-[A-Z]+)?" * self.is_for_each_recipient

    @property
    def period_shown(self) -> str:
        """How a period is to be written."""
        return _SHOWN[self.every] + "[-RECIPIENT]" * self.is_for_each_recipient

    def filing_period(self, period: str, recipient: str) -> str:
        """The period as the folder of one file is called."""
        return f"{period}-{recipient}" if self.is_for_each_recipient else period


_KINDS = (
    Kind(
        name="audit_plan",
        title_zh="审核计划上报",
        label_zh="审核计划",
        description="审核计划信息表 of every body: the on-site audits whose plans are to be reported to CNCA three days ahead.",
        every="day",
        forms=("cnca-2021", "cnca-2016"),
        written_as=("excel",),
        reports=(Report("audit_plan", "audit"),),
        remind_days=2,
        models="sub_audit_plan__",
    ),
    Kind(
        name="monthly",
        title_zh="认证证书与审核结果月度上报",
        label_zh="认证结果月报",
        description=(
            "The month's CNCA workbook of every body: 证书信息表 and 审核结果信息表, validated before they are written;"
            " what fails validation is listed in an error workbook beside it."
        ),
        every="month",
        forms=("cnca-2016",),
        written_as=("excel",),
        reports=(
            Report("certification_result", "certificate"),
            Report("monthly_report", "body"),
        ),
        remind_days=5,
        models="sub_monthly__",
    ),
    Kind(
        name="status_change",
        title_zh="证书状态变化上报",
        label_zh="证书状态变化",
        description="Suspensions, restorations, revocations and cancellations of every body that CNCA has not accepted yet.",
        every="day",
        forms=("cnca-2016",),
        written_as=("excel",),
        reports=(Report("status_change", "event"),),
        remind_days=1,
        models="sub_status_change__",
    ),
    Kind(
        name="annual",
        title_zh="年度报告（登记表、业务统计表、人员统计表和年度工作报告）",
        label_zh="年度工作报告",
        description="登记表, 业务统计表 and 人员统计表 of every body in one workbook, and its 年度工作报告.",
        every="year",
        forms=("annual-2026",),
        written_as=("excel", "word"),
        reports=(Report("annual_work_report", "body"),),
        remind_days=30,
    ),
    Kind(
        name="social_responsibility",
        title_zh="社会责任报告",
        label_zh="社会责任报告",
        description="社会责任报告 of every body with the figures that the warehouse has.",
        every="year",
        forms=("social-responsibility-2026",),
        written_as=("word",),
        reports=(Report("social_responsibility_report", "body"),),
        remind_days=30,
    ),
    Kind(
        name="monthly_statistics",
        title_zh="认证业务月报",
        label_zh="月度统计",
        description="The month's statistics (月报) of every body to CNCA, CNAS and CCAA. Profile zqhx.",
        every="month",
        forms=("monthly-statistics-zqhx",),
        written_as=("excel",),
        reports=(Report("monthly_report", "body"),),
        remind_days=5,
        rule_profile="zqhx",
        is_for_each_recipient=True,
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _KINDS})
# What is reported one by one stands before what is reported by period.
REPORTS: Mapping[str, Report] = MappingProxyType(
    {
        report.kind: report
        for report in sorted(
            (report for kind in _KINDS for report in kind.reports), key=lambda report: report.about == "body"
        )
    }
)


def is_daily(kind: str) -> bool:
    """Whether its file of a day holds what is not reported yet on that day."""
    return kind in KINDS and KINDS[kind].every == "day"


def kinds_of(length: Length) -> tuple[Kind, ...]:
    """The kinds that are filed for every period of that length."""
    return tuple(kind for kind in _KINDS if kind.every == length)
