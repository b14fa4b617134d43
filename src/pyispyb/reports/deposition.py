"""A result as PDBx/mmCIF, as a deposition takes it: what is known in the dictionary's words, all else as `?`.

Names and meanings are those of the PDBx/mmCIF dictionary, https://mmcif.wwpdb.org.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import gemmi
from sqlalchemy import Row

from ..processing.fractions import in_fractions, is_in_percent

Statistics = Mapping[str, Any]
Items = Mapping[str, Any]

_OVERALL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("d_resolution_low", ("resolutionLimitLow",)),
    ("d_resolution_high", ("resolutionLimitHigh",)),
    ("number_obs", ("nTotalUniqueObservations",)),
    ("pdbx_number_measured_all", ("nTotalObservations",)),
    ("percent_possible_obs", ("completeness",)),
    ("pdbx_redundancy", ("multiplicity",)),
    ("pdbx_netI_over_sigmaI", ("meanIOverSigI",)),
    ("pdbx_Rmerge_I_obs", ("rMerge",)),
    ("pdbx_Rrim_I_all", ("rMeasAllIPlusIMinus", "rMeasWithinIPlusIMinus")),
    ("pdbx_Rpim_I_all", ("rPimAllIPlusIMinus", "rPimWithinIPlusIMinus")),
    ("pdbx_CC_half", ("ccHalf",)),
    ("pdbx_percent_possible_anomalous", ("anomalousCompleteness",)),
    ("pdbx_redundancy_anomalous", ("anomalousMultiplicity",)),
    ("pdbx_CC_half_anomalous", ("ccAnomalous",)),
    ("pdbx_absDiff_over_sigma_anomalous", ("sigAno",)),
    ("pdbx_percent_possible_ellipsoidal", ("completenessEllipsoidal",)),
    ("pdbx_percent_possible_spherical", ("completenessSpherical",)),
    ("pdbx_percent_possible_ellipsoidal_anomalous", ("anomalousCompletenessEllipsoidal",)),
    ("pdbx_percent_possible_spherical_anomalous", ("anomalousCompletenessSpherical",)),
)
_IN_SHELLS = {
    "d_resolution_low": "d_res_low",
    "d_resolution_high": "d_res_high",
    "number_obs": "number_unique_obs",
    "pdbx_number_measured_all": "number_measured_all",
    "pdbx_netI_over_sigmaI": "pdbx_netI_over_sigmaI_obs",
    "pdbx_Rmerge_I_obs": "Rmerge_I_obs",
}
"""What shells call the same; all others are called as overall."""

_METHODS = {"SAD": "SAD", "SAD - Inverse Beam": "SAD", "MAD": "MAD", "MAD - Inverse Beam": "MAD"}
_DETECTORS = {
    "pixel": "PIXEL",
    "photon counting": "PIXEL",
    "photon-counting": "PIXEL",
    "ccd": "CCD",
    "cmos": "CMOS",
    "image plate": "IMAGE PLATE",
}
_CELL = ("a", "b", "c", "alpha", "beta", "gamma")
_VERSION = re.compile(r"\bv?(\d+(?:\.\d+)+\S*)")


def deposition(
    result: Mapping[str, Any], scaling: Mapping[str, Any], measured: Sequence[Row[Any]], facility: str | None
) -> bytes:
    """One way of scaling of a result in full, as `processing.reading.read_result` has it, as mmCIF.

    `measured` are its collections, one at least, as `queries.measured` has them; `facility` is None where nobody said
    what it is called.
    """
    name = f"ispyb_run_{result['autoProcProgramId']}"
    document = gemmi.cif.Document()
    block = document.add_new_block(name)
    block.set_pair("_entry.id", name)
    _set(block, "_exptl.", {"entry_id": name, "method": "X-RAY DIFFRACTION", "crystals_number": _crystals(measured)})
    _set(block, "_exptl_crystal.", {"id": "1", "description": None})
    _experiment(block, measured, facility)
    _symmetry(block, name, result)
    _reflections(block, name, scaling, result)
    _software(block, result)
    return document.as_string(gemmi.cif.WriteOptions(gemmi.cif.Style.Aligned)).encode()


def _set(block: gemmi.cif.Block, prefix: str, items: Items) -> None:
    block.set_pairs(prefix, {key: _value(value) for key, value in items.items()}, raw=True)


def _value(value: Any) -> str:
    """As CIF has it: unknown is `?`; single precision holds no more than seven digits."""
    if value is None or value == "":
        return "?"
    if isinstance(value, float):
        return f"{value or 0.0:.7g}"
    # One line: within a text of several a line that begins with a semicolon would end it.
    return str(value) if isinstance(value, int) else gemmi.cif.quote(" ".join(str(value).split()))


def _one(values: Sequence[Any]) -> Any:
    """What all of them have; None where they differ: a deposition names one."""
    known = {value for value in values if value is not None}
    return known.pop() if len(known) == 1 else None


def _crystals(measured: Sequence[Row[Any]]) -> int | None:
    samples = {row.blSampleId for row in measured}
    return None if None in samples else len(samples)


def _experiment(block: gemmi.cif.Block, measured: Sequence[Row[Any]], facility: str | None) -> None:
    first = measured[0]._mapping
    begun: list[datetime] = sorted(row.startTime for row in measured if row.startTime is not None)
    waves = sorted({round(row.wavelength, 6) for row in measured if row.wavelength is not None})
    site, beamline = first.get("synchrotronName") or facility, first["beamLineName"]
    is_synchrotron = any(first.get(name) for name in ("synchrotronName", "synchrotronMode"))
    temperatures = [row.averageTemperature for row in measured]
    _set(block, "_diffrn.", {"id": "1", "crystal_id": "1", "ambient_temp": _one(temperatures)})
    maker = " ".join(str(first[name]) for name in ("detectorManufacturer", "detectorModel") if first.get(name))
    detector = {
        "diffrn_id": "1",
        "detector": _detector(first.get("detectorType")),
        "type": maker,
        "pdbx_collection_date": begun[0].date().isoformat() if begun else None,
    }
    _set(block, "_diffrn_detector.", detector)
    radiation = {
        "diffrn_id": "1",
        "wavelength_id": "1",
        "monochromator": first.get("monochromatorType"),
        "collimation": first.get("focusingOptic"),
        "pdbx_scattering_type": "x-ray",
        "pdbx_diffrn_protocol": _protocol(measured, waves),
    }
    _set(block, "_diffrn_radiation.", radiation)
    loop = block.init_loop("_diffrn_radiation_wavelength.", ["id", "wavelength", "wt"])
    for number, wave in enumerate(waves or [None], start=1):
        loop.add_row([str(number), _value(wave), "1.0" if wave is not None else "?"])
    source = {
        "diffrn_id": "1",
        "source": "SYNCHROTRON" if is_synchrotron else None,
        "type": f"{site} BEAMLINE {beamline}".upper() if site and beamline else None,
        "pdbx_synchrotron_site": site,
        "pdbx_synchrotron_beamline": beamline,
        "pdbx_wavelength_list": ", ".join(map(_value, waves)),
    }
    _set(block, "_diffrn_source.", source)


def _detector(kind: str | None) -> str | None:
    """In the dictionary's words, where it has one for what a facility calls its detector."""
    return next((word for known, word in _DETECTORS.items() if known in (kind or "").casefold()), None)


def _protocol(measured: Sequence[Row[Any]], waves: Sequence[float]) -> str | None:
    kind = _METHODS.get(_one([row.experimentType for row in measured]) or "")
    if kind is not None:
        return kind
    return "SINGLE WAVELENGTH" if len(waves) == 1 else None


def _symmetry(block: gemmi.cif.Block, name: str, result: Mapping[str, Any]) -> None:
    cell = result["cell"] or {}
    lengths = {f"length_{edge}": cell.get(edge) for edge in _CELL[:3]}
    angles = {f"angle_{angle}": cell.get(angle) for angle in _CELL[3:]}
    _set(block, "_cell.", {"entry_id": name, **lengths, **angles})
    symbol = result["spaceGroup"]
    group = gemmi.find_spacegroup_by_name(symbol) if symbol else None
    symmetry = {
        "entry_id": name,
        "space_group_name_H-M": _hermann_mauguin(group) if group is not None else symbol,
        "Int_Tables_number": group.number if group is not None else None,
    }
    _set(block, "_symmetry.", symmetry)


def _hermann_mauguin(group: gemmi.SpaceGroup) -> str:
    """As the PDB writes it: `H 3 2` for R 3 2 on hexagonal axes."""
    return f"H{group.hm[1:]}" if group.ext == "H" else str(group.hm)


def _told(statistics: Statistics) -> dict[str, Any]:
    """Numbers by the dictionary's names."""
    return {
        item: next((statistics[name] for name in names if statistics.get(name) is not None), None)
        for item, names in _OVERALL
    }


def _reflections(block: gemmi.cif.Block, name: str, scaling: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    key, shells = scaling["autoProcScalingId"], scaling["statistics"]
    percent = is_in_percent(scaling)
    overall = _told(in_fractions(shells.get("overall", {}), percent=percent))
    ellipsoid = _ellipsoid(result["ellipsoids"].get(str(key)))
    ids = {"entry_id": name, "pdbx_diffrn_id": "1", "pdbx_ordinal": "1"}
    _set(block, "_reflns.", {**ids, **overall, "B_iso_Wilson_estimate": None, **ellipsoid})
    rows = [
        _told(in_fractions(shell, percent=percent)) for shell in _by_shell(shells, result["shells"].get(str(key), []))
    ]
    items = [_IN_SHELLS.get(item, item) for item, _ in _OVERALL]
    loop = block.init_loop("_reflns_shell.", ["pdbx_ordinal", "pdbx_diffrn_id", *items])
    for number, row in enumerate(rows or [_told({})], start=1):
        loop.add_row([str(number), "1", *map(_value, row.values())])


def _by_shell(shells: Mapping[str, Statistics], narrow: Sequence[Statistics]) -> list[Statistics]:
    """The inner and the outer shell and those between that a program told, none of them twice, from low resolution."""
    named = [shells[shell] for shell in ("innerShell", "outerShell") if shell in shells]
    by_range = {_range(shell): shell for shell in (*narrow, *named)}
    return [by_range[limits] for limits in sorted(by_range, reverse=True)]


def _range(shell: Statistics) -> tuple[float, ...]:
    return tuple(round(shell.get(f"resolutionLimit{end}") or 0.0, 3) for end in ("High", "Low"))


def _ellipsoid(ellipsoid: Mapping[str, Any] | None) -> dict[str, Any]:
    """Limits of anisotropic diffraction along three axes, in the orthogonal frame that the program has."""
    if ellipsoid is None:
        return {}
    limits = {f"pdbx_aniso_diffraction_limit_{at}": value for at, value in enumerate(ellipsoid["limits"], start=1)}
    axes = {
        f"pdbx_aniso_diffraction_limit_axis_{at}_ortho[{part}]": value
        for at, axis in enumerate(ellipsoid["axes"], start=1)
        for part, value in enumerate(axis, start=1)
    }
    return {**limits, **axes}


def _software(block: gemmi.cif.Block, result: Mapping[str, Any]) -> None:
    version = _VERSION.search(result["processingPrograms"] or "")
    loop = block.init_loop("_software.", ["pdbx_ordinal", "name", "classification", "version"])
    name = result["pipeline"] if result["processingPrograms"] else None
    loop.add_row(["1", _value(name), _value("data processing"), _value(version.group(1) if version else None)])
