"""Structures as programs send them, and small files that gemmi makes."""

from pathlib import Path
from typing import Any

import gemmi
import numpy as np

from tests.processing.documents import result
from tests.world import World

STRUCTURES = "/structures"


async def scaling(world: World, **more: Any) -> int:
    """Merged data of the world's first collection, stored as a pipeline does; answers the key of the scaling."""
    sent = {**result(world.ids["collection"], f"pipeline {len(more)}"), **more}
    del sent["program"]["processingStartTime"]  # so that each is a run of its own
    async with world.as_("key") as client:
        answer = await client.post("/processings/results", json=sent)
    assert answer.status_code == 201, answer.text
    key: int = answer.json()["scalings"][0]["autoProcScalingId"]
    return key


def blob(**more: Any) -> dict[str, Any]:
    """Density beside a residue, with a picture."""
    return {
        "x": 12.5,
        "y": -3.25,
        "z": 40.125,
        "height": 7.5,
        "nearestAtomName": "CA",
        "nearestAtomChainId": "A",
        "nearestAtomResName": "ALA",
        "nearestAtomResSeq": 17,
        "nearestAtomDistance": 3.5,
        "mapType": "difference",
        "filePath": "/data/mx1/processed",
        "views": ["blob1v1.png", "blob1v2.png"],
        **more,
    }


def refined(scaling_id: int, **more: Any) -> dict[str, Any]:
    """A result of DIMPLE."""
    return {
        "autoProcScalingId": scaling_id,
        "kind": "refinement",
        "program": {
            "processingPrograms": "DIMPLE 2.6.2",
            "processingCommandLine": "dimple merged.mtz model.pdb dimple",
            "processingMessage": "Two blobs",
            "processingStartTime": "2026-11-20T11:00:00",
            "processingEndTime": "2026-11-20T11:02:30",
        },
        "rValueStart": 0.2875,
        "rValueEnd": 0.1975,
        "rFreeValueStart": 0.3125,
        "rFreeValueEnd": 0.234375,
        "spaceGroup": "P 43 21 2",
        "lowRes": 67.5,
        "highRes": 1.5,
        "rmsBonds": 0.0125,
        "rmsAngles": 1.5,
        "meanB": 24.5,
        "numberOfAtoms": 1001,
        "solventContent": 0.375,
        "blobs": [blob(), blob(height=9.25, x=1.0, views=[])],
        "attachments": [
            {"fileType": "Result", "fileName": "final.pdb", "filePath": "/data/mx1/processed"},
            {"fileType": "Result", "fileName": "final.mtz", "filePath": "/data/mx1/processed"},
            {"fileType": "Log", "fileName": "dimple.log", "filePath": "/data/mx1/processed"},
        ],
        **more,
    }


def phased(scaling_id: int, **more: Any) -> dict[str, Any]:
    """A result of SAD phasing."""
    return {
        "autoProcScalingId": scaling_id,
        "kind": "phasing",
        "method": "SAD",
        "program": {"processingPrograms": "fast_ep 1.2"},
        "spaceGroup": "P 43 21 2",
        "lowRes": 50.0,
        "highRes": 2.25,
        "solventContent": 0.5,
        "enantiomorph": True,
        "numberOfSites": 6,
        "FOM": 0.625,
        "shells": [
            {"lowRes": 50.0, "highRes": 5.0, "nReflections": 900, "values": {"FOM": 0.75, "CC": 0.5}},
            {"lowRes": 5.0, "highRes": 2.25, "nReflections": 2100, "values": {"FOM": 0.5}},
        ],
        "blobs": [blob(mapType="anomalous", occupancy=0.75)],
        **more,
    }


def write_model(path: Path) -> gemmi.Structure:
    """Ten alanines, a water and a glycerol in P 21 21 21."""
    structure = gemmi.Structure()
    structure.cell = gemmi.UnitCell(30, 32, 34, 90, 90, 90)
    structure.spacegroup_hm = "P 21 21 21"
    structure.resolution = 2.0
    model, chain = gemmi.Model(1), gemmi.Chain("A")
    for number in range(1, 11):
        add_residue(chain, "ALA", number, (("N", "N", 0.0), ("CA", "C", 1.4), ("C", "C", 2.4), ("O", "O", 3.1)))
    add_residue(chain, "GOL", 301, (("O1", "O", 20.0), ("C1", "C", 21.4)))
    add_residue(chain, "HOH", 401, (("O", "O", 26.0),))
    model.add_chain(chain)
    structure.add_model(model)
    structure.setup_entities()
    if path.suffix == ".pdb":
        structure.write_pdb(str(path))
    else:
        structure.make_mmcif_document().write_file(str(path))
    return structure


def add_residue(chain: gemmi.Chain, name: str, number: int, atoms: tuple[tuple[str, str, float], ...]) -> None:
    residue = gemmi.Residue()
    residue.name, residue.seqid = name, gemmi.SeqId(number, " ")
    for label, element, x in atoms:
        atom = gemmi.Atom()
        atom.name, atom.element, atom.b_iso = label, gemmi.Element(element), 20
        atom.pos = gemmi.Position(x, 5 + 2.5 * (number % 10), 8)
        residue.add_atom(atom)
    chain.add_residue(residue)


def write_coefficients(path: Path, structure: gemmi.Structure, resolution: float = 2.0) -> None:
    """Coefficients of a map of the model itself, under REFMAC's names, and of an empty difference map."""
    calculator = gemmi.DensityCalculatorX()
    calculator.d_min = resolution
    calculator.set_refmac_compatible_blur(structure[0])
    calculator.grid.setup_from(structure)
    calculator.put_model_density_on_grid(structure[0])
    data = gemmi.transform_map_to_f_phi(calculator.grid, half_l=True).prepare_asu_data(
        dmin=resolution, unblur=calculator.blur
    )
    mtz = gemmi.Mtz(with_base=True)
    mtz.spacegroup = gemmi.SpaceGroup("P 21 21 21")
    mtz.set_cell_for_all(structure.cell)
    mtz.title = "made for a test"
    mtz.add_dataset("test").wavelength = 0.9763
    for label, kind in (("FWT", "F"), ("PHWT", "P"), ("DELFWT", "F"), ("PHDELWT", "P")):
        mtz.add_column(label, kind)
    values = data.value_array
    nothing = np.zeros(len(values))
    phases = np.degrees(np.angle(values))
    mtz.set_data(np.column_stack((data.miller_array, np.abs(values), phases, nothing, nothing)).astype(np.float32))
    mtz.write_to_file(str(path))
