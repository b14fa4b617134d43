"""Print what happens in the session that runs on a beamline, as it happens.

Usage: python watch_session.py http://127.0.0.1:8000 KEY mx415 BL1-MX
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import httpx
from first_collection import connect, running_session


def changes(ispyb: httpx.Client, session_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Kind and data of every event of a session's stream."""
    with ispyb.stream("GET", f"sessions/{session_id}/live", timeout=30.0) as stream:
        kind = ""
        for line in stream.iter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                kind = value
            elif name == "data":
                yield kind, json.loads(value)


def main(address: str, key: str, proposal: str, beamline: str) -> None:
    """Print changes until interrupted."""
    with connect(address, key) as ispyb:
        session = running_session(ispyb, proposal, beamline)
        for kind, data in changes(ispyb, session["sessionId"]):
            print(kind, data.get("dataCollectionId", ""), data.get("state", data.get("images", "")), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
