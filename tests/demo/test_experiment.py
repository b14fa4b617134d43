"""What happens to one sample, in which order."""

import json
from datetime import datetime

import pytest

from pyispyb.demo import mxcube
from pyispyb.demo.experiment import Collection, EnergyScan, Fluorescence, Robot, Target, plan
from pyispyb.demo.facility import BEAMLINES
from pyispyb.demo.macromolecules import MACROMOLECULES

LINE = BEAMLINES[0]
START = datetime(2026, 11, 22, 14, 5)


def target(acronym: str, number: int) -> Target:
    return Target(number, f"{acronym.lower()}-x{number}", "ELS1", MACROMOLECULES[acronym], "P1", 1, 1)


def plans(acronym: str, wanted: int = 60):
    """Plans of samples that could be loaded and diffract."""
    made = (target(acronym, number) for number in range(1, wanted))
    found = [(each, plan(each, LINE, "test")) for each in made if each.diffraction.usable]
    return [(each, steps) for each, steps in found if len(steps) > 1]


@pytest.mark.parametrize("acronym", MACROMOLECULES)
def test_a_sample_is_loaded_measured_and_unloaded(acronym):
    for _, steps in plans(acronym):
        first, *middle, last = steps
        assert isinstance(first, Robot)
        assert isinstance(last, Robot)
        assert (first.actionType, last.actionType) == ("LOAD", "UNLOAD")
        assert not any(isinstance(step, Robot) for step in middle)
        assert any(isinstance(step, Collection) for step in middle)


def test_a_sample_that_cannot_be_loaded_is_not_measured():
    made = [plan(target("LYSO", number), LINE, "test") for number in range(1, 300)]
    failed = [steps for steps in made if steps[0].status != "SUCCESS"]
    assert 3 < len(failed) < 40
    assert all(len(steps) == 1 for steps in failed)


def test_a_crystal_that_does_not_diffract_is_given_up_after_the_grid_scan():
    dead = [each for each in (target("LYSO", number) for number in range(1, 300)) if not each.diffraction.usable]
    measured = [steps for steps in (plan(each, LINE, "test") for each in dead) if len(steps) > 1]
    assert measured
    for steps in measured:
        assert {step.experimentType for step in steps if isinstance(step, Collection)} == {"Mesh"}


def test_runs_are_counted_and_dose_adds_up():
    for _, steps in plans("LYSO"):
        collections = [step for step in steps if isinstance(step, Collection)]
        assert [step.run for step in collections] == list(range(1, len(collections) + 1))
        dose = 0.0
        for step in collections:
            assert step.dose_before == pytest.approx(dose)
            dose += step.dose


def test_characterisation_takes_four_images_a_quarter_turn_apart():
    each, steps = plans("LYSO")[0]
    step = next(step for step in steps if isinstance(step, Collection) and step.experimentType == "Characterization")
    assert step.angles().tolist() == [0, 90, 180, 270]
    assert step.indicators(each).imageNumber.size == 4


def test_an_edge_is_scanned_before_the_phasing_data_that_use_it():
    kinds = set()
    for _, steps in plans("PTAF", 120):
        names = [type(step).__name__ for step in steps]
        sweeps = [step for step in steps if isinstance(step, Collection) and "AD" in step.experimentType]
        assert names.index("EnergyScan") < steps.index(sweeps[0])
        assert all(abs(step.shot.energy - 12.66) < 0.4 for step in sweeps)
        assert len({step.group for step in sweeps}) == 1
        kinds.add((sweeps[0].experimentType, len(sweeps)))
    assert kinds == {("SAD", 1), ("SAD - Inverse Beam", 2), ("MAD", 3)}


def test_metals_are_looked_for_with_fluorescence():
    assert all(any(isinstance(step, Fluorescence) for step in steps) for _, steps in plans("LPMO"))
    assert any(any(isinstance(step, EnergyScan) for step in steps) for _, steps in plans("LPMO"))


def test_some_sweeps_fail_and_some_are_stopped_on_the_way():
    endings = [step for _, steps in plans("KIN4", 250) for step in steps if isinstance(step, Collection)]
    failed = [step for step in endings if step.ending == "failed"]
    stopped = [step for step in endings if step.ending == "stopped"]
    assert 0 < len(failed) < len(endings) / 8
    assert 0 < len(stopped) < len(endings) / 8
    assert all(step.measured == 0 for step in failed)
    assert all(0 < step.measured < step.images for step in stopped)


def test_control_software_says_why_a_sweep_was_stopped_when_it_is_over():
    each, step = next(
        (each, step)
        for each, steps in plans("KIN4", 250)
        for step in steps
        if isinstance(step, Collection) and step.ending == "stopped"
    )
    begun = mxcube.collection(each, LINE, step, {"imageDirectory": "/RAW_DATA/", "fileTemplate": "x.h5"}, START)
    assert "stopped" not in json.dumps(begun).casefold()
    end = mxcube.end(each, LINE, step)
    assert end["status"] == "Data collection stopped"
    assert end["comments"] == "Stopped by the user"


def test_the_detector_stays_where_it_can_go():
    low, high = LINE.detector.distances
    for acronym in MACROMOLECULES:
        for _, steps in plans(acronym, 20):
            for step in steps:
                if isinstance(step, Collection):
                    assert low <= step.shot.distance <= high
                    assert step.shot.corner < step.shot.resolution
