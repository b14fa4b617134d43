"""Fills an empty database with a facility's worth of rows.

Only what the measured routes read is filled, with columns as wide as those of real rows. The measured proposal has the
same keys whatever surrounds it; the others were measured later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, literal, text
from sqlalchemy.ext.asyncio import AsyncConnection

from pyispyb.db.create import create_database
from pyispyb.db.engine import create_engine
from pyispyb.tables import (
    AutoProc,
    AutoProcIntegration,
    AutoProcProgram,
    AutoProcScaling,
    AutoProcScaling_has_Int,
    AutoProcScalingStatistics,
    BLSample,
    BLSession,
    Container,
    Crystal,
    DataCollection,
    DataCollectionFileAttachment,
    DataCollectionGroup,
    Dewar,
    GridInfo,
    ImageQualityIndicators,
    Proposal,
    Protein,
    RobotAction,
    Shipping,
)
from pyispyb.tables.base import Base

from .numbers import Expression, N, add_rows, make_numbers, numbered, one_of, seconds_after
from .roles import BEAMLINES, PEOPLE, add_members, add_roles
from .sizes import SAMPLES_OF_A_PUCK, Sizes

BEGIN = datetime(2024, 1, 10, 9)
COLLECTION_SECONDS = 90
GRID_EVERY, ROBOT_EVERY, ATTACHMENT_EVERY = 5, 5, 10
SAMPLES_OF_OTHERS = 3 * SAMPLES_OF_A_PUCK

MEASURED_PROPOSAL = "mx1000"
MEASURED_SESSION = 1
PROCESSED_SESSION = 2
RESULTS_OF_A_COLLECTION = 4
"""Visit 1 and key of the session that pages are read from."""
CRYSTAL_FORMS = 4_001
INDICATED_COLLECTION = 1
"""The collection that has indicators."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the facility: how much of everything, and how keys and times follow from the number of a row."""

    proposals: int
    sessions: int
    collections: int
    samples: int
    session_of: Callable[[Expression], Expression]
    """Number of the session of a collection."""
    proposal_of: Expression
    """Number of the proposal of session N."""
    samples_of_a_crystal: int
    before: "Keys"


@dataclass(frozen=True, slots=True)
class Keys:
    """Highest keys given before."""

    proposals: int = 0
    sessions: int = 0
    collections: int = 0
    samples: int = 0
    crystals: int = 0
    containers: int = 0
    grids: int = 0
    robot_actions: int = 0
    attachments: int = 0


async def fill(url: str, sizes: Sizes) -> None:
    """Create the tables in an empty database and fill them. Raises NotEmptyError when it has tables."""
    engine = create_engine(url)
    try:
        await create_database(engine)
        async with engine.begin() as connection:
            await _unchecked(connection)
            await make_numbers(connection, max(sizes.other_collections, 3 * sizes.programs, 3 * sizes.other_programs))
            await add_roles(connection)
            keys = await _add_block(connection, _measured(sizes))
            await _add_processing(connection, _measured_results(sizes))
            await _add_indicators(connection, sizes)
            if sizes.other_proposals:
                await _add_block(connection, _others(sizes, keys))
                await _add_processing(connection, _other_results(sizes))
            await add_members(connection, 1 + sizes.other_proposals)
        async with engine.connect() as connection:
            await _analyse(connection)
    finally:
        await engine.dispose()


async def _unchecked(connection: AsyncConnection) -> None:
    """Rows that are right by construction are not checked one by one."""
    if connection.dialect.name != "sqlite":
        await connection.execute(text("SET unique_checks = 0, foreign_key_checks = 0"))


async def _analyse(connection: AsyncConnection) -> None:
    """Tell the database what it holds, as it would know after a while."""
    if connection.dialect.name == "sqlite":
        await connection.execute(text("ANALYZE"))
        await connection.commit()
        return
    for table in (BLSession, DataCollectionGroup, DataCollection, RobotAction, GridInfo, BLSample, Proposal):
        await connection.execute(text(f"ANALYZE TABLE {table.__tablename__}"))


def _measured(sizes: Sizes) -> Block:
    others = sizes.collections - sizes.session_collections - sizes.processed_collections
    rest = -(-others // (sizes.sessions - 2))

    def session_of(collection: Expression) -> Expression:
        behind = collection - sizes.session_collections
        beyond = behind - sizes.processed_collections
        return case((behind < 0, 0), (beyond < 0, 1), else_=2 + beyond // rest)

    return Block(
        proposals=1,
        sessions=sizes.sessions,
        collections=sizes.collections,
        samples=sizes.samples,
        session_of=session_of,
        proposal_of=literal(0),
        samples_of_a_crystal=sizes.samples // 8,
        before=Keys(),
    )


def _others(sizes: Sizes, before: Keys) -> Block:
    sessions_of_a_proposal = sizes.other_sessions // sizes.other_proposals

    def session_of(collection: Expression) -> Expression:
        # One session on each beamline at the same time, so that neighbouring collections belong to different ones.
        beamlines = len(BEAMLINES)
        return (
            collection * sizes.other_sessions // sizes.other_collections // beamlines * beamlines
            + collection % beamlines
        )

    return Block(
        proposals=sizes.other_proposals,
        sessions=sizes.other_sessions,
        collections=sizes.other_collections,
        samples=sizes.other_proposals * SAMPLES_OF_OTHERS,
        session_of=session_of,
        proposal_of=N // sessions_of_a_proposal,
        samples_of_a_crystal=SAMPLES_OF_OTHERS,
        before=before,
    )


async def _add_block(connection: AsyncConnection, block: Block) -> Keys:
    """Add everything of a part; answers the highest keys given so far."""
    await _add_visits(connection, block)
    crystals, containers = await _add_samples(connection, block)
    grids, robot_actions, attachments = await _add_measurements(connection, block)
    before = block.before
    return Keys(
        before.proposals + block.proposals,
        before.sessions + block.sessions,
        before.collections + block.collections,
        before.samples + block.samples,
        before.crystals + crystals,
        before.containers + containers,
        before.grids + grids,
        before.robot_actions + robot_actions,
        before.attachments + attachments,
    )


async def _add_visits(connection: AsyncConnection, block: Block) -> None:
    before = block.before
    await add_rows(
        connection,
        Proposal,
        block.proposals,
        proposalId=N + 1 + before.proposals,
        personId=PEOPLE["lead"],
        proposalCode="mx",
        proposalNumber=numbered("", N + 1000 + before.proposals),
        title=numbered("Structure and function of enzyme ", N + before.proposals, " and of its inhibitors"),
        proposalType="MX",
        state="Open",
    )
    first_collection = N * block.collections // block.sessions + before.collections
    start = first_collection * COLLECTION_SECONDS
    await add_rows(
        connection,
        BLSession,
        block.sessions,
        sessionId=N + 1 + before.sessions,
        proposalId=block.proposal_of + 1 + before.proposals,
        visit_number=N + 1,
        beamLineName=one_of(N, *BEAMLINES),
        startDate=seconds_after(connection.dialect, BEGIN, start),
        endDate=seconds_after(connection.dialect, BEGIN, start + 86_400),
        scheduled=True,
        nbShifts=3,
        comments="Cryo-cooled crystals in eight pucks, grid scans first",
        beamLineOperator="Local contact of the week",
    )


async def _add_samples(connection: AsyncConnection, block: Block) -> tuple[int, int]:
    before = block.before
    crystals, containers = block.samples // block.samples_of_a_crystal, block.samples // SAMPLES_OF_A_PUCK
    crystals_of_a_proposal, containers_of_a_proposal = crystals // block.proposals, containers // block.proposals
    of_crystal, of_container = N // crystals_of_a_proposal, N // containers_of_a_proposal
    key = N + 1 + before.crystals
    await add_rows(
        connection,
        Protein,
        crystals,
        proteinId=key,
        proposalId=of_crystal + 1 + before.proposals,
        acronym=numbered("ENZ", key),
        name=numbered("Enzyme ", key),
    )
    await add_rows(
        connection,
        Crystal,
        crystals,
        crystalId=key,
        proteinId=key,
        name=numbered("crystal form ", key),
        spaceGroup="P212121",
        cell_a=58.2,
        cell_b=84.9,
        cell_c=101.3,
        cell_alpha=90.0,
        cell_beta=90.0,
        cell_gamma=90.0,
    )
    shipment = N + 1 + before.proposals
    await add_rows(
        connection, Shipping, block.proposals, shippingId=shipment, proposalId=shipment, shippingName="pucks"
    )
    await add_rows(
        connection, Dewar, block.proposals, dewarId=shipment, shippingId=shipment, code=numbered("DEWAR-", shipment)
    )
    container = N + 1 + before.containers
    await add_rows(
        connection,
        Container,
        containers,
        containerId=container,
        dewarId=of_container + 1 + before.proposals,
        code=numbered("PUCK-", container),
        barcode=numbered("BENCH-", container),
        containerType="SPINEpuck",
        capacity=SAMPLES_OF_A_PUCK,
        beamlineLocation=one_of(N, *BEAMLINES),
        sampleChangerLocation=numbered("", N % 29 + 1),
        containerStatus="processing",
    )
    sample = N + 1 + before.samples
    await add_rows(
        connection,
        BLSample,
        block.samples,
        blSampleId=sample,
        crystalId=N // block.samples_of_a_crystal + 1 + before.crystals,
        containerId=N // SAMPLES_OF_A_PUCK + 1 + before.containers,
        name=numbered("enz-x", sample),
        code=numbered("HA00", sample),
        location=numbered("", N % SAMPLES_OF_A_PUCK + 1),
        comments="Soaked for two hours",
    )
    return crystals, containers


async def _add_measurements(connection: AsyncConnection, block: Block) -> tuple[int, int, int]:
    before, dialect = block.before, connection.dialect
    key = N + 1 + before.collections
    start = (N + before.collections) * COLLECTION_SECONDS
    times = {
        "startTime": seconds_after(dialect, BEGIN, start),
        "endTime": seconds_after(dialect, BEGIN, start + COLLECTION_SECONDS - 30),
    }
    belongs = {
        "sessionId": block.session_of(N) + 1 + before.sessions,
        "blSampleId": N * block.samples // block.collections + 1 + before.samples,
    }
    await add_rows(
        connection,
        DataCollectionGroup,
        block.collections,
        dataCollectionGroupId=key,
        experimentType=one_of(N, "OSC", "Mesh", "OSC", "Characterization"),
        comments="Best of the puck",
        **belongs,
        **times,
    )
    folder = numbered("/data/visitor/mx/20240110/RAW_DATA/enzyme/run-", key)
    await add_rows(
        connection,
        DataCollection,
        block.collections,
        dataCollectionId=key,
        dataCollectionGroupId=key,
        **belongs,
        **times,
        **_sweep(key),
        imageDirectory=folder,
        xtalSnapshotFullPath1=folder + "/enzyme-1_1.snapshot.jpeg",
        xtalSnapshotFullPath2=folder + "/enzyme-1_2.snapshot.jpeg",
        imageQualityIndicatorsPlotPath=folder + "/enzyme-1_quality.png",
    )
    return (
        await _add_grids(connection, block),
        await _add_robot_actions(connection, block),
        await _add_attachments(connection, block),
    )


def _sweep(key: Expression) -> dict[str, Any]:
    """Columns of DataCollection that tell how it was measured."""
    return {
        "dataCollectionNumber": key % 99 + 1,
        "runStatus": "Data collection successful",
        "imagePrefix": numbered("enzyme-", key % 1600),
        "imageSuffix": "h5",
        "fileTemplate": numbered("enzyme-", key % 1600, "_master.h5"),
        "numberOfImages": 3600,
        "startImageNumber": 1,
        "numberOfPasses": 1,
        "exposureTime": 0.01,
        "axisStart": 0.0,
        "axisEnd": 360.0,
        "axisRange": 0.1,
        "overlap": 0.0,
        "rotationAxis": "Omega",
        "omegaStart": 0.0,
        "phiStart": 0.0,
        "kappaStart": 0.0,
        "wavelength": 0.976254,
        "resolution": 1.62,
        "resolutionAtCorner": 1.31,
        "detectorDistance": 213.77,
        "xBeam": 155.62,
        "yBeam": 163.81,
        "transmission": 12.5,
        "flux": 1.62e12,
        "beamSizeAtSampleX": 0.03,
        "beamSizeAtSampleY": 0.02,
        "totalAbsorbedDose": 4.7,
        "comments": "Collected after a grid scan",
    }


async def _add_grids(connection: AsyncConnection, block: Block) -> int:
    count = block.collections // GRID_EVERY
    collection = N * GRID_EVERY + 1 + block.before.collections
    await add_rows(
        connection,
        GridInfo,
        count,
        gridInfoId=N + 1 + block.before.grids,
        dataCollectionId=collection,
        dataCollectionGroupId=collection,
        steps_x=24.0,
        steps_y=16.0,
        dx_mm=0.02,
        dy_mm=0.02,
        orientation="horizontal",
        snaked=True,
        snapshot_offsetXPixel=311.5,
        snapshot_offsetYPixel=204.0,
        micronsPerPixelX=1.25,
        micronsPerPixelY=1.25,
    )
    return count


async def _add_robot_actions(connection: AsyncConnection, block: Block) -> int:
    count = block.collections // ROBOT_EVERY
    before = block.before
    collection = N * ROBOT_EVERY
    start = (collection + before.collections) * COLLECTION_SECONDS - 25
    await add_rows(
        connection,
        RobotAction,
        count,
        robotActionId=N + 1 + before.robot_actions,
        blsessionId=block.session_of(collection) + 1 + before.sessions,
        blsampleId=collection * block.samples // block.collections + 1 + before.samples,
        startTimestamp=seconds_after(connection.dialect, BEGIN, start),
        endTimestamp=seconds_after(connection.dialect, BEGIN, start + 20),
        actionType=one_of(N, "LOAD", "UNLOAD"),
        status="SUCCESS",
        message="Done",
        containerLocation=N % 29 + 1,
        dewarLocation=N % SAMPLES_OF_A_PUCK + 1,
        sampleBarcode=numbered("HA00", N),
    )
    return count


async def _add_attachments(connection: AsyncConnection, block: Block) -> int:
    count = block.collections // ATTACHMENT_EVERY
    collection = N * ATTACHMENT_EVERY + 1 + block.before.collections
    await add_rows(
        connection,
        DataCollectionFileAttachment,
        count,
        dataCollectionFileAttachmentId=N + 1 + block.before.attachments,
        dataCollectionId=collection,
        fileFullPath=numbered("/data/visitor/mx/20240110/RAW_DATA/enzyme/log-", collection, ".txt"),
        fileType="log",
    )
    return count


@dataclass(frozen=True, slots=True)
class Results:
    """Results of automatic processing: how many, behind how many others, of which collections, with which cells."""

    count: int
    before: int
    collection: Expression
    cell: tuple[Any, Any, Any]
    """Edges a, b, c [Å]; the angles are right ones."""


def _measured_results(sizes: Sizes) -> Results:
    """Those of the measured proposal, all of one crystal form."""
    fourfold = sizes.processed_collections * RESULTS_OF_A_COLLECTION
    spread = (N - fourfold) * sizes.collections // (sizes.programs - fourfold)
    collection = 1 + case((fourfold > N, sizes.session_collections + N // RESULTS_OF_A_COLLECTION), else_=spread)
    return Results(sizes.programs, 0, collection, (58.21, 84.93, 101.32))


def _other_results(sizes: Sizes) -> Results:
    """Those of the others: of some thousand crystal forms, each measured many times and never quite the same."""
    form, noise = N % CRYSTAL_FORMS, 1 + (N % 97 - 48) * 0.0001
    edges = (30 + form * 7919 % 1511 * 0.1, 40 + form * 6101 % 1709 * 0.1, 50 + form * 4241 % 2003 * 0.1)
    collection = 1 + sizes.collections + N * sizes.other_collections // sizes.other_programs
    return Results(sizes.other_programs, sizes.programs, collection, tuple(edge * noise for edge in edges))


async def _add_processing(connection: AsyncConnection, results: Results) -> None:
    """Results of automatic processing, each with its integration, scaling and three shells."""
    key, start = N + 1 + results.before, (N + results.before) * COLLECTION_SECONDS
    edges = dict(zip("abc", results.cell, strict=True))
    cell = {**edges, **dict.fromkeys(("alpha", "beta", "gamma"), 90.0)}
    tables: dict[type[Base], dict[str, Any]] = {
        AutoProcProgram: {
            "autoProcProgramId": key,
            "dataCollectionId": results.collection,
            "processingPrograms": one_of(N, "autoPROC", "xia2 dials", "fast_dp", "XIA2_3dii"),
            "processingStatus": one_of(N, "1", "1", "1", "0"),
            "processingCommandLine": numbered("process --directory /data/visitor/mx/20240110/run-", results.collection),
            "processingStartTime": seconds_after(connection.dialect, BEGIN, start + 60),
            "processingEndTime": seconds_after(connection.dialect, BEGIN, start + 400),
        },
        AutoProcIntegration: {
            "autoProcIntegrationId": key,
            "dataCollectionId": results.collection,
            "autoProcProgramId": key,
            "startImageNumber": 1,
            "endImageNumber": 3600,
            **{f"cell_{name}": value for name, value in cell.items()},
        },
        AutoProc: {
            "autoProcId": key,
            "autoProcProgramId": key,
            "spaceGroup": "P 21 21 21",
            **{f"refinedCell_{name}": value for name, value in cell.items()},
        },
        AutoProcScaling: {"autoProcScalingId": key, "autoProcId": key},
        AutoProcScaling_has_Int: {
            "autoProcScaling_has_IntId": key,
            "autoProcIntegrationId": key,
            "autoProcScalingId": key,
        },
    }
    for table, columns in tables.items():
        await add_rows(connection, table, results.count, **columns)
    await add_rows(
        connection,
        AutoProcScalingStatistics,
        results.count * 3,
        autoProcScalingStatisticsId=N + 1 + 3 * results.before,
        autoProcScalingId=N // 3 + 1 + results.before,
        scalingStatisticsType=one_of(N, "overall", "innerShell", "outerShell"),
        resolutionLimitLow=48.0,
        resolutionLimitHigh=1.62,
        rMerge=0.083,
        completeness=99.4,
        multiplicity=12.7,
        meanIOverSigI=11.3,
        ccHalf=0.998,
    )


async def _add_indicators(connection: AsyncConnection, sizes: Sizes) -> None:
    await add_rows(
        connection,
        ImageQualityIndicators,
        sizes.images,
        dataCollectionId=INDICATED_COLLECTION,
        imageNumber=N + 1,
        spotTotal=N % 311,
        inResTotal=N % 307,
        goodBraggCandidates=N % 293,
        iceRings=N % 3,
        method1Res=1.5 + N % 97 * 0.01,
        method2Res=1.6 + N % 89 * 0.01,
        totalIntegratedSignal=(N % 911) * 173.25,
        dozor_score=(N % 613) * 0.125,
    )
