"""Smaller images keep their spots, and masked pixels count for nothing."""

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from pyispyb.diffraction.binning import binned, contrast, factor_for, histogram, statistics
from pyispyb.diffraction.frame import Counts, masked_value
from pyispyb.diffraction.preview import GAP_COLOUR, png

from .detectors import GAP, frame


def _images() -> some.SearchStrategy[Counts]:
    def made(seed: int, height: int, width: int, wide: bool) -> Counts:
        rng = np.random.default_rng(seed)
        image: Counts = rng.integers(0, 50, (height, width)).astype(np.uint32 if wide else np.uint16)
        image[rng.random((height, width)) < 0.3] = masked_value(image)
        return image

    return some.builds(made, some.integers(0, 999), some.integers(1, 40), some.integers(1, 40), some.booleans())


@settings(max_examples=60, deadline=None)
@given(_images(), some.integers(1, 6))
def test_a_square_is_the_largest_or_the_mean_of_what_it_sees(image: Counts, factor: int) -> None:
    largest, mean = binned(image, factor, "max"), binned(image, factor, "mean")
    assert largest.dtype == mean.dtype == image.dtype
    assert largest.shape == (image.shape[0] // factor, image.shape[1] // factor)
    for row, column in np.ndindex(largest.shape):
        square = image[row * factor : (row + 1) * factor, column * factor : (column + 1) * factor]
        seen = square[square != masked_value(image)]
        assert largest[row, column] == (seen.max() if seen.size else masked_value(image))
        assert mean[row, column] == (int(seen.mean() + 0.5) if seen.size else masked_value(image))


def test_the_largest_value_of_a_wide_image_is_kept_across_strips() -> None:
    image = np.zeros((4000, 3000), dtype=np.uint32)
    image[3999, 2999] = 77
    image[0, 0] = 5
    small = binned(image, 4)
    assert (small[-1, -1], small[0, 0], int(small.sum())) == (77, 5, 82)


@pytest.mark.parametrize(("width", "factor"), [(60, 1), (30, 2), (20, 3), (17, 4), (16, 4), (1000, 1)])
def test_a_width_chooses_the_factor(width: int, factor: int) -> None:
    assert factor_for(frame(0), width) == factor


def test_statistics_and_contrast_leave_out_the_mask() -> None:
    image = frame(0)
    told = statistics(image)
    assert (told["min"], told["max"]) == (0, 1000)
    assert contrast(image)[1] < 120
    nothing = np.full((4, 4), 2**16 - 1, dtype=np.uint16)
    assert set(statistics(nothing).values()) == {None}
    assert contrast(nothing)[0] < contrast(nothing)[1]
    assert histogram(nothing)[0].size == 0


@pytest.mark.parametrize("dtype", [np.uint16, np.uint32])
@pytest.mark.parametrize("brightest", [0, 3, 700, 2**16 - 2])
def test_a_histogram_is_that_of_numpy(dtype: Any, brightest: int) -> None:
    rng = np.random.default_rng(brightest)
    counts = np.minimum(rng.poisson(2, (300, 301)), brightest).astype(dtype)
    counts[rng.random(counts.shape) < 0.01] = brightest
    counts[:20] = np.iinfo(dtype).max
    values, edges = histogram(counts)
    assert len(values) == len(edges) - 1 <= 300
    assert values.tolist() == np.histogram(counts[20:], bins=edges)[0].tolist()
    assert values.sum() == counts[20:].size


def test_a_histogram_counts_every_pixel_of_the_background() -> None:
    values, edges = histogram(frame(0), most=10)
    assert len(edges) == len(values) + 1 <= 12
    assert values.sum() >= 36 * 60 - 5


def test_a_picture_is_dark_where_photons_are_and_blue_where_nothing_is_seen() -> None:
    with Image.open(io.BytesIO(png(frame(0), 0, 500))) as picture:
        colours = np.asarray(picture.convert("RGB"))
    assert tuple(colours[10, 20]) == (0, 0, 0)
    assert tuple(colours[0, 0]) == (255, 255, 255)
    assert (colours[GAP] == GAP_COLOUR).all()
    with Image.open(io.BytesIO(png(frame(0), 0, 500, inverted=False))) as picture:
        assert picture.convert("RGB").getpixel((20, 10)) == (255, 255, 255)


@pytest.mark.parametrize("high", [200, 70_000, 2**31])
def test_wide_counts_are_drawn_as_narrow_ones(high: int) -> None:
    image = np.array([[0, high // 2, high, 2**32 - 1, 2**32 - 2]], dtype=np.uint32)
    with Image.open(io.BytesIO(png(image, 0, high))) as picture:
        colours = np.asarray(picture.convert("RGB"))[0]
    assert [tuple(colour) for colour in colours[[0, 2, 3, 4]]] == [(255,) * 3, (0,) * 3, GAP_COLOUR, (0,) * 3]
    assert 125 <= colours[1][0] <= 130


@pytest.mark.parametrize("dtype", [np.uint16, np.uint32])
@pytest.mark.parametrize("largest", [1, 9, 4000, 60_000, 2**16 - 2, 2**31])
def test_the_contrast_is_that_of_all_counts_in_order(dtype: type[np.unsignedinteger[Any]], largest: int) -> None:
    most = int(np.iinfo(dtype).max)
    counts = np.random.default_rng(largest).integers(0, min(largest, most - 1), (300, 300), endpoint=True).astype(dtype)
    counts[:20] = most  # masked
    seen = np.sort(counts[counts != most])
    assert contrast(counts) == (0, max(int(seen[int(seen.size * 0.998)]), 4))
