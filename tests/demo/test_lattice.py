"""Reflections that are counted one by one, of any crystal that somebody may think of."""

from dataclasses import replace

import gemmi
import numpy as np
import pytest

from pyispyb.demo.chance import chance
from pyispyb.demo.macromolecules import MACROMOLECULES, Macromolecule
from pyispyb.demo.processing.lattice import Limits, ranges
from pyispyb.demo.processing.outcomes import BETWEEN_CRYSTALS, MOST
from pyispyb.demo.processing.reflections import measured
from pyispyb.demo.processing.runs import runs_of
from pyispyb.demo.processing.symmetry import refined, symmetry

from .test_processing import datasets

FORMS = [form for protein in MACROMOLECULES.values() for form in protein.forms]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.acronym}-{form.space_group}")
def test_ranges_hold_as_many_as_gemmi_counts(form: Macromolecule) -> None:
    crystal = symmetry(form.space_group, form.cell)
    for number, high in enumerate((3.4, 2.31, 1.87)):
        cell = refined(form.cell, chance("lattice", form.acronym, number), BETWEEN_CRYSTALS)
        found = ranges(crystal, cell, Limits(60.0, high), 20)
        counted = gemmi.count_reflections(gemmi.UnitCell(*cell), gemmi.SpaceGroup(form.space_group), high, 60.0)
        assert found.possible.sum() == found.inside.sum() == counted
        assert found.limits[0] <= 60.0
        assert found.limits[-1] == pytest.approx(high, abs=0.03)
        assert (np.diff(found.limits) < 0).all()
        assert found.inside.max() < 1.5 * found.inside.min()


@pytest.mark.parametrize("acronym", ["TMPA", "CELC", "LPMO", "THAU"])
def test_an_ellipsoid_holds_what_is_nearer_than_its_surface(acronym: str) -> None:
    form = MACROMOLECULES[acronym]
    limits = Limits(60.0, 2.4, (2.4, 2.4, 3.1) if form.cell[0] == form.cell[1] else (2.6, 2.4, 3.1))
    cell, group = gemmi.UnitCell(*form.cell), gemmi.SpaceGroup(form.space_group)
    indices = gemmi.make_miller_array(cell, group, 2.4, 60.0)
    vectors = indices @ np.array(cell.frac.mat.tolist())
    inside = ((vectors * limits.ellipsoid) ** 2).sum(axis=1) <= 1
    assert (limits.within(indices, form.cell) == inside).all()
    found = ranges(symmetry(form.space_group, form.cell), form.cell, limits, 12)
    assert found.inside.sum() == inside.sum() < found.possible.sum()
    assert found.inside.max() < 1.3 * found.inside.min()


@pytest.mark.parametrize(
    ("group", "cell"),
    [
        ("P 21 21 21", (12.0, 15.0, 9.0, 90, 90, 90)),
        ("F 4 3 2", (25.0, 25.0, 25.0, 90, 90, 90)),
        ("P 1", (50.0, 50.0, 50.0, 10, 100, 150)),
        ("P 1", (4000.0, 5000.0, 6000.0, 90, 90, 90)),
        ("C 2", (90.0, 90.0, 90.0, 90, 200, 90)),
        ("nonsense", (90.0, 90.0, 90.0, 90, 90, 90)),
    ],
)
def test_any_cell_gives_data(group: str, cell: tuple[float, ...]) -> None:
    protein = Macromolecule("MINE", "Somebody's", 0.0, group, cell)  # type: ignore[arg-type]
    for dataset in datasets("LYSO", 4):
        target = replace(dataset.target, protein=protein)
        for run in runs_of(replace(dataset, target=target)):
            for merged in run.outcome.merged if run.outcome else ():
                overall = merged.statistics["overall"]
                assert len(measured(merged.reflections).indices) == overall["nTotalUniqueObservations"]
                assert 0 < overall["nTotalUniqueObservations"] < 1.1 * MOST
                assert 0 < overall["completeness"] <= 100
