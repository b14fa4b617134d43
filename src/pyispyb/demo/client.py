"""Calls to ISPyB as MXCuBE and pipelines make them: short time limits, the same request again when in doubt."""

import asyncio
import logging
import uuid
from typing import Any

import httpx

logger = logging.getLogger(__name__)

TIME_LIMIT = 5.0
"""MXCuBE gives up after 3 to 5 seconds [s]."""
FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0
TRIES = 12
"""With the waits between them: enough to outlast a restart of the server."""


class Refused(Exception):
    """ISPyB understood the request and said no."""


class Unreachable(Exception):
    """ISPyB did not answer in all tries."""


class Caller:
    """Calls that are made until they are answered; with a key that is sent as it is, if there is one."""

    def __init__(self, address: str, transport: httpx.AsyncBaseTransport | None = None, key: str | None = None) -> None:
        self._http = httpx.AsyncClient(base_url=address, timeout=TIME_LIMIT, transport=transport)
        if key is not None:
            self._http.headers["Authorization"] = f"Bearer {key}"

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def get(self, path: str, **query: object) -> Any:
        """Read. A list comes without its envelope, as MXCuBE unwraps it. Raises Refused, Unreachable."""
        found = (await self._call("GET", path, params=query)).json()
        return found["results"] if isinstance(found, dict) and "results" in found else found

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Write; repeated with the same key until it is answered. Raises Refused, Unreachable."""
        return dict((await self._call("POST", path, json=body, headers=_once())).json())

    async def post_xml(self, path: str, content: bytes) -> dict[str, Any]:
        """The same with a document that is XML."""
        headers = _once() | {"Content-Type": "application/xml"}
        return dict((await self._call("POST", path, content=content, headers=headers)).json())

    async def patch(self, path: str, body: dict[str, Any] | None = None, **query: object) -> dict[str, Any]:
        """Change. Raises Refused, Unreachable."""
        return dict((await self._call("PATCH", path, json=body, params=query)).json())

    async def _call(self, method: str, path: str, **content: Any) -> httpx.Response:
        return _accepted(await self._insist(method, path, **content))

    async def _insist(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Send until there is an answer that is not about trouble in the server."""
        wait = FIRST_WAIT
        trouble: object = None
        for _ in range(TRIES):
            try:
                response = await self._http.request(method, path, **content)
            except httpx.TransportError as error:
                trouble = error
            else:
                if response.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                    return response
                trouble = response.status_code
            logger.info("%s %s: %r, again in %.1f s", method, path, trouble, wait)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)
        raise Unreachable(f"{method} {path}: {trouble!r}")


class Client(Caller):
    """One beamline's log-in and its calls."""

    def __init__(self, address: str, login: str, token: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        super().__init__(address, transport)
        self._credentials = {"plugin": "token", "login": login, "token": token}
        self._refresh_token: str | None = None

    async def _call(self, method: str, path: str, **content: Any) -> httpx.Response:
        if "Authorization" not in self._http.headers:
            await self._log_in()
        response = await self._insist(method, path, **content)
        if response.status_code == httpx.codes.UNAUTHORIZED:
            await self._renew()
            response = await self._insist(method, path, **content)
        return _accepted(response)

    async def _log_in(self) -> None:
        self._keep(_accepted(await self._insist("POST", "auth/login", json=self._credentials)))

    async def _renew(self) -> None:
        """Use the refresh token; when it is spent too, log in again."""
        del self._http.headers["Authorization"]
        answer = await self._insist("POST", "auth/refresh", json={"refreshToken": self._refresh_token})
        if answer.status_code == httpx.codes.OK:
            self._keep(answer)
        else:
            await self._log_in()

    def _keep(self, answer: httpx.Response) -> None:
        tokens = answer.json()
        self._http.headers["Authorization"] = f"Bearer {tokens['token']}"
        self._refresh_token = tokens["refreshToken"]


def _once() -> dict[str, str]:
    """A header that makes a request safe to repeat."""
    return {"Idempotency-Key": str(uuid.uuid4())}


def _accepted(response: httpx.Response) -> httpx.Response:
    if response.status_code not in {httpx.codes.OK, httpx.codes.CREATED}:
        request = response.request
        raise Refused(f"{request.method} {request.url.path}: {response.status_code} {response.text[:500]}")
    return response
