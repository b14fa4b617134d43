"""Macromolecular crystallography: what is found out about a crystal before and beside merged data."""
