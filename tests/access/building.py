"""A made-up facility in a real database, and its people as the service recognises them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import delete, insert, select

from pyispyb.access import Viewer
from pyispyb.auth.secrets import digest, new_api_token, new_token
from pyispyb.auth.service import viewer_of
from pyispyb.clock import utc_now
from pyispyb.db.database import Database
from pyispyb.db.writes import insert_row
from pyispyb.mx.centring.place import place_of as place_of_centrings
from pyispyb.mx.workflows.place import link
from pyispyb.mx.workflows.place import place_of as place_of_workflows
from pyispyb.reprocessing.place import ISPYB, place_of
from pyispyb.tables import (
    ApiKey,
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    BagProposal,
    BLSample,
    BLSession,
    BLSubSample,
    Container,
    Crystal,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    Dewar,
    EnergyScan,
    LabContact,
    Laboratory,
    Login,
    OwnProcessingJobRun,
    Permission,
    Person,
    Proposal,
    ProposalHasPerson,
    Protein,
    RobotAction,
    Screening,
    Session_has_Person,
    Share,
    Shipping,
    StructureRun,
    Token,
    UserGroup,
    UserGroup_has_Permission,
    UserGroup_has_Person,
    XFEFluorescenceSpectrum,
)
from tests.service import Service

from .random_worlds import KEYS, LABORATORIES, NOBODY_KNOWN, UNKNOWN, C, Facility, M, R, Sh


@dataclass
class Built:
    """A facility in a database: keys of rows in the order of the facility's lists, and who asks."""

    laboratories: list[int]
    people: list[int]
    proposals: list[int]
    sessions: list[int]
    proteins: list[int]
    crystals: list[int]
    containers: list[int]
    samples: list[int]
    sub_samples: list[int]
    groups: list[int]
    collections: list[tuple[int, int]]
    """Group by its place, and key."""
    attachments: list[tuple[int, int]]
    robot: list[int]
    scans: list[int]
    spectra: list[int]
    shares: list[int]
    runs: dict[int, tuple[set[int], set[int]]]
    """Collections by their place that a run worked on, and those of the run that merged its data, by its key."""
    jobs: dict[int, set[int]]
    """Groups by their place whose collections a processing job names, by its key; so of those that follow."""
    screenings: dict[int, set[int]]
    workflows: dict[int, set[int]]
    centrings: dict[int, set[int]]
    memberships: list[tuple[int, int]]
    """Proposal by its place, and key of the row."""
    viewers: list[Viewer]
    keys: list[Viewer]


async def _add(db: Database, table: Any, **values: Any) -> int:
    return (await insert_row(db, table, values)).key


async def build(service: Service, facility: Facility) -> Built:
    """Write a facility, and have the service recognise its people and two keys."""
    async with service.database() as db:
        people = await _people(db, facility)
        built = await _rest(db, facility, *people)
        tokens = [await _log_in(db, person) for person in built.people]
        keys = [await _key(db, beamlines) for beamlines in KEYS]
    async with service.databases.read() as db:
        settings = service.app.state.settings
        built.viewers = [await viewer_of(db, settings, token) for token in tokens]
        built.keys = [await viewer_of(db, settings, token) for token in keys]
    return built


async def clear(service: Service, built: Built) -> None:
    """Take back what would change the questions of other tests."""
    async with service.database() as db:
        await db.execute(delete(BagProposal).where(BagProposal.proposalId.in_(built.proposals)))
        await db.execute(delete(Share).where(Share.shareId.in_(built.shares)))


async def _people(db: Database, facility: Facility) -> tuple[list[int], list[int]]:
    word = new_token()[:12]
    laboratories = [await _add(db, Laboratory, name=f"{number} {word}") for number in range(LABORATORIES)]
    people = []
    for place, person in enumerate(facility.people):
        laboratory = None if person.laboratory is None else laboratories[person.laboratory]
        people.append(await _add(db, Person, familyName=f"{place} {word}", givenName="R", laboratoryId=laboratory))
        for name in person.permissions:
            permission = await db.scalar(select(Permission.permissionId).where(Permission.type == name))
            if permission is None:
                permission = await _add(db, Permission, type=name, description=name)
            group = await _add(db, UserGroup, name=f"{place} {name} {word}"[:31])
            await db.execute(insert(UserGroup_has_Permission).values(userGroupId=group, permissionId=permission))
            await db.execute(insert(UserGroup_has_Person).values(userGroupId=group, personId=people[place]))
    return laboratories, people


def _at(keys: list[int], place: int | None) -> int | None:
    return None if place is None else keys[place]


async def _rest(db: Database, facility: Facility, laboratories: list[int], people: list[int]) -> Built:
    word = new_token()[:12]
    proposals, memberships = [], []
    for place, proposal in enumerate(facility.proposals):
        values = {"proposalCode": word, "proposalNumber": str(place), "personId": people[proposal.leader]}
        proposals.append(await _add(db, Proposal, **values))
        for member in sorted(proposal.members):
            key = await _add(db, ProposalHasPerson, proposalId=proposals[place], personId=people[member])
            memberships.append((place, key))
        if proposal.bag:
            await db.execute(insert(BagProposal).values(proposalId=proposals[place], markedAt=utc_now()))
    sessions = []
    for place, session in enumerate(facility.sessions):
        values = {"proposalId": proposals[session.proposal], "beamLineName": session.beamline, "visit_number": place}
        sessions.append(await _add(db, BLSession, **values))
        for person in session.named:
            await db.execute(insert(Session_has_Person).values(sessionId=sessions[place], personId=people[person]))
    proteins, crystals = [], []
    for protein in facility.proteins:
        person = NOBODY_KNOWN if protein.person == UNKNOWN else _at(people, protein.person)
        proteins.append(await _add(db, Protein, proposalId=proposals[protein.proposal], personId=person))
        crystals.append(await _add(db, Crystal, proteinId=proteins[-1]))
    containers = [
        await _container(db, f"{place}-{word}", container, proposals, people, sessions)
        for place, container in enumerate(facility.containers)
    ]
    samples = [
        await _add(
            db,
            BLSample,
            crystalId=_at(crystals, sample.protein),
            containerId=_at(containers, sample.container),
            location=str(place),
        )
        for place, sample in enumerate(facility.samples)
    ]
    groups, collections, attachments = [], [], []
    for place, group in enumerate(facility.groups):
        values = {"sessionId": sessions[group.session], "blSampleId": _at(samples, group.sample)}
        groups.append(await _add(db, DataCollectionGroup, **values))
        for number, sample in enumerate(group.collections):
            named = _at(samples, sample) if sample is not None or number else 0
            key = await _add(db, DataCollection, dataCollectionGroupId=groups[place], blSampleId=named)
            collections.append((place, key))
            attachments.append(
                (place, await _add(db, DataCollectionFileAttachment, dataCollectionId=key, fileFullPath="x"))
            )
    runs, jobs = await _runs(db, facility.runs if collections else (), collections)
    return Built(
        laboratories=laboratories,
        people=people,
        proposals=proposals,
        sessions=sessions,
        proteins=proteins,
        crystals=crystals,
        containers=containers,
        samples=samples,
        sub_samples=[await _add(db, BLSubSample, blSampleId=sample) for sample in samples],
        groups=groups,
        collections=collections,
        attachments=attachments,
        robot=[
            await _add(
                db,
                RobotAction,
                blsessionId=sessions[made.session],
                blsampleId=_at(samples, made.sample),
                startTimestamp=utc_now(),
                endTimestamp=utc_now(),
            )
            for made in facility.robot
        ],
        scans=[await _made(db, EnergyScan, made, sessions, samples) for made in facility.scans],
        spectra=[await _made(db, XFEFluorescenceSpectrum, made, sessions, samples) for made in facility.spectra],
        shares=[
            await _share(db, facility, share, laboratories, people, proposals, proteins, samples)
            for share in facility.shares
        ],
        runs=runs,
        jobs=jobs,
        screenings=await _screenings(db, facility, groups, collections),
        workflows=await _workflows(db, facility, groups),
        centrings={
            await _add(db, place_of_centrings(db.catalogue).centring, dataCollectionGroupId=groups[place]): {place}
            for place in facility.centrings
        },
        memberships=memberships,
        viewers=[],
        keys=[],
    )


async def _runs(
    db: Database, runs: tuple[R, ...], collections: list[tuple[int, int]]
) -> tuple[dict[int, tuple[set[int], set[int]]], dict[int, set[int]]]:
    made: dict[int, tuple[set[int], set[int]]] = {}
    jobs: dict[int, set[int]] = {}
    before: int | None = None
    for run in runs:
        job, named = await _job(db, run, collections)
        if job is not None:
            jobs[job] = {collections[place][0] for place in named}
        key, linked = await _run(db, run, job, collections)
        made[key] = (linked | named, set())
        await _add(db, AutoProc, autoProcProgramId=key, spaceGroup="P 1")
        if run.makes_structure and before is not None:
            values = {"dataProgramId": before, "autoProcScalingId": 0, "kind": "refinement"}
            await db.execute(insert(StructureRun).values(autoProcProgramId=key, **values))
            made[key] = (linked | named, made[before][0])
        before = key
    return made, jobs


async def _job(db: Database, run: R, collections: list[tuple[int, int]]) -> tuple[int | None, set[int]]:
    """The job that a run was made for, if any, and the places of collections that it names."""
    if run.named is None:
        return None, set()
    jobs = place_of(db.catalogue)
    own, *asked = (place % len(collections) for place in (run.named, *run.asked))
    job = await _add(db, jobs.job, dataCollectionId=collections[own][1], recordTimestamp=utc_now())
    for place in asked:
        await _add(db, jobs.sweep, processingJobId=job, dataCollectionId=collections[place][1])
    return job, {own, *asked}


async def _run(db: Database, run: R, job: int | None, collections: list[tuple[int, int]]) -> tuple[int, set[int]]:
    """A run, linked to collections in the ways this database has beside its job; its key and their places."""
    linked = {place % len(collections) for place in run.sweeps}
    values: dict[str, Any] = {}
    if run.named is not None and db.catalogue.has(AutoProcProgram.dataCollectionId):
        values["dataCollectionId"] = collections[run.named % len(collections)][1]
    ours = place_of(db.catalogue) is not ISPYB
    if job is not None and not ours:
        values["processingJobId"] = job
    key = await _add(db, AutoProcProgram, processingPrograms="random", **values)
    if job is not None and ours:
        await _add(db, OwnProcessingJobRun, autoProcProgramId=key, processingJobId=job)
    for place in run.sweeps:
        collection = collections[place % len(collections)][1]
        await _add(db, AutoProcIntegration, autoProcProgramId=key, dataCollectionId=collection)
    return key, linked


async def _screenings(
    db: Database, facility: Facility, groups: list[int], collections: list[tuple[int, int]]
) -> dict[int, set[int]]:
    """Screenings by their keys, each with the group that it is seen with: its collection's, or the one it names."""
    made = {}
    for screening in facility.screenings:
        values: dict[str, Any] = {}
        seen_with: set[int] = set()
        if screening.group is not None and db.catalogue.has(Screening.dataCollectionGroupId):
            values["dataCollectionGroupId"] = groups[screening.group]
            seen_with = {screening.group}
        if screening.collection is not None and collections:
            group, values["dataCollectionId"] = collections[screening.collection % len(collections)]
            seen_with = {group}
        made[await _add(db, Screening, programVersion="random", **values)] = seen_with
    return made


async def _workflows(db: Database, facility: Facility, groups: list[int]) -> dict[int, set[int]]:
    made: dict[int, set[int]] = {}
    taken: set[int] = set()
    for named in facility.workflows:
        key = await _add(db, place_of_workflows(db.catalogue).workflow, workflowTitle="random")
        made[key] = set(named - taken)
        for place in sorted(made[key]):
            await link(db, groups[place], key)
        taken |= named
    return made


async def _made(db: Database, table: Any, made: M, sessions: list[int], samples: list[int]) -> int:
    return await _add(db, table, sessionId=sessions[made.session], blSampleId=_at(samples, made.sample))


async def _container(
    db: Database, code: str, container: C, proposals: list[int], people: list[int], sessions: list[int]
) -> int:
    dewar = None
    if container.proposal is not None:
        contact = None
        if container.sender is not None:
            person, proposal = people[container.sender], proposals[container.proposal]
            same = (LabContact.personId == person, LabContact.proposalId == proposal)
            contact = await db.scalar(select(LabContact.labContactId).where(*same))
            if contact is None:
                contact = await _add(db, LabContact, personId=person, proposalId=proposal, cardName=code)
        shipping = await _add(
            db, Shipping, proposalId=proposals[container.proposal], shippingName=code, sendingLabContactId=contact
        )
        dewar = await _add(db, Dewar, shippingId=shipping, code=code)
    return await _add(
        db,
        Container,
        code=code,
        dewarId=dewar,
        beamlineLocation=container.beamline,
        sessionId=_at(sessions, container.session),
        priorityPipelineId=None,
    )


async def _share(
    db: Database,
    facility: Facility,
    share: Sh,
    laboratories: list[int],
    people: list[int],
    proposals: list[int],
    proteins: list[int],
    samples: list[int],
) -> int:
    protein = share.protein if share.sample is None else facility.samples[share.sample].protein
    # A sample without crystal is of no proposal: such a share cannot be made, and does nothing if it is there.
    proposal = 0 if protein is None else proposals[facility.proteins[protein].proposal]
    return await _add(
        db,
        Share,
        proposalId=proposal,
        blSampleId=_at(samples, share.sample),
        proteinId=_at(proteins, share.protein),
        personId=_at(people, share.person),
        laboratoryId=_at(laboratories, share.laboratory),
        createdBy=people[share.creator],
        createdAt=utc_now(),
        revokedAt=utc_now() if share.revoked else None,
    )


async def _log_in(db: Database, person: int) -> str:
    token, now = new_token(), utc_now()
    login = await _add(db, Login, personId=person, plugin="local", createdAt=now)
    values = {"tokenHash": digest(token), "loginId": login, "kind": "access", "expiresAt": now + timedelta(hours=1)}
    await db.execute(insert(Token).values(values))
    return token


async def _key(db: Database, beamlines: frozenset[str]) -> str:
    token = new_api_token()
    await _add(
        db,
        ApiKey,
        name=f"random-{digest(token)[:20]}",
        secretHash=digest(token),
        scopes="read acquisition:write",
        beamLines=orjson.dumps(sorted(beamlines)).decode(),
        createdAt=utc_now(),
    )
    return token
