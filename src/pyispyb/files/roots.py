"""The only folders that files leave from."""

from collections.abc import Sequence
from pathlib import Path

from ..errors import NotFound


class FileRoots:
    """Confined folders. A path counts only after every link in it is resolved."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self._roots = tuple(root.resolve() for root in roots)

    def find(self, stored: str | None) -> Path:
        """The file of a stored path.

        Raises NotFound with the reason, which never says more than whether there is a file for the reader.
        """
        if not stored or not stored.strip():
            raise NotFound("No such file was recorded.")
        if "\0" in stored:
            raise NotFound("The recorded path is not one.")
        path = Path(stored)
        try:
            found = path.resolve()
            inside = path.is_absolute() and any(found.is_relative_to(root) for root in self._roots)
            if inside and found.is_file():
                return found
        except (OSError, RuntimeError, ValueError) as error:
            raise NotFound("The recorded file cannot be reached.") from error
        raise NotFound(
            "The recorded file is not there any more."
            if inside
            else "The recorded file lies outside the folders this service may serve."
        )
