"""Links to single files that work without cookie or header, as programs that only know an address need them.

The parameter `signature` says whose link it is and until when, with an HMAC-SHA256 over that and the address. A link
acts for the log-in or key that made it, looked up when it is used: what they lose, it loses.
"""

import hashlib
import hmac
import re
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from ..access import Viewer
from ..db.database import Database
from ..errors import Unauthenticated
from ..settings import Settings
from .service import viewer_of_key, viewer_of_login
from .signing_keys import SigningKeys

PARAMETER = "signature"
REFUSED = "This link is not valid, or has expired. Ask for a new one."

_FORM = re.compile(r"([1-9]\d{0,9})\.([lk][1-9]\d{0,9})\.([1-9]\d{0,11})\.([\w-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """What a link leads to: a decoded path, and its parameters in their order, the signature not among them."""

    path: str
    query: str

    @classmethod
    def of(cls, path: str, query: str) -> "Address":
        """The same for every spelling of the same parameters."""
        pairs = parse_qsl(query, keep_blank_values=True)
        return cls(path, urlencode([pair for pair in pairs if pair[0] != PARAMETER]))


async def sign(db: Database, keys: SigningKeys, viewer: Viewer, address: Address, seconds: int) -> str:
    """The signature of a link that acts for the viewer's log-in, or for the key that asks."""
    key = await keys.newest(db)
    holder = f"l{viewer.login_id}" if viewer.login_id is not None else f"k{viewer.key_id}"
    claim = f"{key.number}.{holder}.{int(time.time()) + seconds}"
    return f"{claim}.{_mac(key.secret, claim, address)}"


async def viewer_of_link(
    db: Database, settings: Settings, keys: SigningKeys, address: Address, signature: str
) -> Viewer:
    """For whom a link acts. Raises Unauthenticated for one that is forged, expired, or of somebody who logged out."""
    form = _FORM.fullmatch(signature)
    if form is None:
        raise Unauthenticated(REFUSED)
    number, holder, expires, mac = form.groups()
    key = await keys.find(db, int(number))
    if key is None or int(expires) <= time.time():
        raise Unauthenticated(REFUSED)
    if not hmac.compare_digest(mac, _mac(key.secret, f"{number}.{holder}.{expires}", address)):
        raise Unauthenticated(REFUSED)
    if holder.startswith("k"):
        return await viewer_of_key(db, int(holder[1:]))
    return await viewer_of_login(db, settings, int(holder[1:]))


def _mac(secret: bytes, claim: str, address: Address) -> str:
    # No part can hold a line feed: the claim is digits, the query percent-encoded, and the path comes last.
    signed = "\n".join((claim, address.query, address.path)).encode()
    return urlsafe_b64encode(hmac.digest(secret, signed, hashlib.sha256)).rstrip(b"=").decode()
