"""What a run is told beside its day, which is its partition: where from, under which profiles. One resource for all."""

import os
from pathlib import Path

import dagster as dg

from dagster_project.warehouse.home import Home
from ingestion.errors import SourceRefused
from ingestion.location import holds_password

HOME_VARIABLE = "CERTHOUSE_HOME"
SOURCE_VARIABLE = "CERTHOUSE_SOURCE"


def home_from_environment() -> Home:
    """The home that this process works in: $CERTHOUSE_HOME, else `home` in the working directory."""
    return Home.at(os.environ.get(HOME_VARIABLE) or "home")


class RunSettings(dg.ConfigurableResource):
    """Settings of one run. Empty text means the default."""

    source: str = ""
    """Folder, workbook, or database: a URL without password, env:NAME, file:PATH or service=NAME.
    Default: $CERTHOUSE_SOURCE, else the home's drop folder."""
    profiles: str = "cnca"
    """Rule profiles, joined by commas."""
    mapping: str = ""
    """Mapping file of the body's own headings and values."""
    overrides: str = ""
    """Working-day overrides for years that the shipped calendar does not know."""
    accept: str = ""
    """Why a load of which too much is missing is to go on. Default: it is refused."""
    home_directory: str = ""
    """Default: $CERTHOUSE_HOME, else `home`."""

    @property
    def home(self) -> Home:
        return Home.at(self.home_directory) if self.home_directory else home_from_environment()

    @property
    def source_given(self) -> str:
        """Raises SourceRefused for a password in the run's configuration: Dagster keeps that in clear."""
        if holds_password(self.source):
            raise SourceRefused(
                "The run's configuration holds a password, and Dagster has stored it: delete this run, change the "
                "password, and give env:NAME, file:PATH or service=NAME as source.",
                "运行配置中含有密码，并已被Dagster保存：请删除本次运行并更换密码，"
                "数据源改用 env:变量名、file:文件 或 service=服务名。",
            )
        return self.source or os.environ.get(SOURCE_VARIABLE) or str(self.home.drop)

    @property
    def profiles_given(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.strip() for part in self.profiles.split(",") if part.strip()))

    @property
    def mapping_path(self) -> Path | None:
        return Path(self.mapping) if self.mapping else None

    @property
    def overrides_path(self) -> Path | None:
        return Path(self.overrides) if self.overrides else None
