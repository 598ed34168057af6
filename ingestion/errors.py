"""What ingestion raises on purpose. Every message names the file, table or column, and says what to do
next. `zh` is what a clerk reads."""


class _Said(Exception):
    """An error with its message in English and in Chinese."""

    def __init__(self, message: str, zh: str) -> None:
        super().__init__(message)
        self.zh = zh


class SourceRefused(_Said):
    """The source cannot be landed as it is: a person has to change something in it. Nothing was written."""


class MappingRefused(SourceRefused):
    """The mapping file is not usable: it is part of what the user hands in, so it is refused like a
    source."""


class LandingDamaged(_Said):
    """A landed batch is not what was written: it was changed, cut short or removed in part after landing."""


def together(refusals: list[SourceRefused]) -> SourceRefused:
    """Several refusals as one, so that a person sees all of them at once."""
    if len(refusals) == 1:
        return refusals[0]
    return SourceRefused("\n".join(str(one) for one in refusals), "\n".join(one.zh for one in refusals))
