"""What the simulated facility tells of its crystals could be sent, and agrees with the crystals themselves."""

from collections import Counter

import numpy as np
import pytest
from pydantic import TypeAdapter

from pyispyb.demo.grids import edge_on, over_loop
from pyispyb.demo.indicators import of_grid
from pyispyb.demo.processing.centring import Scanned, centrings
from pyispyb.demo.processing.runs import runs_of
from pyispyb.demo.processing.workflows import heat_map
from pyispyb.demo.specimen import make_diffraction, make_specimen
from pyispyb.mx.centring.schemas import Centring
from pyispyb.mx.screening.schemas import Screening
from pyispyb.tables import (
    DataCollection,
    DataCollectionGroup,
    ScreeningOutput,
    ScreeningStrategy,
    Workflow,
    WorkflowStep,
    XrayCentring,
)

from .test_processing import datasets


@pytest.mark.parametrize(("acronym", "strategies"), [("LYSO", 1), ("LPMO", 2), ("PTAF", 3)])
def test_a_characterisation_could_be_sent(acronym: str, strategies: int) -> None:
    found = [run.screening for dataset in datasets(acronym) for run in runs_of(dataset) if dataset.characterisation]
    sent = [Screening.model_validate({"dataCollectionId": 1, **document}) for document in found]
    assert {len(each.output.strategies) for each in sent} <= {0, strategies}
    assert sum(bool(each.output.strategies) for each in sent) > len(sent) / 2
    for each in sent:
        assert bool(each.output.lattices) == each.output.indexingSuccess


def test_centring_finds_the_crystal() -> None:
    away = []
    for number in range(25):
        specimen, diffraction = make_specimen(number), make_diffraction(("centring", number))
        if not diffraction.usable:
            continue
        grids = (over_loop(specimen.loop, 20.0), edge_on(specimen, 16.0))
        views = [Scanned(at, grid, of_grid(specimen, diffraction, grid, number)) for at, grid in enumerate(grids, 1)]
        documents = centrings(views, 7)
        TypeAdapter(list[Centring]).validate_python([{"dataCollectionGroupId": 1, **each} for each in documents])
        assert [each["xrayCentringType"] for each in documents] == ["2d", "3d"]
        (found,) = documents[1]["results"]
        left, top = grids[0].corner()
        x = left + found["centreOfMassX"] * 20.0
        y = top - found["centreOfMassY"] * 20.0
        away.append(np.hypot(x - specimen.crystal.centre[0], y - specimen.crystal.centre[1]))
        z = grids[1].corner()[1] - found["centreOfMassZ"] * 16.0
        away.append(abs(z - specimen.crystal.rotated(90.0).centre[1]))
    assert np.median(away) < 20.0


def test_scores_lie_as_the_grid_does() -> None:
    specimen, diffraction = make_specimen(3), make_diffraction("snake")
    grid = over_loop(specimen.loop, 30.0)
    scanned = Scanned(1, grid, of_grid(specimen, diffraction, grid, 1))
    assert grid.in_scan_order(scanned.scores()).tolist() == scanned.indicators.dozor_score.tolist()
    assert heat_map(scanned.scores()).size == (grid.steps_x * 14, grid.steps_y * 14)


def test_the_past_has_all_of_it(made) -> None:
    rows = made.rows
    kinds = Counter(row["experimentType"] for row in rows.of(DataCollection))
    indexed = Counter(row["indexingSuccess"] for row in rows.of(ScreeningOutput))
    assert indexed[True] + indexed[False] == kinds["Characterization"]
    assert indexed[True] > 10 * indexed[False] > 30
    assert {row["program"] for row in rows.of(ScreeningStrategy)} == {"BEST", "GPhL workflow"}
    assert {(row["xrayCentringType"], row["status"]) for row in rows.of(XrayCentring)} == {
        (kind, status) for kind in ("2d", "3d") for status in ("success", "failed")
    }
    titles = Counter(row["workflowTitle"] for row in rows.of(Workflow))
    assert titles["MXPressA"] > 5
    assert titles["GPhL workflow, several orientations"] >= 1
    linked = {row["workflowId"] for row in rows.of(DataCollectionGroup) if "workflowId" in row}
    assert linked == {row["workflowId"] for row in rows.of(Workflow)}
    assert linked == {row["workflowId"] for row in rows.of(WorkflowStep)}
