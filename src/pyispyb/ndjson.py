"""Newline-delimited JSON: documents one by one as they come, and an answer to each before the next."""

from collections.abc import AsyncIterator

from fastapi import Request
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from .errors import TooLarge

MEDIA_TYPE = "application/x-ndjson"


async def lines(request: Request, longest: int) -> AsyncIterator[bytes]:
    """Lines of a body as they come, empty ones too; at most so many bytes each.

    Raises TooLarge, and starlette.requests.ClientDisconnect where the sender goes away: an unfinished line is no line.
    """
    begun = bytearray()
    async for chunk in request.stream():
        first, *others = chunk.split(b"\n")
        begun += first
        for other in others:
            yield _within(begun, longest)
            begun = bytearray(other)
        _within(begun, longest)
    if begun:
        yield _within(begun, longest)


def _within(line: bytearray, longest: int) -> bytes:
    if len(line) > longest:
        raise TooLarge(f"A line may have {longest // 1024} KiB at most.")
    return bytes(line)


class Answers(StreamingResponse):
    """Lines that leave while the body of the request still comes.

    The usual streamed answer listens for the end of the connection meanwhile, and would take the body for it.
    """

    media_type = MEDIA_TYPE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the lines."""
        await self.stream_response(send)
