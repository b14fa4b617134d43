"""Entity tags of what people edit: a change carries the one it was made from, and none is lost.

The tag stands for the columns that can be edited, not for the counts around them: a collection that arrives while
somebody writes a remark is no reason to refuse the remark.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from .answers import to_json
from .errors import ChangedMeanwhile


def etag_of(values: Mapping[str, Any]) -> str:
    """A strong tag of these values."""
    return f'"{sha256(to_json(dict(sorted(values.items())))).hexdigest()[:32]}"'


def require_match(if_match: str | None, etag: str) -> None:
    """Raises ChangedMeanwhile unless the tag is among those that the request names, or it names none."""
    if if_match is None or if_match.strip() == "*":
        return
    if etag not in {tag.strip() for tag in if_match.split(",")}:
        raise ChangedMeanwhile("It was changed after you read it. Load it again, and make your change there.")
