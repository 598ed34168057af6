"""Who may read a home. A failure means that names, identity numbers and telephones are open to everybody on the machine."""

from __future__ import annotations

import grp
import os
from pathlib import Path

import pytest

from dagster_project.warehouse.errors import WarehouseError
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.privacy import GROUP_VARIABLE, keep_private, readable_as_usual


@pytest.fixture(autouse=True)
def umask_restored(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.delenv(GROUP_VARIABLE, raising=False)
    before = os.umask(0o022)
    yield
    os.umask(before)


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_a_home_is_its_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o755)
    assert _mode(Home.at(tmp_path / "home").root) == 0o700
    keep_private()
    (tmp_path / "file").write_text("x")
    assert _mode(tmp_path / "file") == 0o600
    with readable_as_usual(True):
        (tmp_path / "handed-on").write_text("x")
    assert _mode(tmp_path / "handed-on") & 0o044
    (tmp_path / "after").write_text("x")
    assert _mode(tmp_path / "after") == 0o600


def test_a_group_may_read_where_the_environment_names_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = grp.getgrgid(os.getgid())
    monkeypatch.setenv(GROUP_VARIABLE, group.gr_name)
    keep_private()
    home = Home.at(tmp_path / "home")
    assert _mode(home.root) == 0o2750
    assert home.root.stat().st_gid == group.gr_gid
    (home.landing / "file").write_text("x")
    assert _mode(home.landing / "file") == 0o640


def test_an_unknown_group_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GROUP_VARIABLE, "no-such-group")
    with pytest.raises(WarehouseError, match="no-such-group"):
        Home.at(tmp_path / "home")
