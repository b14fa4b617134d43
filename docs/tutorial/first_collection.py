"""Register a data collection in the session that runs on a beamline.

Usage: python first_collection.py http://127.0.0.1:8000 KEY mx415 BL1-MX
"""

import sys
import time
import uuid
from typing import Any

import httpx

IMAGES = 20
CHUNK = 5


def connect(address: str, key: str) -> httpx.Client:
    """A client that sends an API token with every request."""
    return httpx.Client(base_url=f"{address}/ispyb/api/v1/", headers={"Authorization": f"Bearer {key}"}, timeout=5.0)


def answer(response: httpx.Response) -> Any:
    """What was answered. Raises RuntimeError with the sentence that says what went wrong."""
    content = response.json()
    if response.is_error:
        raise RuntimeError(content["detail"])
    return content


def running_session(ispyb: httpx.Client, proposal: str, beamline: str) -> dict[str, Any]:
    """The session of a proposal that runs on a beamline now."""
    wanted = {"proposal": proposal, "beamLineName": beamline, "active": True}
    sessions = answer(ispyb.get("sessions", params=wanted))["results"]
    if not sessions:
        raise RuntimeError(f"no session of {proposal} runs on {beamline}")
    return sessions[0]


def begin(ispyb: httpx.Client, session_id: int) -> int:
    """Make a group and a collection that runs; answers the collection's id."""
    group = answer(ispyb.post("datacollections/group", json={"sessionId": session_id, "experimentType": "OSC"}))
    collection = {
        "group_id": group["dataCollectionGroupId"],
        "status": "Data collection running",
        "fileinfo": {"directory": "/data/tutorial", "prefix": "python", "run_number": 1},
        "oscillation_sequence": [{"start": 0, "range": 0.1, "number_of_images": IMAGES, "exposure_time": 0.1}],
        "wavelength": 0.9763,
        "resolution": 1.8,
    }
    # The same key on every attempt: a repetition is answered as the first one was.
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    return answer(ispyb.post("datacollections/datacollection", json=collection, headers=headers))["dataCollectionId"]


def measure(ispyb: httpx.Client, collection_id: int) -> None:
    """Send indicators of the images, a few at a time."""
    for first in range(1, IMAGES + 1, CHUNK):
        time.sleep(CHUNK * 0.1)
        numbers = list(range(first, first + CHUNK))
        scores = [50.0 - number for number in numbers]
        sent = {"dataCollectionId": collection_id, "imageNumber": numbers, "dozor_score": scores}
        print("images", answer(ispyb.post("datacollections/quality", json=sent))["added"])


def end(ispyb: httpx.Client, collection_id: int) -> dict[str, Any]:
    """Say that a collection went well."""
    change = {"collection_id": collection_id, "status": "Data collection successful"}
    return answer(ispyb.post("datacollections/datacollection", json=change))


def main(address: str, key: str, proposal: str, beamline: str) -> None:
    """Register one collection from begin to end."""
    with connect(address, key) as ispyb:
        session = running_session(ispyb, proposal, beamline)
        print("session", session["session"])
        collection_id = begin(ispyb, session["sessionId"])
        print("collection", collection_id)
        measure(ispyb, collection_id)
        print("ended", end(ispyb, collection_id)["endTime"])


if __name__ == "__main__":
    main(*sys.argv[1:])
