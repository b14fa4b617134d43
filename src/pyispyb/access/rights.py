"""What each role may do with what it sees: the matrix of `docs/explanation/access.md`."""

from collections.abc import Mapping
from enum import StrEnum

from ..tables import (
    BLSample,
    BLSession,
    BLSubSample,
    Container,
    Crystal,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    EnergyScan,
    Proposal,
    ProposalHasPerson,
    Protein,
    RobotAction,
    Session_has_Person,
    Share,
    XFEFluorescenceSpectrum,
)
from ..tables.base import Base
from .viewer import Right
from .ways import Role


class Action(StrEnum):
    """What somebody may do with an object."""

    SEE = "see"
    COMMENT = "comment"
    CHANGE = "change"
    CLOSE = "close"
    MOVE = "move"
    """Status and position of a sample; where a container stands."""
    ASSIGN = "assign"
    WRITE = "write"
    """Register what is measured."""
    PROCESS = "process"
    """Register what came of it."""
    REQUEST_REPROCESSING = "request reprocessing"
    SHARE = "share"
    TAKE_BACK = "take back"


KEY_RIGHTS: Mapping[Action, Right] = {
    Action.SEE: Right.READ,
    Action.COMMENT: Right.ACQUISITION_WRITE,
    Action.CLOSE: Right.ACQUISITION_WRITE,
    Action.MOVE: Right.ACQUISITION_WRITE,
    Action.ASSIGN: Right.ACQUISITION_WRITE,
    Action.WRITE: Right.ACQUISITION_WRITE,
    Action.PROCESS: Right.PROCESSING_WRITE,
}
"""The scope that a key needs for what the key of a beamline may do. People need none: they have roles."""

Rights = Mapping[Role, frozenset[Action]]


def _rights(**of: tuple[Action, ...]) -> Rights:
    return {Role[name]: frozenset({Action.SEE, *of.get(name, ())}) for name in Role.__members__}


_A = Action
_PEOPLE = ("ADMINISTRATOR", "STAFF", "LEADER", "MEMBER", "COLLEAGUE", "SESSION_MEMBER")

_READ_ONLY = _rights()
_MEASURED = _rights(
    **dict.fromkeys(_PEOPLE, (_A.COMMENT, _A.REQUEST_REPROCESSING)), KEY=(_A.COMMENT, _A.WRITE, _A.PROCESS)
)
_OWNERS = dict.fromkeys(("LEADER", "COLLEAGUE"), (_A.SHARE,))
_SENDERS = ("ADMINISTRATOR", "LEADER", "MEMBER", "COLLEAGUE", "SESSION_MEMBER")


def _shared(**of: tuple[Action, ...]) -> Rights:
    """As `_rights`, of what its laboratory and the leader may share besides."""
    return _rights(**{name: (*of.get(name, ()), *_OWNERS.get(name, ())) for name in Role.__members__})


_SUBSTANCE = dict.fromkeys(_SENDERS, (_A.CHANGE,))
_SAMPLE = {**dict.fromkeys(_SENDERS, (_A.CHANGE, _A.MOVE)), "STAFF": (_A.MOVE,), "KEY": (_A.MOVE,)}

RIGHTS: Mapping[type[Base], Rights] = {
    Proposal: _rights(LEADER=(_A.SHARE,)),
    ProposalHasPerson: _READ_ONLY,
    Session_has_Person: _READ_ONLY,
    BLSession: _rights(ADMINISTRATOR=(_A.CHANGE, _A.CLOSE), STAFF=(_A.CHANGE, _A.CLOSE), KEY=(_A.CLOSE, _A.WRITE)),
    DataCollectionGroup: _MEASURED,
    DataCollection: _MEASURED,
    DataCollectionFileAttachment: _MEASURED,
    EnergyScan: _MEASURED,
    RobotAction: _MEASURED,
    XFEFluorescenceSpectrum: _MEASURED,
    Protein: _shared(**_SUBSTANCE),
    Crystal: _rights(**_SUBSTANCE),
    BLSample: _shared(**_SAMPLE),
    BLSubSample: _rights(**_SAMPLE),
    Share: _rights(**dict.fromkeys(("ADMINISTRATOR", "LEADER", "COLLEAGUE", "SHARER"), (_A.TAKE_BACK,))),
    Container: _rights(
        ADMINISTRATOR=(_A.CHANGE, _A.MOVE, _A.ASSIGN),
        STAFF=(_A.MOVE, _A.ASSIGN),
        LEADER=(_A.CHANGE, _A.MOVE),
        MEMBER=(_A.CHANGE, _A.MOVE),
        COLLEAGUE=(_A.CHANGE, _A.MOVE),
        KEY=(_A.ASSIGN,),
    ),
}
