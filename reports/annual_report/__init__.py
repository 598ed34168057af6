"""年度报告: the year of one body for its management, as HTML, PDF and Word from one content model."""

from reports.annual_report.period import YearRefused
from reports.annual_report.writing import AnnualReport, annual_report_folder, write_annual_report

__all__ = ["AnnualReport", "YearRefused", "annual_report_folder", "write_annual_report"]
