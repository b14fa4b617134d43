"""What the on-axis camera sees: a pin, a nylon loop, a crystal, back light.

The picture is made of light: a bright field that the pin blocks, the fibre bends away, the frozen film dims a little,
and the faces of the crystal deflect by their slope. Only then come colour and the marks of the software.
"""

from dataclasses import dataclass
from functools import cache, reduce

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from ..specimen import Loop, Slab, Specimen
from .ink import coloured, label

WIDTH, HEIGHT = 1024, 768
MICRONS_PER_PIXEL = 0.62
FINE = 2
"""The nylon and the crystal are drawn this many times finer, then reduced."""

PIN_AFTER_LOOP = 120
"""Distance from the neck of the loop to the pin [µm]."""

Light = NDArray[np.float32]
Line = list[tuple[float, float]]
Box = tuple[slice, slice]


@dataclass(frozen=True)
class View:
    """How the goniometer holds the specimen in front of the camera."""

    omega: float
    """Spindle angle [degrees]."""
    centre: tuple[float, float]
    """Point of the specimen under the beam mark, x along the spindle and y up [µm]."""

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the rotated specimen [µm] is in the picture."""
        return (
            WIDTH / 2 + (x - self.centre[0]) / MICRONS_PER_PIXEL,
            HEIGHT / 2 - (y - self.centre[1]) / MICRONS_PER_PIXEL,
        )


def on_crystal(specimen: Specimen, omega: float) -> View:
    """The view after centring: the crystal at the beam."""
    x, y, _ = specimen.crystal.rotated(omega).centre
    return View(omega, (float(x), float(y)))


def on_loop(specimen: Specimen, omega: float) -> View:
    """The view before: the loop at the beam, with room for a grid around it."""
    return View(omega, (-0.06 * specimen.loop.length, 0.0))


def photograph(specimen: Specimen, view: View) -> Image.Image:
    """The picture of a specimen as the camera software would save it."""
    light = _back_light() + _sensor_noise(specimen.number + round(view.omega))
    _block(light, specimen.loop, view)
    _dim_by_loop(light, specimen, view)
    tint = _draw_crystal(light, specimen, view)
    picture = _coloured(light, tint)
    _mark(picture, view.omega)
    return picture


def empty_goniometer() -> Image.Image:
    """The picture when no pin is mounted."""
    picture = _coloured(_back_light() + _sensor_noise(7), None)
    _mark(picture, 0.0)
    return picture


@cache
def _back_light() -> Light:
    """The bright field: a little uneven, with dust far out of focus."""
    x, y = np.meshgrid(np.linspace(-1, 1, WIDTH, dtype=np.float32), np.linspace(-0.75, 0.75, HEIGHT, dtype=np.float32))
    light = 0.80 - 0.17 * ((x + 0.12) ** 2 + (y - 0.06) ** 2)
    rng = np.random.default_rng(11)
    for _ in range(9):
        cx, cy, r, depth = (
            rng.uniform(-1, 1),
            rng.uniform(-0.7, 0.7),
            rng.uniform(0.02, 0.07),
            rng.uniform(0.004, 0.012),
        )
        ring = np.sqrt((x - cx) ** 2 + (y - cy) ** 2) / r
        light -= depth * np.exp(-((ring - 1) ** 2) * 14) + depth * 0.5 * np.exp(-(ring**2) * 3)
    return light.astype(np.float32)


@cache
def _noise_sheet() -> Light:
    sheet = np.random.default_rng(5).normal(0, 0.0095, (HEIGHT + 128, WIDTH + 128)).astype(np.float32)
    soft = (sheet[:-1, :-1] + sheet[1:, :-1] + sheet[:-1, 1:] + sheet[1:, 1:]) * np.float32(0.6)
    return soft.astype(np.float32)


def _sensor_noise(seed: int) -> Light:
    """Noise that differs from picture to picture, cut from one sheet."""
    down, right = (seed * 37) % 127, (seed * 61) % 127
    return _noise_sheet()[down : down + HEIGHT, right : right + WIDTH]


def _block(light: Light, loop: Loop, view: View) -> None:
    """The metal pin: a dark cylinder with a polished streak, a little out of focus."""
    tip, _ = view.pixel(loop.length * 0.5 + PIN_AFTER_LOOP, 0)
    _, axis = view.pixel(0, 0)
    left = max(0, int(tip) - 24)
    if left >= WIDTH:
        return
    half = 92.0 / MICRONS_PER_PIXEL
    x = np.arange(left, WIDTH, dtype=np.float32)[None, :]
    y = (np.arange(HEIGHT, dtype=np.float32)[:, None] - axis) / half
    shape = 0.5 - 0.5 * np.tanh((np.abs(y) - 1 + 0.10 * np.exp(-(x - tip) / 26)) * 11)
    solid = shape * (0.5 + 0.5 * np.tanh((x - tip) / 5))
    polish = 0.12 + 0.13 * np.exp(-((y + 0.38) ** 2) / 0.05) + 0.05 * np.exp(-((y - 0.55) ** 2) / 0.02)
    bore = 0.06 * np.exp(-((x - tip) ** 2) / 90)
    part = light[:, left:]
    light[:, left:] = part * (1 - solid) + (polish - bore) * solid


def _dim_by_loop(light: Light, specimen: Specimen, view: View) -> None:
    """Draw the nylon, the frozen film inside it and the ice on it into the light."""
    loop = specimen.loop
    outline = loop.outline(view.omega)
    strands = [*_stem(loop, view), [view.pixel(x, y) for x, y, _ in outline]]
    x, y = np.array([point for strand in strands for point in strand]).T
    margin = 24
    box = (
        slice(max(0, int(y.min()) - margin), min(HEIGHT, int(y.max()) + margin)),
        slice(max(0, int(x.min()) - margin), min(WIDTH, int(x.max()) + margin)),
    )
    light[box] *= _film(strands[-1], box)
    light[box] *= _nylon(strands, specimen, box)


def _nylon(strands: list[Line], specimen: Specimen, box: Box) -> Light:
    """Share of light that passes glassy fibres: dark flanks, bright core, as cylinder lenses look in back light."""
    top, left = box[0].start, box[1].start
    sheet = Image.new("L", ((box[1].stop - left) * FINE, (box[0].stop - top) * FINE), 255)
    draw = ImageDraw.Draw(sheet)
    full = specimen.loop.fibre / MICRONS_PER_PIXEL * FINE
    for strand in strands:
        line = (np.array(strand) - (left, top)) * FINE
        aside = _across(line) * (full / 2)
        for share, tone in ((1.0, 128), (0.86, 70), (0.66, 88), (0.48, 140), (0.3, 200), (0.16, 236)):
            band = np.concatenate([line + share * aside, (line - share * aside)[::-1]])
            draw.polygon(band.ravel().tolist(), fill=tone)
    _frost(draw, strands[-1], specimen, (left, top))
    small = sheet.reduce(FINE).filter(ImageFilter.BoxBlur(0.9))
    return np.asarray(small, dtype=np.float32) * np.float32(1 / 255)


def _across(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors at right angles to a line of points, both of shape (n, 2)."""
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    return np.stack([-along[:, 1], along[:, 0]], axis=1)


def _film(rim: Line, box: Box) -> Light:
    """Share of light that passes the frozen buffer inside the loop: a lens, dim towards the rim where it slopes."""
    top, left, small = box[0].start, box[1].start, 4
    size = (box[1].stop - left, box[0].stop - top)
    mask = Image.new("L", (size[0] // small + 1, size[1] // small + 1), 0)
    ImageDraw.Draw(mask).polygon([((x - left) / small, (y - top) / small) for x, y in rim], fill=255)
    wide = np.asarray(mask.filter(ImageFilter.BoxBlur(14)).filter(ImageFilter.BoxBlur(9)), dtype=np.float32) / 255
    near = np.asarray(mask.filter(ImageFilter.BoxBlur(1)), dtype=np.float32) / 255
    slope_y, slope_x = np.gradient(wide)
    shade = 0.065 + 0.42 * np.clip(1 - wide, 0, 1) ** 1.5 + 3.4 * slope_y + 1.6 * slope_x
    passed = Image.fromarray((np.clip(1 - near * shade, 0, 1.25) * 200).astype(np.uint8))
    return np.asarray(passed.resize(size, Image.Resampling.BILINEAR), dtype=np.float32) * np.float32(1 / 200)


def _stem(loop: Loop, view: View) -> list[Line]:
    """The two twisted strands between the loop and the pin."""
    start, end = loop.length * 0.5 - 8, loop.length * 0.5 + PIN_AFTER_LOOP + 30
    along = np.linspace(start, end, 60)
    turn = 2 * np.pi * (along - start) / 120 + np.radians(view.omega + loop.plane)
    swing = loop.fibre * 0.55 * np.clip((along - start) / 25, 0.2, 1)
    return [[view.pixel(x, y) for x, y in zip(along, sign * swing * np.sin(turn), strict=True)] for sign in (-1.0, 1.0)]


def _frost(draw: ImageDraw.ImageDraw, rim: Line, specimen: Specimen, origin: tuple[int, int]) -> None:
    """Specks of ice on the nylon."""
    rng = np.random.default_rng(specimen.frost_seed)
    for place in rng.integers(0, len(rim), specimen.loop.frost):
        x = (rim[place][0] - origin[0] + rng.normal(0, 14)) * FINE
        y = (rim[place][1] - origin[1] + rng.normal(0, 14)) * FINE
        size = rng.uniform(7, 22) * FINE / 2
        angles = np.sort(rng.uniform(0, 2 * np.pi, 9))
        reach = size * rng.uniform(0.6, 1.1, 9)
        ragged = list(zip(x + reach * np.cos(angles), y + reach * np.sin(angles), strict=True))
        draw.polygon(ragged, fill=int(rng.integers(70, 130)))
        draw.ellipse((x - size * 0.4, y - size * 0.45, x + size * 0.2, y + size * 0.1), fill=225)


def _draw_crystal(light: Light, specimen: Specimen, view: View) -> tuple[Box, Light] | None:
    """Draw the crystal into the light; answers where it is and its transmission per colour, None when out of sight."""
    crystal = specimen.crystal.rotated(view.omega)
    left, top = view.pixel(crystal.corners[:, 0].min() - 3, crystal.corners[:, 1].max() + 3)
    right, bottom = view.pixel(crystal.corners[:, 0].max() + 3, crystal.corners[:, 1].min() - 3)
    box = slice(max(0, int(top)), min(HEIGHT, int(bottom))), slice(max(0, int(left)), min(WIDTH, int(right)))
    rows, columns = box[0].stop - box[0].start, box[1].stop - box[1].start
    if rows <= 0 or columns <= 0:
        return None
    step = 1 / FINE
    x = (np.arange(columns * FINE) * step + box[1].start + step / 2 - WIDTH / 2) * MICRONS_PER_PIXEL + view.centre[0]
    y = (HEIGHT / 2 - np.arange(rows * FINE) * step - box[0].start - step / 2) * MICRONS_PER_PIXEL + view.centre[1]
    slab = crystal.slab(*np.meshgrid(x, y))
    light[box] *= _binned(_faceted(slab, crystal.normals))
    depth = _binned(slab.thickness)[..., None] / 100
    return box, np.power(np.asarray(crystal.tint, dtype=np.float32), depth).astype(np.float32)


def _faceted(slab: Slab, normals: NDArray[np.float64]) -> Light:
    """Share of light a crystal lets through: steep faces bend it out of the lens, edges scatter it."""
    inside = slab.thickness > 0.4
    slope = (1 - np.abs(normals[:, 2])) ** 0.9
    sheen = 0.16 * normals[:, 1] - 0.12 * normals[:, 0]
    front, back = np.where(inside, slab.entry, 255), np.where(inside, slab.leaving, 255)
    through_front = (1.06 - 0.62 * slope + sheen).astype(np.float32)[slab.entry]
    through_back = (1.02 - 0.38 * slope - 0.5 * sheen).astype(np.float32)[slab.leaving]
    passed = np.clip(through_front * through_back, 0.25, 1.13) * np.exp(slab.thickness * np.float32(-1 / 900))
    passed = np.where(inside, passed, np.float32(1))
    for kinds, width, depth in ((front, 1, 0.34), (back, 1, 0.13), (inside, 2, 0.5)):
        passed *= 1 - np.float32(depth) * _borders(kinds, width)
    return passed


def _borders(kinds: NDArray[np.uint8] | NDArray[np.bool_], width: int) -> Light:
    """1 where neighbouring pixels are of different kinds, softly falling to 0 beside it."""
    edge = np.zeros(kinds.shape, dtype=np.uint8)
    for shift in range(1, width + 1):
        edge[:-shift] |= kinds[:-shift] != kinds[shift:]
        edge[:, :-shift] |= kinds[:, :-shift] != kinds[:, shift:]
    soft = Image.fromarray(edge * np.uint8(255)).filter(ImageFilter.BoxBlur(1))
    borders: Light = np.minimum(np.asarray(soft, dtype=np.float32) * np.float32(2.2 / 255), 1)
    return borders


def _binned(values: Light) -> Light:
    """Means of FINE x FINE pixels."""
    total: Light = reduce(np.add, (values[down::FINE, right::FINE] for down, right in np.ndindex(FINE, FINE)))
    return total / np.float32(FINE * FINE)


def _coloured(light: Light, tint: tuple[Box, Light] | None) -> Image.Image:
    """Light to a picture: slightly cold in the shade, slightly warm in the bright field."""
    picture = coloured((np.clip(light, 0, 1) * 255).astype(np.uint8), _tones())
    if tint:
        box, passed = tint
        place = (box[1].start, box[0].start, box[1].stop, box[0].stop)
        part = np.asarray(picture.crop(place), dtype=np.float32) * passed
        picture.paste(Image.fromarray(part.astype(np.uint8)), place)
    return picture


@cache
def _tones() -> NDArray[np.uint8]:
    """Red, green and blue of each light, shape (256, 3)."""
    x = np.linspace(0, 1, 256)
    firm = x + 0.10 * x * (1 - x) * (2 * x - 1) * 4
    curves = firm * 1.02 - 0.012, firm * 1.005, firm * 0.955 + 0.045
    return np.clip(np.stack(curves, axis=1) * 255, 0, 255).astype(np.uint8)


def _mark(picture: Image.Image, omega: float) -> None:
    """Where the beam is, a scale bar and the spindle angle."""
    draw = ImageDraw.Draw(picture, "RGBA")
    middle, centre, radius = WIDTH / 2, HEIGHT / 2, 16
    yellow, white, shade = (255, 214, 64, 255), (255, 255, 255, 235), (20, 26, 34, 110)
    draw.ellipse((middle - radius, centre - radius, middle + radius, centre + radius), outline=yellow, width=2)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        near, far = radius + 6, radius + 24
        draw.line((middle + dx * near, centre + dy * near, middle + dx * far, centre + dy * far), fill=yellow, width=2)
    bar = 100 / MICRONS_PER_PIXEL
    draw.rounded_rectangle((18, HEIGHT - 62, 18 + bar + 28, HEIGHT - 16), 6, fill=shade)
    draw.rectangle((32, HEIGHT - 30, 32 + bar, HEIGHT - 27), fill=white)
    label(draw, (32 + bar / 2, HEIGHT - 45), "0.1 mm", size=17, colour=white, anchor="mm")
    draw.rounded_rectangle((WIDTH - 152, HEIGHT - 50, WIDTH - 18, HEIGHT - 16), 6, fill=shade)
    label(draw, (WIDTH - 85, HEIGHT - 33), f"omega {omega:.1f}°", size=17, colour=white, anchor="mm")
