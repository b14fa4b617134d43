"""A caller of the service: HTTP over one connection that stays open, as cheap as Python makes it."""

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import orjson

from pyispyb.app import API_BASE

TIME_LIMIT = 60.0
"""Seconds to wait for an answer [s]."""


class RefusedError(Exception):
    """The service did not answer with success; the message holds what it said."""


class Client:
    """One connection to the service on this machine. It asks for no compression, and counts what it gets."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), TIME_LIMIT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.bytes_received = 0
        """Bytes of all bodies."""

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, request: bytes) -> bytes:
        """The body of the answer. Raises RefusedError."""
        self._socket.sendall(request)
        head, _, body = self._receive_until_head().partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
        parts, missing = [body], length - len(body)
        while missing:
            parts.append(self._receive())
            missing -= len(parts[-1])
        body = b"".join(parts)
        if not lines[0].startswith(b"http/1.1 2"):
            raise RefusedError(f"{request[:200]!r}: {head.decode()} {body[:500]!r}")
        self.bytes_received += length
        return body

    def _receive_until_head(self) -> bytes:
        received = self._receive()
        while b"\r\n\r\n" not in received:
            received += self._receive()
        return received

    def _receive(self) -> bytes:
        received = self._socket.recv(1 << 18)
        if not received:
            raise RefusedError("the service closed the connection")
        return received


def request(method: str, path: str, token: str, content: Any = None) -> bytes:
    """A whole HTTP request; `content` goes as JSON."""
    body = b"" if content is None else orjson.dumps(content)
    lines = [f"{method} {API_BASE}{path} HTTP/1.1", "Host: ispyb", f"Authorization: Bearer {token}"]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


Step = Callable[[Client], None]
"""One use of a route: sends what it takes, waits for the answer."""


def seconds_of(client: Client, next_step: Callable[[], Step], seconds: float) -> list[float]:
    """How long each use took, one after the other for that long [s]."""
    took = []
    give_up = time.perf_counter() + seconds
    while not took or time.perf_counter() < give_up:
        step = next_step()
        started = time.perf_counter()
        step(client)
        took.append(time.perf_counter() - started)
    return took


def rate(port: int, next_step: Callable[[], Step], seconds: float, connections: int) -> float:
    """Uses per second over several connections at once. Raises RefusedError."""
    done = [0] * connections
    failed: list[Exception] = []

    def work(place: int) -> None:
        try:
            with Client(port) as client:
                done[place] = len(seconds_of(client, next_step, seconds))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(connections)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return sum(done) / (time.perf_counter() - started)
