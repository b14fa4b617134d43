"""Shared proposals, shares, and who sees what, over HTTP."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from ..answers import Listed, answer
from ..audit import origin_of
from ..auth.dependencies import Reader
from ..auth.once import OnceOnly
from ..db.dependencies import Db, Paged
from ..dependencies import Configured
from ..keys import LARGEST_KEY, RowKey
from ..routers import Router
from . import service, sight
from .schemas import Access, NewShare, ShareOut, Sharing, SharingOut

router = Router(tags=["Who sees what"])

Id = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Key")]
ProposalName = Annotated[str, Path(max_length=90, description="Name, in any case")]


@router.get("/proposals/{proposal}/access", response_model=Access, operation_id="read_proposal_access")
async def proposal_access(viewer: Reader, db: Db, settings: Configured, proposal: ProposalName) -> Response:
    """Who sees a proposal, and why."""
    return answer(await sight.of_proposal(db, settings, viewer, proposal))


@router.get("/sessions/{sessionId}/access", response_model=Access, operation_id="read_session_access")
async def session_access(viewer: Reader, db: Db, settings: Configured, sessionId: Id) -> Response:
    """Who sees a session, and why."""
    return answer(await sight.of_session(db, settings, viewer, sessionId))


@router.get("/samples/{blSampleId}/access", response_model=Access, operation_id="read_sample_access")
async def sample_access(viewer: Reader, db: Db, settings: Configured, blSampleId: Id) -> Response:
    """Who sees a sample, and why."""
    return answer(await sight.of_sample(db, settings, viewer, blSampleId))


@router.get(
    "/datacollections/{dataCollectionId}/access", response_model=Access, operation_id="read_data_collection_access"
)
async def collection_access(viewer: Reader, db: Db, settings: Configured, dataCollectionId: Id) -> Response:
    """Who sees a data collection with its images and files, and why."""
    return answer(await sight.of_collection(db, settings, viewer, dataCollectionId))


@router.patch("/proposals/{proposal}/sharing", response_model=SharingOut, operation_id="change_proposal_sharing")
async def change_sharing(proposal: ProposalName, change: Sharing, viewer: Reader, db: Db, request: Request) -> Response:
    """Have laboratories share a proposal without seeing each other's samples, or no longer.

    For its leader and administrators who see every proposal; holders of `manage_groups` may only mark it.
    """
    return answer(await service.mark(db, viewer, origin_of(request), proposal, bag=change.bag))


@router.get("/shares", response_model=Listed[ShareOut], operation_id="list_shares")
async def list_shares(
    viewer: Reader,
    db: Db,
    page: Paged,
    proposal: Annotated[str | None, Query(max_length=90, description="Of this proposal")] = None,
    blSampleId: Annotated[RowKey | None, Query(description="That show this sample, by itself or its protein")] = None,
    proteinId: Annotated[RowKey | None, Query(description="Of this protein")] = None,
) -> Response:
    """What is shared at this moment, as far as it concerns you, newest first."""
    found = await service.list_shares(db, viewer, page, proposal=proposal, sample_id=blSampleId, protein_id=proteinId)
    return answer(found)


@router.post("/shares", response_model=ShareOut, status_code=201, operation_id="create_share")
async def create_share(new: NewShare, viewer: Reader, db: Db, once: OnceOnly, request: Request) -> Response:
    """Show a sample, or a protein with its samples, to one more person or laboratory."""
    proposal_id = await service.require_shareable(db, viewer, new)
    return await once(viewer, lambda: service.share(db, viewer, origin_of(request), new, proposal_id))


@router.delete("/shares/{shareId}", status_code=204, operation_id="revoke_share", response_class=Response)
async def revoke_share(shareId: Id, viewer: Reader, db: Db, request: Request) -> Response:
    """Take back what was shared: it is gone at once."""
    await service.take_back(db, viewer, origin_of(request), shareId)
    return Response(status_code=204)
