"""What can go wrong between a landed batch and a published file, each with what to do next."""


class WarehouseError(Exception):
    """The run failed; the last published warehouse stays. `hint` says what to do next; `zh` says both to a clerk."""

    def __init__(self, message: str, hint: str, zh: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.zh = zh

    @property
    def said(self) -> str:
        """What a person is shown."""
        return self.zh


class HomeBusy(WarehouseError):
    """Another run is writing to this home directory."""


class ModelsFailed(WarehouseError):
    """dbt could not build the models, or one of their tests failed."""


class ChecksBlocked(WarehouseError):
    """A structural expectation failed or could not be evaluated; the candidate is not published."""


class NothingPublished(WarehouseError):
    """There is no published warehouse to read."""


class NotAsPublished(WarehouseError):
    """The published file is not what was published, or of another version, or another program holds it."""
