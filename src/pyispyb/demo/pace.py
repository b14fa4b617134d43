"""How fast the simulated facility measures."""

USUAL_INTERVAL = 20.0
"""Seconds between two events of a beamline; a cluster keeps pace with other ones."""
