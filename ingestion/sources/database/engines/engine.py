"""What the project must know of a kind of database to read it: one snapshot, read-only, within time limits,
and every value in a form that no driver stumbles over."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from sqlalchemy.engine import URL, Connection

from ingestion.sources.database.limits import Limits
from ingestion.sources.database.relations import Cell, Column, Relation, group

#: Quotes an identifier as this kind of database wants it, whatever it holds.
Quote = Callable[[str], str]


class Engine(ABC):
    """One kind of database."""

    #: SQLAlchemy's name of the driver that is used unless the URL names another.
    driver: ClassVar[str]

    #: What to install for it: a requirement.
    package: ClassVar[str]

    #: SQLAlchemy's options of the connection: isolation, or that we begin transactions ourselves.
    execution_options: ClassVar[dict[str, Any]] = {}

    #: Query of all that the account may read and that is not the system's own, as rows (schema, or NULL for the one
    #: that the account works in; relation; column; type of the column), in the order of the columns.
    catalogue: ClassVar[str]

    def url(self, url: URL) -> URL:
        """The URL to connect with: read-only where the URL can say so."""
        return url

    @abstractmethod
    def connect_arguments(self, limits: Limits) -> dict[str, Any]:
        """Keyword arguments of the driver's connect()."""

    @abstractmethod
    def begin(self, limits: Limits) -> Iterator[str]:
        """Statements that set the limits and begin the snapshot."""

    def relations(self, connection: Connection) -> list[Relation]:
        """What `catalogue` finds."""
        return group(tuple(row) for row in connection.exec_driver_sql(self.catalogue).fetchall())

    @abstractmethod
    def cell(self, column: Column, quote: Quote) -> Cell:
        """How to fetch a column."""

    def advice(self, message: str) -> str | None:
        """What to do about a fault of the driver, where there is more to say than to check the account."""
        return None
