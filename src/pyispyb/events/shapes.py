"""Rows of `details.py` as the events that leave."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from ..answers import taking
from ..collections.favourites import is_favourite, words_of
from ..collections.state import state_of
from .details import SEES_SESSION
from .sources import Kind

Values = Mapping[str, Any]

_SNAPSHOTS = tuple(f"dc_xtalSnapshotFullPath{number}" for number in range(1, 5))
_NOT_SHOWN = frozenset({*_SNAPSHOTS, "dc_imageQualityIndicatorsPlotPath", "dc_startTime", "dc_endTime"})
_GRID_DEFAULTS = ("micronsPerPixelX", "micronsPerPixelY", "snaked", "patchesX", "patchesY", "dataCollectionId")


def event(kind: Kind, values: Values, grids: Sequence[Values], now: datetime) -> dict[str, Any]:
    """One event. `values` are its columns by label, `grids` those of all collections on the page."""
    if kind == "dc":
        return _collection(values, grids, now)
    item, start, end = {"robot": _robot, "es": _energy_scan, "xrf": _spectrum}[kind](values)
    return {
        **_head(kind, next(iter(item.values())), values, start, end),
        "count": 1,
        "attachments": 0,
        "Item": item,
    }


def _head(kind: Kind, key: int, values: Values, start: datetime | None, end: datetime | None) -> dict[str, Any]:
    proposal = f"{values['proposalCode'] or ''}{values['proposalNumber'] or ''}"
    visit = values["visit_number"]
    session = f"{proposal}-{visit}" if visit is not None else proposal
    return {
        "id": key,
        "type": kind,
        "startTime": start,
        "endTime": end,
        "duration": round((end - start).total_seconds() / 60, 2) if start and end else None,
        "session": session if values.get(SEES_SESSION, True) else None,
        "sessionId": values["sessionId"],
        "proposal": proposal,
        "blSample": values["sampleName"],
        "blSampleId": values["blSampleId"],
    }


def _part(values: Values, prefix: str, omit: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The columns whose label begins with `prefix`, under their own names."""
    names, taken_from = _named(tuple(values), prefix, omit)
    return dict(zip(names, taken_from(values), strict=True))


@lru_cache(maxsize=256)
def _named(
    labels: tuple[str, ...], prefix: str, omit: frozenset[str]
) -> tuple[tuple[str, ...], Callable[[Values], tuple[Any, ...]]]:
    """What follows `prefix` in labels, and what takes the values: the same for every row of a page."""
    chosen = [label for label in labels if label.startswith(prefix) and label not in omit]
    return tuple(label.removeprefix(prefix) for label in chosen), taking(chosen)


def _collection(values: Values, grids: Sequence[Values], now: datetime) -> dict[str, Any]:
    collection, group = values["dc_dataCollectionId"], values["dc_dataCollectionGroupId"]
    single = values["count"] == 1
    start = values["dc_startTime"] if single else values["group_startTime"] or values["dc_startTime"]
    end = values["dc_endTime"] if single else values["group_endTime"] or values["dc_endTime"]
    item = {
        **_part(values, "dc_", _NOT_SHOWN),
        "comments": words_of(values["dc_comments"]),
        "experimentType": values["group_experimentType"],
        "DataCollectionGroup": {
            "dataCollectionGroupId": group,
            "experimentType": values["group_experimentType"],
            "comments": values["group_comments"],
            "Workflow": _part(values, "workflow_") if values.get("workflow_workflowId") is not None else None,
        },
        "GridInfo": [grid(found) for found in grids if _belongs(found, collection, group)],
        "_metadata": {
            "snapshots": {
                **{str(number): bool(values.get(name)) for number, name in enumerate(_SNAPSHOTS, start=1)},
                "analysis": bool(values.get("dc_imageQualityIndicatorsPlotPath")),
            },
            "state": state_of(values["dc_runStatus"], values["dc_startTime"], values["dc_endTime"], now),
            "favourite": is_favourite(values["dc_comments"]),
        },
    }
    return {
        **_head("dc", collection, values, start, end),
        "count": values["count"],
        "attachments": values["attachments"],
        "Item": item,
    }


def _belongs(found: Values, collection: int, group: int) -> bool:
    """A grid hangs on its collection where that is known, else on the group."""
    own = found.get("grid_dataCollectionId")
    return own == collection if own is not None else found.get("grid_dataCollectionGroupId") == group


def grid(values: Values) -> dict[str, Any]:
    """A grid in one flavour's terms: the size of a step [mm], the scale of the snapshot [µm/pixel].

    The flavour that keeps pixels per micrometre also keeps the size of the whole grid rather than that of one step. A
    database with both columns keeps a row in the terms of the scale that the row has.
    """
    shown = _part(values, "grid_")
    keeps_whole = "micronsPerPixelX" not in shown
    scale_x, scale_y = shown.pop("pixelspermicronX", None), shown.pop("pixelspermicronY", None)
    for name in _GRID_DEFAULTS:
        shown.setdefault(name, None)
    if shown["micronsPerPixelX"] is None and scale_x and scale_y:
        shown["micronsPerPixelX"], shown["micronsPerPixelY"] = 1 / scale_x, 1 / scale_y
        keeps_whole = True
    if keeps_whole:
        whole_x, whole_y = shown["dx_mm"], shown["dy_mm"]
        shown["dx_mm"] = whole_x / shown["steps_x"] if whole_x and shown["steps_x"] else whole_x
        shown["dy_mm"] = whole_y / shown["steps_y"] if whole_y and shown["steps_y"] else whole_y
    shown["snaked"] = None if shown["snaked"] is None else bool(shown["snaked"])
    return shown


def _robot(values: Values) -> tuple[dict[str, Any], datetime | None, datetime | None]:
    shown = _part(values, "robot_")
    before, after = shown.pop("xtalSnapshotBefore"), shown.pop("xtalSnapshotAfter")
    start, end = shown.pop("startTimestamp"), shown.pop("endTimestamp")
    shown["_metadata"] = {"snapshots": {"before": bool(before), "after": bool(after)}}
    return shown, start, end


def _energy_scan(values: Values) -> tuple[dict[str, Any], datetime | None, datetime | None]:
    shown = _part(values, "es_")
    start, end = shown.pop("startTime"), shown.pop("endTime")
    snapshots = {"chooch": bool(shown.pop("jpegChoochFileFullPath"))}
    shown["_metadata"] = {"snapshots": snapshots, "favourite": is_favourite(shown["comments"])}
    shown["comments"] = words_of(shown["comments"])
    return shown, start, end


def _spectrum(values: Values) -> tuple[dict[str, Any], datetime | None, datetime | None]:
    shown = _part(values, "xrf_")
    start, end = shown.pop("startTime"), shown.pop("endTime")
    snapshots = {"spectrum": bool(shown.pop("jpegScanFileFullPath"))}
    shown["_metadata"] = {"snapshots": snapshots, "favourite": is_favourite(shown["comments"])}
    shown["comments"] = words_of(shown["comments"])
    return shown, start, end
