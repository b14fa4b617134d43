"""Quality indicators as a program makes them: document after document within one request, for hours if need be."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
from fastapi import Request
from starlette.requests import ClientDisconnect

from ..auth import service as auth
from ..auth.dependencies import INDICATING, bearer
from ..errors import Invalid, IspybError, TooLarge, Unauthenticated
from ..ndjson import lines
from ..problems import document, told
from . import indicators, schemas

LONGEST = 2**20
"""Bytes of the longest document: indicators of some thousand images."""

MOST_DOCUMENTS = 10_000
"""In one request: the answers to them find room on their way, even if nobody reads them before the last one."""

MOST_REFUSED = 1000
"""In one request: what is said of a refused one is longer, and who sends so many does not listen."""


async def store_each(request: Request) -> AsyncIterator[bytes]:
    """Store each document of a request in a transaction of its own; answers a line to each, in their order.

    What is refused takes nothing with it, and the next one has its turn; where the log-in has ended, none has. Empty
    lines keep a silent connection open.
    """
    number, documents, refused = 1, 0, 0
    try:
        async for line in lines(request, LONGEST):
            if line.strip():
                documents += 1
                if documents > MOST_DOCUMENTS:
                    raise TooLarge(f"A request may have {MOST_DOCUMENTS} documents at most: go on with another one.")
                if refused == MOST_REFUSED:
                    raise Invalid(f"{MOST_REFUSED} documents of this request were refused: it goes no further.")
                answer = await _stored(request, line)
                refused += answer["status"] != 201
                yield _answer(number, answer)
            number += 1
    except ClientDisconnect:
        return
    except IspybError as error:
        yield _answer(number, document(request, error))


async def _stored(request: Request, line: bytes) -> dict[str, Any]:
    """What became of a document. Raises Unauthenticated."""
    try:
        return {"status": 201, **await _store(request, line)}
    except Unauthenticated:
        raise
    except Exception as error:
        return document(request, told(error))


async def _store(request: Request, line: bytes) -> dict[str, Any]:
    sent = schemas.Indicators.model_validate_json(line)
    state = request.app.state
    async with state.databases.write() as db:
        viewer = await auth.viewer_of(db, state.settings, bearer(request))
        auth.require_right(viewer, *INDICATING)
        return await indicators.store_indicators(db, viewer, sent)


def _answer(number: int, content: dict[str, Any]) -> bytes:
    return orjson.dumps({"line": number, **content}) + b"\n"
