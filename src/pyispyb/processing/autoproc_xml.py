"""AutoProcContainer: the XML in which autoPROC, xia2 and fast_dp hand in what they made.

Its elements are named as ISPyB's columns. Sweeps name their collection by its key, or by one of its images. What is
read is held to the same rules as a result that comes as JSON, but for R values and correlations: some write percent.
"""

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from pydantic import BaseModel, ValidationError

from ..access import Viewer
from ..db.database import Database
from ..errors import FieldError, Invalid
from ..problems import field_error
from . import results, write_queries
from .schemas import IN_PERCENT, Attachment, Integration, Result, StatisticsFields
from .xml_parts import Part, read_root

LONGEST_TEXT = 255
"""Characters of texts about a run that ISPyB keeps. Programs write more; the rest is cut, and that is said."""

_CUT = ("processingCommandLine", "processingPrograms", "processingMessage", "processingEnvironment")
_STATES = {"1": "success", "success": "success", "0": "failed", "failed": "failed", "running": "running"}
_CELL = tuple(f"refinedCell_{name}" for name in ("a", "b", "c", "alpha", "beta", "gamma"))
_WITH_ZONE = re.compile(r"\w{3} (\w{3} +\d+ \d\d:\d\d:\d\d) (?:\S+ )?(\d{4})")
_OTHER_NAMES = {"ccAnomalous": ("ccAno",), "sigAno": ("DanoOverSigDano",)}
_COLLECTION = "dataCollectionId"
_AXES = [[f"resolutionEllipsoidAxis{axis}{place}" for place in (1, 2, 3)] for axis in (1, 2, 3)]
_LIMITS = [f"resolutionEllipsoidValue{axis}" for axis in (1, 2, 3)]
_NUMBERED = re.compile(r"(%0?\d*d|#+)")


async def store(db: Database, viewer: Viewer, content: bytes, collection_id: int | None) -> dict[str, Any]:
    """Store a container. Raises Invalid with the fields at fault, and whatever `results.store` raises."""
    # Beside the requests of others: a large one takes its time.
    container, sent = await asyncio.to_thread(_read, content, collection_id)
    for place, image in container.images():
        if collection_id is None and "dataCollectionId" not in place:
            place["dataCollectionId"] = await _collection(db, viewer, image)
    stored = await results.store(db, viewer, _valid(sent), in_fractions=False)
    kept = stored["_metadata"]["notKept"]
    return {**stored, "_metadata": {**stored["_metadata"], "notKept": sorted({*kept, *container.passed_over})}}


def _read(content: bytes, collection_id: int | None) -> tuple["Container", dict[str, Any]]:
    container = Container(content)
    return container, container.result(collection_id)


def _valid(sent: dict[str, Any]) -> Result:
    try:
        return Result.model_validate(sent, context=IN_PERCENT)
    except ValidationError as error:
        mistakes = [field_error(found["loc"], found["type"], found["msg"]) for found in error.errors()]
        raise _refusal([FieldError(one.path or "AutoProcContainer", one.message) for one in mistakes]) from error


def _refusal(mistakes: Sequence[FieldError]) -> Invalid:
    return Invalid("; ".join(f"{one.path}: {one.message}" for one in mistakes[:3]), *mistakes)


async def _collection(db: Database, viewer: Viewer, image: tuple[str, str]) -> int:
    """The collection that an image belongs to. Raises Invalid for none, and for more than one."""
    folder, name = image
    keys = {row.dataCollectionId for row in await db.all(write_queries.collection_of_image(viewer, folder, name))}
    if not keys:
        rows = await db.all(write_queries.collections_in_folder(viewer, folder))
        keys = {row.dataCollectionId for row in rows if _makes(row.fileTemplate, name)}
    if len(keys) != 1:
        count = "no collection" if not keys else "more than one collection"
        raise Invalid.field("AutoProcIntegrationContainer.Image", f"{count} has the image {folder}/{name}")
    return int(keys.pop())


def _makes(template: str | None, name: str) -> bool:
    """True where a template such as `x_1_%05d.cbf` or `x_1_####.cbf` makes the name of a file."""
    pieces = _NUMBERED.split(template or "")
    pattern = "".join(r"\d+" if _NUMBERED.fullmatch(piece) else re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, name) is not None


class Container:
    """A container, read."""

    def __init__(self, content: bytes) -> None:
        """Raises Invalid for what is no AutoProcContainer."""
        self._root = read_root(content, "AutoProcContainer")
        self._images: list[tuple[dict[str, Any], tuple[str, str]]] = []
        self._cut_off: set[str] = set()

    @property
    def passed_over(self) -> set[str]:
        """What it holds that ISPyB has no place for, and what was cut, once `result` was asked for."""
        return {*self._root.passed_over(), *self._cut_off}

    def images(self) -> list[tuple[dict[str, Any], tuple[str, str]]]:
        """Sweeps of the result, and folder and name of an image of each."""
        return self._images

    def result(self, collection_id: int | None) -> dict[str, Any]:
        """The container as a result that comes as JSON has it, not yet checked.

        Raises Invalid where it says a thing twice, or another one than was said before.
        """
        about = self._root.one("AutoProcProgramContainer")
        result = {
            "dataCollectionId": collection_id,
            "program": self._program(about.one("AutoProcProgram")),
            **self._symmetry(),
            "scalings": [self._scaling(each, collection_id) for each in self._root.all("AutoProcScalingContainer")],
            "attachments": [_known(each, Attachment) for each in about.all("AutoProcProgramAttachment")],
        }
        if self._root.mistakes:
            raise _refusal(self._root.mistakes)
        return result

    def _program(self, program: Part) -> dict[str, Any]:
        texts = {name: self._cut(program, name) for name in _CUT}
        status = program.text("processingStatus")
        return {
            **texts,
            "processingStatus": "success" if status is None else _STATES.get(status.lower(), status),
            "processingStartTime": _time(program.text("processingStartTime")),
            "processingEndTime": _time(program.text("processingEndTime")),
        }

    def _cut(self, program: Part, name: str) -> str | None:
        folded = " ".join((program.text(name) or "").split()) or None
        if folded is None or len(folded) <= LONGEST_TEXT:
            return folded
        self._cut_off.add(f"{program.path}.{name}: the end")
        return folded[: LONGEST_TEXT - 1] + "…"

    def _symmetry(self) -> dict[str, str]:
        """Space group and cell. Programs write them before each way of scaling; ISPyB has one place for them."""
        found: dict[str, str] = {}
        for part in self._root.all("AutoProc"):
            for name in ("spaceGroup", *_CELL):
                text = part.text(name)
                if text is not None and not _is_same(found.setdefault(name, text), text):
                    part.refuse(name, f"is another than before, {found[name]}: send each in a container of its own")
        return found

    def _scaling(self, container: Part, collection_id: int | None) -> dict[str, Any]:
        statistics: dict[str, Any] = {}
        for each in container.all("AutoProcScalingStatistics"):
            name = each.text("scalingStatisticsType") or "overall"
            if name in statistics:
                each.refuse("scalingStatisticsType", f"{name} comes once more")
            statistics[name] = _known(each, StatisticsFields)
        ellipsoid = _ellipsoid(container.one("AutoProcScaling"))
        by_ellipsoid = any(values.get("completenessEllipsoidal") is not None for values in statistics.values())
        sweeps = container.all("AutoProcIntegrationContainer")
        return {
            "kind": "anisotropic" if ellipsoid or by_ellipsoid else None,
            "ellipsoid": ellipsoid,
            "statistics": statistics,
            "integrations": [self._sweep(each, collection_id) for each in sweeps],
        }

    def _sweep(self, container: Part, collection_id: int | None) -> dict[str, Any]:
        integration, image = container.one("AutoProcIntegration"), container.one("Image")
        sweep = _known(integration, Integration)
        known = sweep.get(_COLLECTION) if collection_id is None else str(collection_id)
        for part, named in ((integration, sweep.get(_COLLECTION)), (image, image.text(_COLLECTION))):
            if named is not None:
                known = sweep[_COLLECTION] = known or named
                if not _is_same(known, named):
                    part.refuse(_COLLECTION, f"{named} is another collection than {known}, which was named too")
        folder, name = image.text("fileLocation"), image.text("fileName")
        if folder and name:
            self._images.append((sweep, (folder.rstrip("/"), name)))
        return sweep


def _known(part: Part, model: type[BaseModel]) -> dict[str, str]:
    """What a part says of the fields of a model."""
    texts = {name: part.text(name, *_OTHER_NAMES.get(name, ())) for name in model.model_fields}
    return {name: text for name, text in texts.items() if text is not None}


def _is_same(one: str, other: str) -> bool:
    """True for the same text, or the same number written in two ways."""
    try:
        return one == other or float(one) == float(other)
    except ValueError:
        return False


def _time(text: str | None) -> str | None:
    """Times as `date` prints them, with a zone that says no other time than the facility's; ISO text stays."""
    match = _WITH_ZONE.fullmatch(text or "")
    if match is None:
        return text
    try:
        return datetime.strptime(f"{match[1]} {match[2]}", "%b %d %H:%M:%S %Y").isoformat()
    except ValueError:
        return text


def _ellipsoid(scaling: Part) -> dict[str, Any] | None:
    """The ellipsoid of anisotropic data. Of a part of one nothing is read: ISPyB has no place for it."""
    if not all(scaling.says(name) for name in (*chain(*_AXES), *_LIMITS)):
        return None
    axes = [[scaling.text(name) for name in axis] for axis in _AXES]
    return {"axes": axes, "limits": [scaling.text(name) for name in _LIMITS]}
