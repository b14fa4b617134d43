"""Grid scans: their order, their place, and the crystal they find."""

import numpy as np
import pytest

from pyispyb.demo.grids import Grid, edge_on, over_loop
from pyispyb.demo.indicators import illuminated, of_grid
from pyispyb.demo.specimen import POOL, make_diffraction, make_specimen

MAP = np.arange(6.0).reshape(2, 3)


def grid(**changes):
    return Grid(**{"omega": 0.0, "centre": (0.0, 0.0), "step": (10.0, 20.0), "steps_x": 3, "steps_y": 2, **changes})


@pytest.mark.parametrize(
    ("orientation", "snaked", "order"),
    [
        ("horizontal", False, [0, 1, 2, 3, 4, 5]),
        ("horizontal", True, [0, 1, 2, 5, 4, 3]),
        ("vertical", False, [0, 3, 1, 4, 2, 5]),
        ("vertical", True, [0, 3, 4, 1, 2, 5]),
    ],
)
def test_images_come_in_the_order_of_the_scan(orientation, snaked, order):
    assert grid(orientation=orientation, snaked=snaked).in_scan_order(MAP).tolist() == order


def test_beam_positions_lie_in_the_middle_of_the_boxes_from_the_upper_left():
    x, y = grid().beam_positions()
    assert x[0].tolist() == [-10, 0, 10]
    assert y[:, 0].tolist() == [10, -10]


@pytest.mark.parametrize("number", range(POOL))
def test_the_score_is_high_where_the_crystal_is_and_nothing_elsewhere(number):
    specimen, diffraction = make_specimen(number), make_diffraction("grid of a good crystal")
    scan = over_loop(specimen.loop, 20.0)
    path = scan.in_scan_order(illuminated(specimen, scan))
    score = of_grid(specimen, diffraction, scan, 1).dozor_score
    assert score[path > 5].mean() > 5
    assert score[path == 0].max() < 1
    assert (path > 5).sum() >= 3


@pytest.mark.parametrize("number", range(POOL))
def test_the_line_after_a_quarter_turn_crosses_the_crystal_and_ends_outside(number):
    specimen = make_specimen(number)
    scan = edge_on(specimen, 12.0)
    path = illuminated(specimen, scan)[:, 0]
    assert path.max() > 5
    assert path[0] == path[-1] == 0
