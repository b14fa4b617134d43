"""Names that every file system takes, whatever somebody called a sample or a program wrote as a file's name."""

import re
import unicodedata

LONGEST = 100
"""Letters of a name."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""What Windows takes for a device."""


def clean(text: str | None, otherwise: str) -> str:
    """One part of a path: letters of any script, digits and `._+-` of a text; `otherwise` where none are left.

    It never leads elsewhere, is never hidden, and keeps its extension when it is cut.
    """
    name = re.sub(r"[^\w.+-]+", "_", unicodedata.normalize("NFC", text or "")).lstrip("._-").rstrip("._")
    if len(name) > LONGEST:
        stem, dot, extension = name.rpartition(".")
        extension = dot + extension if stem and len(extension) <= 10 else ""
        name = name[: LONGEST - len(extension)] + extension
    if not name:
        return otherwise
    return f"_{name}" if _RESERVED.fullmatch(name) else name


class Unique:
    """Gives out names of which no two are the same, not even where case does not count."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name.casefold() for name in taken}

    def name(self, wanted: str, mark: str) -> str:
        """The wanted name, or one made different by `mark` and, where that is taken too, a number."""
        stem, dot, extension = wanted.rpartition(".")
        if not stem or len(extension) > 10:
            stem, dot, extension = wanted, "", ""
        name, number = wanted, 1
        while name.casefold() in self._taken:
            name = f"{stem}_{mark}{'' if number == 1 else f'_{number}'}{dot}{extension}"
            number += 1
        self._taken.add(name.casefold())
        return name
