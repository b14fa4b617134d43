"""RFC 9457 problem documents: the only form in which an error leaves the service."""

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .db.privileges import lacks_privilege
from .errors import (
    FieldError,
    Forbidden,
    Invalid,
    IspybError,
    NotFound,
    TooLarge,
    Unauthenticated,
    Unavailable,
    Unsupported,
)

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPE_BASE = "https://ispyb.github.io/errors/"


class ProblemField(BaseModel):
    """One field that is wrong."""

    path: str = Field(description="Where in the request, such as `oscillation_sequence[0].exposure_time`")
    message: str = Field(description="What is wrong with it")


class Problem(BaseModel):
    """Why a request was not carried out."""

    type: str = Field(description="Stable address that names the kind of problem")
    title: str = Field(description="The kind of problem in words")
    status: int = Field(description="HTTP status")
    detail: str = Field(description="What happened here, for a person")
    errors: list[ProblemField] = Field(default_factory=list, description="The fields at fault, all at once")
    request: str = Field(description="Identifier of this request in the service's log")


def document(request: Request, error: IspybError) -> dict[str, Any]:
    """What is told of an error."""
    return {
        "type": TYPE_BASE + error.slug,
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "errors": [{"path": field.path, "message": field.message} for field in error.errors],
        "request": getattr(request.state, "request_id", ""),
    }


def problem(request: Request, error: IspybError, more: Mapping[str, str] | None = None) -> Response:
    """The problem document of an error, as an answer; with more headers, if there are any."""
    body = document(request, error)
    headers = {"Cache-Control": "no-store", **(more or {})}
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    return Response(orjson.dumps(body), status_code=error.status, media_type=MEDIA_TYPE, headers=headers)


class MethodNotAllowed(IspybError):
    """The path exists, the method does not."""

    slug = "method-not-allowed"
    title = "That cannot be done here"
    status = 405


class UnsupportedMediaType(IspybError):
    """The body is of a type that is not read at this address."""

    slug = "unsupported-media-type"
    title = "That type of body is not read here"
    status = 415


class RangeNotSatisfiable(IspybError):
    """The file has none of the bytes that were asked for."""

    slug = "range-not-satisfiable"
    title = "The file has no such part"
    status = 416


class BadRequest(IspybError):
    """The request is not one that HTTP allows."""

    slug = "bad-request"
    title = "The request cannot be read"
    status = 400


async def _domain(request: Request, error: Exception) -> Response:
    assert isinstance(error, IspybError)
    return problem(request, error)


def _path(location: Sequence[Any]) -> str:
    """`("results", 3, "startTime")` as `results[3].startTime`; nothing for the whole."""
    text = ""
    for part in location:
        if part != _KEY:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


_KEY = "[key]"
"""What pydantic calls a wrong key of a dictionary, behind the key itself."""

_RULES = {"value_error": "Value error, ", "assertion_error": "Assertion failed, "}
"""What pydantic writes before the words of our own rules."""


def field_error(location: Sequence[Any], kind: str, message: str) -> FieldError:
    """An error of pydantic's in our words: of this type, at this place of what was sent."""
    if not location and kind == "missing":
        return FieldError("", "A body is needed, and none was sent")
    return FieldError(_path(location), message.removeprefix(_RULES.get(kind, "")))


MOST_MISTAKES = 100
"""Mistakes of one request that are told one by one."""


def _invalid(found: Sequence[Any], from_place: int = 0) -> Invalid:
    """What pydantic found, in our words; `from_place` is where each place begins to be one of what was sent."""
    fields = [field_error(item["loc"][from_place:], item["type"], item["msg"]) for item in found[:MOST_MISTAKES]]
    return _refused(fields, len(found))


def _refused(fields: Sequence[FieldError], number: int) -> Invalid:
    detail = "; ".join(f"{field.path}: {field.message}" if field.path else field.message for field in fields[:3])
    if number > 3:
        detail += f"; and {number - 3} more"
    return Invalid(detail, *fields)


def _not_json(text: str, place: int, reason: str) -> Invalid:
    """Where a text stops being JSON, and nothing of what stands there."""
    line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
    return _refused([FieldError("", f"This is no JSON: {reason} at line {line}, column {column}")], 1)


def _unread(error: RequestValidationError) -> IspybError:
    """Why a request was not read. Each place begins with the part of the request: body, query, path or header."""
    found = error.errors()
    if found[0]["type"] == "json_invalid":
        return _not_json(error.body, found[0]["loc"][1], found[0]["ctx"]["error"])
    if isinstance(error.body, bytes) and any(item["loc"][0] == "body" for item in found):
        return UnsupportedMediaType("Send JSON, and say so: with the header Content-Type: application/json.")
    return _invalid(found, 1)


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem(request, _unread(error))


_KINDS: dict[int, type[IspybError]] = {
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    413: TooLarge,
    416: RangeNotSatisfiable,
    503: Unavailable,
}


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = _KINDS.get(error.status_code, BadRequest)
    detail = "Nothing is found at this address." if kind is NotFound else str(error.detail)
    return problem(request, kind(detail), error.headers)


async def _half_a_character(request: Request, _error: Exception) -> Response:
    return problem(request, Invalid("A text has half a character, which no database keeps."))


_TOO_LONG = re.compile(r"Data too long for column '([^']+)'")
_WRONG_VALUE = re.compile(r"(?:Incorrect|Out of range|Data truncated).*?column (?:`[^`]*`\.)*[`']([^'`]+)[`']")


def _refusal(error: DataError | IntegrityError) -> Invalid:
    """A value that passed our checks and not the database's own; names the column, never the SQL."""
    message = str(error.orig)
    logger.warning("database refused a value: %s", type(error).__name__)
    if match := _TOO_LONG.search(message):
        return Invalid.field(match[1], "is longer than this database keeps")
    if match := _WRONG_VALUE.search(message):
        return Invalid.field(match[1], "has a value that this database cannot keep")
    return Invalid("A value refers to something that does not exist, or exists already.")


async def _refused_by_database(request: Request, error: Exception) -> Response:
    assert isinstance(error, DataError | IntegrityError)
    return problem(request, _refusal(error))


_ILLEGAL_MIX_OF_COLLATIONS = 1267


def _unkeepable(text: str) -> bool:
    """True for text with letters that a Latin-1 column cannot hold; MariaDB's latin1 is Windows-1252."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return True
    return False


async def _no_database(request: Request, error: Exception) -> Response:
    assert isinstance(error, DBAPIError | PoolTimeout)
    number = next(iter(getattr(error.orig, "args", ())), None) if isinstance(error, DBAPIError) else None
    if number == _ILLEGAL_MIX_OF_COLLATIONS:
        # MariaDB does not compare a Latin-1 column with other letters, not even to find nothing.
        fields = [
            FieldError(name, "has a letter that this database's texts cannot have")
            for name, text in request.query_params.items()
            if _unkeepable(text)
        ]
        return problem(request, Invalid("A text has a letter that this database's texts cannot have.", *fields))
    return problem(request, _failure(error))


def _failure(error: DBAPIError | PoolTimeout) -> IspybError:
    if isinstance(error, DBAPIError) and lacks_privilege(error):
        logger.error("the database account lacks a privilege")
        return Unsupported("This ISPyB's account may not write to the facility's database.")
    logger.error("database unavailable: %s", type(error).__name__)
    return Unavailable("The database does not answer at the moment. Try again in a few seconds.")


def _mistake(error: Exception) -> IspybError:
    logger.exception("unexpected error", exc_info=error)
    return IspybError("An unexpected error happened; the request's identifier is in our log.")


async def _unexpected(request: Request, error: Exception) -> Response:
    return problem(request, _mistake(error))


def told(error: Exception) -> IspybError:
    """What is told of any exception in the middle of an answer, where no handler can answer instead."""
    if isinstance(error, IspybError):
        return error
    if isinstance(error, ValidationError):
        return _invalid(error.errors())
    if isinstance(error, DataError | IntegrityError):
        return _refusal(error)
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        return _failure(error)
    return _mistake(error)


class Unexpected:
    """Middleware within all others, so that an answer about a mistake of ours has their headers like any other."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on; raises what comes after an answer has begun, which then breaks off."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            response = await _unexpected(Request(scope), error)
            await response(scope, receive, send)


def install(app: FastAPI) -> None:
    """Have every error of the application leave as a problem document."""
    app.add_exception_handler(IspybError, _domain)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(UnicodeEncodeError, _half_a_character)
    app.add_exception_handler(DataError, _refused_by_database)
    app.add_exception_handler(IntegrityError, _refused_by_database)
    for kind in (OperationalError, InterfaceError, PoolTimeout):
        app.add_exception_handler(kind, _no_database)
    app.add_exception_handler(Exception, _unexpected)
