"""Which reader serves which type of the contract."""

from ingestion.cells import booleans, closed, dates, forms, lists, numbers, texts, times
from ingestion.cells.reading import Dialect, Reading
from ingestion.contract import Column


def reading(column: Column, dialect: Dialect | None = None) -> Reading:
    """The reading of a contract column."""
    dialect = dialect or Dialect()
    if column.values:
        return closed.reading(column, dialect)
    match column.type:
        case "text" if column.format == "time":
            return times.reading(column, dialect)
        case "text" if column.format == "period":
            return forms.period_reading(column, dialect)
        case "text":
            return texts.reading(column, dialect)
        case "date":
            return dates.reading(column, dialect)
        case "int":
            return numbers.int_reading(column, dialect)
        case "dec":
            return numbers.dec_reading(column, dialect)
        case "bool":
            return booleans.reading(column, dialect)
        case "list":
            return lists.reading(column, dialect)
