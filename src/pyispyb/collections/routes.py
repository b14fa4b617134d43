"""Data collections over HTTP."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from ..answers import Listed, answer
from ..auth.dependencies import Reader
from ..db.dependencies import Db, Paged
from ..files.answers import download, picture
from ..keys import LARGEST_KEY, RowKey
from . import service
from .schemas import AttachmentOut, CollectionDetail, IndicatorColumns

router = APIRouter(tags=["Data collections"])

Id = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key")]
Thumbnail = Annotated[bool, Query(description="The small version")]
Responses = dict[int | str, dict[str, Any]]
PICTURE: Responses = {200: {"content": {"image/jpeg": {}, "image/png": {}}, "description": "The picture"}}
FILE: Responses = {200: {"content": {"application/octet-stream": {}}, "description": "The file"}}


@router.get("/datacollections/quality", response_model=IndicatorColumns, operation_id="read_image_quality_indicators")
async def read_indicators(
    viewer: Reader, db: Db, dataCollectionId: Annotated[RowKey, Query(description="The collection")]
) -> Response:
    """Per-image quality indicators of a collection, as columns."""
    return answer(await service.read_indicators(db, viewer, dataCollectionId))


@router.get("/datacollections/attachments", response_model=Listed[AttachmentOut], operation_id="list_attachments")
async def list_attachments(
    viewer: Reader,
    db: Db,
    page: Paged,
    dataCollectionId: Annotated[RowKey | None, Query(description="Files of this collection")] = None,
    dataCollectionGroupId: Annotated[RowKey | None, Query(description="Files of all collections of this group")] = None,
) -> Response:
    """Files attached to a collection or to those of a group."""
    found = await service.list_attachments(
        db, viewer, collection_id=dataCollectionId, group_id=dataCollectionGroupId, page=page
    )
    return answer(found)


@router.get("/datacollections/attachments/{attachmentId}", operation_id="read_attachment", responses=FILE)
async def read_attachment(viewer: Reader, db: Db, request: Request, attachmentId: Id) -> Response:
    """An attached file."""
    return download(request, await service.attachment_path(db, viewer, attachmentId))


@router.get(
    "/datacollections/images/diffraction/{dataCollectionId}", operation_id="read_diffraction_image", responses=PICTURE
)
async def diffraction_image(
    viewer: Reader,
    db: Db,
    request: Request,
    dataCollectionId: Id,
    imageId: Annotated[RowKey | None, Query(description="Number of the image; the first there is when none")] = None,
    snapshot: Thumbnail = False,
) -> Response:
    """A diffraction image as picture."""
    path = await service.diffraction_path(db, viewer, dataCollectionId, imageId)
    return await picture(request, path, small=snapshot)


@router.get("/datacollections/images/quality/{dataCollectionId}", operation_id="read_quality_plot", responses=PICTURE)
async def quality_plot(
    viewer: Reader, db: Db, request: Request, dataCollectionId: Id, snapshot: Thumbnail = False
) -> Response:
    """The plot of the per-image analysis."""
    return await picture(request, await service.quality_plot_path(db, viewer, dataCollectionId), small=snapshot)


@router.get("/datacollections/images/{dataCollectionId}", operation_id="read_crystal_snapshot", responses=PICTURE)
async def crystal_snapshot(
    viewer: Reader,
    db: Db,
    request: Request,
    dataCollectionId: Id,
    imageId: Annotated[int, Query(ge=1, le=4, description="Which of the four")] = 1,
    snapshot: Thumbnail = False,
) -> Response:
    """A crystal snapshot."""
    return await picture(request, await service.snapshot_path(db, viewer, dataCollectionId, imageId), small=snapshot)


@router.get("/datacollections/{dataCollectionId}", response_model=CollectionDetail, operation_id="read_data_collection")
async def read_collection(viewer: Reader, db: Db, dataCollectionId: Id) -> Response:
    """A data collection with all its columns."""
    return answer(await service.read_collection(db, viewer, dataCollectionId))


@router.get("/events/images/robot-action/{robotActionId}", operation_id="read_robot_picture", responses=PICTURE)
async def robot_picture(
    viewer: Reader,
    db: Db,
    request: Request,
    robotActionId: Id,
    which: Annotated[Literal["before", "after"], Query(description="Before or after the action")] = "after",
    snapshot: Thumbnail = False,
) -> Response:
    """A picture of a robot action."""
    path = await service.robot_picture_path(db, viewer, robotActionId, before=which == "before")
    return await picture(request, path, small=snapshot)


@router.get("/events/images/energyscan/{energyScanId}", operation_id="read_energy_scan_plot", responses=PICTURE)
async def energy_scan_picture(
    viewer: Reader, db: Db, request: Request, energyScanId: Id, snapshot: Thumbnail = False
) -> Response:
    """The plot of an energy scan."""
    return await picture(request, await service.energy_scan_picture_path(db, viewer, energyScanId), small=snapshot)


@router.get(
    "/events/images/xfe-fluorescence-spectrum/{xfeFluorescenceSpectrumId}",
    operation_id="read_fluorescence_spectrum_plot",
    responses=PICTURE,
)
async def spectrum_picture(
    viewer: Reader, db: Db, request: Request, xfeFluorescenceSpectrumId: Id, snapshot: Thumbnail = False
) -> Response:
    """The plot of a fluorescence spectrum."""
    path = await service.spectrum_picture_path(db, viewer, xfeFluorescenceSpectrumId)
    return await picture(request, path, small=snapshot)
