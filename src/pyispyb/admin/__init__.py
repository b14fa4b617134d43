"""Groups, permissions, people and options: what administrators change while ISPyB runs."""
