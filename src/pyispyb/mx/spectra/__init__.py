"""Numbers of energy scans and fluorescence spectra, from the files that beamlines write."""
