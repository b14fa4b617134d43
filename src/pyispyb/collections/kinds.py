"""Kinds of experiment."""

SCANS = frozenset({"mesh", "mesh3d", "line"})
"""Those whose images are not for processing, in small letters."""
