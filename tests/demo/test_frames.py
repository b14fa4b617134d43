"""Diffraction images: rings and spots where physics puts them."""

import numpy as np
import pytest

from pyispyb.demo.frames import ICE_RINGS, MASKED, SIZE, Geometry, Lattice, expose, resolution_map

CELL = (78.6, 78.6, 37.1, 90.0, 90.0, 90.0)
EMPTY = Lattice(CELL, 8.0, 0.0)


def shell(counts, spacing, width=0.004):
    """Mean photons of the pixels near a spacing [Å] that see something."""
    near = np.abs(1 / resolution_map(Geometry()) - 1 / spacing) < width
    return counts[near & (counts != MASKED)].mean()


def spots(counts, nearer_than, farther_than):
    """Number of bright pixels between two spacings [Å]."""
    d = resolution_map(Geometry())
    return int(((counts > 40) & (counts != MASKED) & (d < nearer_than) & (d > farther_than)).sum())


def test_water_is_brightest_around_three_and_a_half_angstrom():
    counts = expose(EMPTY)
    assert shell(counts, 3.5) > 2 * shell(counts, 7)
    assert shell(counts, 3.5) > 2 * shell(counts, 1.6)


def test_ice_shows_at_its_spacings_only_where_there_is_ice():
    icy = expose(Lattice(CELL, 8.0, 0.0, ice=12.0))
    clean = expose(EMPTY)
    for spacing in ICE_RINGS[:3]:
        assert shell(icy, spacing, 0.0008) > shell(clean, spacing, 0.0008) + 2


def test_spots_reach_the_resolution_of_the_crystal_and_no_further():
    counts = expose(Lattice(CELL, 2.2, 3000.0, seed=2))
    assert spots(counts, 6.0, 2.6) > 100
    assert spots(counts, 1.9, 1.3) == 0


def test_a_crystal_that_turns_shows_other_spots():
    lattice = Lattice(CELL, 1.8, 3000.0, seed=2)
    start, next_image, later = (
        (counts > 60) & (counts != MASKED) for counts in (expose(lattice, angle) for angle in (0.0, 0.1, 5.0))
    )
    assert start.sum() > 500
    assert (start & next_image).sum() / start.sum() > 0.5
    assert (start & later).sum() / start.sum() < 0.2


def test_the_same_exposure_gives_the_same_photons():
    lattice = Lattice(CELL, 2.0, 3000.0, seed=2)
    assert np.array_equal(expose(lattice, 1.0), expose(lattice, 1.0))


def test_the_beam_stop_and_the_gaps_see_nothing():
    counts = expose(EMPTY)
    middle = counts[SIZE // 2 - 4 : SIZE // 2 + 4, SIZE // 2 - 4 : SIZE // 2 + 4]
    assert middle.mean() < 2
    assert 0.02 < (counts == MASKED).mean() < 0.1


def test_bragg_at_the_edge_of_the_detector():
    """155 mm at 200 mm and 0.9763 Å: theta is half of atan(0.775), d = lambda / (2 sin theta)."""
    assert resolution_map(Geometry())[SIZE // 2, -1] == pytest.approx(1.508, abs=0.002)
