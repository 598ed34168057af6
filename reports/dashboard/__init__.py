"""The monitoring department's pages: a folder of static, offline HTML made from the published warehouse."""

from reports.dashboard.build import build_dashboard

__all__ = ["build_dashboard"]
