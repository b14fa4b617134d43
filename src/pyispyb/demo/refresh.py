"""A demo that was made some time ago gets sessions that run today."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ..tables import (
    AutoProcProgram,
    BLSession,
    Container,
    DataCollection,
    DataCollectionGroup,
    Proposal,
    RobotAction,
    Session_has_Person,
)
from . import people
from .columns import RUNNING as RUNNING_STATUS
from .columns import STOPPED
from .schedule import RUNNING, RUNNING_SHIFTS, SHIFT, running_since

ENOUGH_LEFT = timedelta(hours=1)
"""A session that ends sooner is followed by another one."""
COPIED = (
    BLSession.proposalId,
    BLSession.beamLineSetupId,
    BLSession.beamLineName,
    BLSession.scheduled,
    BLSession.sessionTitle,
    BLSession.beamLineOperator,
)


async def refresh(connection: AsyncConnection, since: datetime, now: datetime) -> datetime:
    """See to it that the beamlines have running sessions now; answers since when.

    `since` is when the running sessions of the last start began. Coming sessions keep their distance to the running
    ones, so that they never overlap.
    """
    await _end_what_was_cut_off(connection)
    lasts = [await _last_session(connection, beamline, now) for beamline in RUNNING]
    if all(last.endDate > now + ENOUGH_LEFT for last in lasts):
        return since
    begin = running_since(now)
    await _move_coming(connection, since, begin - since)
    for last in lasts:
        await _go_on(connection, last, begin, now)
    return begin


async def _go_on(connection: AsyncConnection, last: Any, begin: datetime, now: datetime) -> None:
    """Leave, extend or follow the last session on a beamline."""
    if last.endDate > now + ENOUGH_LEFT:
        return
    if last.endDate > now:
        end = last.endDate + RUNNING_SHIFTS * SHIFT
        await connection.execute(update(BLSession).where(BLSession.sessionId == last.sessionId).values(endDate=end))
    else:
        await _follow(connection, last, max(begin, last.endDate))


async def _end_what_was_cut_off(connection: AsyncConnection) -> None:
    """Beamlines and pipelines that were switched off in the middle of their work never wrote its end."""
    await connection.execute(
        update(DataCollection)
        .where(DataCollection.runStatus == RUNNING_STATUS)
        .values(runStatus=STOPPED, endTime=DataCollection.startTime)
    )
    await connection.execute(
        update(AutoProcProgram)
        .where(AutoProcProgram.processingStatus == "RUNNING")
        .values(
            processingStatus="FAILED",
            processingMessage="The cluster was switched off",
            processingEndTime=AutoProcProgram.processingStartTime,
        )
    )


async def _last_session(connection: AsyncConnection, beamline: str, now: datetime) -> Any:
    """The newest session that has begun of the proposal that measures on a beamline."""
    proposal = people.proposal(RUNNING[beamline])
    result = await connection.execute(
        select(BLSession.sessionId, BLSession.endDate, *COPIED)
        .join(Proposal, Proposal.proposalId == BLSession.proposalId)
        .where(Proposal.proposalCode == proposal.code, Proposal.proposalNumber == proposal.number)
        .where(BLSession.beamLineName == beamline, BLSession.startDate <= now)
        .order_by(BLSession.startDate.desc(), BLSession.sessionId.desc())
        .limit(1)
    )
    return result.one()


async def _move_coming(connection: AsyncConnection, since: datetime, by: timedelta) -> None:
    """Move the sessions that had not begun at the last start and in which nothing was measured."""
    measured = exists().where(DataCollectionGroup.sessionId == BLSession.sessionId)
    handled = exists().where(RobotAction.blsessionId == BLSession.sessionId)
    coming = await connection.execute(
        select(BLSession.sessionId, BLSession.startDate, BLSession.endDate).where(
            BLSession.startDate > since, ~measured, ~handled
        )
    )
    for session in coming.all():
        await connection.execute(
            update(BLSession)
            .where(BLSession.sessionId == session.sessionId)
            .values(startDate=session.startDate + by, endDate=session.endDate + by)
        )


async def _follow(connection: AsyncConnection, previous: Any, begin: datetime) -> None:
    """Another session of the same people with the same pucks, after the previous one."""
    visit = await connection.scalar(
        select(func.max(BLSession.visit_number)).where(BLSession.proposalId == previous.proposalId)
    )
    result = await connection.execute(
        insert(BLSession)
        .values(
            {column.key: getattr(previous, column.key) for column in COPIED},
        )
        .values(
            startDate=begin,
            endDate=begin + RUNNING_SHIFTS * SHIFT,
            nbShifts=RUNNING_SHIFTS,
            visit_number=(visit or 0) + 1,
            lastUpdate=begin,
        )
    )
    assert result.inserted_primary_key is not None
    session = result.inserted_primary_key[0]
    team = await connection.execute(
        select(Session_has_Person.personId, Session_has_Person.role, Session_has_Person.remote).where(
            Session_has_Person.sessionId == previous.sessionId
        )
    )
    await connection.execute(
        insert(Session_has_Person),
        [{"sessionId": session, **person._mapping} for person in team],
    )
    await connection.execute(
        update(Container)
        .where(Container.sessionId == previous.sessionId, Container.beamlineLocation == previous.beamLineName)
        .values(sessionId=session)
    )
