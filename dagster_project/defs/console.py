"""What a person at a terminal sees of a run: our own messages, without Dagster's events around them."""

from __future__ import annotations

import logging
import sys

import dagster as dg

from dagster_project.clock import line

_DAGSTER_METADATA = "dagster_meta"
"""Attribute under which Dagster hangs what it knows on a log record."""


class _OwnMessages(logging.Filter):
    """Leaves out records that carry a Dagster event."""

    def filter(self, record: logging.LogRecord) -> bool:
        metadata = getattr(record, _DAGSTER_METADATA, {})
        return metadata.get("dagster_event") is None


class _Line(logging.Formatter):
    """Seconds since the start, and the message alone."""

    def format(self, record: logging.LogRecord) -> str:
        metadata = getattr(record, _DAGSTER_METADATA, {})
        message = metadata.get("orig_message") or record.getMessage()
        return line(str(message))


@dg.logger
def progress_lines(_context: dg.InitLoggerContext) -> logging.Logger:
    """Progress lines on standard error."""
    logger = logging.Logger("certhouse", level=logging.INFO)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    handler.addFilter(_OwnMessages())
    logger.addHandler(handler)
    return logger
