"""Results found by their unit cell and space group."""
