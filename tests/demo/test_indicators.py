"""Per-image indicators: numbers that a crystallographer would believe."""

from dataclasses import replace

import numpy as np
import pytest

from pyispyb.demo.indicators import EMPTY_RESOLUTION, of_sweep
from pyispyb.demo.specimen import Diffraction

GOOD = Diffraction(resolution=1.6, strength=60.0, anisotropy=0.0, phase=0.0, decay=0.0, icy=False, mosaicity=0.1)
ANGLES = np.arange(3600) * 0.1


def test_radiation_damage_takes_its_share_of_the_score():
    score = of_sweep(replace(GOOD, decay=0.6), ANGLES, 1.0, 1).dozor_score
    assert score[-300:].mean() / score[:300].mean() == pytest.approx(0.4, abs=0.08)


def test_a_crystal_that_was_burnt_before_starts_lower():
    dying = replace(GOOD, decay=0.6)
    fresh, burnt = (of_sweep(dying, ANGLES, 0.1, 1, offset).dozor_score[:200].mean() for offset in (0.0, 1.0))
    assert burnt / fresh == pytest.approx(0.4, abs=0.05)


def test_anisotropy_swings_twice_a_turn():
    score = of_sweep(replace(GOOD, anisotropy=0.4, phase=30.0), ANGLES, 0.0, 1).dozor_score
    strength = np.abs(np.fft.rfft(score - score.mean()))
    assert int(strength.argmax()) == 2


def test_the_better_the_score_the_better_the_resolution():
    found = of_sweep(replace(GOOD, decay=0.8), ANGLES, 1.0, 1)
    assert np.corrcoef(found.dozor_score, found.method2Res)[0, 1] < -0.7
    assert found.method2Res[:300].mean() == pytest.approx(GOOD.resolution, rel=0.05)


def test_good_spots_are_some_of_those_in_range_which_are_some_of_all():
    found = of_sweep(GOOD, ANGLES, 0.3, 1)
    assert (found.goodBraggCandidates <= found.inResTotal).all()
    assert (found.inResTotal <= found.spotTotal).all()


def test_nothing_is_seen_of_a_dead_crystal():
    found = of_sweep(replace(GOOD, strength=0.2), ANGLES, 0.3, 1)
    assert (found.method2Res == EMPTY_RESOLUTION).mean() > 0.95


def test_ice_comes_in_episodes_and_only_to_icy_samples():
    rings = of_sweep(replace(GOOD, icy=True), ANGLES, 0.3, 1).iceRings
    assert 0.01 < (rings > 0).mean() < 0.7
    assert np.abs(np.diff(rings)).max() <= 1
    assert of_sweep(GOOD, ANGLES, 0.3, 1).iceRings.sum() == 0


def test_columns_are_aligned_finite_and_whole_numbers_where_they_count():
    columns = of_sweep(GOOD, ANGLES[:50], 0.3, 1).columns(10, 20)
    assert columns["imageNumber"] == list(range(11, 21))
    assert {len(values) for values in columns.values()} == {10}
    assert all(isinstance(value, int) for value in columns["spotTotal"])
    assert all(np.isfinite(values).all() for values in columns.values())


def test_thinning_keeps_the_numbers_of_the_images():
    assert of_sweep(GOOD, ANGLES[:30], 0.3, 1).thinned(10).imageNumber.tolist() == [1, 11, 21]
