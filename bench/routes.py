"""The uses of the service that are measured."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from .client import Client, Step, request
from .fill import INDICATED_COLLECTION, MEASURED_PROPOSAL, MEASURED_SESSION
from .roles import Role, token
from .sizes import Sizes

PAGE = 25
LARGEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a route: what it is called, and what makes the next step of it."""

    name: str
    next_step: Callable[[], Step]
    rows_written: int = 0
    """Rows that each step adds; 0 for a use that only reads."""
    undo: str | None = None
    """Statement that takes back what steps wrote, where they could not be repeated otherwise."""


def uses(client: Client, sizes: Sizes) -> list[Use]:
    """Everything that is measured."""
    session, proposal = f"sessionId={MEASURED_SESSION}", f"proposal={MEASURED_PROPOSAL}"
    page, deep = f"limit={PAGE}", deep_cursor(client, sizes)
    return [
        _read("user/current", "member", "/user/current"),
        _read("proposals, collaborator", "collaborator", f"/proposals?{page}"),
        _read("proposals, administrator", "administrator", f"/proposals?{page}"),
        _read("sessions of a proposal", "member", f"/sessions?{proposal}&{page}"),
        _read("sessions, collaborator", "collaborator", f"/sessions?{page}"),
        _read("sessions, administrator", "administrator", f"/sessions?{page}"),
        _read("events of a session", "member", f"/events?{session}&{page}"),
        _read(f"events of a session, page {sizes.deep_page}", "member", f"/events?{session}&{page}&after={deep}"),
        _read("events of a proposal", "member", f"/events?{proposal}&{page}"),
        _read("events of a beamline, staff", "staff", f"/events?beamLineName=BL1&{page}"),
        _read("events, member", "member", f"/events?{page}"),
        _read("events, collaborator", "collaborator", f"/events?{page}"),
        _read("events, administrator", "administrator", f"/events?{page}"),
        _read("samples of a proposal", "member", f"/samples?{proposal}&{page}"),
        _read("samples of a session", "member", f"/samples?{session}&{page}"),
        _read("one collection", "member", f"/datacollections/{INDICATED_COLLECTION}"),
        _read(
            f"indicators of {sizes.images} images",
            "member",
            f"/datacollections/quality?dataCollectionId={INDICATED_COLLECTION}",
        ),
        Use("group and collection in", lambda: _write_collection, rows_written=2),
        _write_indicators(sizes),
    ]


def _read(name: str, role: Role, path: str) -> Use:
    step = partial(_send, request("GET", path, token(role)))
    return Use(name, lambda: step)


def _send(wanted: bytes, client: Client) -> None:
    client.send(wanted)


def deep_cursor(client: Client, sizes: Sizes) -> str:
    """The cursor of the deep page, reached as a reader does but in longer pages."""
    after, missing = "", (sizes.deep_page - 1) * PAGE
    while missing:
        limit = min(missing, LARGEST_PAGE)
        path = f"/events?sessionId={MEASURED_SESSION}&limit={limit}{after}"
        cursor = orjson.loads(client.send(request("GET", path, token("member"))))["next"]
        after, missing = f"&after={cursor}", missing - limit
    return after.removeprefix("&after=")


_moments = itertools.count()


def _write_collection(client: Client) -> None:
    """A group, and its collection as MXCuBE describes one."""
    group = {"sessionId": MEASURED_SESSION + 1, "experimentType": "OSC", "blSampleId": 1}
    made = orjson.loads(client.send(request("POST", "/datacollections/group", token("key"), group)))
    collection = {**_COLLECTION, "group_id": made["dataCollectionGroupId"], "comments": f"number {next(_moments)}"}
    client.send(request("POST", "/datacollections/datacollection", token("key"), collection))


_COLLECTION: dict[str, Any] = {
    "sessionId": MEASURED_SESSION + 1,
    "sample_reference": {"blSampleId": 1},
    "oscillation_sequence": [
        {
            "start": 0.0,
            "range": 0.1,
            "overlap": 0.0,
            "number_of_images": 3600,
            "start_image_number": 1,
            "exposure_time": 0.01,
            "number_of_passes": 1,
        }
    ],
    "fileinfo": {
        "directory": "/data/visitor/mx/20240110/RAW_DATA/enzyme/run-in",
        "prefix": "enzyme",
        "suffix": "h5",
        "template": "enzyme_1_%06d.h5",
        "run_number": 1,
    },
    "collection_start_time": "2026-01-10T09:00:00",
    "status": "Running",
    "experiment_type": "OSC",
    "wavelength": 0.976254,
    "resolution": {"upper": 1.62},
    "detectorDistance": 213.77,
    "xBeam": 155.62,
    "yBeam": 163.81,
    "transmission": 12.5,
    "flux": 1.62e12,
}


def _write_indicators(sizes: Sizes) -> Use:
    numbers = range(1, sizes.images + 1)
    columns = {
        "imageNumber": list(numbers),
        "spotTotal": [number % 311 for number in numbers],
        "inResTotal": [number % 307 for number in numbers],
        "goodBraggCandidates": [number % 293 for number in numbers],
        "method1Res": [1.5 + number % 97 * 0.01 for number in numbers],
        "totalIntegratedSignal": [number % 911 * 173.25 for number in numbers],
        "dozor_score": [number % 613 * 0.125 for number in numbers],
    }
    without = itertools.cycle(range(INDICATED_COLLECTION + 1, sizes.collections + 1))

    def next_step() -> Step:
        content = {"dataCollectionId": next(without), **columns}
        return partial(_send, request("POST", "/datacollections/quality", token("key"), content))

    undo = f"DELETE FROM ImageQualityIndicators WHERE dataCollectionId <> {INDICATED_COLLECTION}"  # noqa: S608 - a number of ours
    return Use(f"indicators of {sizes.images} images in", next_step, rows_written=sizes.images, undo=undo)
