"""Diffraction images over HTTP."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from ..answers import answer
from ..auth.dependencies import Reader
from ..auth.file_routes import FileReader, Responses, file_route
from ..db.dependencies import Db
from ..errors import Invalid
from ..etags import is_held
from ..files.answers import PICTURE_CACHE
from ..keys import LARGEST_KEY, RowKey
from ..routers import Router
from . import service
from .binning import Method
from .locate import Source
from .packing import packed
from .reader import ImageReader
from .schemas import Histogram, ImageHeader

router = Router(tags=["Data collections"])

Collection = Annotated[RowKey, Query(description="The collection")]
Number = Annotated[
    int | None, Query(ge=0, le=LARGEST_KEY, description="Number of the image; the first when none is named")
]
Frames = Annotated[int, Query(ge=1, le=20, description="Add so many images from this one on")]
How = Annotated[Method, Query(description="What a pixel of the smaller image is: the largest or the mean of its")]

PNG: Responses = {200: {"content": {"image/png": {}}, "description": "The picture"}}
COUNTS: Responses = {
    200: {
        "content": {"application/octet-stream": {}},
        "description": "Pixels row by row, little-endian; headers `X-Image-Width`, `X-Image-Height`, `X-Image-Type` "
        "(uint16, uint32, float32) and `X-Image-Masked`, the value of pixels that see nothing",
    }
}


async def _asked(dataCollectionId: Collection, imageNumber: Number = None, frames: Frames = 1) -> service.Asked:
    return service.Asked(dataCollectionId, imageNumber, frames)


async def _asked_one(dataCollectionId: Collection, imageNumber: Number = None) -> service.Asked:
    return service.Asked(dataCollectionId, imageNumber)


Images = Annotated[service.Asked, Depends(_asked)]
OneImage = Annotated[service.Asked, Depends(_asked_one)]


def _reader(request: Request) -> ImageReader:
    reader: ImageReader = request.app.state.images
    return reader


@router.get("/data/images/header", response_model=ImageHeader, operation_id="read_image_header")
async def read_header(viewer: Reader, db: Db, request: Request, asked: OneImage) -> Response:
    """How the images of a collection were measured, and whether the image file or the database says so."""
    return answer(await service.read_header(db, viewer, _reader(request), asked))


@router.get("/data/images/histogram", response_model=Histogram, operation_id="read_image_histogram")
async def read_histogram(viewer: Reader, db: Db, request: Request, asked: OneImage) -> Response:
    """How many pixels of an image have how many counts."""
    _, sources = await service.find(db, viewer, asked)
    images = _reader(request)
    return answer(await images.run(partial(service.read_histogram, images, sources)))


@file_route(router, "/data/images/preview", operation_id="read_image_preview", responses=PNG)
async def read_preview(
    viewer: FileReader,
    db: Db,
    request: Request,
    asked: Images,
    width: Annotated[int, Query(ge=16, le=8192, description="About how wide the picture is to be [pixel]")] = 1000,
    low: Annotated[
        float | None, Query(allow_inf_nan=False, description="Counts that are white; chosen by the image when none")
    ] = None,
    high: Annotated[
        float | None, Query(allow_inf_nan=False, description="Counts that are black; chosen by the image when none")
    ] = None,
    inverted: Annotated[bool, Query(description="Dark spots on white; false for bright spots on black")] = True,
    method: How = "max",
) -> Response:
    """A diffraction image as a grey picture, at any size; masked pixels are blue."""
    if low is not None and high is not None and low >= high:
        raise Invalid.field("high", "must be more than `low`")
    _, sources = await service.find(db, viewer, asked)
    images = _reader(request)
    look = service.Look(width, low, high, inverted, method)
    return await _cached(
        request, sources, look, lambda: Response(service.draw(images, sources, look), media_type="image/png")
    )


@file_route(router, "/data/images", operation_id="read_image", responses=COUNTS)
async def read_image(
    viewer: FileReader,
    db: Db,
    request: Request,
    asked: Images,
    binning: Annotated[int, Query(ge=1, le=64, description="Pixels along each side that become one")] = 1,
    method: How = "max",
    type: Annotated[
        service.Pixel, Query(description="float32, or counts: uint16 or uint32 as the detector has them")
    ] = "float32",
) -> Response:
    """A diffraction image as numbers."""
    _, sources = await service.find(db, viewer, asked)
    images = _reader(request)
    accepted = request.headers.get("Accept-Encoding", "")

    def made() -> Response:
        raw = service.read_raw(images, sources, binning, method, type)
        content, encoding = packed(raw.content, accepted)
        return Response(
            content,
            media_type="application/octet-stream",
            headers={
                "X-Image-Width": str(raw.width),
                "X-Image-Height": str(raw.height),
                "X-Image-Type": raw.dtype,
                "X-Image-Masked": f"{raw.masked:g}" if raw.dtype == "float32" else str(raw.masked),
                "Vary": "Accept-Encoding",
                **({"Content-Encoding": encoding} if encoding else {}),
            },
        )

    return await _cached(request, sources, (binning, method, type), made)


async def _cached(request: Request, sources: list[Source], how: object, made: Callable[[], Response]) -> Response:
    """An answer that says how long it holds; only that, where the client has it already."""
    images = _reader(request)
    tag = await images.run(partial(images.tag, sources[0], len(sources), how))
    headers = {"ETag": tag, "Cache-Control": PICTURE_CACHE}
    if is_held(request.headers, headers):
        return Response(status_code=304, headers=headers)
    response = await images.run(made)
    response.headers.update(headers)
    return response
