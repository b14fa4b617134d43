"""ISPyB: what was measured at a synchrotron or cryo-EM centre, and what came of it."""

from importlib.metadata import version

__version__ = version("pyispyb")
