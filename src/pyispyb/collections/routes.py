"""Data collections over HTTP."""

from typing import Annotated, Literal

from fastapi import Path, Query, Request, Response

from ..answers import Listed, answer
from ..audit import origin_of
from ..auth.dependencies import Editor, Reader
from ..auth.file_routes import FILE, FileReader, Responses, file_route
from ..db.dependencies import Db, Paged
from ..dependencies import STALE, IfMatch
from ..files.answers import download, picture, view
from ..keys import LARGEST_KEY, RowKey
from ..routers import Router
from . import comments, service
from .schemas import AttachmentOut, CollectionChange, CollectionDetail, CommentChange, GroupOut, IndicatorColumns

router = Router(tags=["Data collections"])

Id = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key")]
Thumbnail = Annotated[bool, Query(description="The small version")]
PICTURE: Responses = {200: {"content": {"image/jpeg": {}, "image/png": {}}, "description": "The picture"}}


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


@file_route(router, "/datacollections/attachments/{attachmentId}", operation_id="read_attachment", responses=FILE)
async def read_attachment(
    viewer: FileReader,
    db: Db,
    request: Request,
    attachmentId: Id,
    inline: Annotated[
        bool, Query(description="To be read in a browser: logs, reports and pictures; sandboxed")
    ] = False,
) -> Response:
    """An attached file."""
    stored = await service.attachment_file(db, viewer, attachmentId)
    return view(request, stored) if inline else download(request, stored)


@file_route(
    router,
    "/datacollections/images/diffraction/{dataCollectionId}",
    operation_id="read_diffraction_image",
    responses=PICTURE,
)
async def diffraction_image(
    viewer: FileReader,
    db: Db,
    request: Request,
    dataCollectionId: Id,
    imageId: Annotated[RowKey | None, Query(description="Number of the image; the first there is when none")] = None,
    snapshot: Thumbnail = False,
) -> Response:
    """A diffraction image as picture."""
    stored = await service.diffraction_image(db, viewer, dataCollectionId, imageId)
    return await picture(request, stored, small=snapshot)


@file_route(
    router, "/datacollections/images/quality/{dataCollectionId}", operation_id="read_quality_plot", responses=PICTURE
)
async def quality_plot(
    viewer: FileReader, db: Db, request: Request, dataCollectionId: Id, snapshot: Thumbnail = False
) -> Response:
    """The plot of the per-image analysis."""
    return await picture(request, await service.quality_plot(db, viewer, dataCollectionId), small=snapshot)


@file_route(
    router, "/datacollections/images/{dataCollectionId}", operation_id="read_crystal_snapshot", responses=PICTURE
)
async def crystal_snapshot(
    viewer: FileReader,
    db: Db,
    request: Request,
    dataCollectionId: Id,
    imageId: Annotated[int, Query(ge=1, le=4, description="Which of the four")] = 1,
    snapshot: Thumbnail = False,
) -> Response:
    """A crystal snapshot."""
    return await picture(request, await service.snapshot(db, viewer, dataCollectionId, imageId), small=snapshot)


@router.get("/datacollections/{dataCollectionId}", response_model=CollectionDetail, operation_id="read_data_collection")
async def read_collection(viewer: Reader, db: Db, dataCollectionId: Id) -> Response:
    """A data collection with all its columns."""
    collection = await service.read_collection(db, viewer, dataCollectionId)
    return answer(collection, headers={"ETag": comments.comment_etag(collection["comments"])})


@router.patch(
    "/datacollections/{dataCollectionId}",
    response_model=CollectionDetail,
    operation_id="comment_data_collection",
    responses=STALE,
)
async def comment_collection(
    dataCollectionId: Id, change: CollectionChange, viewer: Editor, db: Db, request: Request, if_match: IfMatch = None
) -> Response:
    """Write a remark on a data collection that you see, or mark it as a favourite of everybody who sees it."""
    origin = origin_of(request)
    collection = await comments.comment_collection(db, viewer, origin, dataCollectionId, change, if_match)
    return answer(collection, headers={"ETag": comments.comment_etag(collection["comments"])})


@router.get(
    "/datacollections/group/{dataCollectionGroupId}",
    response_model=GroupOut,
    operation_id="read_data_collection_group",
)
async def read_group(viewer: Reader, db: Db, dataCollectionGroupId: Id) -> Response:
    """A group of data collections."""
    group = await comments.read_group(db, viewer, dataCollectionGroupId)
    return answer(group, headers={"ETag": comments.comment_etag(group["comments"])})


@router.patch(
    "/datacollections/group/{dataCollectionGroupId}",
    response_model=GroupOut,
    operation_id="comment_data_collection_group",
    responses=STALE,
)
async def comment_group(
    dataCollectionGroupId: Id, change: CommentChange, viewer: Editor, db: Db, request: Request, if_match: IfMatch = None
) -> Response:
    """Write a remark on a group of data collections that you see."""
    origin = origin_of(request)
    group = await comments.comment_group(db, viewer, origin, dataCollectionGroupId, change, if_match)
    return answer(group, headers={"ETag": comments.comment_etag(group["comments"])})


@file_route(router, "/events/images/robot-action/{robotActionId}", operation_id="read_robot_picture", responses=PICTURE)
async def robot_picture(
    viewer: FileReader,
    db: Db,
    request: Request,
    robotActionId: Id,
    which: Annotated[Literal["before", "after"], Query(description="Before or after the action")] = "after",
    snapshot: Thumbnail = False,
) -> Response:
    """A picture of a robot action."""
    stored = await service.robot_picture(db, viewer, robotActionId, before=which == "before")
    return await picture(request, stored, small=snapshot)


@file_route(router, "/events/images/energyscan/{energyScanId}", operation_id="read_energy_scan_plot", responses=PICTURE)
async def energy_scan_picture(
    viewer: FileReader, db: Db, request: Request, energyScanId: Id, snapshot: Thumbnail = False
) -> Response:
    """The plot of an energy scan."""
    return await picture(request, await service.energy_scan_plot(db, viewer, energyScanId), small=snapshot)


@file_route(
    router,
    "/events/images/xfe-fluorescence-spectrum/{xfeFluorescenceSpectrumId}",
    operation_id="read_fluorescence_spectrum_plot",
    responses=PICTURE,
)
async def spectrum_picture(
    viewer: FileReader, db: Db, request: Request, xfeFluorescenceSpectrumId: Id, snapshot: Thumbnail = False
) -> Response:
    """The plot of a fluorescence spectrum."""
    stored = await service.spectrum_plot(db, viewer, xfeFluorescenceSpectrumId)
    return await picture(request, stored, small=snapshot)
