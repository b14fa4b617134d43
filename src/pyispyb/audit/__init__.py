"""Who did what, when and from where: written with what was done, and never changed."""

from .actions import Action
from .origin import COMMAND, Origin, origin_of
from .trail import record

__all__ = ["COMMAND", "Action", "Origin", "origin_of", "record"]
