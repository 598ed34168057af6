"""How a database is named. A failure means that a password stands where everybody can read it, or that a body cannot
keep it where it wants to."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.errors import SourceRefused
from ingestion.location import holds_password, is_database, resolve, without_credentials

URL = "postgresql+psycopg://reader:p@ss:word@db.example.org:5432/cb"


@pytest.mark.parametrize("source", [URL, "env:CB_URL", "file:~/cb.url", "service=cb", "sqlite:///cb.sqlite"])
def test_a_database_is_told_from_a_folder(source: str) -> None:
    assert is_database(source)
    assert not is_database("exports/2026")
    assert not is_database("C:/exports")


def test_a_location_holds_nothing_secret() -> None:
    assert without_credentials(URL) == "postgresql+psycopg://db.example.org:5432/cb"
    assert without_credentials("mssql://h/db?user=a&password=b") == "mssql://h/db"
    assert without_credentials("sqlite:////data/a.sqlite") == "sqlite:////data/a.sqlite"
    assert holds_password(URL)
    assert holds_password("mssql://h/db?user=a&password=b")
    assert not holds_password("postgresql://reader@h/db")
    assert not holds_password("env:CB_URL")


def test_the_url_may_stand_in_the_environment_a_file_or_a_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CB_URL", f" {URL}\n")
    assert resolve("env:CB_URL") == URL
    file = tmp_path / "cb.url"
    file.write_text(f"{URL}\nnotes\n")
    file.chmod(0o600)
    assert resolve(f"file:{file}") == URL
    assert resolve("service=cb") == "postgresql+psycopg:///?service=cb"
    assert resolve(URL) == URL


def test_a_place_without_a_url_is_named_and_so_is_a_file_that_others_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CB_URL", raising=False)
    with pytest.raises(SourceRefused, match="CB_URL is not set"):
        resolve("env:CB_URL")
    with pytest.raises(SourceRefused, match="cannot be read"):
        resolve(f"file:{tmp_path / 'none'}")
    open_file = tmp_path / "open"
    open_file.write_text(URL)
    open_file.chmod(0o644)
    with pytest.raises(SourceRefused, match="chmod 600") as refused:
        resolve(f"file:{open_file}")
    assert "ss:word" not in str(refused.value)
