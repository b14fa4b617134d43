"""Whatever the world is like: lists, decisions and their reasons agree with each other and with the matrix."""

import os
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from hypothesis import HealthCheck, given, settings
from sqlalchemy import inspect, select

from pyispyb.access import Action, Viewer, decide, reasons, reasons_of, visible, visible_one
from pyispyb.access.policy import tables_with_rules
from pyispyb.clock import local_now
from pyispyb.db.database import Database
from pyispyb.errors import NotFound
from pyispyb.mx.cells import queries as cells
from pyispyb.mx.centring import queries as centrings
from pyispyb.mx.screening import queries as screenings
from pyispyb.mx.workflows import queries as workflows
from pyispyb.processing import queries, standing
from pyispyb.processing.programs import run_with_collections
from pyispyb.reprocessing import queries as jobs
from pyispyb.sharing import sight
from pyispyb.tables import (
    AutoProc,
    BLSample,
    BLSession,
    BLSubSample,
    Container,
    Crystal,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    EnergyScan,
    Proposal,
    ProposalHasPerson,
    Protein,
    RobotAction,
    Session_has_Person,
    Share,
    XFEFluorescenceSpectrum,
)
from tests.service import Service

from .building import Built, build, clear
from .matrix import Eyes, proposal_of_sample
from .random_worlds import FACILITIES, KEYS, Facility

EXAMPLES = int(os.environ.get("ISPYB_TEST_WORLDS", "3"))
"""Made-up facilities for each kind of database; more of them find rarer things."""

SOME = 5
"""Samples and collections of each facility that are asked who sees them."""

Shown = dict[int, bool]
"""Which rows of a table somebody must see, by their key."""


def expected(facility: Facility, built: Built, eyes: Eyes) -> dict[type[Any], Shown]:
    """What somebody must see of every table that has a rule."""

    def each(keys: list[int], sees: Callable[[int], bool]) -> Shown:
        return {key: sees(place) for place, key in enumerate(keys)}

    return {
        Proposal: each(built.proposals, eyes.proposal),
        ProposalHasPerson: {key: eyes.proposal_people(place) for place, key in built.memberships},
        BLSession: each(built.sessions, eyes.session),
        Protein: each(built.proteins, eyes.protein),
        Crystal: each(built.crystals, eyes.protein),
        Container: each(built.containers, eyes.container),
        BLSample: each(built.samples, eyes.sample),
        BLSubSample: each(built.sub_samples, eyes.sample),
        DataCollectionGroup: each(built.groups, eyes.group),
        DataCollection: {key: eyes.group(place) for place, key in built.collections},
        DataCollectionFileAttachment: {key: eyes.group(place) for place, key in built.attachments},
        RobotAction: each(built.robot, lambda place: eyes.made(facility.robot[place])),
        EnergyScan: each(built.scans, lambda place: eyes.made(facility.scans[place])),
        XFEFluorescenceSpectrum: each(built.spectra, lambda place: eyes.made(facility.spectra[place])),
        Share: each(built.shares, eyes.share),
    }


@settings(max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES < 50, suppress_health_check=list(HealthCheck))
@given(facility=FACILITIES)
async def test_everybody_sees_what_the_matrix_says(service: Service, facility: Facility) -> None:
    built = await build(service, facility)
    try:
        async with service.databases.read() as db:
            for place, viewer in enumerate(built.viewers):
                await _agrees(db, viewer, expected(facility, built, Eyes(facility, person=place)))
                await _sees_runs(db, viewer, built, Eyes(facility, person=place))
                await _sees_what_was_made(db, viewer, built, Eyes(facility, person=place))
            for key, viewer in zip(KEYS, built.keys, strict=True):
                await _agrees(db, viewer, expected(facility, built, Eyes(facility, key=key)))
                await _sees_runs(db, viewer, built, Eyes(facility, key=key))
                await _sees_what_was_made(db, viewer, built, Eyes(facility, key=key))
            await _tells_who_sees(db, service, facility, built)
    finally:
        await clear(service, built)


async def _agrees(db: Database, viewer: Viewer, wanted: dict[type[Any], Shown]) -> None:
    for number, (table, rows) in enumerate(wanted.items()):
        if not rows:
            continue
        (key,) = inspect(table).primary_key
        seen, one_by_one = [
            {row[0] for row in await db.all(select(key).where(key.in_(rows), sees(viewer, table)))}
            for sees in (visible, visible_one)
        ]
        told = {
            row[0]
            for row in await db.all(select(key, *reasons(viewer, table)).where(key.in_(rows)))
            if reasons_of(viewer, table, row)
        }
        must = {number for number, shown in rows.items() if shown}
        assert (table, seen) == (table, must)
        assert (table, one_by_one) == (table, must)
        assert (table, told) == (table, must)
        if (number + len(must)) % 3 == 0:  # the same columns as above, asked about one row
            one = max(rows)
            decision = await decide(db, viewer, Action.SEE, table, one)
            assert (table, decision.allowed, decision.visible) == (table, one in must, one in must)


async def _sees_runs(db: Database, viewer: Viewer, built: Built, eyes: Eyes) -> None:
    """Runs of programs, listed and asked for one by one: seen by those who see all that they worked on."""
    must = {key for key, (collections, merged) in built.runs.items() if eyes.run(collections, merged)}
    here = DataCollection.dataCollectionId.in_([key for _, key in built.collections])
    seen = [row.dataCollectionId for row in await db.all(queries.collections(viewer, [here]))]
    listed = {row.autoProcProgramId for row in await db.all(queries.runs(db.catalogue, viewer), {"ids": seen})}
    assert listed == must
    await _counts_runs(db, viewer, built, seen)
    # A search by cell starts from no collection; it knows of no structures, whose runs have no cell. Administrators
    # find runs on nothing too, of which then nothing is told.
    plain = {key for key, (worked_on, merged) in built.runs.items() if worked_on and not merged}
    for searched in (cells.results, cells.own_results):
        found = await db.all(searched(db.catalogue, viewer, [AutoProc.autoProcProgramId.in_(plain)]))
        assert {row.autoProcProgramId for row in found} == must & plain
    for key, (worked_on, _) in list(built.runs.items())[(eyes.person or 0) % 3 :: 3]:  # each by somebody
        try:
            collections, _ = await run_with_collections(db, viewer, key)
        except NotFound:
            assert key not in must
        else:
            assert key in must
            assert set(collections) == {built.collections[place][1] for place in worked_on}


async def _counts_runs(db: Database, viewer: Viewer, built: Built, seen: list[int]) -> None:
    """How far groups are is told of the runs on images that are listed, of each by itself and of all together."""
    listed = await db.all(queries.runs_on_images(db.catalogue, viewer), {"ids": seen})
    group_of = {key: built.groups[place] for place, key in built.collections}
    groups = [DataCollectionGroup.dataCollectionGroupId.in_(built.groups), visible(viewer, DataCollectionGroup)]
    now = local_now()
    one_by_one = select(DataCollectionGroup.dataCollectionGroupId).where(
        *groups, standing.runs_on(db.catalogue, viewer, standing.OF_GROUP, now) > 0
    )
    for statement in (one_by_one, standing.runs_by_group(db.catalogue, viewer, groups, now)):
        found = {row.dataCollectionGroupId for row in await db.all(statement)}
        assert found == {group_of[row.dataCollectionId] for row in listed}


async def _sees_what_was_made(db: Database, viewer: Viewer, built: Built, eyes: Eyes) -> None:
    """Jobs, characterisations, workflows and centrings: listed and asked for one by one."""
    catalogue = db.catalogue
    everything = [DataCollectionGroup.dataCollectionGroupId.in_(built.groups)]
    kinds = (
        (built.jobs, jobs.jobs(catalogue, viewer, everything), jobs.one),
        (built.screenings, screenings.screenings(catalogue, viewer, everything), screenings.screening),
        (built.workflows, workflows.workflows(catalogue, viewer, everything), workflows.one),
        (built.centrings, centrings.centrings(catalogue, viewer, everything), centrings.one),
    )
    for made, listed, one in kinds:
        must = {key for key, groups in made.items() if eyes.each_of(groups)}
        assert {row[0] for row in await db.all(listed)} == must
        for key in list(made)[(eyes.person or 0) % 2 :: 2]:  # each by somebody
            assert bool(await db.all(one(catalogue, viewer, key))) == (key in must)


def test_every_table_with_a_rule_is_asked_about() -> None:
    facility = Facility(*[()] * len(fields(Facility)))
    nothing = Built(*[[] for _ in Built.__dataclass_fields__])
    asked = set(expected(facility, nothing, Eyes(facility)))
    assert asked | {Session_has_Person} == tables_with_rules()


async def _tells_who_sees(db: Database, service: Service, facility: Facility, built: Built) -> None:
    """`…/access` as an administrator reads it names exactly those who see the object."""
    config = service.app.state.settings
    administrator = built.viewers[-1]
    everyone = [Eyes(facility, person=place) for place in range(len(built.people))]
    for place, key in enumerate(built.sessions):
        answer = await sight.of_session(db, config, administrator, key)
        _names(facility, built, answer, {eyes.person for eyes in everyone if eyes.session(place)})
    for place, key in enumerate(built.samples[:SOME]):
        if _is_plain(facility, place):
            answer = await sight.of_sample(db, config, administrator, key)
            _names(facility, built, answer, {eyes.person for eyes in everyone if eyes.sample(place)})
        elif proposal_of_sample(facility, place) is None:
            await _nobody(sight.of_sample(db, config, administrator, key))
    for place, key in built.collections[:SOME]:
        group = facility.groups[place]
        samples = {group.sample, *group.collections} - {None}
        home = facility.sessions[group.session].proposal
        if all(proposal_of_sample(facility, sample) == home for sample in samples if sample is not None):
            answer = await sight.of_collection(db, config, administrator, key)
            _names(facility, built, answer, {eyes.person for eyes in everyone if eyes.group(place)})


def _is_plain(facility: Facility, sample: int) -> bool:
    """A sample that was measured in sessions of its own proposal only."""
    home = proposal_of_sample(facility, sample)
    return home is not None and all(
        facility.sessions[group.session].proposal == home for group in facility.groups if group.sample == sample
    )


async def _nobody(asked: Any) -> None:
    """A sample without crystal is of no proposal: nothing is told of it."""
    try:
        await asked
    except NotFound:
        return
    raise AssertionError("a sample of no proposal has no people")


def _names(facility: Facility, built: Built, answer: dict[str, Any], must: set[int | None]) -> None:
    listed = {built.people.index(person["personId"]) for person in answer["people"]}
    beamlines = {name for group in answer["groups"] for name in group["beamLines"]}
    laboratories = {group["name"] for group in answer["groups"] if "shared" in group["because"]}
    for place, person in enumerate(facility.people):
        of_laboratory = person.laboratory is not None and any(
            name.startswith(f"{person.laboratory} ") for name in laboratories
        )
        if person.sees_everything or person.beamlines & beamlines or of_laboratory:
            listed.add(place)
    assert listed == must
    for person in answer["people"]:
        assert person["because"]
