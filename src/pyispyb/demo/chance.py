"""Reproducible chance: every thing draws from its own named source, so that one change never moves the others."""

import hashlib
import random

import numpy as np

SEED = 1912
"""The one seed of the simulated facility."""


def chance(*name: object) -> random.Random:
    """The source of this name; the same name always starts at the same place."""
    return random.Random(_number(name))  # noqa: S311 - a simulation, nothing secret


def chances(*name: object) -> np.random.Generator:
    """The same for whole arrays."""
    return np.random.default_rng(_number(name))


def _number(name: tuple[object, ...]) -> int:
    text = "/".join(map(str, (SEED, *name)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
