"""The plan of the facility: reproducible, and consistent with itself."""

import itertools
from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import DateTime, inspect

from pyispyb.demo import mxcube
from pyispyb.demo.facility import BEAMLINES
from pyispyb.demo.schedule import RUNNING, visits
from pyispyb.demo.world import build
from pyispyb.tables import (
    AutoProcProgram,
    BeamLineSetup,
    BLSample,
    BLSession,
    Container,
    DataCollection,
    DataCollectionGroup,
    DiffractionPlan,
    EnergyScan,
    GridInfo,
    Image,
    ImageQualityIndicators,
    Person,
    ProcessingJob,
    ProcessingJobImageSweep,
    Proposal,
    Reprocessing,
    RobotAction,
    Session_has_Person,
    Shipping,
    XFEFluorescenceSpectrum,
)

from .conftest import NOW


def by_key(made, table, key):
    return {row[key]: row for row in made.rows.of(table)}


def test_the_same_time_gives_the_same_rows(made, tmp_path_factory):
    root = tmp_path_factory.mktemp("again") / "files"
    again = build(NOW, root)
    first_root = made.rows.of(DataCollection)[0]["imageDirectory"].split("/files/")[0] + "/files"
    for table, rows in made.rows.by_table.items():
        moved = [
            {
                name: value.replace(str(root), first_root) if isinstance(value, str) else value
                for name, value in row.items()
            }
            for row in again.rows.of(table)
        ]
        assert moved == rows
    assert again.rows.columns == made.rows.columns


def test_the_facility_has_the_size_it_promises(made):
    count = {table.__name__: len(rows) for table, rows in made.rows.by_table.items()}
    assert (count["Laboratory"], count["Person"], count["Proposal"], count["BLSession"]) == (6, 26, 12, 39)
    assert count["BLSample"] > 600
    assert count["EnergyScan"] > 10
    assert count["XFEFluorescenceSpectrum"] > 10
    groups = Counter(row["sessionId"] for row in made.rows.of(DataCollectionGroup))
    assert max(groups.values()) > 330
    assert len(groups) > 18


def test_sessions_of_a_beamline_never_overlap(made):
    of_line = defaultdict(list)
    for session in made.rows.of(BLSession):
        of_line[session["beamLineName"]].append((session["startDate"], session["endDate"]))
    for times in of_line.values():
        times.sort()
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(times))


def test_visits_of_a_proposal_are_numbered_in_the_order_of_time(made):
    of_proposal = defaultdict(list)
    for session in made.rows.of(BLSession):
        of_proposal[session["proposalId"]].append((session["startDate"], session["visit_number"]))
    for numbered in of_proposal.values():
        assert [number for _, number in sorted(numbered)] == list(range(1, len(numbered) + 1))


@pytest.mark.parametrize("hours", range(0, 24))
def test_at_every_hour_each_beamline_has_one_running_session(hours):
    now = NOW.replace(hour=hours, minute=17)
    running = [visit for visit in visits(now) if visit.start + timedelta(hours=2) <= now < visit.end]
    assert {visit.beamline: visit.proposal for visit in running} == RUNNING
    assert all(visit.end - now > timedelta(hours=12) for visit in running)


def test_everything_happened_within_its_session_and_before_now(made):
    sessions = by_key(made, BLSession, "sessionId")
    names = (
        (DataCollection, "sessionId", "startTime", "endTime"),
        (DataCollectionGroup, "sessionId", "startTime", "endTime"),
        (RobotAction, "blsessionId", "startTimestamp", "endTimestamp"),
        (EnergyScan, "sessionId", "startTime", "endTime"),
        (XFEFluorescenceSpectrum, "sessionId", "startTime", "endTime"),
    )
    for table, session_key, start, end in names:
        assert made.rows.of(table)
        for row in made.rows.of(table):
            session = sessions[row[session_key]]
            assert session["startDate"] <= row[start] < row[end] <= min(session["endDate"], NOW)


def test_a_beamline_does_one_thing_at_a_time(made):
    busy = defaultdict(list)
    for row in made.rows.of(DataCollection):
        busy[row["sessionId"]].append((row["startTime"], row["endTime"]))
    for row in made.rows.of(RobotAction):
        busy[row["blsessionId"]].append((row["startTimestamp"], row["endTimestamp"]))
    for times in busy.values():
        times.sort()
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(times))


def test_collections_agree_with_their_group_and_lie_within_it(made):
    groups = by_key(made, DataCollectionGroup, "dataCollectionGroupId")
    for row in made.rows.of(DataCollection):
        group = groups[row["dataCollectionGroupId"]]
        for name in ("sessionId", "blSampleId", "experimentType"):
            assert row[name] == group[name]
        assert group["startTime"] <= row["startTime"] < row["endTime"] <= group["endTime"]


def test_there_is_an_indicator_for_every_box_of_a_grid(made):
    images = Counter(made.rows.columns[ImageQualityIndicators]["dataCollectionId"])
    for grid in made.rows.of(GridInfo):
        assert images[grid["dataCollectionId"]] == grid["steps_x"] * grid["steps_y"]


def test_collections_end_in_every_way(made):
    endings = Counter(row["runStatus"] for row in made.rows.of(DataCollection))
    assert endings["Data collection successful"] > 1000
    assert endings["Data collection failed"] > 5
    assert endings["Data collection stopped"] > 5
    assert {row["status"] for row in made.rows.of(RobotAction)} == {"SUCCESS", "ERROR", "CRITICAL"}


def test_samples_in_the_sample_changer_belong_to_running_sessions(made):
    sessions = by_key(made, BLSession, "sessionId")
    loaded = [row for row in made.rows.of(Container) if row["sampleChangerLocation"]]
    assert len(loaded) == 8
    for row in loaded:
        session = sessions[row["sessionId"]]
        assert session["startDate"] <= NOW < session["endDate"]
        assert session["beamLineName"] == row["beamlineLocation"]


def test_no_two_samples_of_a_proposal_share_a_name(made):
    names = Counter((row["crystalId"], row["name"]) for row in made.rows.of(BLSample))
    assert set(names.values()) == {1}
    codes = Counter(row["code"] for row in made.rows.of(BLSample))
    assert set(codes.values()) == {1}


def test_shipments_are_on_every_leg_of_their_way(made):
    statuses = {row["shippingStatus"] for row in made.rows.of(Shipping)}
    assert statuses == {"returned", "processing", "at facility", "sent to facility", "opened"}


def test_a_guest_is_on_sessions_without_being_on_the_proposal(made):
    bo = next(row["personId"] for row in made.rows.of(Person) if row["login"] == "bo")
    on = {row["sessionId"] for row in made.rows.of(Session_has_Person) if row["personId"] == bo}
    sessions = by_key(made, BLSession, "sessionId")
    proposals = by_key(made, Proposal, "proposalId")
    assert {proposals[sessions[session]["proposalId"]]["proposalNumber"] for session in on} == {"415"}


def test_rows_name_only_columns_that_exist_and_times_are_whole_seconds(made):
    for table, columns in made.rows.columns.items():
        assert set(columns) <= set(inspect(table).columns.keys())
    for table, rows in made.rows.by_table.items():
        known = set(inspect(table).columns.keys())
        times = [name for name in known if isinstance(inspect(table).columns[name].type, DateTime)]
        for row in rows:
            assert set(row) <= known
            assert all(row[name].microsecond == 0 for name in times if row.get(name))


def test_numbers_are_in_the_units_of_the_tables(made):
    wished = {row["preferredBeamDiameter"] for row in made.rows.of(DiffractionPlan)} - {None}
    assert all(5 <= micrometres <= 100 for micrometres in wished)
    spectra, scans = made.rows.of(XFEFluorescenceSpectrum), made.rows.of(EnergyScan)
    percents = {row["beamTransmission"] for row in spectra} | {row["transmissionFactor"] for row in scans}
    assert all(1 <= percent <= 100 for percent in percents)
    angles = {row["dataCollectionId"]: row["axisStart"] for row in made.rows.of(DataCollection)}
    assert all(row["meshAngle"] == angles[row["dataCollectionId"]] for row in made.rows.of(GridInfo))


def test_a_setup_says_the_same_as_control_software_will(made):
    for row, line in zip(made.rows.of(BeamLineSetup), BEAMLINES, strict=True):
        sent = mxcube.setup(line)
        assert row["beamDivergenceHorizontal"] == sent["beam_divergence_horizontal"]
        assert row["beamDivergenceVertical"] == sent["beam_divergence_vertical"]
        assert 5000 < row["energyMin"] < row["energyMax"] < 25000


def test_a_picture_of_a_box_shows_spots_where_the_score_says_so(made):
    last = made.rows.of(GridInfo)[-1]["dataCollectionId"]
    columns = made.rows.columns[ImageQualityIndicators]
    of_every_image = zip(columns["dataCollectionId"], columns["imageNumber"], columns["dozor_score"], strict=True)
    scores = {image: score for collection, image, score in of_every_image if collection == last}
    pictures = [row for row in made.rows.of(Image) if row["dataCollectionId"] == last]
    assert {row["imageNumber"] for row in pictures} == set(scores)
    for row in pictures:
        assert ("diffraction-8.0A" in row["jpegFileFullPath"]) == (scores[row["imageNumber"]] <= 1)


def test_people_asked_for_reprocessing_and_it_was_done_failed_or_called_off(made):
    jobs = {row["processingJobId"]: row for row in made.rows.of(ProcessingJob)}
    asked = {row["processingJobId"]: row for row in made.rows.of(Reprocessing)}
    assert set(jobs) == set(asked)
    runs = {row["processingJobId"]: row for row in made.rows.of(AutoProcProgram) if "processingJobId" in row}
    assert {run["processingStatus"] for run in runs.values()} == {"SUCCESS", "FAILED"}
    cancelled = {number for number, row in asked.items() if row["cancelledAt"]}
    assert cancelled
    assert cancelled.isdisjoint(runs)
    assert all(row["takenAt"] or row["cancelledAt"] for row in asked.values()), "none waits"
    sweeps = defaultdict(set)
    for row in made.rows.of(ProcessingJobImageSweep):
        sweeps[row["processingJobId"]].add(row["dataCollectionId"])
    assert set(sweeps) == set(jobs)
    assert any(len(each) > 1 for each in sweeps.values())
