"""Reproducible chance: every thing draws from its own named source, so that one change never moves the others."""

import hashlib
import random

SEED = 1912
"""The one seed of the simulated facility."""


def chance(*name: object) -> random.Random:
    """The source of this name; the same name always starts at the same place."""
    text = "/".join(map(str, (SEED, *name)))
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    return random.Random(number)  # noqa: S311 - a simulation, nothing secret
