"""What control software writes while it measures, over HTTP. All of it may be repeated with an Idempotency-Key, but for
the stream, whose documents say the same when they come again."""

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from ..answers import answer
from ..auth.dependencies import Acquirer, Indicating
from ..auth.once import OnceOnly
from ..db.dependencies import Db
from ..ndjson import MEDIA_TYPE, Answers
from ..routers import Router
from . import grids, indicators, scans, schemas, service, stream

router = Router(tags=["Acquisition"])


@router.post(
    "/datacollections/group",
    response_model=schemas.GroupOut,
    status_code=201,
    operation_id="create_data_collection_group",
)
async def create_group(sent: schemas.Group, viewer: Acquirer, db: Db, once: OnceOnly) -> Response:
    """Make a group of data collections."""
    return await once(viewer, lambda: service.create_group(db, viewer, sent))


@router.post(
    "/datacollections/datacollection",
    response_model=schemas.CollectionOut,
    status_code=201,
    operation_id="store_data_collection",
)
async def store_collection(sent: schemas.Collection, viewer: Acquirer, db: Db, once: OnceOnly) -> Response:
    """Make a data collection, or with `collection_id` change one."""
    return await once(
        viewer,
        lambda: service.store_collection(db, viewer, sent),
        location="/datacollections/{dataCollectionId}",
    )


@router.post("/images/image", response_model=schemas.ImageOut, status_code=201, operation_id="store_image")
async def store_image(sent: schemas.Image, viewer: Acquirer, db: Db, once: OnceOnly) -> Response:
    """Note an image of a collection."""
    return await once(viewer, lambda: service.store_image(db, viewer, sent))


@router.post(
    "/datacollections/quality",
    response_model=schemas.IndicatorsOut,
    status_code=201,
    operation_id="store_image_quality_indicators",
)
async def store_indicators(sent: schemas.Indicators, viewer: Indicating, db: Db, once: OnceOnly) -> Response:
    """Add or change quality indicators of many images."""
    return await once(viewer, lambda: indicators.store_indicators(db, viewer, sent))


@router.post(
    "/datacollections/quality/stream",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "A line to each document, in their order: `line`, and `status` 201 with what "
            "`datacollections/quality` answers, or a problem document",
            "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
        }
    },
    operation_id="stream_image_quality_indicators",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                MEDIA_TYPE: {
                    "schema": {"type": "string", "description": "A document of `datacollections/quality` a line"}
                }
            },
        }
    },
)
async def stream_indicators(request: Request, viewer: Indicating) -> Response:
    """Add or change quality indicators while they are made: each line is stored, and answered, as it comes."""
    return Answers(stream.store_each(request), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


@router.post(
    "/datacollections/grid-info",
    response_model=schemas.GridInfoOut,
    status_code=201,
    operation_id="store_grid_info",
)
async def store_grid(sent: schemas.GridInfo, viewer: Acquirer, db: Db, once: OnceOnly) -> Response:
    """Say where the points of a grid scan lie."""
    return await once(viewer, lambda: grids.store_grid(db, viewer, sent))


@router.post(
    "/events/robot-action",
    response_model=schemas.RobotActionOut,
    status_code=201,
    operation_id="store_robot_action",
)
async def store_robot_action(sent: schemas.RobotAction, viewer: Acquirer, db: Db, once: OnceOnly) -> Response:
    """Note what the sample changer did."""
    return await once(viewer, lambda: scans.store_robot_action(db, viewer, sent), alike_is_same=True)


@router.post(
    "/events/energyscan", response_model=schemas.EnergyScanOut, status_code=201, operation_id="store_energy_scan"
)
async def store_energy_scan(sent: schemas.EnergyScan, viewer: Acquirer, db: Db, once: OnceOnly) -> Response:
    """Note a scan over an absorption edge."""
    return await once(
        viewer, lambda: scans.store_energy_scan(db, viewer, sent), alike_is_same=sent.startTime is not None
    )


@router.patch(
    "/events/energyscan/associate-bl-sample",
    response_model=schemas.EnergyScanOut,
    operation_id="associate_energy_scan_sample",
)
async def associate_sample(sent: schemas.ScanSample, viewer: Acquirer, db: Db) -> Response:
    """Say which sample an energy scan was made of."""
    return answer(await scans.associate_sample(db, viewer, sent))


@router.post(
    "/events/xfe-fluorescence-spectrum",
    response_model=schemas.SpectrumOut,
    status_code=201,
    operation_id="store_fluorescence_spectrum",
)
async def store_spectrum(sent: schemas.Spectrum, viewer: Acquirer, db: Db, once: OnceOnly) -> Response:
    """Note a fluorescence spectrum."""
    return await once(viewer, lambda: scans.store_spectrum(db, viewer, sent), alike_is_same=sent.startTime is not None)
