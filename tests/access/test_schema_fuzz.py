"""Requests of every kind that the description of the API allows, and some that it forbids, as several users.

Nothing may answer 500 or in a way that the description does not tell.
"""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pyispyb.app import create_app
from pyispyb.ndjson import MEDIA_TYPE
from pyispyb.serve import server_options
from pyispyb.settings import Settings
from tests.servers import free_port
from tests.world import World

USERS = ("nobody", "member", "other_laboratory", "administrator", "admin", "key")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 5

schema = schemathesis.openapi.from_dict(create_app(Settings()).openapi()).exclude(
    # A stream that does not end, which tests/live reads; and what would end the log-ins of the users here.
    operation_id=["watch_session", "log_out", "end_own_login"]
)


@schemathesis.serializer(MEDIA_TYPE)
def as_lines(_context: Any, value: Any) -> bytes:
    """Whatever is sent as a stream of documents."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


@pytest.fixture(scope="session")
def served(fuzzed_world: World) -> Iterator[str]:
    """Address of a server on the database of the shared world."""
    port = free_port()
    app = create_app(fuzzed_world.service.app.state.settings)
    server = uvicorn.Server(uvicorn.Config(app, **server_options("127.0.0.1", port)))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.mark.in_turn
@schema.given(user=st.sampled_from(USERS))
@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_nothing_breaks_whatever_is_asked(served: str, fuzzed_world: World, case: Case, user: str) -> None:
    token = fuzzed_world.tokens.get(user)
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    response = case.call(base_url=served, headers=headers, timeout=20)
    case.validate_response(response, checks=CHECKS)


def test_the_service_still_answers(served: str, fuzzed_world: World) -> None:
    headers = {"Authorization": f"Bearer {fuzzed_world.tokens['member']}"}
    assert requests.get(f"{served}/ispyb/api/v1/user/current", headers=headers, timeout=20).status_code in {200, 401}
