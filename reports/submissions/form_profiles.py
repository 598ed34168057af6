"""Where form profiles are kept, which of several is in force, and by what a profile is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol, TypeVar

from reports.submissions.strict_files import FormError


class Profile(Protocol):
    """Any form: `in_force_from` is the first day on which it is to be used."""

    @property
    def in_force_from(self) -> date: ...


F = TypeVar("F", bound=Profile)


def profile_folder(profile: str) -> Traversable:
    """The folder of a profile. Raises FormError where there is none."""
    root = files("reports.submissions").joinpath("forms")
    known = sorted(entry.name for entry in root.iterdir() if entry.is_dir())
    if profile not in known:
        raise FormError(f"No form profile {profile!r}: there is {', '.join(known)}.")
    return root.joinpath(profile)


def form_in_force(
    load: Callable[[str], F], profiles: tuple[str, ...], day: date, wanted: str | None = None
) -> F:
    """The first of the profiles in force on the day, else the last; `wanted` instead, whenever it was in force."""
    if wanted is not None:
        return load(wanted)
    forms = [load(profile) for profile in profiles]
    return next((form for form in forms if form.in_force_from <= day), forms[-1])


def fingerprint(folder: Traversable, *shared: Traversable) -> str:
    """SHA-256 of all files of a profile, and of those that it shares with another."""
    digest = hashlib.sha256()
    own = sorted((entry for entry in folder.iterdir() if entry.is_file()), key=lambda entry: entry.name)
    for file in (*own, *shared):
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def refuse_other_files(folder: Traversable, names: Collection[str]) -> None:
    """A file whose name is misspelt would be passed over. Raises FormError."""
    found = {entry.name for entry in folder.iterdir() if entry.is_file()}
    if unknown := found - {*names, "README.md"}:
        raise FormError(f"{', '.join(sorted(unknown))}: no file of a form; there is {', '.join(names)}")
