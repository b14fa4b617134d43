"""What can go wrong, in the words of the domain; `problems.py` turns these into problem documents.

Every class is one documented problem type: `slug` names it, `title` says it to a user, `status` is the HTTP answer.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field: `path` as in `results[3].startTime`."""

    path: str
    message: str


class IspybError(Exception):
    """Base of every error that a caller is told about."""

    slug: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong on our side"
    status: ClassVar[int] = 500
    retry_after: int | None = None
    """Time after which the same may be tried again, where it is known [s]."""

    def __init__(self, detail: str, *errors: FieldError) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors


class Unauthenticated(IspybError):
    """Nobody known is asking."""

    slug = "not-logged-in"
    title = "Log in first"
    status = 401


class LoginRefused(IspybError):
    """Wrong name, password or token: which of them is not said."""

    slug = "login-refused"
    title = "Log-in refused"
    status = 401


class TooManyAttempts(IspybError):
    """Too many log-ins were refused of this account or from this address."""

    slug = "too-many-attempts"
    title = "Too many log-ins were refused"
    status = 429

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class TooManyStreams(IspybError):
    """The viewer has as many live streams open as anybody may."""

    slug = "too-many-streams"
    title = "Too many live streams are open"
    status = 429
    retry_after = 10


class Forbidden(IspybError):
    """The object is visible, but this must not be done to it."""

    slug = "not-allowed"
    title = "You may not do that"
    status = 403


class NotFound(IspybError):
    """It does not exist, or not for this viewer: the same words for both."""

    slug = "not-found"
    title = "There is no such thing"
    status = 404

    @classmethod
    def of(cls, what: str, key: object) -> "NotFound":
        """`NotFound.of("session", 12)`: no session 12 for this viewer."""
        return cls(f"No {what} {key} that you can see.")


class Invalid(IspybError):
    """The request cannot be carried out as it stands; every reason is listed."""

    slug = "invalid"
    title = "The request has a mistake"
    status = 422

    @classmethod
    def field(cls, path: str, message: str) -> "Invalid":
        """One wrong field."""
        return cls(f"{path}: {message}", FieldError(path, message))


class ChangedMeanwhile(IspybError):
    """Somebody else changed it after it was read: what was sent would undo that."""

    slug = "changed-meanwhile"
    title = "Somebody else changed it meanwhile"
    status = 412


class AlreadyBegun(IspybError):
    """It has begun, or was called off: what was asked for can only be done before that."""

    slug = "already-begun"
    title = "It does not wait any more"
    status = 409


class TooManyWaiting(IspybError):
    """The viewer waits for as many requests as anybody may."""

    slug = "too-many-waiting"
    title = "Too many requests wait"
    status = 429
    retry_after = 600


class TooLarge(IspybError):
    """More was sent than any request needs."""

    slug = "too-large"
    title = "The request is too large"
    status = 413


class UnreadableFile(IspybError):
    """A file is there, but it is damaged, something else, or too large to be looked into."""

    slug = "unreadable-file"
    title = "The file cannot be read"
    status = 422


class IdempotencyConflict(IspybError):
    """The same Idempotency-Key came with another body."""

    slug = "idempotency-key-reused"
    title = "That Idempotency-Key belongs to another request"
    status = 422


class Unsupported(IspybError):
    """The connected database does not take this."""

    slug = "not-in-this-database"
    title = "This facility's database cannot hold that"
    status = 409


class Unavailable(IspybError):
    """A part we need does not answer."""

    slug = "unavailable"
    title = "The database does not answer"
    status = 503


class TooManyWatched(IspybError):
    """This process watches as many sessions as it can, and each of them is being read."""

    slug = "too-many-watched"
    title = "Too many sessions are being watched"
    status = 503
    retry_after = 30


class ProviderUnavailable(IspybError):
    """Somebody who knows who is logging in does not answer; log-ins that there are go on."""

    slug = "provider-unavailable"
    title = "The identity provider does not answer"
    status = 503
