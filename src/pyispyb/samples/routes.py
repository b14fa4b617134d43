"""Samples, proteins and containers over HTTP."""

from typing import Annotated, Literal

from fastapi import Path, Query, Response
from pydantic import BaseModel, Field

from ..answers import Listed, answer
from ..auth.dependencies import Reader, ReadingAcquirer
from ..db.dependencies import Db, Paged
from ..keys import LARGEST_KEY, RowKey
from ..routers import Router
from . import service
from .schemas import ContainerOut, ProteinOut, SampleChange, SampleOut, SubSampleOut

router = Router(tags=["Samples"])

Id = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key")]
ProposalName = Annotated[str | None, Query(max_length=90, description="Name of a proposal, in any case")]
Search = Annotated[str | None, Query(max_length=100, description="Part of acronym or name")]


class SampleQuery(BaseModel):
    """Which samples, in which order."""

    proposal: str | None = Field(None, max_length=90, description="Name of a proposal, in any case")
    beamLineName: str | None = Field(None, max_length=45, description="In a container on this beamline")
    proteinId: RowKey | None = Field(None, description="Of this protein")
    containerId: RowKey | None = Field(None, description="In this container")
    sessionId: RowKey | None = Field(None, description="Measured in this session, or assigned to it")
    search: str | None = Field(None, max_length=100, description="Part of name or acronym, or a barcode")
    status: Literal["Sample Action", "Data Collected", "Strategy", "Auto Integrated"] | None = Field(
        None, description="How far the sample has come"
    )
    order_by: Literal["blSampleId", "name", "location"] = Field("blSampleId", description="Order")
    order: Literal["asc", "desc"] = Field("asc", description="Direction")


@router.get("/samples", response_model=Listed[SampleOut], operation_id="list_samples")
async def list_samples(viewer: Reader, db: Db, page: Paged, wanted: Annotated[SampleQuery, Query()]) -> Response:
    """Samples you may see. Of one proposal and without `limit`: all of them."""
    found = service.SampleFilter(**wanted.model_dump(exclude={"order_by", "order"}))
    ascending = wanted.order == "asc"
    return answer(await service.list_samples(db, viewer, found, page, by=wanted.order_by, ascending=ascending))


@router.get("/samples/sub", response_model=Listed[SubSampleOut], operation_id="list_sub_samples")
async def list_sub_samples(
    viewer: Reader,
    db: Db,
    page: Paged,
    blSampleId: Annotated[RowKey | None, Query(description="Of this sample")] = None,
    proteinId: Annotated[RowKey | None, Query(description="Of this protein")] = None,
    proposal: ProposalName = None,
) -> Response:
    """Parts of samples you may see."""
    found = await service.list_sub_samples(
        db, viewer, page, sample_id=blSampleId, protein_id=proteinId, proposal=proposal
    )
    return answer(found)


@router.get("/samples/{blSampleId}", response_model=SampleOut, operation_id="read_sample")
async def read_sample(viewer: Reader, db: Db, blSampleId: Id) -> Response:
    """One sample."""
    return answer(await service.read_sample(db, viewer, blSampleId))


@router.patch("/samples/{blSampleId}", response_model=SampleOut, operation_id="change_sample")
async def change_sample(blSampleId: Id, change: SampleChange, viewer: ReadingAcquirer, db: Db) -> Response:
    """Change status and position of a sample on a beamline of the key."""
    return answer(await service.change_sample(db, viewer, blSampleId, change))


@router.get("/proteins", response_model=Listed[ProteinOut], operation_id="list_proteins")
async def list_proteins(
    viewer: Reader, db: Db, page: Paged, proposal: ProposalName = None, search: Search = None
) -> Response:
    """Proteins you may see, newest first."""
    return answer(await service.list_proteins(db, viewer, page, proposal=proposal, search=search))


@router.get("/proteins/{proteinId}", response_model=ProteinOut, operation_id="read_protein")
async def read_protein(viewer: Reader, db: Db, proteinId: Id) -> Response:
    """One protein with its sequence."""
    return answer(await service.read_protein(db, viewer, proteinId))


@router.get("/containers", response_model=Listed[ContainerOut], operation_id="list_containers")
async def list_containers(
    viewer: Reader,
    db: Db,
    page: Paged,
    proposal: ProposalName = None,
    beamLineName: Annotated[str | None, Query(max_length=45, description="Standing on this beamline")] = None,
    sessionId: Annotated[RowKey | None, Query(description="Assigned to this session")] = None,
) -> Response:
    """Containers you may see, newest first."""
    found = await service.list_containers(
        db, viewer, page, proposal=proposal, beamline=beamLineName, session_id=sessionId
    )
    return answer(found)


@router.get("/containers/{containerId}", response_model=ContainerOut, operation_id="read_container")
async def read_container(viewer: Reader, db: Db, containerId: Id) -> Response:
    """One container."""
    return answer(await service.read_container(db, viewer, containerId))
