"""Numbers of a report as people read them: rounded, with units, and nothing where nobody said."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from .scans import Scan

# h c in keV Å (CODATA 2018, exact by definition of the constants).
KEV_ANGSTROM = 12.398419843320026
NOTHING = "–"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


_KINDS = {
    "osc": "Rotation",
    "mesh": "Grid scan",
    "line": "Line scan",
    "characterization": "Characterisation",
    "collect - multiwedge": "Multi-wedge",
    "multi-positional": "Multi-position",
}


def kind(experiment_type: str) -> str:
    """What the page calls a kind of experiment."""
    return _KINDS.get(experiment_type.lower(), experiment_type)


def fixed(number: float | None, decimals: int) -> str:
    """A number with so many decimals."""
    return NOTHING if number is None else f"{number:,.{decimals}f}"


def percent(fraction: float | None) -> str:
    """A fraction in percent, as the page tells it."""
    return fixed(None if fraction is None else 100 * fraction, 1)


def first_of(statistics: dict[str, Any], *names: str) -> Any:
    """The first of these statistics that there is."""
    return next((statistics[name] for name in names if statistics.get(name) is not None), None)


def completeness(statistics: dict[str, Any]) -> float | None:
    """In percent; of anisotropic data within the ellipsoid: what lies beyond it was never there to be measured."""
    found: float | None = first_of(statistics, "completenessEllipsoidal", "completeness")
    return found


def power(number: float) -> str:
    """`1.2 × 10¹²`; a number that is not large, as it is."""
    if abs(number) < 10_000:
        return f"{number:.3g}"
    digits, _, exponent = f"{number:.1e}".partition("e")
    return f"{digits} × 10{str(int(exponent)).translate(_SUPERSCRIPT)}"


def moment(when: datetime | None) -> str:
    """Day and clock time."""
    return NOTHING if when is None else f"{when:%Y-%m-%d %H:%M}"


def cell(cell: dict[str, Any] | None) -> str:
    """Edges and angles of a unit cell."""
    if cell is None or any(value is None for value in cell.values()):
        return NOTHING
    edges = " ".join(f"{cell[edge]:.1f}" for edge in "abc")
    angles = [cell[name] for name in ("alpha", "beta", "gamma")]
    if all(abs(angle - 90) < 0.05 for angle in angles):
        return edges
    return f"{edges}, {' '.join(f'{angle:.1f}'.removesuffix('.0') for angle in angles)}°"


def centring(found: dict[str, Any]) -> str:
    """What came of an X-ray centring."""
    views = {"2d": " in 2-D", "3d": " in 3-D"}.get(found["xrayCentringType"] or "", "")
    crystals = len(found["XrayCentringResult"]) if found["status"] == "success" else 0
    if found["status"] == "pending":
        return f"X-ray centring{views} is not done"
    return f"X-ray centring{views} found {crystals or 'no'} {'crystals' if crystals > 1 else 'crystal'}"


def scan(found: Scan) -> str:
    """Where a grid scan was best, boxes counted from 1, and at which angle it was done."""
    row, column = found.best
    best = value(found, float(found.values[row, column]))
    angle = None if found.angle is None else f"ω {found.angle:.4g}°"
    return " · ".join(part for part in (angle, f"best {best} at column {column + 1}, row {row + 1}") if part)


def value(found: Scan, number: float) -> str:
    """A value of the indicator that a scan tells."""
    digits = found.metric.digits
    return f"{float(f'{number:.{digits}g}'):,.10g}{found.metric.unit}" if abs(number) < 1e6 else power(number)


def characterisation(screening: dict[str, Any]) -> list[str]:
    """What a program found out about a crystal, and how it would measure it: a sentence each."""
    told = []
    for output in screening["ScreeningOutput"]:
        program = output["program"] or screening["programVersion"] or "Characterisation"
        lattice = next(iter(output["ScreeningOutputLattice"]), None)
        if lattice is None:
            why = output["statusDescription"] or screening["shortComments"]
            told.append(f"{program}: no lattice found" + (f" ({why})" if why else ""))
            continue
        facts = [
            lattice["spaceGroup"] or lattice["bravaisLattice"],
            cell({name.removeprefix("unitCell_"): lattice[name] for name in lattice if name.startswith("unitCell_")}),
            _said(output["mosaicity"], "mosaicity {:.2f}°"),
            _said(output["rankingResolution"], "ranked by {:.2f} Å"),
        ]
        told.append(f"{program}: {' · '.join(fact for fact in facts if fact not in {None, NOTHING})}")
        told += [_strategy(strategy) for strategy in output["ScreeningStrategy"][:3]]
    return told


def _strategy(strategy: dict[str, Any]) -> str:
    images = sum(wedge["numberOfImages"] or 0 for wedge in strategy["ScreeningStrategyWedge"])
    facts = [
        f"{images:,} images" if images else None,
        _said(strategy["rotation"], "of {:.3g}°"),
        _said(strategy["exposureTime"], "of {:.3g} s"),
        _said(strategy["transmission"], "at {:.3g} %"),
        _said(strategy["resolution"], "to {:.2f} Å"),
    ]
    program = strategy["program"] or "Strategy"
    return f"{program} would measure {' '.join(fact for fact in facts if fact) or 'nothing'}"


def _said(number: float | None, words: str) -> str | None:
    return None if number is None else words.format(number)


def _span(values: Sequence[float | None], said: Callable[[float], str]) -> str | None:
    known = sorted({said(value): value for value in values if value is not None}.items(), key=lambda pair: pair[1])
    if not known:
        return None
    return known[0][0] if len(known) == 1 else f"{known[0][0]} to {known[-1][0]}"


def parameters(rows: Sequence[Row[Any]]) -> list[tuple[str, str]]:
    """How collections of a group were measured: name and value; of several, from the least to the largest."""

    def of(name: str, said: Callable[[float], str], factor: float = 1.0) -> str | None:
        values = [getattr(row, name, None) for row in rows]
        return _span([None if value is None else value * factor for value in values], said)

    energies = [KEV_ANGSTROM / row.wavelength if row.wavelength else None for row in rows]
    images = [row.numberOfImages for row in rows if row.numberOfImages]
    beam = [of(f"beamSizeAtSample{axis}", "{:.0f}".format, 1000) for axis in "XY"]
    first = rows[0]
    detector = " ".join(part for part in (first.detectorManufacturer, first.detectorModel) if part)
    told: list[tuple[str, str | None]] = [
        ("Wavelength", of("wavelength", "{:.4f} Å".format)),
        ("Energy", _span(energies, "{:.3f} keV".format)),
        ("Images", " + ".join(map(str, images)) if 0 < len(images) <= 4 else str(sum(images)) if images else None),
        ("Exposure", of("exposureTime", "{:.4g} s".format)),
        ("Rotation per image", of("axisRange", "{:.3g}°".format)),
        ("Detector", detector or None),
        ("Distance", of("detectorDistance", "{:.1f} mm".format)),
        ("Resolution at edge", of("resolution", "{:.2f} Å".format)),
        ("Transmission", of("transmission", "{:.3g} %".format)),
        ("Flux", of("flux", lambda flux: f"{power(flux)} photons/s")),
        ("Beam", f"{beam[0]} × {beam[1]} µm" if all(beam) else None),
        ("Dose", of("totalAbsorbedDose", "{:.3g} MGy".format)),
        ("Temperature", of("averageTemperature", "{:.0f} K".format)),
    ]
    return [(name, value) for name, value in told if value is not None]
