"""Pictures: what should be in them is in them."""

import numpy as np
import pytest
from PIL import Image

from pyispyb.demo.fluorescence import scan_edge, spectrum
from pyispyb.demo.frames import Lattice, expose
from pyispyb.demo.indicators import of_sweep
from pyispyb.demo.pictures import plots
from pyispyb.demo.pictures.camera import HEIGHT, WIDTH, empty_goniometer, on_crystal, on_loop, photograph
from pyispyb.demo.pictures.diffraction import picture
from pyispyb.demo.pictures.ink import save, save_with_thumbnail, thumbnail_path
from pyispyb.demo.specimen import POOL, make_diffraction, make_specimen


def difference(left: Image.Image, right: Image.Image) -> np.ndarray:
    """How much two pictures differ, 0 … 255."""
    return np.abs(np.asarray(left.convert("L"), dtype=float) - np.asarray(right.convert("L"), dtype=float))


@pytest.mark.parametrize("omega", [0.0, 90.0, 180.0, 270.0])
def test_the_crystal_is_drawn_where_the_model_has_it(omega):
    specimen = make_specimen(12)
    view = on_crystal(specimen, omega)
    seen = difference(photograph(specimen, view), empty_goniometer())
    corners = specimen.crystal.rotated(omega).corners
    left, top = view.pixel(corners[:, 0].min(), corners[:, 1].max())
    right, bottom = view.pixel(corners[:, 0].max(), corners[:, 1].min())
    middle = slice(int(top), int(bottom)), slice(int(left), int(right))
    assert seen[middle].mean() > 15
    assert seen[:40, :40].mean() < 6


def test_centring_brings_the_crystal_to_the_beam():
    for number in range(POOL):
        specimen = make_specimen(number)
        x, y, _ = specimen.crystal.rotated(90).centre
        assert on_crystal(specimen, 90).pixel(x, y) == (WIDTH / 2, HEIGHT / 2)


def test_before_centring_the_whole_loop_is_in_the_picture():
    for number in range(POOL):
        specimen = make_specimen(number)
        for omega in (0, 90):
            view = on_loop(specimen, omega)
            for x, y, _ in specimen.loop.outline(omega):
                column, row = view.pixel(x, y)
                assert 0 < column < WIDTH
                assert 0 < row < HEIGHT


def test_pictures_are_drawn_alike_every_time():
    specimen = make_specimen(3)
    assert difference(*(photograph(specimen, on_loop(specimen, 0)) for _ in range(2))).max() == 0


def test_spots_are_dark_on_a_bright_page():
    seen = np.asarray(picture(expose(Lattice((78.6, 78.6, 37.1, 90, 90, 90), 1.8, 3000.0))).convert("L"))
    assert np.median(seen) > 180
    assert (seen < 40).sum() > 300


def test_a_thumbnail_lies_beside_its_picture(tmp_path):
    path = tmp_path / "photo.jpg"
    save_with_thumbnail(empty_goniometer(), path)
    assert thumbnail_path(path) == tmp_path / "photot.jpg"
    with Image.open(path) as full, Image.open(thumbnail_path(path)) as small:
        assert full.size == (WIDTH, HEIGHT)
        assert small.size == (WIDTH // 2, HEIGHT // 2)


def test_a_drawing_keeps_its_colours(tmp_path):
    drawn = plots.edge(scan_edge("Se", 1), "edge")
    save(drawn, tmp_path / "drawing.png")
    with Image.open(tmp_path / "drawing.png") as saved:
        assert difference(saved, drawn).mean() < 2
        assert saved.mode == "P"


def test_plots_are_drawn_for_any_data():
    good = make_diffraction("plot")
    for images in (4, 30, 3600):
        assert plots.quality(of_sweep(good, np.arange(images) * 0.1, 1.0, 1), "quality").size == (900, 560)
    blue = np.array([31, 98, 176])
    for drawn in (plots.edge(scan_edge("Se", 1), "edge"), plots.fluorescence(spectrum({"Zn": 1.0}, 12.7, 1), "xrf")):
        assert (np.abs(np.asarray(drawn, dtype=int) - blue).sum(axis=2) < 30).sum() > 300
