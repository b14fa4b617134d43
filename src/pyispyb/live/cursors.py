"""What the `id` of an event says: where its reader stands in a session's stream."""

import base64
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_ALTERNATIVE = b"._"
_FORM = re.compile(r"([0-9a-f]{8})-(\d{1,18})-(\d{1,18})", re.ASCII)


class Blind:
    """Numbers as marks that only their maker can read: each is another one, whether or not the number has changed."""

    def __init__(self) -> None:
        self._cipher = AESGCM(AESGCM.generate_key(128))

    def mark(self, number: int) -> str:
        """A new mark of a number."""
        nonce = secrets.token_bytes(_NONCE)
        return f"{_text(nonce)}-{_text(self._cipher.encrypt(nonce, number.to_bytes(8), None))}"

    def number(self, mark: str) -> int | None:
        """The number of a mark; None for whatever was not made here."""
        nonce, _, sealed = mark.partition("-")
        try:
            return int.from_bytes(self._cipher.decrypt(_bytes(nonce), _bytes(sealed), None))
        except (ValueError, InvalidTag):
            return None


def is_blind(cursor: str) -> bool:
    """True for a cursor that has the form of a mark."""
    return cursor.count("-") == 1


def _text(content: bytes) -> str:
    return base64.b64encode(content, _ALTERNATIVE).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, _ALTERNATIVE, validate=True)


def parse_cursor(cursor: str) -> tuple[str, int, int] | None:
    """Epoch, number and newest collection of a cursor; None for anything that is not one."""
    form = _FORM.fullmatch(cursor)
    return (form[1], int(form[2]), int(form[3])) if form else None
