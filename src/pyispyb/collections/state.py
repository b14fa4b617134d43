"""How a data collection went, read from what control software wrote.

Programs word `runStatus` in their own ways ("Data collection successful", "DataCollection Unsuccessful", "Running");
the words that tell them apart are few. `state_of` and `has_state` are the same rule, once for rows and once for SQL.
"""

from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, and_, not_, or_

from ..tables import DataCollection

State = Literal["running", "done", "failed", "stopped"]
STATES: tuple[State, ...] = get_args(State)

GIVEN_UP = timedelta(hours=12)
"""A collection that has not ended this long after its begin was stopped, and nobody wrote so."""

_FAILED = ("unsuccess", "fail", "error", "abort")
_STOPPED = ("stop",)
_DONE = ("success", "simulat", "complet")


def state_of(run_status: str | None, start: datetime | None, end: datetime | None, now: datetime) -> State:
    """State of one collection at the facility-local time `now`."""
    words = (run_status or "").casefold()
    if any(word in words for word in _FAILED):
        return "failed"
    if any(word in words for word in _STOPPED):
        return "stopped"
    if end is not None or any(word in words for word in _DONE):
        return "done"
    return "running" if start is not None and start > now - GIVEN_UP else "stopped"


def _says(words: tuple[str, ...]) -> ColumnElement[bool]:
    return and_(
        DataCollection.runStatus.is_not(None),
        or_(*(DataCollection.runStatus.contains(word) for word in words)),
    )


def has_state(state: State, given_up: Any) -> ColumnElement[bool]:
    """True for the collections that `state_of` gives this state.

    What began before `given_up`, a time or a parameter of the statement, and never ended was stopped.
    """
    failed, stopped = _says(_FAILED), _says(_STOPPED)
    ended = or_(DataCollection.endTime.is_not(None), _says(_DONE))
    recent = and_(DataCollection.startTime.is_not(None), DataCollection.startTime > given_up)
    undecided = and_(not_(failed), not_(stopped))
    if state == "failed":
        return failed
    if state == "stopped":
        return and_(not_(failed), or_(stopped, and_(not_(ended), not_(recent))))
    if state == "done":
        return and_(undecided, ended)
    return and_(undecided, not_(ended), recent)
