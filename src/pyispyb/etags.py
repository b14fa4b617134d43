"""Entity tags: of what people edit, so that no change is lost, and of files that a client has already.

The tag of what people edit stands for the columns that can be edited, not for the counts around them: a collection that
arrives while somebody writes a remark is no reason to refuse the remark.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from starlette.datastructures import Headers
from starlette.staticfiles import StaticFiles

from .answers import to_json
from .errors import ChangedMeanwhile


def etag_of(values: Mapping[str, Any]) -> str:
    """A strong tag of these values."""
    return f'"{sha256(to_json(dict(sorted(values.items())))).hexdigest()[:32]}"'


_STATIC_FILES = StaticFiles()
"""Of no folder: asked for its reading of `If-None-Match` and `If-Modified-Since` alone."""


def is_held(request: Headers, answer: Mapping[str, str]) -> bool:
    """True where the client has this answer already, as RFC 9110 (section 13) tells by its validators."""
    return _STATIC_FILES.is_not_modified(Headers(answer), request)


def require_match(if_match: str | None, etag: str) -> None:
    """Raises ChangedMeanwhile unless the tag is among those that the request names, or it names none."""
    if if_match is None or if_match.strip() == "*":
        return
    if etag not in {tag.strip() for tag in if_match.split(",")}:
        raise ChangedMeanwhile("It was changed after you read it. Load it again, and make your change there.")
