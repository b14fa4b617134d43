"""Proposals that laboratories share, and what is shown across them."""

from typing import Any

from sqlalchemy import Row, delete, insert, update

from ..access import Action, Permission, Role, Viewer, decide, decision_of, may, reasons_of, require
from ..answers import listed
from ..audit import Origin, record
from ..auth.names import person_named
from ..clock import local_of, utc_now
from ..db.database import Database
from ..db.lists import read_page
from ..db.paging import Page
from ..errors import Forbidden, Invalid, NotFound
from ..tables import BagProposal, BLSample, Proposal, Protein, Share
from . import queries
from .schemas import NewShare


async def mark(db: Database, viewer: Viewer, origin: Origin, name: str, *, bag: bool) -> dict[str, Any]:
    """Have several laboratories share a proposal, or no longer. Raises NotFound, Forbidden."""
    row = await db.one(queries.proposal(viewer, name), NotFound.of("proposal", name))
    leads = decision_of(viewer, Action.SHARE, Proposal, reasons_of(viewer, Proposal, row)).allowed
    _require_mark(viewer, leads=leads, bag=bag)
    if bag != (row.bag is not None):
        if bag:
            await db.execute(
                insert(BagProposal).values(proposalId=row.proposalId, markedBy=viewer.person_id, markedAt=utc_now())
            )
        else:
            await db.execute(delete(BagProposal).where(BagProposal.proposalId == row.proposalId))
        await record(db, origin, "proposal.bag", "proposal", row.proposalId, proposal=_name(row), bag=bag)
    return {"proposalId": row.proposalId, "proposal": _name(row), "bag": bag}


def _require_mark(viewer: Viewer, *, leads: bool, bag: bool) -> None:
    """Whoever looks after groups narrows what members see and never widens it, least of all their own.

    Raises Forbidden.
    """
    if leads or viewer.sees_everything or (bag and viewer.may(Permission.MANAGE_GROUPS)):
        return
    able = f"'{Permission.ALL_PROPOSALS}'"
    if bag:
        raise Forbidden(f"To mark it takes the leader of the proposal, {able} or '{Permission.MANAGE_GROUPS}'.")
    raise Forbidden(f"To lift the mark takes the leader of the proposal or {able}.")


def _name(row: Row[Any]) -> str:
    return f"{row.proposalCode or ''}{row.proposalNumber or ''}"


async def list_shares(
    db: Database, viewer: Viewer, page: Page, *, proposal: str | None, sample_id: int | None, protein_id: int | None
) -> dict[str, Any]:
    """A page of the shares that hold and that the viewer may know of, newest first."""
    where = []
    if proposal is not None:
        where.append(queries.of_proposal(proposal))
    if sample_id is not None:
        where.append(queries.of_sample(sample_id))
    if protein_id is not None:
        where.append(Share.proteinId == protein_id)
    order, limit = queries.SHARE_ORDER, page.size()
    rows, more, total = await read_page(db, queries.shares(viewer, where), order, page, limit)
    return listed([_share(viewer, row) for row in rows], limit=limit, skip=page.skip, total=total, after=more)


_PLAIN = (
    "shareId",
    "proposalId",
    "blSampleId",
    "proteinId",
    "name",
    "personId",
    "givenName",
    "familyName",
    "laboratoryId",
    "laboratory",
    "createdBy",
)


def _share(viewer: Viewer, row: Row[Any]) -> dict[str, Any]:
    held = reasons_of(viewer, Share, row)
    return {
        **{name: row._mapping[name] for name in _PLAIN},
        "proposal": _name(row),
        "sharedBy": (row.sharedBy or "").strip() or None,
        "createdAt": local_of(row.createdAt),
        "_metadata": {
            "may": [action.value for action in may(viewer, Share, held)],
            "because": " ".join(reason.because for reason in held),
            "withYou": any(reason.role is Role.RECEIVER for reason in held),
        },
    }


async def share(db: Database, viewer: Viewer, origin: Origin, new: NewShare, proposal_id: int) -> dict[str, Any]:
    """Show a sample, or a protein with its samples, to one more person or laboratory.

    `proposal_id` is that of `require_shareable`. The share that holds already, where there is one. Raises Invalid.
    """
    person_id, laboratory_id = await _receiver(db, new, proposal_id)
    values = {
        "proposalId": proposal_id,
        "blSampleId": new.blSampleId,
        "proteinId": new.proteinId,
        "personId": person_id,
        "laboratoryId": laboratory_id,
    }
    share_id = await db.scalar(queries.same_share(values))
    if share_id is None:
        result = await db.execute(insert(Share).values(**values, createdBy=viewer.person_id, createdAt=utc_now()))
        key = result.inserted_primary_key
        assert key is not None
        share_id = int(key[0])
        await record(db, origin, "share.create", "share", share_id, **values)
    row = await db.one(queries.shares(viewer, [Share.shareId == share_id]), NotFound.of("share", share_id))
    return _share(viewer, row)


async def require_shareable(db: Database, viewer: Viewer, new: NewShare) -> int:
    """The proposal of what is to be shared, if the viewer may share it. Raises NotFound, Forbidden."""
    if viewer.is_key:
        raise Forbidden("Only people share: a key acts for nobody.")
    if new.blSampleId is not None:
        missing = NotFound.of("sample", new.blSampleId)
        require(await decide(db, viewer, Action.SHARE, BLSample, new.blSampleId), missing)
        return int(await db.scalar(queries.sample_proposal(new.blSampleId).with_for_update()))
    assert new.proteinId is not None
    missing = NotFound.of("protein", new.proteinId)
    require(await decide(db, viewer, Action.SHARE, Protein, new.proteinId), missing)
    return int(await db.scalar(queries.protein_proposal(new.proteinId).with_for_update()))


async def _receiver(db: Database, new: NewShare, proposal_id: int) -> tuple[int | None, int | None]:
    """Person or laboratory. Raises Invalid, in the same words for who is not there and who is not of the proposal."""
    if new.login is not None:
        person = await person_named(db, new.login)
        if person is None:
            raise Invalid.field("login", "nobody has this account name")
        return person, None
    if new.personId is not None:
        if await db.scalar(queries.person_of_proposal(proposal_id, new.personId)) is None:
            raise Invalid.field("personId", "is nobody of the proposal; name anybody else by their login")
        return new.personId, None
    assert new.laboratoryId is not None
    if await db.scalar(queries.laboratory_of_proposal(proposal_id, new.laboratoryId)) is None:
        raise Invalid.field("laboratoryId", "is no laboratory that somebody of the proposal works in")
    return None, new.laboratoryId


async def take_back(db: Database, viewer: Viewer, origin: Origin, share_id: int) -> None:
    """End a share at once. Raises NotFound, Forbidden."""
    missing = NotFound.of("share", share_id)
    row = await db.one(queries.held_share(viewer, share_id), missing)
    require(decision_of(viewer, Action.TAKE_BACK, Share, reasons_of(viewer, Share, row)), missing)
    await db.execute(update(Share).where(Share.shareId == share_id).values(revokedAt=utc_now()))
    names = ("proposalId", "blSampleId", "proteinId", "personId", "laboratoryId")
    await record(db, origin, "share.revoke", "share", share_id, **{name: row._mapping[name] for name in names})
