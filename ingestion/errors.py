"""What ingestion raises on purpose. Every message names the file, table or column, and says what to do
next."""


class SourceRefused(Exception):
    """The source cannot be landed as it is: a person has to change something in it. Nothing was written."""


class MappingRefused(SourceRefused):
    """The mapping file is not usable: it is part of what the user hands in, so it is refused like a
    source."""


class LandingDamaged(Exception):
    """A landed batch is not what was written: it was changed, cut short or removed in part after landing."""
