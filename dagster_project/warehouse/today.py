"""The one clock: which day a run speaks for when nobody says so. Models never see it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The calendar day in Shanghai."""
    return datetime.now(SHANGHAI).date()
