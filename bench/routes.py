"""The uses of the service that are measured."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from . import documents
from .client import Client, Step, request
from .fill import INDICATED_COLLECTION, MEASURED_PROPOSAL, MEASURED_SESSION, PROCESSED_SESSION
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
    undo: tuple[str, ...] = ()
    """Statements that take back what steps wrote, where it would be in the way of the next ones."""
    by_rows: bool = False
    """Held against bare inserts too: each row by itself, and nothing that is only asked. Its rows have new keys each
    time, so that the floor may add them again before they are taken back."""
    before: str = ""
    """Asks for the numbers that stand in `undo` by their places: what was there before those steps."""


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
        _read(
            f"results of {sizes.processed_collections} collections",
            "member",
            f"/processings/results?sessionId={PROCESSED_SESSION}",
        ),
        _read("how far a session is, member", "member", f"/events/progress?sessionId={PROCESSED_SESSION}"),
        _read(
            "events that are processed", "member", f"/events?sessionId={PROCESSED_SESSION}&processing=success&{page}"
        ),
        _read("search by cell, member", "member", f"/processings/cells?{MEASURED_CELL}&{page}"),
        _read("search by cell, collaborator", "collaborator", f"/processings/cells?{MEASURED_CELL}&{page}"),
        _read("search by cell, staff", "staff", f"/processings/cells?{MEASURED_CELL}&{page}"),
        _read("search by rare cell, staff", "staff", f"/processings/cells?{RARE_CELL}&{page}"),
        _read("search by space group, staff", "staff", f"/processings/cells?spaceGroup=19&{page}"),
        _write_results("result of processing in", sizes, 1, documents.result_of_one_sweep, ONE_SWEEP_ROWS),
        _write_results("result of four sweeps in", sizes, 4, documents.result_of_several_sweeps, FOUR_SWEEP_ROWS),
        Use("group and collection in", lambda: _write_collection, rows_written=2),
        _write_indicators(sizes),
    ]


MEASURED_CELL = "a=58.2&b=84.9&c=101.3"
"""Like all results of the measured proposal."""
RARE_CELL = "a=150.9&b=184.9&c=179.8"
"""Of one crystal form of the others, where there are some thousand."""


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


_moments = itertools.count(time.time_ns())
"""Tell what is written apart, in a database that was measured before too."""


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


ONE_SWEEP_ROWS = 20
"""Rows of a result: a run, cell, four files, and of two ways of scaling what is beside it, three shells, a sweep and
its link."""
FOUR_SWEEP_ROWS = ONE_SWEEP_ROWS + 2 * 3 * 2 + 2
"""Three more sweeps with their links in each way of scaling, and messages."""


def _write_results(name: str, sizes: Sizes, sweeps: int, result_of: Callable[..., dict[str, Any]], rows: int) -> Use:
    """Results of other sweeps each time, as one has a few.

    The floor adds results to the same sweeps: they are taken back before those have more than others.
    """
    swept = itertools.cycle(range(INDICATED_COLLECTION + 1, sizes.collections + 1 - sweeps))

    def next_step() -> Step:
        first = next(swept)
        content = result_of(range(first, first + sweeps), f"process --run {next(_moments)}")
        return partial(_send, request("POST", "/processings/results", token("key"), content))

    return Use(
        name,
        next_step,
        rows_written=rows,
        by_rows=True,
        before="SELECT (SELECT MAX(autoProcIntegrationId) FROM AutoProcIntegration), "
        "(SELECT MAX(autoProcId) FROM AutoProc), (SELECT MAX(autoProcProgramId) FROM AutoProcProgram)",
        undo=(
            "DELETE FROM pyispyb_scaling",
            "DELETE FROM AutoProcIntegration WHERE autoProcIntegrationId > {0}",
            "DELETE FROM AutoProc WHERE autoProcId > {1}",
            "DELETE FROM AutoProcProgramMessage WHERE autoProcProgramId > {2}",
            "DELETE FROM AutoProcProgram WHERE autoProcProgramId > {2}",
        ),
    )


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

    others = f"dataCollectionId <> {INDICATED_COLLECTION}"
    undo = (f"DELETE FROM ImageQualityIndicators WHERE {others}",)  # noqa: S608 - a number of ours
    return Use(f"indicators of {sizes.images} images in", next_step, rows_written=sizes.images, undo=undo)
