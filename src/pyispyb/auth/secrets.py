"""Random secrets, and the only form in which they are kept."""

import hashlib
import secrets as random

API_TOKEN_PREFIX = "ispyb_"  # noqa: S105 - it makes a key recognisable to people and to secret scanners


def new_token() -> str:
    """256 random bits for a log-in token."""
    return random.token_urlsafe(32)


def new_api_token() -> str:
    """The text of a new API key: shown once, kept only as its hash."""
    return API_TOKEN_PREFIX + random.token_urlsafe(32)


def is_api_token(text: str) -> bool:
    """True for something that looks like one of our API keys."""
    return text.startswith(API_TOKEN_PREFIX)


def digest(token: str) -> str:
    """SHA-256 of a token, hexadecimal. Tokens are random and long, so that a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
