"""Landing: a source becomes an immutable batch of typed Parquet files, with what was refused and why."""

from ingestion.landing.batch import Batch
from ingestion.landing.land import land

__all__ = ["Batch", "land"]
