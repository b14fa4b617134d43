"""Numbers of energy scans and spectra come out of the files that beamlines write."""

from pathlib import Path
from typing import Any

import pytest

from pyispyb.acquisition.schemas import EnergyScan as SentScan
from pyispyb.acquisition.schemas import Spectrum as SentSpectrum
from pyispyb.db.writes import update_rows
from pyispyb.mx.spectra.columns import MOST_POINTS, UnreadableError, read_columns
from pyispyb.mx.spectra.edges import EDGES, edge_energy
from pyispyb.tables import EnergyScan, XFEFluorescenceSpectrum
from tests.world import World


@pytest.mark.parametrize(
    ("text", "least", "columns"),
    [
        ("12.65 180\n12.66 5200\n", 2, [[12.65, 12.66], [180, 5200]]),
        ("Se K scan\n2\n12650,180\r\n12640,170\r\n", 2, [[12640, 12650], [170, 180]]),
        ("# energy f'' f'\n12650.0 0.51 -5.2\n12660.0 3.84 -8.1\n", 3, [[12650, 12660], [0.51, 3.84], [-5.2, -8.1]]),
        ("#S 1 mca\n#@CALIB 0.5 0.01 0\n@A 1 2\\\n 3\n", 2, [[0.5, 0.51, 0.52], [1, 2, 3]]),
    ],
)
def test_columns_are_read(tmp_path: Path, text: str, least: int, columns: list[list[float]]) -> None:
    path = tmp_path / "scan"
    path.write_text(text)
    assert [pytest.approx(column) for column in read_columns(path, least)] == columns


@pytest.mark.parametrize(
    ("text", "least", "reason"),
    [
        ("nothing here\n", 2, "no rows"),
        ("1 2\n3 4\n", 3, "2 columns"),
        ("1 2\n3 four\n", 2, "Line 2"),
        ("1 2\n3 nan\n", 2, "Line 2"),
        ("@A 1 2 3\n", 2, "calibration"),
        ("1 2\n" * (MOST_POINTS + 1), 2, "rows"),
        (" " * (9 * 2**20), 2, "larger than 8 MiB"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, least: int, reason: str) -> None:
    path = tmp_path / "scan"
    path.write_text(text)
    with pytest.raises(UnreadableError, match=reason):
        read_columns(path, least)


@pytest.mark.parametrize(
    ("element", "worded", "energy"),
    [
        ("Se", "K", 12.658),
        ("Se", "12.6578", 12.6578),
        ("Se", "K 12657.8 eV", 12.6578),
        ("Se", "Se K", 12.658),
        ("Se", "L3", 1.434),
        ("Pt", "K", 78.395),
        ("Pt", "L1", 13.880),
        ("Pt", "L2", 13.273),
        ("pt", "L-III edge", 11.564),
        ("Pt", "L2 13273", 13.273),
        ("K", "K edge", 3.608),
        (None, "12.658 keV", 12.658),
        ("U", "115606 eV", 115.606),
        ("Pt", "L", 11.564),
        ("Pt", None, None),
        ("Se", "edge-514", None),
        ("Se", "-5", None),
        ("Se", "0", None),
        ("Xx", "K", None),
        (None, None, None),
    ],
)
def test_an_edge_has_the_energy_of_that_which_is_named(
    element: str | None, worded: str | None, energy: float | None
) -> None:
    assert edge_energy(element, worded) == pytest.approx(energy)


def test_edges_of_every_element_are_in_their_order() -> None:
    assert [element for element, edges in EDGES.items() if list(edges) != sorted(edges, reverse=True)] == []


async def scanned(world: World, **values: Any) -> dict[str, Any]:
    key = world.ids["energy_scan"]
    async with world.service.database() as db:
        await update_rows(db, EnergyScan, EnergyScan.energyScanId == key, values)
    told: dict[str, Any] = await world.get("member", f"/events/energyscan/{key}/values")
    return told


async def test_a_scan_is_told_in_kev_with_what_is_missing(world: World, files_root: Path) -> None:
    raw = files_root / f"scan-{world.number}.raw"
    raw.write_text("12650 180\n12660 5200\n")
    told = await scanned(
        world,
        scanFileFullPath=str(raw),
        choochFileFullPath=str(files_root / "gone.efs"),
        edgeEnergy="K",
        peakEnergy=12661.0,
        peakFPrime=-8.5,
        peakFDoublePrime=6.25,
    )
    assert told["measured"] == {"energy": [12.65, 12.66], "counts": [180, 5200]}
    assert told["choices"] == [{"kind": "peak", "energy": 12.661, "fPrime": -8.5, "fDoublePrime": 6.25}]
    assert (told["edgeEnergy"], told["factors"]) == (12.658, None)
    assert told["_metadata"]["missing"] == [{"part": "factors", "detail": "The recorded file is not there any more."}]


async def test_files_elsewhere_stay_closed(world: World) -> None:
    told = await scanned(world, scanFileFullPath="/etc/hostname", choochFileFullPath=None)
    assert (told["measured"], told["factors"]) == (None, None)
    assert [gap["detail"] for gap in told["_metadata"]["missing"]] == [
        "The recorded file lies outside the folders this service may serve.",
        "No such file was recorded.",
    ]


async def test_a_spectrum_is_told_by_energy(world: World, files_root: Path) -> None:
    key = world.ids["spectrum"]
    path = files_root / f"spectrum-{world.number}.dat"
    path.write_text("0.5 3\n0.51 4\n")
    async with world.service.database() as db:
        where = XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId == key
        await update_rows(db, XFEFluorescenceSpectrum, where, {"scanFileFullPath": str(path)})
    told = await world.get("member", f"/events/xfe-fluorescence-spectrum/{key}/values")
    assert told["measured"] == {"energy": [0.5, 0.51], "counts": [3, 4]}
    assert (told["energy"], told["_metadata"]["missing"]) == (pytest.approx(12.4), [])


NOTED: dict[str, Any] = {
    "startTime": "2026-11-20T15:00:00",
    "endTime": "2026-11-20T15:01:00",
    "exposureTime": 1.5,
    "axisPosition": 90.25,
    "beamSizeVertical": 0.03125,
    "beamSizeHorizontal": 0.0625,
    "crystalClass": "T",
    "comments": "a remark",
    "filename": "scan.dat",
    "flux": 1.25e12,
    "flux_end": 1.2e12,
    "workingDirectory": "/data/scans",
    "scanFileFullPath": "/data/scans/scan.raw",
}
SCAN: dict[str, Any] = {
    **NOTED,
    "element": "Pt",
    "startEnergy": 13.25,
    "endEnergy": 13.5,
    "transmissionFactor": 12.5,
    "fluorescenceDetector": "Vortex",
    "synchrotronCurrent": 187.5,
    "temperature": 100.25,
    "xrayDose": 0.25,
    "jpegChoochFileFullPath": "/data/scans/chooch.jpg",
    "choochFileFullPath": "/data/scans/chooch.efs",
}
CHOSEN: dict[str, Any] = {
    "peakEnergy": 13.5,
    "peakFPrime": -8.5,
    "peakFDoublePrime": 6.25,
    "inflectionEnergy": 13.25,
    "inflectionFPrime": -9.5,
    "inflectionFDoublePrime": 3.25,
    "remoteEnergy": 13.75,
    "remoteFPrime": -4.5,
    "remoteFDoublePrime": 3.75,
}
SPECTRUM: dict[str, Any] = {
    **NOTED,
    "energy": 13.5,
    "beamTransmission": 12.5,
    "jpegScanFileFullPath": "/data/scans/spectrum.jpg",
    "annotatedPymcaXfeSpectrum": "/data/scans/spectrum.html",
    "fittedDataFileFullPath": "/data/scans/spectrum.csv",
}
KEYS = {"sessionId", "blSampleId"}


async def noted(world: World, kind: str, key: str, sent: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What is told of a scan or spectrum that was sent, and what this database has no column for."""
    whole = {**sent, "sessionId": world.ids["session"], "blSampleId": world.ids["sample1"]}
    async with world.as_("key") as client:
        made = await client.post(f"/events/{kind}", json=whole)
    assert made.status_code == 201, made.text
    told = await world.get("member", f"/events/{kind}/{made.json()[key]}/values")
    assert {name: told[name] for name in KEYS} == {name: whole[name] for name in KEYS}
    return told, made.json()["_metadata"]["notKept"]


async def test_whatever_is_said_of_a_scan_is_told(world: World) -> None:
    assert SentScan.model_fields.keys() == {*SCAN, *CHOSEN, *KEYS, "edgeEnergy"}, "a field that is not tested"
    told, lost = await noted(world, "energyscan", "energyScanId", {**SCAN, **CHOSEN, "edgeEnergy": "L2"})
    assert {name: told[name] for name in SCAN} == pytest.approx(SCAN)
    assert (told["edge"], told["edgeEnergy"]) == ("L2", 13.273)
    chosen = {
        f"{choice['kind']}{name}": choice[field]
        for choice in told["choices"]
        for name, field in (("Energy", "energy"), ("FPrime", "fPrime"), ("FDoublePrime", "fDoublePrime"))
    }
    assert chosen == {name: value for name, value in CHOSEN.items() if name not in lost}


async def test_whatever_is_said_of_a_spectrum_is_told(world: World) -> None:
    assert SentSpectrum.model_fields.keys() == {*SPECTRUM, *KEYS}, "a field that is not tested"
    told, lost = await noted(world, "xfe-fluorescence-spectrum", "xfeFluorescenceSpectrumId", SPECTRUM)
    assert lost == []
    assert {name: told[name] for name in SPECTRUM} == pytest.approx(SPECTRUM)


async def test_energies_in_ev_are_told_in_kev(world: World) -> None:
    told, _ = await noted(world, "energyscan", "energyScanId", {"startEnergy": 12600, "endEnergy": 12720})
    assert (told["startEnergy"], told["endEnergy"], told["edgeEnergy"], told["flux"]) == (12.6, 12.72, None, None)
