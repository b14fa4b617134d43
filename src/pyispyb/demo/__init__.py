"""A simulated facility: data for every page, and beamlines that keep measuring."""
