"""What a deposition needs of a result: read back number by number, by names of the PDBx/mmCIF dictionary."""

from pathlib import Path
from typing import Any

import gemmi
import pytest

from pyispyb.clock import local_now
from pyispyb.db.writes import update_rows
from pyispyb.tables import AutoProc, AutoProcProgram, BeamLineSetup, BLSession, DataCollection, Detector
from tests.processing.documents import result, shell
from tests.world import World

from .results import ON_ONE, store

OVERALL = {
    "d_resolution_low": 67.4,
    "d_resolution_high": 1.48,
    "number_obs": 11803,
    "pdbx_number_measured_all": 39330,
    "percent_possible_obs": 99.3,
    "pdbx_redundancy": 3.3,
    "pdbx_netI_over_sigmaI": 8.6,
    "pdbx_Rmerge_I_obs": 0.058,
    "pdbx_Rrim_I_all": 0.068,
    "pdbx_Rpim_I_all": 0.035,
    "pdbx_CC_half": 0.995,
    "pdbx_CC_half_anomalous": -0.131,
    "pdbx_absDiff_over_sigma_anomalous": 0.647,
    "pdbx_percent_possible_ellipsoidal": 93.1,
    "pdbx_aniso_diffraction_limit_3": 1.9,
    "pdbx_aniso_diffraction_limit_axis_2_ortho[2]": 1,
}


async def read(world: World, run: int, role: str = "member", **query: Any) -> gemmi.cif.Block:
    async with world.as_(role) as client:
        answer = await client.get(f"/processings/results/{run}/deposition", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].endswith(f"lyso-x1_autoPROC_{run}.cif")
    return gemmi.cif.read_string(answer.text).sole_block()


def said(block: gemmi.cif.Block, category: str, *items: str) -> list[str | None]:
    values = [block.find_value(f"_{category}.{item}") for item in items]
    return [None if value is None or value == "?" else gemmi.cif.as_string(value) for value in values]


async def test_every_number_is_read_back(world: World) -> None:
    ids = world.ids
    detector = await world.add(
        Detector, detectorType="Photon counting", detectorManufacturer="DECTRIS", detectorModel=f"P {world.number}"
    )
    setup = await world.add(BeamLineSetup, synchrotronName="Test Ring", monochromatorType="Si(111)")
    async with world.service.database() as db:
        await update_rows(db, BLSession, BLSession.sessionId == ids["session"], {"beamLineSetupId": setup})
        of = DataCollection.dataCollectionId == ids["collection"]
        await update_rows(db, DataCollection, of, {"detectorId": detector, "averageTemperature": 100.5})
    block = await read(world, await store(world, result(ids["collection"])))
    for item, number in OVERALL.items():
        assert float(block.find_value(f"_reflns.{item}")) == pytest.approx(number), item
    cell = [float(block.find_value(f"_cell.{item}")) for item in ("length_a", "length_c", "angle_gamma")]
    assert cell == pytest.approx([78.1, 37.2, 90])
    assert said(block, "symmetry", "space_group_name_H-M", "Int_Tables_number") == ["P 43 21 2", "96"]
    assert said(block, "diffrn_source", "source", "pdbx_synchrotron_site", "pdbx_synchrotron_beamline") == [
        *("SYNCHROTRON", "Test Ring", "BL1")
    ]
    assert said(block, "diffrn_detector", "detector", "type") == ["PIXEL", f"DECTRIS P {world.number}"]
    assert said(block, "diffrn_radiation", "monochromator", "pdbx_diffrn_protocol") == ["Si(111)", "SINGLE WAVELENGTH"]
    assert float(block.find_value("_diffrn.ambient_temp")) == pytest.approx(100.5)
    (wave,) = block.find_values("_diffrn_radiation_wavelength.wavelength")
    assert float(wave) == pytest.approx(0.9763)
    assert said(block, "exptl", "method", "crystals_number") == ["X-RAY DIFFRACTION", "1"]
    (software,) = block.find("_software.", ["name", "classification", "version"])
    assert [gemmi.cif.as_string(value) for value in software] == ["autoPROC", "data processing", "1.0.5"]


@ON_ONE
async def test_no_text_adds_items(world: World) -> None:
    run = await store(world, result(world.ids["collection"]))
    forged = "P 1\n;\n_exptl.details\n;forged"
    async with world.service.database() as db:  # as another program may have written it
        await update_rows(db, AutoProc, AutoProc.autoProcProgramId == run, {"spaceGroup": forged})
        of_run = AutoProcProgram.autoProcProgramId == run
        await update_rows(db, AutoProcProgram, of_run, {"processingPrograms": "autoPROC 1.0.5 '\"\n;\n_evil.x 1\n;"})
    block = await read(world, run)
    assert block.find_value("_exptl.details") is None
    assert block.find_value("_evil.x") is None


@ON_ONE
async def test_shells_come_once_each_from_low_resolution(world: World) -> None:
    sent = result(world.ids["collection"])
    sent["scalings"][0]["shells"] = [
        shell(6.7, rMerge=0.02),
        shell(3.1, resolutionLimitLow=6.7, rMerge=0.03),
        shell(1.48, resolutionLimitLow=1.53, rMerge=0.9),
    ]
    block = await read(world, await store(world, sent))
    table = block.find("_reflns_shell.", ["d_res_low", "d_res_high", "pdbx_CC_half", "number_unique_obs"])
    shells = [[float(value) for value in row] for row in table]
    assert [row[:2] for row in shells] == [pytest.approx(limits) for limits in ([67.4, 6.7], [6.7, 3.1], [1.53, 1.48])]
    assert shells[2][2:] == pytest.approx([0.747, 11803])


async def test_what_nobody_said_is_not_made_up(world: World) -> None:
    sent = {**result(world.ids["collection"]), "spaceGroup": None, "refinedCell_a": None}
    sent["scalings"][0]["statistics"] = {"overall": {"resolutionLimitHigh": 2.0}}
    sent["scalings"][0] |= {"shells": [], "ellipsoid": None}
    async with world.service.database() as db:
        of = DataCollection.dataCollectionId == world.ids["collection"]
        await update_rows(db, DataCollection, of, {"wavelength": None, "startTime": None})
    block = await read(world, await store(world, sent))
    assert said(block, "diffrn_source", "source") == [None]
    assert said(block, "diffrn_detector", "detector", "type", "pdbx_collection_date") == [None, None, None]
    assert said(block, "symmetry", "space_group_name_H-M", "Int_Tables_number") == [None, None]
    assert said(block, "cell", "length_a") == [None]
    assert said(block, "reflns", "pdbx_Rmerge_I_obs", "pdbx_CC_half", "number_obs") == [None, None, None]
    assert list(block.find_values("_diffrn_radiation_wavelength.wavelength")) == ["?"]
    assert list(block.find_values("_reflns_shell.Rmerge_I_obs")) == ["?"]


@pytest.mark.parametrize("state", ["running", "failed"])
async def test_what_a_run_made_that_did_not_end_well_is_not_deposited(world: World, state: str) -> None:
    sent = result(world.ids["collection"])
    start = local_now().isoformat(timespec="seconds")
    sent["program"] = {"processingPrograms": "autoPROC", "processingStatus": state, "processingStartTime": start}
    run = await store(world, sent)
    assert (await world.get("member", f"/processings/results/{run}"))["state"] == state
    for method in ("GET", "HEAD"):
        async with world.as_("member") as client:
            refused = await client.request(method, f"/processings/results/{run}/deposition")
        assert refused.status_code == 422
    refused = await world.refused("member", "GET", f"/processings/results/{run}/deposition")
    assert [error["path"] for error in refused["errors"]] == ["autoProcProgramId"]


@ON_ONE
async def test_a_run_without_result_has_none_and_strangers_see_none(world: World, files_root: Path) -> None:
    async with world.as_("key") as client:
        sent = {"dataCollectionId": world.ids["collection"], "processingPrograms": "autoPROC"}
        announced = (await client.post("/processings/programs", json=sent)).json()["autoProcProgramId"]
    for role, run, query in (
        ("member", announced, ""),
        ("stranger", await store(world, result(world.ids["collection"])), ""),
    ):
        refused = await world.refused(role, "GET", f"/processings/results/{run}/deposition{query}")
        assert refused["status"] == 404
    run = await store(world, result(world.ids["collection"], "xia2"))
    refused = await world.refused("member", "GET", f"/processings/results/{run}/deposition?autoProcScalingId=1999999")
    assert refused["detail"].startswith("No way of scaling 1999999")
