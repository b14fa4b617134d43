"""How far a request is."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from ..clock import utc_now
from ..processing.schemas import ProgramState
from .schemas import JobState

WAITS = timedelta(days=3)
"""A request that no pipeline has taken up for so long is given up."""
HELD = timedelta(hours=1)
"""So long after it took a request up a pipeline says that a run waits or has begun, or the request waits again: its
answer may have got lost, or the pipeline broken down."""


def job_state(row: Row[Any], run: ProgramState | None) -> JobState:
    """What its newest run says; without one, whether it waits, by `requestedAt`, `takenAt` and `cancelledAt` [UTC]."""
    if run is not None:
        return run
    if row.cancelledAt is not None:
        return "cancelled"
    if row.requestedAt is None or row.requestedAt < utc_now() - WAITS:
        return "expired"
    return "queued" if row.takenAt is not None and row.takenAt > utc_now() - HELD else "waiting"
