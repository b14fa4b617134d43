"""AutoProcContainer: the XML in which autoPROC, xia2 and fast_dp hand in what they made.

Its elements are named as ISPyB's columns. Sweeps name their collection by its key, or by one of its images. What is
read is held to the same rules as a result that comes as JSON.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lxml import etree
from pydantic import BaseModel, ValidationError

from ..access import Viewer
from ..db.database import Database
from ..errors import FieldError, Invalid
from . import results, write_queries
from .schemas import Attachment, Integration, Result, StatisticsFields

LONGEST_TEXT = 255
"""Characters of texts about a run that ISPyB keeps. Programs write more; the rest is cut, and that is said."""

_CUT = ("processingCommandLine", "processingPrograms", "processingMessage", "processingEnvironment")
_STATES = {"1": "success", "success": "success", "0": "failed", "failed": "failed", "running": "running"}
_CELL = tuple(f"refinedCell_{name}" for name in ("a", "b", "c", "alpha", "beta", "gamma"))
_WITH_ZONE = re.compile(r"\w{3} (\w{3} +\d+ \d\d:\d\d:\d\d) (?:\S+ )?(\d{4})")
_OTHER_NAMES = {"ccAno": "ccAnomalous", "DanoOverSigDano": "sigAno"}
_NUMBERED = re.compile(r"(%0?\d*d|#+)")

Element = Any
"""An element of lxml, which has no types."""


async def store(db: Database, viewer: Viewer, content: bytes, collection_id: int | None) -> dict[str, Any]:
    """Store a container. Raises Invalid with the fields at fault, and whatever `results.store` raises."""
    container = Container(content)
    sent = container.result(collection_id)
    for place, image in container.images():
        if collection_id is None and "dataCollectionId" not in place:
            place["dataCollectionId"] = await _collection(db, viewer, image)
    stored = await results.store(db, viewer, _valid(sent))
    kept = stored["_metadata"]["notKept"]
    return {**stored, "_metadata": {**stored["_metadata"], "notKept": sorted({*kept, *container.passed_over})}}


def _valid(sent: dict[str, Any]) -> Result:
    try:
        return Result.model_validate(sent)
    except ValidationError as error:
        errors = [FieldError(_path(found["loc"]), found["msg"]) for found in error.errors()]
        raise Invalid("; ".join(f"{one.path}: {one.message}" for one in errors[:3]), *errors) from error


def _path(location: Iterable[str | int]) -> str:
    """`scalings[0].statistics.overall.rMerge`."""
    parts = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return parts.removeprefix(".") or "AutoProcContainer"


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
    """A container, read. `passed_over` names what it holds that ISPyB has no place for, and what was cut."""

    def __init__(self, content: bytes) -> None:
        """Raises Invalid for what is no AutoProcContainer."""
        self._root = _parsed(content)
        self._images: list[tuple[dict[str, Any], tuple[str, str]]] = []
        self.passed_over: set[str] = set()

    def images(self) -> list[tuple[dict[str, Any], tuple[str, str]]]:
        """Sweeps of the result, and folder and name of an image of each."""
        return self._images

    def result(self, collection_id: int | None) -> dict[str, Any]:
        """The container as a result that comes as JSON has it, not yet checked."""
        about = _child(self._root, "AutoProcProgramContainer")
        auto_proc = _child(self._root, "AutoProc")
        return {
            "dataCollectionId": collection_id,
            "program": self._program(_child(about, "AutoProcProgram")),
            "spaceGroup": _text(auto_proc, "spaceGroup"),
            **{name: _text(auto_proc, name) for name in _CELL},
            "scalings": [self._scaling(each) for each in _children(self._root, "AutoProcScalingContainer")],
            "attachments": [self._known(each, Attachment) for each in _children(about, "AutoProcProgramAttachment")],
        }

    def _program(self, program: Element) -> dict[str, Any]:
        texts = {name: self._cut(name, _text(program, name)) for name in _CUT}
        status = _text(program, "processingStatus")
        return {
            **texts,
            "processingStatus": "success" if status is None else _STATES.get(status.lower(), status),
            "processingStartTime": _time(_text(program, "processingStartTime")),
            "processingEndTime": _time(_text(program, "processingEndTime")),
        }

    def _cut(self, name: str, text: str | None) -> str | None:
        folded = " ".join(text.split()) if text else None
        if folded is None or len(folded) <= LONGEST_TEXT:
            return folded
        self.passed_over.add(f"{name}: the end")
        return folded[: LONGEST_TEXT - 1] + "…"

    def _scaling(self, container: Element) -> dict[str, Any]:
        statistics: dict[str, Any] = {}
        for each in _children(container, "AutoProcScalingStatistics"):
            name = _text(each, "scalingStatisticsType") or "overall"
            statistics[name] = self._known(each, StatisticsFields, passed={"scalingStatisticsType"})
        ellipsoid = _ellipsoid(_child(container, "AutoProcScaling"))
        by_ellipsoid = any(values.get("completenessEllipsoidal") is not None for values in statistics.values())
        return {
            "kind": "anisotropic" if ellipsoid or by_ellipsoid else None,
            "ellipsoid": ellipsoid,
            "statistics": statistics,
            "integrations": [self._sweep(each) for each in _children(container, "AutoProcIntegrationContainer")],
        }

    def _sweep(self, container: Element) -> dict[str, Any]:
        sweep = self._known(_child(container, "AutoProcIntegration"), Integration)
        image = _child(container, "Image")
        named = _text(image, "dataCollectionId")
        if named is not None:
            sweep.setdefault("dataCollectionId", named)
        folder, name = _text(image, "fileLocation"), _text(image, "fileName")
        if folder and name:
            self._images.append((sweep, (folder.rstrip("/"), name)))
        return sweep

    def _known(self, element: Element, model: type[BaseModel], passed: Iterable[str] = ()) -> dict[str, Any]:
        """The texts of an element's children that the model has fields for; the others are noted."""
        found: dict[str, Any] = {}
        for child in element if element is not None else ():
            if not isinstance(child.tag, str) or child.tag in passed:
                continue
            name = _OTHER_NAMES.get(child.tag, child.tag)
            text = (child.text or "").strip()
            if name not in model.model_fields:
                self.passed_over.add(child.tag[:80])
            elif text:
                found[name] = text
        return found


def _parsed(content: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Invalid("The body is no XML that can be read.") from error
    if root.getroottree().docinfo.doctype:
        raise Invalid("The body declares a document type, which an AutoProcContainer has not.")
    if root.tag != "AutoProcContainer":
        raise Invalid.field(str(root.tag)[:80], "is not AutoProcContainer")
    return root


def _child(element: Element, name: str) -> Element:
    return None if element is None else element.find(name)


def _children(element: Element, name: str) -> list[Element]:
    return [] if element is None else list(element.findall(name))


def _text(element: Element, name: str) -> str | None:
    text = None if element is None else element.findtext(name)
    return text.strip() or None if text else None


def _time(text: str | None) -> str | None:
    """Times as `date` prints them, with a zone that says no other time than the facility's; ISO text stays."""
    match = _WITH_ZONE.fullmatch(text or "")
    if match is None:
        return text
    try:
        return datetime.strptime(f"{match[1]} {match[2]}", "%b %d %H:%M:%S %Y").isoformat()
    except ValueError:
        return text


def _ellipsoid(scaling: Element) -> dict[str, Any] | None:
    axes = [[_text(scaling, f"resolutionEllipsoidAxis{axis}{place}") for place in (1, 2, 3)] for axis in (1, 2, 3)]
    limits = [_text(scaling, f"resolutionEllipsoidValue{axis}") for axis in (1, 2, 3)]
    whole = all(number is not None for number in (*(number for axis in axes for number in axis), *limits))
    return {"axes": axes, "limits": limits} if whole else None
