"""Grid scans of a session: where their boxes lie, and the indicator that tells where the crystal is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, bindparam, select, union_all

from ..db.catalogue import Catalogue
from ..db.database import Database
from ..db.typing import AnySelect
from ..db.writes import all_columns, columns
from ..events.shapes import grid
from ..tables import GridInfo, ImageQualityIndicators

MOST_BOXES = 100_000
"""Boxes of a report, over all its scans; later scans are told without a map."""

Grid = dict[str, Any]
"""As `events.shapes.grid` tells it."""

Place = tuple[float, float, float, float]
"""Left, top, width, height [pixel]."""


@dataclass(frozen=True, slots=True)
class Metric:
    """An indicator: its column, what it is called, and which values are good."""

    column: Any
    name: str
    digits: int = 3
    """Significant ones that are told."""
    unit: str = ""
    low_is_better: bool = False
    least: float | None = None
    """Colours reach as far as this at least: below it there is no crystal, and noise shall not shine like one."""


METRICS = (
    Metric(ImageQualityIndicators.dozor_score, "Dozor score", least=5),
    Metric(ImageQualityIndicators.spotTotal, "Spots", 4, least=20),
    Metric(ImageQualityIndicators.goodBraggCandidates, "Bragg candidates", 4, least=20),
    Metric(ImageQualityIndicators.inResTotal, "Spots in resolution range", 4, least=20),
    Metric(ImageQualityIndicators.method1Res, "Resolution", unit=" Å", low_is_better=True),
    Metric(ImageQualityIndicators.totalIntegratedSignal, "Integrated signal"),
)
"""As the page takes them: the first that a scan has."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan of a grid. `values` are as the grid is seen, (rows, columns); NaN where none has come."""

    values: NDArray[np.float64]
    metric: Metric
    place: Place | None
    """Where the grid lies on the snapshot; None where its scale or its place is unknown."""
    turn: float
    """How far it is turned over the snapshot, about its middle and clockwise [degrees]."""
    aspect: float
    """Width to height of the whole grid."""
    angle: float | None
    """Of the goniometer [degrees]."""
    collection: Row[Any]

    @property
    def span(self) -> tuple[float, float]:
        """What colours reach from and to."""
        low, high = float(np.nanmin(self.values)), float(np.nanmax(self.values))
        return low, high if self.metric.least is None else max(high, self.metric.least)

    @property
    def best(self) -> tuple[int, int]:
        """Row and column of the best value, from 0."""
        find = np.nanargmin if self.metric.low_is_better else np.nanargmax
        row, column = np.unravel_index(find(self.values), self.values.shape)
        return int(row), int(column)


async def scans_of(db: Database, collections: Sequence[Row[Any]]) -> tuple[dict[int, Scan], bool]:
    """Scans by collection, of rows of `queries.measured`, and whether some were left out: two statements at most."""
    seen = [row.dataCollectionId for row in collections]
    groups = list({row.dataCollectionGroupId for row in collections})
    found = await db.rows(_grids(db.catalogue), {"groups": groups, "collections": seen}) if seen else []
    own: dict[int, Grid] = {}
    of_group: dict[int, list[Grid]] = defaultdict(list)
    for row in found:
        shown = grid(row._asdict())
        if shown["dataCollectionId"] is None:
            of_group[shown["dataCollectionGroupId"]].append(shown)
        else:
            own[shown["dataCollectionId"]] = shown
    laid: dict[int, tuple[Row[Any], Grid]] = {}
    room, are_cut = MOST_BOXES, False
    for row in collections:
        lies = own.get(row.dataCollectionId) or _of_group(row, of_group[row.dataCollectionGroupId])
        if lies is None or not (boxes := _boxes(lies)):
            continue
        if boxes > room:
            are_cut = True
            continue
        laid[row.dataCollectionId] = row, lies
        room -= boxes
    return await _filled(db, laid), are_cut


def _of_group(row: Row[Any], grids: Sequence[Grid]) -> Grid | None:
    """The grid of a collection where grids hang on the group: that with as many boxes as it has images."""
    same = (shown for shown in grids if _boxes(shown) == row.numberOfImages)
    return next(same, None)


async def _filled(db: Database, laid: Mapping[int, tuple[Row[Any], Grid]]) -> dict[int, Scan]:
    if not laid:
        return {}
    metrics = [metric for metric in METRICS if db.catalogue.has(metric.column)]
    rows = await db.tuples(_indicators(db.catalogue), {"ids": list(laid)})
    if not rows:
        return {}
    table = np.array([tuple(row) for row in rows], dtype=np.float64).reshape(-1, 2 + len(metrics))  # None becomes NaN
    table = table[np.argsort(table[:, 0], kind="stable")]
    keys, starts = np.unique(table[:, 0], return_index=True)
    scans = {}
    for key, images in zip(keys, np.split(table, starts[1:]), strict=True):
        row, shown = laid[int(key)]
        told = next((at for at in range(len(metrics)) if not np.isnan(images[:, 2 + at]).all()), None)
        if told is not None:
            values = _as_seen(images[:, 1], images[:, 2 + told], shown, row.startImageNumber or 1)
            if not np.isnan(values).all():
                scans[int(key)] = _scan(row, shown, metrics[told], values)
    return scans


def _as_seen(numbers: NDArray[np.float64], told: NDArray[np.float64], shown: Grid, first: int) -> NDArray[np.float64]:
    """Values of images laid out as the grid is seen: it is scanned along rows or along columns, perhaps snaked."""
    rows, columns_ = _rows(shown), _columns(shown)
    values = np.full(rows * columns_, np.nan)
    place = numbers.astype(np.int64) - first
    within = (place >= 0) & (place < values.size)
    values[place[within]] = told[within]
    is_upright = shown["orientation"] == "vertical"
    lines = values.reshape((columns_, rows) if is_upright else (rows, columns_))
    if shown["snaked"]:
        lines[1::2] = lines[1::2, ::-1]
    return lines.T if is_upright else lines


def _scan(row: Row[Any], shown: Grid, metric: Metric, values: NDArray[np.float64]) -> Scan:
    rows, columns_ = values.shape
    across, down = abs(shown["dx_mm"] or 0), abs(shown["dy_mm"] or 0)
    known = bool(across and down)
    scale_x, scale_y = shown["micronsPerPixelX"], shown["micronsPerPixelY"]
    left, top = shown["snapshot_offsetXPixel"], shown["snapshot_offsetYPixel"]
    place = None
    if known and scale_x and scale_y and left is not None and top is not None:
        place = left, top, columns_ * across * 1000 / scale_x, rows * down * 1000 / scale_y
    angle = row.axisStart if row.axisStart is not None else getattr(row, "omegaStart", None)
    aspect = columns_ * across / (rows * down) if known else columns_ / rows
    return Scan(values, metric, place, _turn(shown["meshAngle"], angle), aspect, angle, row)


def _turn(mesh_angle: float | None, goniometer: float | None) -> float:
    """Some control software repeats the angle of the goniometer, and no grid is turned by a quarter: both are none."""
    if not mesh_angle or mesh_angle % 90 == 0:
        return 0.0
    is_repeated = goniometer is not None and abs((mesh_angle - goniometer + 180) % 360 - 180) < 0.1
    return 0.0 if is_repeated else mesh_angle


def _boxes(shown: Grid) -> int:
    return max(0, _rows(shown)) * max(0, _columns(shown))


def _rows(shown: Grid) -> int:
    return round(shown["steps_y"] or 0)


def _columns(shown: Grid) -> int:
    return round(shown["steps_x"] or 0)


@lru_cache(maxsize=8)
def _grids(catalogue: Catalogue) -> AnySelect:
    """Grids of the groups `groups` and of the collections `collections`; some of them twice.

    Each way by its own index: a database looks for none of two keys in one.
    """
    wanted = select(*(column.label(f"grid_{column.key}") for column in all_columns(catalogue, GridInfo)))
    ways = [wanted.where(GridInfo.dataCollectionGroupId.in_(bindparam("groups", expanding=True)))]
    if catalogue.has(GridInfo.dataCollectionId):
        ways.append(wanted.where(GridInfo.dataCollectionId.in_(bindparam("collections", expanding=True))))
    return select(union_all(*ways).subquery("grids"))


@lru_cache(maxsize=8)
def _indicators(catalogue: Catalogue) -> AnySelect:
    """Rows (collection, image, each of METRICS that there is) of the collections `ids`, in any order."""
    table, told = ImageQualityIndicators, columns(catalogue, *(metric.column for metric in METRICS))
    wanted = select(table.dataCollectionId, table.imageNumber, *told)
    return wanted.where(table.dataCollectionId.in_(bindparam("ids", expanding=True)))
