"""The pictures a beamline leaves behind, drawn from the same models as the numbers."""
