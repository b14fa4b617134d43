"""What programs made of the measured data: runs of programs, merged data and its quality, files."""
