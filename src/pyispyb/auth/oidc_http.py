"""Asking an identity provider, within a time and a size."""

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import orjson

from .providers import unavailable

STEP_SECONDS = 30
"""Longest silence of a provider [s]."""

LARGEST_ANSWER = 2**20
"""Bytes of the largest answer that is read; a key set is a few thousand."""


class Answer:
    """Status and JSON object of an answer; an answer that is no object is an empty one."""

    def __init__(self, status: int, content: bytes) -> None:
        self.status = status
        try:
            body = orjson.loads(content)
        except orjson.JSONDecodeError:
            body = None
        self.body: dict[str, Any] = body if isinstance(body, dict) else {}


class ProviderClient:
    """HTTP client of one provider. It follows no redirects: addresses are those of the discovery document."""

    def __init__(self, name: str, ca_file: Path | None) -> None:
        self._name = name
        self._ca_file = ca_file
        self._client: httpx.AsyncClient | None = None

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """GET. Raises ProviderUnavailable."""
        return await self._ask("GET", url, headers=headers)

    async def post(self, url: str, form: Mapping[str, str], auth: tuple[str, str] | None) -> Answer:
        """POST of a form, with HTTP Basic authentication when `auth` is given. Raises ProviderUnavailable."""
        return await self._ask("POST", url, data=form, auth=auth)

    async def close(self) -> None:
        """Close its connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _ask(self, method: str, url: str, **sent: Any) -> Answer:
        try:
            async with self._connected().stream(method, url, **sent) as response:
                content = bytearray()
                async for part in response.aiter_bytes():
                    content += part
                    if len(content) > LARGEST_ANSWER:
                        raise unavailable(self._name, "its answer is too large")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise unavailable(self._name, type(error).__name__) from error
        if response.status_code >= 500:
            raise unavailable(self._name, f"it answers {response.status_code}")
        return Answer(response.status_code, bytes(content))

    def _connected(self) -> httpx.AsyncClient:
        if self._client is None:
            trust: ssl.SSLContext | bool = True
            if self._ca_file is not None:
                trust = ssl.create_default_context(cafile=self._ca_file)
            # For each step; `within` limits the whole. Proxies of the environment are honoured.
            self._client = httpx.AsyncClient(
                verify=trust, timeout=STEP_SECONDS, follow_redirects=False, headers={"Accept": "application/json"}
            )
        return self._client
