"""SQL of X-ray centring. It is seen with the group of its grid scans."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select

from ...access import Viewer, visible
from ...db.catalogue import Catalogue
from ...db.paging import Key
from ...db.typing import AnySelect
from ...db.writes import all_columns
from ...tables import BLSample, Crystal, DataCollection, DataCollectionGroup, GridInfo, Protein
from .place import place_of


def order(catalogue: Catalogue) -> tuple[Key, ...]:
    """Newest first."""
    return (Key(place_of(catalogue).centring.xrayCentringId),)


def seen(catalogue: Catalogue, viewer: Viewer) -> AnySelect:
    """Visible centrings."""
    centring = place_of(catalogue).centring
    return (
        select(
            centring.xrayCentringId,
            centring.dataCollectionGroupId,
            DataCollectionGroup.sessionId,
            centring.status,
            centring.xrayCentringType,
        )
        .join(DataCollectionGroup, DataCollectionGroup.dataCollectionGroupId == centring.dataCollectionGroupId)
        .where(visible(viewer, DataCollectionGroup))
    )


def centrings(catalogue: Catalogue, viewer: Viewer, where: list[ColumnElement[bool]]) -> AnySelect:
    """Visible centrings of the groups that `where` selects, of groups joined to their collections."""
    group = DataCollectionGroup.dataCollectionGroupId
    groups = select(group).outerjoin(DataCollection, DataCollection.dataCollectionGroupId == group).where(*where)
    return seen(catalogue, viewer).where(place_of(catalogue).centring.dataCollectionGroupId.in_(groups))


def one(catalogue: Catalogue, viewer: Viewer, centring_id: int) -> AnySelect:
    """A visible centring."""
    return seen(catalogue, viewer).where(place_of(catalogue).centring.xrayCentringId == centring_id)


def results(catalogue: Catalogue) -> AnySelect:
    """What the centrings `ids` found, in the order in which it was told."""
    table = place_of(catalogue).result
    return (
        select(*all_columns(catalogue, table))
        .where(table.xrayCentringId.in_(bindparam("ids", expanding=True)))
        .order_by(table.xrayCentringResultId)
    )


def grids_of_group(catalogue: Catalogue, group_id: int) -> AnySelect:
    """The grids of a group of collections: key, and boxes across and down."""
    belongs = GridInfo.dataCollectionGroupId == group_id
    if catalogue.has(GridInfo.dataCollectionId):
        members = select(DataCollection.dataCollectionId).where(DataCollection.dataCollectionGroupId == group_id)
        belongs = or_(belongs, GridInfo.dataCollectionId.in_(members))
    return select(GridInfo.gridInfoId, GridInfo.steps_x, GridInfo.steps_y).where(belongs)


def samples_of_proposal(viewer: Viewer, ids: set[Any], proposal_id: int) -> AnySelect:
    """Those of these samples that the viewer sees and that belong to the proposal."""
    return (
        select(BLSample.blSampleId)
        .join(Crystal, Crystal.crystalId == BLSample.crystalId)
        .join(Protein, Protein.proteinId == Crystal.proteinId)
        .where(BLSample.blSampleId.in_(ids), Protein.proposalId == proposal_id, visible(viewer, BLSample))
    )
