"""The drawings that programs leave beside the data: quality by image, absorption edge, fluorescence spectrum."""

import numpy as np
from PIL import Image

from ..fluorescence import LINES, EdgeScan, Spectrum
from ..indicators import EMPTY_RESOLUTION, Indicators
from . import chart
from .ink import label

WIDTH, HEIGHT = 900, 560
POINTS = 900
"""More images than this are thinned for the plot."""


def quality(indicators: Indicators, title: str) -> Image.Image:
    """Spots and Dozor score above, resolution below, image by image."""
    shown = indicators.thinned(max(1, indicators.imageNumber.size // POINTS))
    number = shown.imageNumber.astype(np.float64)
    span = (float(number[0]) - 0.5, float(indicators.imageNumber[-1]) + 0.5)
    picture, draw = chart.sheet(WIDTH, HEIGHT, title)
    x_ticks = chart.ticks(*span, wanted=8)

    top = max(10.0, float(shown.spotTotal.max()) * 1.08)
    spots = chart.Panel(draw, chart.scaled(64, 84, 880, 290), span, (0, top))
    spots.frame(x_ticks, chart.ticks(0, top, 4), "", "spots per image", chart.BLUE)
    spots.dots(number, shown.spotTotal.astype(np.float64), chart.PALE_BLUE)
    high = max(1.0, float(shown.dozor_score.max()) * 1.35)
    score = chart.Panel(draw, chart.scaled(64, 84, 880, 290), span, (0, high))
    score.curve(number, _smooth(shown.dozor_score), chart.BLUE)
    label(
        draw,
        (880 * chart.FINE, 77 * chart.FINE),
        "line: Dozor score",
        size=13 * chart.FINE,
        colour=chart.BLUE,
        anchor="rs",
    )

    seen = shown.method2Res < EMPTY_RESOLUTION
    best, worst = (
        (float(shown.method2Res[seen].min()), float(np.percentile(shown.method2Res[seen], 98)))
        if seen.any()
        else (1, 4)
    )
    margin = 0.15 * max(worst - best, 0.3)
    resolution = chart.Panel(draw, chart.scaled(64, 356, 880, 510), span, (worst + margin, best - margin))
    y_ticks = chart.ticks(best - margin, worst + margin, 4)
    resolution.frame(x_ticks, y_ticks, "image", "resolution [Angstrom]", chart.ORANGE)
    resolution.dots(number[seen], shown.method2Res[seen], chart.ORANGE)
    return chart.finished(picture)


def edge(scan: EdgeScan, title: str) -> Image.Image:
    """f' and f'' as CHOOCH draws them, with the peak and the inflection point marked."""
    picture, draw = chart.sheet(WIDTH, HEIGHT, title)
    span = (float(scan.energy[0]), float(scan.energy[-1]))
    low, high = float(scan.f_prime.min()) - 1.5, float(scan.f_double_prime.max()) + 2.0
    panel = chart.Panel(draw, chart.scaled(64, 84, 880, 500), span, (low, high))
    panel.frame(
        chart.ticks(*span, wanted=6),
        chart.ticks(low, high, 8),
        "energy [keV]",
        "scattering factors [electrons]",
        chart.INK,
    )
    found = (("peak", scan.peak, chart.GREEN), ("inflection", scan.inflection, chart.ORANGE))
    for row, (name, index, colour) in enumerate(found):
        energy = float(scan.energy[index])
        panel.curve(np.array([energy, energy]), np.array([low, high]), colour, 1.2)
        text = f"{name}  {energy:.4f} keV   f' {scan.f_prime[index]:.2f}   f'' {scan.f_double_prime[index]:.2f}"
        label(
            draw,
            (868 * chart.FINE, (96 + 22 * row) * chart.FINE),
            text,
            size=14 * chart.FINE,
            colour=colour,
            anchor="ra",
        )
    panel.curve(scan.energy, scan.f_double_prime, chart.BLUE, 2.2)
    panel.curve(scan.energy, scan.f_prime, chart.INK, 2.2)
    for name, curve, colour in (("f''", scan.f_double_prime, chart.BLUE), ("f'", scan.f_prime, chart.INK)):
        x, y = panel.place(scan.energy[:1], curve[:1])
        label(
            draw,
            (float(x[0]) + 10 * chart.FINE, float(y[0]) - 8 * chart.FINE),
            name,
            size=16 * chart.FINE,
            colour=colour,
            anchor="ls",
        )
    return chart.finished(picture)


def fluorescence(spectrum: Spectrum, title: str) -> Image.Image:
    """Counts on a logarithmic scale with the elements at their lines."""
    picture, draw = chart.sheet(WIDTH, HEIGHT, title)
    top = float(spectrum.counts.max()) * 3
    span = (0.0, float(spectrum.energy[-1]))
    panel = chart.Panel(draw, chart.scaled(72, 84, 880, 500), span, (1, top), log=True)
    decades = [10.0**power for power in range(0, 7) if 10**power <= top]
    panel.frame(chart.ticks(*span, wanted=8), decades, "energy [keV]", "counts", chart.INK)
    counts = np.maximum(spectrum.counts, 1)
    panel.area(spectrum.energy, counts, chart.PALE_BLUE)
    panel.curve(spectrum.energy, counts, chart.BLUE, 1.2)
    for element in spectrum.elements:
        _name_line(panel, spectrum, element, LINES[element][0][0])
    _name_line(panel, spectrum, "beam", spectrum.excitation)
    return chart.finished(picture)


def _name_line(panel: chart.Panel, spectrum: Spectrum, name: str, energy: float) -> None:
    """A name above the peak at this energy [keV]."""
    near = np.abs(spectrum.energy - energy) < 0.06
    height = spectrum.counts[near].max(keepdims=True)
    x, y = panel.place(np.array([energy]), height)
    label(
        panel.draw,
        (float(x[0]), float(y[0]) - 5 * chart.FINE),
        name,
        size=14 * chart.FINE,
        colour=chart.ORANGE,
        anchor="ms",
    )


def _smooth(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A running mean over nine points, shorter at the ends."""
    window = np.ones(min(9, values.size))
    return np.convolve(values, window, "same") / np.convolve(np.ones(values.size), window, "same")
