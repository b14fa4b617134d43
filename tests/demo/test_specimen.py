"""The crystal in its loop: a real convex body, the same one from every side."""

import numpy as np
import pytest

from pyispyb.demo.specimen import HABITS, POOL, Crystal, make_diffraction, make_specimen

CUBE = Crystal(
    normals=np.array([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]], dtype=float),
    distances=np.full(6, 20.0),
    centre=np.array([5.0, -3.0, 2.0]),
    tint=(1.0, 1.0, 1.0),
)


def volume(crystal: Crystal) -> float:
    """Integral of the thickness seen along the beam [µm³]."""
    low, high = crystal.corners.min(axis=0) - 2, crystal.corners.max(axis=0) + 2
    x, y = np.meshgrid(np.arange(low[0], high[0], 0.5), np.arange(low[1], high[1], 0.5))
    return float(crystal.slab(x, y).thickness.sum() * 0.25)


def test_a_cube_is_as_thick_as_its_side_and_ends_at_its_faces():
    x, y = np.array([5.0, 24.9, 25.1]), np.array([-3.0, -3.0, -3.0])
    assert CUBE.slab(x, y).thickness == pytest.approx([40, 40, 0], abs=1e-3)


def test_a_cube_has_eight_corners():
    assert len(CUBE.corners) == 8
    assert CUBE.corners.min(axis=0) == pytest.approx([-15, -23, -18])


def test_a_turned_cube_shows_its_diagonal():
    turned = CUBE.rotated(45)
    assert turned.corners[:, 1].max() - turned.corners[:, 1].min() == pytest.approx(40 * 2**0.5)
    assert turned.slab(turned.centre[:1], turned.centre[1:2]).thickness == pytest.approx([40 * 2**0.5], rel=1e-4)


@pytest.mark.parametrize("number", range(len(HABITS)))
def test_every_side_shows_the_same_volume(number):
    crystal = make_specimen(number).crystal
    expected = volume(crystal)
    assert expected > 1000
    for omega in (30, 90, 145):
        assert volume(crystal.rotated(omega)) == pytest.approx(expected, rel=0.02)


def test_the_middle_of_every_crystal_lies_within_its_loop():
    for number in range(POOL):
        specimen = make_specimen(number)
        outline = specimen.loop.outline(0)
        assert outline[:, 0].min() < specimen.crystal.centre[0] < outline[:, 0].max()
        assert outline[:, 1].min() < specimen.crystal.centre[1] < outline[:, 1].max()


def test_a_number_always_gives_the_same_specimen_and_another_number_another():
    assert np.array_equal(make_specimen(4).crystal.normals, make_specimen(4).crystal.normals)
    assert make_specimen(4).loop != make_specimen(9).loop


def test_most_crystals_diffract_usefully_and_a_few_do_not():
    made = [make_diffraction(number) for number in range(1000)]
    dead = [each for each in made if not each.usable]
    assert 20 < len(dead) < 120
    assert all(1.1 < each.resolution < 4 for each in made if each.usable)
    assert all(0 <= each.decay < 1 for each in made)
