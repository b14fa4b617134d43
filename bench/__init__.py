"""Measures how fast ISPyB answers, and how far that is from what the database and JSON alone would take."""
