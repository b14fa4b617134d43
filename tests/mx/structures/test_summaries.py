"""What models and reflections say of themselves, and maps of them; what is damaged is said to be."""

import gzip
from pathlib import Path

import gemmi
import numpy as np
import pytest

from pyispyb.errors import UnreadableFile
from pyispyb.mx.files import maps
from pyispyb.mx.files.looking import Looking
from pyispyb.mx.files.summaries import as_text, of_file, of_model, of_reflections, read_reflections

from .documents import write_coefficients, write_model

GLYCEROL = {"name": "GOL", "number": "301", "x": pytest.approx(20.7), "y": 7.5, "z": 8}
DATA = Path(__file__).parents[4] / "shared" / "data"


@pytest.mark.parametrize("suffix", ["pdb", "cif"])
def test_a_model_says_what_it_is_made_of(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"model.{suffix}"
    write_model(path)
    told = of_model(path)
    assert (told["spaceGroup"], told["cell"]["b"]) == ("P 21 21 21", 32)
    assert told["resolution"] == (2.0 if suffix == "pdb" else None)
    assert (told["atoms"], told["residues"], told["waters"], told["meanB"]) == (43, 10, 1, 20)
    (chain,) = told["chains"]
    assert chain == {"name": "A", "residues": 10, "ligands": [GLYCEROL], "waters": 1}
    assert (told["rWork"], told["rFree"]) == (None, None)


def test_a_ligand_without_a_name_of_its_own_is_told(tmp_path: Path) -> None:
    """As a fragment that was just fitted has none: `UNL`."""
    path = tmp_path / "model.pdb"
    structure = write_model(path)
    chain = structure[0][0]
    fitted = next(residue for residue in chain if residue.name == "GOL").clone()
    fitted.name, fitted.seqid = "UNL", gemmi.SeqId("302")
    chain.add_residue(fitted)
    structure.write_pdb(str(path))
    (told,) = of_model(path)["chains"]
    assert [(ligand["name"], ligand["number"]) for ligand in told["ligands"]] == [("GOL", "301"), ("UNL", "302")]


@pytest.mark.parametrize("suffix", ["pdb", "cif"])
def test_a_model_is_had_in_either_format(tmp_path: Path, suffix: str) -> None:
    path, pdb, cif = tmp_path / f"model.{suffix}", tmp_path / "again.pdb", tmp_path / "again.cif"
    write_model(path)
    pdb.write_bytes(as_text(path, "pdb"))
    cif.write_bytes(as_text(path, "mmcif"))
    assert of_model(pdb)["chains"] == of_model(cif)["chains"] == of_model(path)["chains"]
    entities = gemmi.cif.read(str(cif)).sole_block().find_loop("_entity.type")
    assert list(entities) == ["polymer", "non-polymer", "water"]


def test_reflections_say_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "final.mtz"
    write_coefficients(path, write_model(tmp_path / "model.pdb"))
    told = of_reflections(path)
    assert (told["spaceGroup"], told["title"], told["maps"]) == ("P 21 21 21", "made for a test", ["2fofc", "fofc"])
    assert told["highRes"] == pytest.approx(2.0, abs=0.02)
    assert told["completeness"] == pytest.approx(1, abs=0.01)
    assert told["datasets"][0]["wavelength"] == pytest.approx(0.9763)
    assert {each["label"]: each["type"] for each in told["columns"]}["PHWT"] == "P"


async def test_a_map_has_density_where_the_atoms_are(tmp_path: Path) -> None:
    model = write_model(tmp_path / "model.pdb")
    write_coefficients(tmp_path / "final.mtz", model)
    looking, path = Looking(), tmp_path / "map.ccp4"
    path.write_bytes(gzip.decompress(await looking.map(tmp_path / "final.mtz", "2fofc")))
    found = gemmi.read_ccp4_map(str(path))
    assert np.asarray(found.grid).size < np.prod([found.header_i32(word) for word in (8, 9, 10)]) / 2
    rms = found.header_float(55)
    found.setup(0.0)
    assert rms == pytest.approx(np.std(np.asarray(found.grid)), rel=1e-3)
    at_atom = found.grid.interpolate_value(model[0][0][0][1].pos)
    assert at_atom > 5 * rms
    assert abs(found.grid.interpolate_value(gemmi.Position(15, 16, 1))) < rms
    assert await looking.map(tmp_path / "final.mtz", "2fofc") is await looking.map(tmp_path / "final.mtz", "2fofc")
    with pytest.raises(UnreadableFile, match="no coefficients"):
        await looking.map(tmp_path / "final.mtz", "anomalous")


@pytest.mark.parametrize("cells_away", [0, -3])
async def test_a_map_around_a_place_is_the_same_density(tmp_path: Path, cells_away: int) -> None:
    model = write_model(tmp_path / "model.pdb")
    write_coefficients(tmp_path / "final.mtz", model)
    looking, path, atom = Looking(), tmp_path / "map.ccp4", model[0][0][0][1].pos
    place = (atom.x, atom.y + cells_away * model.cell.b, atom.z)
    path.write_bytes(gzip.decompress(await looking.map(tmp_path / "final.mtz", "2fofc", place)))
    around = gemmi.read_ccp4_map(str(path))
    path.write_bytes(gzip.decompress(await looking.map(tmp_path / "final.mtz", "2fofc")))
    whole = gemmi.read_ccp4_map(str(path))
    assert around.header_float(55) == whole.header_float(55)
    whole.setup(0.0)
    points = np.array([whole.header_i32(word) for word in (8, 9, 10)])
    at = np.rint(model.cell.fractionalize(gemmi.Position(*place)).tolist() * points).astype(int)
    begin = [around.header_i32(word) for word in (5, 6, 7)]
    values = np.asarray(around.grid)
    assert values.shape == pytest.approx(24 / np.array(model.cell.parameters[:3]) * points, abs=2)
    assert values[tuple(at - begin)] == pytest.approx(whole.grid.get_value(*(at % points)))
    assert values[tuple(at - begin)] > 5 * around.header_float(55)


def test_a_map_that_is_too_large_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_coefficients(tmp_path / "final.mtz", write_model(tmp_path / "model.pdb"))
    mtz = read_reflections(tmp_path / "final.mtz")
    fine = len(maps.density(mtz, "2fofc"))
    u, v, w = mtz.get_size_for_hkl(sample_rate=3.0)
    monkeypatch.setattr(maps, "MOST_POINTS", u * v * w - 1)
    assert len(maps.density(mtz, "2fofc")) < fine
    monkeypatch.setattr(maps, "MOST_POINTS", 100)
    with pytest.raises(UnreadableFile, match="larger than can be shown"):
        maps.density(mtz, "2fofc")
    monkeypatch.setattr(maps, "AROUND", 1000.0)
    monkeypatch.setattr(maps, "MOST_POINTS", u * v * w)
    with pytest.raises(UnreadableFile, match="larger than can be shown"):
        maps.density(mtz, "2fofc", (0.0, 0.0, 0.0))


DAMAGED = {
    "empty.mtz": lambda whole: b"",
    "other.mtz": lambda whole: b"not reflections at all",
    "cut.mtz": lambda whole: whole[: len(whole) // 2],
    "other.pdb": lambda whole: b"REMARK nothing here\n",
    "other.cif": lambda whole: b"data_x\nloop_\n_atom_site.id\n",
    "bytes.pdb": lambda whole: bytes(range(256)) * 20,
    "a.xyz": lambda whole: b"1\n",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_said_to_be(tmp_path: Path, name: str) -> None:
    write_coefficients(tmp_path / "whole.mtz", write_model(tmp_path / "model.pdb"))
    path = tmp_path / name
    path.write_bytes(DAMAGED[name]((tmp_path / "whole.mtz").read_bytes()))
    content = {"mtz": "reflections", "pdb": "model", "cif": "model"}.get(path.suffix[1:], "other")
    with pytest.raises(UnreadableFile) as raised:
        of_file(path, content)
    assert str(tmp_path) not in str(raised.value)


@pytest.mark.parametrize("cell", [b"9.9e+30", b" 1.0e-9", b"    nan", b"-30.000"])
def test_a_cell_that_is_none_makes_no_map(tmp_path: Path, cell: bytes) -> None:
    path = tmp_path / "final.mtz"
    write_coefficients(path, write_model(tmp_path / "model.pdb"))
    content = path.read_bytes()
    assert content.count(b"   30.0000   32.0000") >= 1
    path.write_bytes(content.replace(b"   30.0000   32.0000", b"   " + cell + b"   32.0000"))
    with pytest.raises(UnreadableFile):
        maps.density(read_reflections(path), "2fofc")


@pytest.mark.skipif(not DATA.exists(), reason="real data are not part of this repository")
def test_real_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "5wkd.mtz"
    path.write_bytes(gzip.decompress((DATA / "5wkd_phases.mtz.gz").read_bytes()))
    told = of_reflections(path)
    assert (told["spaceGroup"], told["reflections"], told["maps"]) == ("C 1 2 1", 367, ["2fofc", "fofc", "fc"])
    for kind in ("2fofc", "fofc", "fc"):
        assert maps.density(read_reflections(path), kind)[208:212] == b"MAP "
    told = of_model(DATA / "5wkd.pdb")
    assert (told["rWork"], told["rFree"], told["resolution"]) == (0.184, 0.195, 1.8)
    assert of_reflections(DATA / "5e5z.mtz")["maps"] == []
