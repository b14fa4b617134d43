"""Structures over HTTP: what programs write, what readers get, and their files, maps and pictures."""

import asyncio
import gzip
from pathlib import Path
from typing import Annotated

from fastapi import Path as InPath
from fastapi import Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from ...access import Viewer
from ...answers import answer
from ...auth.dependencies import Processor, Reader
from ...auth.file_routes import FILE, FileReader, Responses, file_route
from ...auth.once import OnceOnly
from ...db.database import Database
from ...db.dependencies import Db
from ...files.answers import PICTURE_CACHE, download, picture, view
from ...keys import LARGEST_KEY, RowKey
from ...processing.reading import ResultFilter
from ...routers import Router
from ..files.looking import found, looking
from ..files.maps import MapKind, Place
from ..files.schemas import FileSummary
from ..files.summaries import ModelFormat
from . import files, reading, storing
from .answer_schemas import StructureDetail, Structures
from .schemas import Structure, StructureStored

router = Router(tags=["Structures"])

StructureId = Annotated[str, InPath(max_length=20, description="Key of the structure, such as `run-12`")]
File = Annotated[str, InPath(max_length=30, description="Key of the file within the structure")]
MODEL: Responses = {200: {"content": {"chemical/x-pdb": {}, "chemical/x-mmcif": {}}, "description": "The model"}}
MAP: Responses = {200: {"content": {"application/octet-stream": {}}, "description": "A CCP4 map, gzipped on its way"}}
PICTURE: Responses = {200: {"content": {"image/*": {}}, "description": "The picture"}}

NUMBER = r"-?\d{1,5}(\.\d{1,6})?"
PLACE = f"^{NUMBER},{NUMBER},{NUMBER}$"


class StructureQuery(BaseModel):
    """Structures of what."""

    model_config = ConfigDict(extra="ignore")

    dataCollectionId: RowKey | None = Field(None, description="Of a collection")
    dataCollectionGroupId: RowKey | None = Field(None, description="Of the collections of a group")
    blSampleId: RowKey | None = Field(None, description="Of a sample")
    proteinId: RowKey | None = Field(None, description="Of the samples of a protein")
    sessionId: RowKey | None = Field(None, description="Of a session")
    session: str | None = Field(None, max_length=100, description="Of the session of that name, such as `mx415-12`")
    proposal: str | None = Field(None, max_length=90, description="Of the proposal of that name")


@router.get("/structures", response_model=Structures, operation_id="list_structures")
async def list_structures(viewer: Reader, db: Db, wanted: Annotated[StructureQuery, Query()]) -> Response:
    """Phases, models and fits made of the data of a collection, sample, protein or session: ranked, the best first."""
    return answer(await reading.list_structures(db, viewer, ResultFilter(**wanted.model_dump())))


@router.post("/structures", response_model=StructureStored, status_code=201, operation_id="store_structure")
async def store_structure(sent: Structure, viewer: Processor, db: Db, once: OnceOnly) -> Response:
    """Store what one run of a program made of merged data, or announce the run: all of it or nothing."""
    return await once(
        viewer,
        lambda: storing.store(db, viewer, sent),
        location="/structures/{structureId}",
        alike_is_same=sent.program.processingStartTime is not None,
    )


@router.get("/structures/{structureId}", response_model=StructureDetail, operation_id="read_structure")
async def read_structure(viewer: Reader, db: Db, structureId: StructureId) -> Response:
    """One structure with its blobs, its phases by resolution and its files."""
    return answer(await files.read_with_files(db, viewer, structureId))


@file_route(router, "/structures/{structureId}/files/{file}", operation_id="read_structure_file", responses=FILE)
async def read_file(
    viewer: FileReader,
    db: Db,
    request: Request,
    structureId: StructureId,
    file: File,
    inline: Annotated[bool, Query(description="To be read in a browser: logs and pictures; sandboxed")] = False,
) -> Response:
    """A file of a structure."""
    stored = await files.file_of(db, viewer, structureId, file)
    return view(request, stored) if inline else download(request, stored)


@router.get(
    "/structures/{structureId}/files/{file}/summary", response_model=FileSummary, operation_id="sum_up_structure_file"
)
async def sum_up_file(viewer: Reader, db: Db, request: Request, structureId: StructureId, file: File) -> Response:
    """What a model or a file of reflections says of itself: symmetry, cell, columns, chains."""
    path = await _path(request, db, viewer, structureId, file)
    return answer(await looking.summary(path))


@file_route(
    router, "/structures/{structureId}/files/{model}/model", operation_id="read_structure_model", responses=MODEL
)
async def read_model(
    viewer: FileReader,
    db: Db,
    request: Request,
    structureId: StructureId,
    model: File,
    format: Annotated[ModelFormat, Query(description="PDB, or PDBx/mmCIF")] = "pdb",
) -> Response:
    """A model in the format that a viewer reads, whichever format it is in."""
    path = await _path(request, db, viewer, structureId, model)
    headers = {"Cache-Control": PICTURE_CACHE}
    return Response(await looking.model(path, format), media_type=f"chemical/x-{format}", headers=headers)


@file_route(router, "/structures/{structureId}/files/{file}/map", operation_id="read_structure_map", responses=MAP)
async def read_map(
    viewer: FileReader,
    db: Db,
    request: Request,
    structureId: StructureId,
    file: File,
    kind: Annotated[
        MapKind, Query(description="2Fo-Fc, Fo-Fc, anomalous differences, or of the model alone")
    ] = "2fofc",
    near: Annotated[
        str | None,
        Query(pattern=PLACE, description="Only 12 Å to each side of this place in the frame of the model, `x,y,z` [Å]"),
    ] = None,
) -> Response:
    """Electron density from map coefficients, as a CCP4 map of an asymmetric unit, or of a box around a place."""
    path = await _path(request, db, viewer, structureId, file)
    content = await looking.map(path, kind, _place(near))
    headers = {"Cache-Control": PICTURE_CACHE, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        content = await asyncio.to_thread(gzip.decompress, content)
    return Response(content, media_type="application/octet-stream", headers=headers)


@file_route(
    router,
    "/structures/{structureId}/blobs/{number}/views/{view}",
    operation_id="read_blob_view",
    responses=PICTURE,
)
async def read_blob_view(
    viewer: FileReader,
    db: Db,
    request: Request,
    structureId: StructureId,
    number: Annotated[int, InPath(ge=1, le=LARGEST_KEY, description="Place of the blob in the list, from 1")],
    view: Annotated[int, InPath(ge=1, le=LARGEST_KEY, description="From which side, 1 to 3")],
    size: Annotated[str, Query(pattern="^(thumb|full)$", description="`thumb` or `full`")] = "full",
) -> Response:
    """A picture of a blob."""
    stored = await files.view_of_blob(db, viewer, structureId, number, view)
    return await picture(request, stored, small=size == "thumb")


def _place(near: str | None) -> Place | None:
    if near is None:
        return None
    x, y, z = map(float, near.split(","))
    return x, y, z


async def _path(request: Request, db: Database, viewer: Viewer, structure_id: str, file: str) -> Path:
    """Where a file is that is looked into. The connection is given back: others wait for the few files at a time."""
    stored = await files.file_of(db, viewer, structure_id, file)
    await db.release()
    return await found(request, stored)
