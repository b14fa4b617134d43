"""What a viewer may see and do."""

from . import samples as _samples  # declares its rules
from .policy import require_beamline, visible, visible_sessions
from .viewer import Permission, Right, Viewer

__all__ = ["Permission", "Right", "Viewer", "_samples", "require_beamline", "visible", "visible_sessions"]
