"""The only folders that files leave from, and of these the ones that belong to the session that names a file.

Paths are written by programs: by those of one beamline too, whose word must not open another session's files.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..errors import NotFound


@dataclass(frozen=True, slots=True)
class Owner:
    """The session that what names a file belongs to."""

    code: str
    number: str
    visit: str
    beamline: str

    @classmethod
    def of(cls, row: Any) -> "Owner":
        """From a row with proposalCode, proposalNumber, visit_number and beamLineName."""
        visit = "" if row.visit_number is None else str(row.visit_number)
        return cls(row.proposalCode or "", row.proposalNumber or "", visit, row.beamLineName or "")

    def names(self) -> dict[str, str]:
        """What the templates of `files.session_folders` may hold."""
        return {
            "proposal": self.code + self.number,
            "code": self.code,
            "number": self.number,
            "visit": self.visit,
            "beamline": self.beamline,
        }


@dataclass(frozen=True, slots=True)
class Stored:
    """A path as the database has it, and whose it is; None where nothing was recorded."""

    path: str | None
    owner: Owner


class FileRoots:
    """Confined folders. A path counts only after every link in it is resolved."""

    def __init__(self, roots: Sequence[Path], session_folders: Sequence[str]) -> None:
        self._roots = tuple(root.resolve() for root in roots)
        self._session_folders = tuple(session_folders)

    def find(self, stored: Stored) -> Path:
        """The file of a stored path.

        Raises NotFound with the reason, which never says more than whether there is a file for the reader.
        """
        if not stored.path or not stored.path.strip():
            raise NotFound("No such file was recorded.")
        if "\0" in stored.path:
            raise NotFound("The recorded path is not one.")
        path = Path(stored.path)
        try:
            found = path.resolve()
            inside = path.is_absolute() and any(found.is_relative_to(root) for root in self._roots)
            if not inside:
                raise NotFound("The recorded file lies outside the folders this service may serve.")
            # Before it is looked for: whether there is a file elsewhere is nobody's to know.
            if not self._is_of(stored.owner, found):
                raise NotFound("The recorded file lies outside the folders of its session.")
            if found.is_file():
                return found
        except (OSError, RuntimeError, ValueError) as error:
            raise NotFound("The recorded file cannot be reached.") from error
        raise NotFound("The recorded file is not there any more.")

    def _is_of(self, owner: Owner, found: Path) -> bool:
        folder = f"{found.parent.as_posix()}/"
        return any(
            pattern.match(folder)
            for template in self._session_folders
            if (pattern := _pattern(template, owner)) is not None
        )


@lru_cache(maxsize=4096)
def _pattern(template: str, owner: Owner) -> re.Pattern[str] | None:
    """What the folders of a session begin with; None where the session lacks something that the template names."""
    names = owner.names()
    if any(not names.get(wanted) for wanted in re.findall(r"\{(\w+)\}", template)):
        return None
    folders = [part for part in template.split("/") if part]
    parts = ["(?:[^/]+/)*" if part == "**" else _part(part, names) + "/" for part in folders]
    return re.compile("/" + "".join(parts), re.IGNORECASE)


def _part(part: str, names: dict[str, str]) -> str:
    """One folder's name: `*` is anything within it."""
    pieces = re.split(r"(\*|\{\w+\})", part)
    return "".join(
        "[^/]*" if piece == "*" else re.escape(names[piece[1:-1]] if piece.startswith("{") else piece)
        for piece in pieces
    )
