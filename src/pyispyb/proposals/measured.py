"""Where something was measured: what a query over it names of its session and proposal, and how it comes to them."""

from typing import Any

from ..db.typing import AnySelect
from ..tables import BLSession, DataCollection, DataCollectionGroup, Proposal

OWNER = (Proposal.proposalCode, Proposal.proposalNumber, BLSession.visit_number, BLSession.beamLineName)
"""What tells whose folders the files lie in."""

SESSION = (BLSession.sessionId, BLSession.proposalId, *OWNER)
"""What a write is checked against."""


def in_session(statement: AnySelect, session: Any = DataCollectionGroup.sessionId) -> AnySelect:
    """Joined to the session that this column names, and its proposal."""
    return statement.join(BLSession, BLSession.sessionId == session).join(
        Proposal, Proposal.proposalId == BLSession.proposalId
    )


def of_collection(statement: AnySelect) -> AnySelect:
    """A query over DataCollection joined to its group, session and proposal."""
    of_group = DataCollectionGroup.dataCollectionGroupId == DataCollection.dataCollectionGroupId
    return in_session(statement.join(DataCollectionGroup, of_group))
