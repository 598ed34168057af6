"""When two names are the same person: 'Li', 'li ' and full-width 'Ｌｉ' are."""

from __future__ import annotations

import unicodedata

from dagster_project.filing.errors import StepRefused

_LONGEST_NAME = 60


def person_key(name: str) -> str:
    """The name without case, width and blanks; format characters that nobody sees count as blanks."""
    wide = unicodedata.normalize("NFKC", name).casefold()
    return "".join(
        character
        for character in unicodedata.normalize("NFKC", wide)
        if not character.isspace() and unicodedata.category(character) not in ("Cf", "Cc")
    )


def shown_name(name: str) -> str:
    """The name as it is kept. Raises StepRefused where it names nobody."""
    kept = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not person_key(kept) or len(kept) > _LONGEST_NAME:
        raise StepRefused(
            f"A step needs a person: a name of 1 to {_LONGEST_NAME} characters.",
            f"须写明办理人姓名（1至{_LONGEST_NAME}个字符）。",
            "Give it with --by NAME.",
        )
    return kept
