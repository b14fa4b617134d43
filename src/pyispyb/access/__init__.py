"""What a viewer may see and do."""

from . import laboratories
from . import measurements as _measurements  # declares its rules
from . import samples as _samples  # declares its rules
from . import shares as _shares  # declares its rules
from .decisions import Decision, Reason, decide, decision_of, may, reasons, reasons_of, require, why
from .policy import require_beamline, visible, visible_one
from .rights import Action
from .sessions import sees_whole, visible_sessions
from .viewer import Permission, Right, Viewer
from .ways import Role

__all__ = [
    "Action",
    "Decision",
    "Permission",
    "Reason",
    "Right",
    "Role",
    "Viewer",
    "_measurements",
    "_samples",
    "_shares",
    "decide",
    "decision_of",
    "laboratories",
    "may",
    "reasons",
    "reasons_of",
    "require",
    "require_beamline",
    "sees_whole",
    "visible",
    "visible_one",
    "visible_sessions",
    "why",
]
