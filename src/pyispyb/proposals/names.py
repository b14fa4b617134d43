"""Names of proposals and sessions: `mx415` is code and number, `mx415-12` its twelfth visit."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_

from ..tables import BLSession, Proposal

# A name is looked up by every way to part it into code and number, so that the index on both is used.
LONGEST_NAME = 40


def proposal_name() -> ColumnElement[str]:
    """`mx415`."""
    return func.coalesce(Proposal.proposalCode, "") + func.coalesce(Proposal.proposalNumber, "")


def is_proposal(name: str) -> ColumnElement[bool]:
    """True for the proposal of that name, whatever its case."""
    return _is_proposal(name.strip()[:LONGEST_NAME])


@lru_cache(maxsize=1024)
def _is_proposal(name: str) -> ColumnElement[bool]:
    """Kept, since a page asks for the same proposal again and again, and there are many ways to part a name."""
    ways: list[ColumnElement[bool]] = [
        and_(Proposal.proposalCode == name[:cut], Proposal.proposalNumber == name[cut:]) for cut in range(1, len(name))
    ]
    ways.append(
        and_(or_(Proposal.proposalCode.is_(None), Proposal.proposalCode == ""), Proposal.proposalNumber == name)
    )
    return or_(*ways)


def is_session(name: str) -> ColumnElement[bool]:
    """True for the session of that name; the query joins Proposal. Never true for something that is not a name."""
    proposal, _, visit = name.rpartition("-")
    if not proposal or not visit.isdecimal() or len(visit) > 9:
        return BLSession.sessionId.is_(None)
    return and_(is_proposal(proposal), BLSession.visit_number == int(visit))


def session_name(row: Any) -> str | None:
    """`mx415-12` from a row with proposalCode, proposalNumber and visit_number; without a visit just the proposal."""
    proposal = f"{row.proposalCode or ''}{row.proposalNumber or ''}"
    return f"{proposal}-{row.visit_number}" if row.visit_number is not None else proposal or None
