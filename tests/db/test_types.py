"""What is written reads the same on every database, and what facilities' tables hold never breaks a read."""

import time as clock
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from pyispyb.db.catalogue import Catalogue
from pyispyb.db.types import local_now, stored_status
from pyispyb.tables import (
    AdminVar,
    AutoProcProgram,
    AutoProcStatus,
    BeamApertures,
    BLSession,
    DataCollection,
    LaserPoint,
    Movie,
    Person,
    Positioner,
    Proposal,
    RobotAction,
    SchemaStatus,
    Shipping,
    SpaceGroup,
    v_run,
)
from tests.flavours import Flavour

from .conftest import opened, sqlite_url

MOMENT = datetime(2026, 11, 22, 9, 30, 15)


async def rows(engine: AsyncEngine, statement: Any) -> list[tuple[Any, ...]]:
    """Everything a query answers."""
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(statement)]


@asynccontextmanager
async def trial(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection that minds no foreign keys, and whose changes do not stay."""
    unguarded = {"sqlite": "PRAGMA defer_foreign_keys = ON"}.get(engine.dialect.name, "SET FOREIGN_KEY_CHECKS = 0")
    async with engine.connect() as connection:
        await connection.execute(text(unguarded))
        yield connection
        await connection.rollback()
        await connection.invalidate()


async def written_and_read(engine: AsyncEngine, table: Any, **values: Any) -> dict[str, Any]:
    """The values that come back for a row written with them; the row does not stay."""
    async with trial(engine) as connection:
        key = (await connection.execute(insert(table).values(values))).inserted_primary_key
        assert key is not None
        asked = select(*(getattr(table, name) for name in values))
        found = await connection.execute(asked.where(table.__table__.primary_key.columns[0] == key[0]))
        return dict(found.one()._mapping)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (AdminVar, {"name": "grüße", "value": "α" * 1024}),
        (v_run, {"run": "2026-05", "startDate": MOMENT, "endDate": None}),
        (Shipping, {"proposalId": 1, "deliveryAgent_shippingDate": date(2026, 11, 22), "readyByTime": time(9, 30, 15)}),
        (Shipping, {"proposalId": 1, "extra": '{"λ": [1, 2]}' + "x" * 70_000}),
        (Person, {"login": "someone", "externalId": bytes(range(16))}),
        (Person, {"login": "someone", "externalId": bytes(15) + b"\0"}),
        (BeamApertures, {"flux": 1.7976931348623157e308, "x": 0.97949, "apertureSize": -32768}),
        (LaserPoint, {"x": 4_294_967_295, "y": 0, "pointIndex": 1, "laserOn": True}),
        (Positioner, {"positioner": "omega", "value": -0.25}),
        (RobotAction, {"blsessionId": 1, "actionType": "LOAD", "startTimestamp": MOMENT, "endTimestamp": None}),
        (Movie, {"positionX": 12.5, "movieNumber": 70_000}),
    ],
)
async def test_what_is_written_reads_the_same(fresh: AsyncEngine, table: Any, values: dict[str, Any]) -> None:
    read = await written_and_read(fresh, table, **values)
    assert read == values
    assert {name: type(value) for name, value in read.items()} == {name: type(value) for name, value in values.items()}


async def test_fractions_of_a_second_are_dropped(fresh: AsyncEngine) -> None:
    read = await written_and_read(fresh, v_run, run="2026-05", startDate=MOMENT + timedelta(microseconds=999_999))
    assert read["startDate"] == MOMENT


@pytest.mark.parametrize(
    ("table", "values", "sentence"),
    [
        (v_run, {"run": "2026-05", "startDate": MOMENT.replace(tzinfo=UTC)}, "without a time zone"),
        (v_run, {"run": "2026-05", "startDate": "2026-11-22"}, "is not a date with a time"),
        (Shipping, {"proposalId": 1, "deliveryAgent_shippingDate": MOMENT}, "is not a date without a time"),
        (Shipping, {"proposalId": 1, "readyByTime": "09:30"}, "is not a time of the day"),
        (Positioner, {"positioner": "omega", "value": float("nan")}, "is not a finite number"),
        (BeamApertures, {"flux": float("-inf")}, "is not a finite number"),
        (Person, {"externalId": b"short"}, "has 16 bytes"),
        (AutoProcProgram, {"processingStatus": 1}, "a processing status is text"),
    ],
)
async def test_what_cannot_be_kept_is_refused(
    fresh: AsyncEngine, table: Any, values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(StatementError, match=sentence):
        await written_and_read(fresh, table, **values)


async def test_times_sort_and_compare(fresh: AsyncEngine) -> None:
    moments = [MOMENT + timedelta(days=days) for days in (0, 30, -400, 1)]
    async with trial(fresh) as connection:
        await connection.execute(insert(v_run), [{"run": "sorted", "startDate": moment} for moment in moments])
        later = select(v_run.startDate).where(v_run.run == "sorted", v_run.startDate > MOMENT)
        found = (await connection.execute(later.order_by(v_run.startDate))).scalars().all()
    assert found == sorted(moments)[2:]


async def test_text_compares_without_regard_to_case(fresh: AsyncEngine) -> None:
    shouting = select(SpaceGroup.spaceGroupId).where(SpaceGroup.spaceGroupShortName == "p212121")
    alike = select(SpaceGroup.spaceGroupId).where(SpaceGroup.spaceGroupShortName.in_(["P43212", "p41212"]))
    assert await rows(fresh, shouting) == [(19,)]
    assert sorted(await rows(fresh, alike)) == [(92,), (96,)]


async def test_rows_get_the_local_time_of_the_server(fresh: AsyncEngine) -> None:
    async with trial(fresh) as connection:
        await connection.execute(insert(SchemaStatus).values(scriptName="now"))
        given = select(SchemaStatus.recordTimeStamp, local_now()).where(SchemaStatus.scriptName == "now")
        recorded, now = (await connection.execute(given)).one()
    assert timedelta(0) <= now - recorded < timedelta(seconds=5)
    assert abs(datetime.now() - now) < timedelta(seconds=5)


@pytest.fixture
def in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process keeps Japanese time."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    clock.tzset()
    yield
    monkeypatch.undo()
    clock.tzset()


@pytest.mark.usefixtures("in_tokyo")
@pytest.mark.parametrize("fresh", ["sqlite"], indirect=True)
async def test_local_time_is_not_utc(fresh: AsyncEngine) -> None:
    [(now,)] = await rows(fresh, select(local_now()))
    assert abs(now - datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=9)) < timedelta(seconds=5)


async def test_zero_dates_read_as_none(facility: AsyncEngine) -> None:
    sessions = select(BLSession.startDate, BLSession.endDate).order_by(BLSession.sessionId)
    assert await rows(facility, sessions) == [(None, None), (datetime(2019, 2, 3, 10, 11, 12), None), (None, None)]
    shipments = select(Shipping.deliveryAgent_shippingDate).order_by(Shipping.shippingId)
    assert await rows(facility, shipments) == [(None,), (date(2019, 2, 3),)]
    assert await rows(facility, select(RobotAction.endTimestamp)) == [(None,)]


async def test_zero_dates_read_as_none_on_sqlite_too(tmp_path: Any) -> None:
    async with opened(sqlite_url(tmp_path / "old.sqlite")) as engine:
        async with engine.begin() as connection:
            await connection.run_sync(v_run.metadata.tables["v_run"].create)
            for value in ("0000-00-00 00:00:00", "2019-00-00 00:00:00", "", "soon", 12):
                await connection.execute(text("INSERT INTO v_run (run, startDate) VALUES ('x', :v)"), {"v": value})
        assert await rows(engine, select(v_run.startDate)) == [(None,)] * 5


async def test_flags_other_than_0_and_1_read_as_true(facility: AsyncEngine) -> None:
    scheduled = select(BLSession.scheduled).order_by(BLSession.sessionId)
    assert await rows(facility, scheduled) == [(True,), (True,), (False,)]


async def test_values_an_enum_does_not_list_read(facility: AsyncEngine, fresh: AsyncEngine) -> None:
    assert await rows(facility, select(RobotAction.actionType)) == [("",)]
    read = await written_and_read(fresh, RobotAction, blsessionId=1, actionType="POLISH")
    assert read["actionType"] == "POLISH"


async def test_latin1_text_reads(facility: AsyncEngine) -> None:
    assert await rows(facility, select(Person.givenName, Person.familyName)) == [("Ångström", "Müller")]


async def test_numbers_are_floats(facility: AsyncEngine) -> None:
    [(wavelength, flux)] = await rows(facility, select(DataCollection.wavelength, DataCollection.flux))
    assert (wavelength, flux) == (0.97949, 1.5e12)
    assert type(flux) is float


async def test_numbers_kept_as_text_read_as_numbers(facility: AsyncEngine, flavour: Flavour) -> None:
    positions = await rows(facility, select(Movie.positionX).order_by(Movie.movieId))
    assert positions[0] == (12.5,)
    assert positions[1] == ((None,) if flavour == "collab" else (0.0,))


async def test_times_outside_a_day_read_as_none(dls_url: str) -> None:
    async with opened(dls_url) as engine:
        times = select(Shipping.readyByTime, Shipping.closeTime).where(Shipping.shippingId == 1)
        assert await rows(engine, times) == [(time(9, 30), None)]


async def test_a_processing_status_reads_as_a_word(facility: AsyncEngine, flavour: Flavour) -> None:
    status = select(AutoProcProgram.processingStatus).order_by(AutoProcProgram.autoProcProgramId)
    words = [word for (word,) in await rows(facility, status)]
    assert words[:3] == ["SUCCESS", "FAILED", None]
    assert words[3:] == (["RUNNING", "SUCCESS", "FAILED"] if flavour == "collab" else [])


@pytest.mark.parametrize("word", ["SUCCESS", "FAILED", "RUNNING", None])
async def test_a_processing_status_is_kept_in_each_flavours_way(
    facility: AsyncEngine, flavour: Flavour, word: str | None
) -> None:
    async with facility.connect() as connection:
        facts = (await Catalogue.read(connection)).facts(AutoProcProgram.processingStatus)
    status = stored_status(word, as_word=not facts.is_integer)
    read = await written_and_read(facility, AutoProcProgram, processingStatus=status)
    assert read["processingStatus"] == (None if flavour == "dls" and word == "RUNNING" else word)


async def test_the_start_of_an_action_stays_when_its_end_is_written(facility: AsyncEngine) -> None:
    async with trial(facility) as connection:
        await connection.execute(update(RobotAction).values(endTimestamp=MOMENT))
        times = select(RobotAction.startTimestamp, RobotAction.endTimestamp)
        assert (await connection.execute(times)).all() == [(datetime(2019, 2, 3, 10, 11, 12), MOMENT)]


async def test_a_record_time_moves_with_its_row(fresh: AsyncEngine) -> None:
    async with trial(fresh) as connection:
        row = {"autoProcIntegrationId": 1, "step": "Scaling", "status": "Launched", "bltimeStamp": MOMENT}
        await connection.execute(insert(AutoProcStatus).values(row))
        await connection.execute(update(AutoProcStatus).values(status="Successful"))
        moved = (await connection.execute(select(AutoProcStatus.bltimeStamp))).scalar_one()
    assert moved != MOMENT


async def test_proposals_are_found_in_any_case(facility: AsyncEngine) -> None:
    found = select(Proposal.title).where(Proposal.proposalCode == "mx", Proposal.proposalNumber == "415")
    assert await rows(facility, found) == [("Lysozyme",)]
