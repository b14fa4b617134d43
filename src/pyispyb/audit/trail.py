"""Rows of the audit trail: added here, and changed nowhere."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert
from starlette.requests import HTTPConnection

from ..answers import to_json
from ..clock import utc_now
from ..db.database import Database
from ..tables import Audit
from .actions import Action
from .origin import Origin, origin_of

_SECRET = frozenset(
    {
        "accesstoken",
        "apikey",
        "authorization",
        "clientsecret",
        "cookie",
        "cookies",
        "idtoken",
        "password",
        "passwordhash",
        "passwd",
        "refreshtoken",
        "secret",
        "secrethash",
        "signature",
        "token",
        "tokenhash",
    }
)
_SUBJECT, _LOGIN, _ADDRESS, _KIND, _KEY, _REQUEST = 60, 80, 45, 40, 80, 32
"""Letters that the columns keep; what somebody sent is cut rather than lost."""


async def record(
    db: Database,
    who: HTTPConnection | Origin,
    action: Action | str,
    /,
    kind: str | None = None,
    key: object = None,
    **detail: Any,
) -> None:
    """Add to the audit trail, within the caller's transaction: what is undone leaves no trace of being done.

    `who` is the request, or an `Origin` where there is none or nobody is recognised yet. `kind` and `key` name what
    it was done to, as in `"group", 12`; `detail` says what changed, as in `old=…, new=…`.

    Raises ValueError for a word that `Action` lacks, and for a detail named like a secret: neither may happen.
    """
    _refuse_secrets(detail)
    origin = origin_of(who)
    await db.execute(
        insert(Audit).values(
            doneAt=utc_now(),
            subject=origin.subject[:_SUBJECT],
            login=_cut(origin.login, _LOGIN),
            address=_cut(origin.address, _ADDRESS),
            action=Action(action).value,
            objectKind=_cut(kind, _KIND),
            objectId=_cut(key, _KEY),
            detail=to_json(detail).decode() if detail else None,
            request=_cut(origin.request, _REQUEST),
        )
    )


def _cut(value: object, length: int) -> str | None:
    return None if value is None else str(value)[:length]


def _refuse_secrets(detail: Any) -> None:
    if isinstance(detail, Mapping):
        for name, value in detail.items():
            if str(name).replace("_", "").replace("-", "").casefold() in _SECRET:
                raise ValueError(f"'{name}' has no place in the audit trail")
            _refuse_secrets(value)
    elif isinstance(detail, list | tuple):
        for value in detail:
            _refuse_secrets(value)
