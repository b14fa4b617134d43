"""Favourites: marked for everybody who sees them, where SynchWeb marks them too, and beside what people wrote."""

from typing import Any

import httpx
import orjson
import pytest
from sqlalchemy import select

from pyispyb.collections.favourites import is_favourite, with_words, words_of
from pyispyb.db.writes import update_rows
from pyispyb.tables import Audit, DataCollection, EnergyScan, XFEFluorescenceSpectrum
from tests.world import World

PATH = "/datacollections/{collection}"


async def change(world: World, role: str = "member", tag: str | None = None, **content: Any) -> httpx.Response:
    headers = {"If-Match": tag} if tag else {}
    async with world.as_(role) as client:
        return await client.patch(PATH.format(**world.ids), json=content, headers=headers)


async def kept(world: World) -> str | None:
    """The column, as any program finds it."""
    async with world.service.database() as db:
        wanted = DataCollection.dataCollectionId == world.ids["collection"]
        comments: str | None = await db.scalar(select(DataCollection.comments).where(wanted))
        return comments


async def keep(world: World, comments: str | None) -> None:
    """Write the column, as another program does."""
    async with world.service.database() as db:
        wanted = DataCollection.dataCollectionId == world.ids["collection"]
        await update_rows(db, DataCollection, wanted, {"comments": comments})


def told(collection: dict[str, Any]) -> tuple[str | None, bool]:
    return collection["comments"], collection["_metadata"]["favourite"]


async def events(world: World, role: str = "member", **wanted: Any) -> list[dict[str, Any]]:
    query = {"sessionId": world.ids["session"], **wanted}
    found: list[dict[str, Any]] = (await world.get(role, "/events", **query))["results"]
    return found


async def test_a_mark_is_kept_beside_the_remark_and_told_apart_from_it(world: World) -> None:
    assert told((await change(world, comments="Best of the night")).json()) == ("Best of the night", False)
    assert told((await change(world, "session_member", favourite=True)).json()) == ("Best of the night", True)
    assert await kept(world) == "Best of the night _FLAG_"
    assert told((await change(world, "staff", comments="Twinned")).json()) == ("Twinned", True)
    assert told((await change(world, comments=None)).json()) == (None, True)
    assert await kept(world) == " _FLAG_"
    assert told((await change(world, comments="Both at once", favourite=False)).json()) == ("Both at once", False)
    assert await kept(world) == "Both at once"


@pytest.mark.parametrize(
    ("comments", "words", "favourite"),
    [
        (None, None, False),
        ("", "", False),
        ("plain", "plain", False),
        (" _FLAG_", None, True),
        ("_FLAG_", None, True),
        ("good _FLAG_", "good", True),
        ("good _FLAG_ (aligned) _FLAG_", "good (aligned)", True),
        ("FLAG _flag_", "FLAG _flag_", False),
    ],
)
def test_marks_of_another_program_are_understood(comments: str | None, words: str | None, favourite: bool) -> None:
    assert (words_of(comments), is_favourite(comments)) == (words, favourite)
    assert words_of(with_words(words, favourite=favourite)) == words
    assert is_favourite(with_words(words, favourite=favourite)) == favourite


async def test_a_mark_of_another_program_is_found_and_taken_away(world: World) -> None:
    await keep(world, "good _FLAG_")
    (found,) = await events(world, favourite=True)
    assert told(found["Item"]) == ("good", True)
    assert all(not event["Item"]["_metadata"].get("favourite") for event in await events(world, favourite=False))
    assert told((await change(world, favourite=False)).json()) == ("good", False)
    assert await events(world, favourite=True) == []


async def test_scans_and_spectra_that_another_program_marked_are_found(world: World) -> None:
    async with world.service.database() as db:
        for table, key, name in (
            (EnergyScan, EnergyScan.energyScanId, "energy_scan"),
            (XFEFluorescenceSpectrum, XFEFluorescenceSpectrum.xfeFluorescenceSpectrumId, "spectrum"),
        ):
            await update_rows(db, table, key == world.ids[name], {"comments": "edge _FLAG_"})
    found = await events(world, favourite=True)
    assert {(event["type"], *told(event["Item"])) for event in found} == {("es", "edge", True), ("xrf", "edge", True)}
    scan = await world.get("member", f"/events/energyscan/{world.ids['energy_scan']}/values")
    assert scan["comments"] == "edge"


async def test_a_mark_is_no_change_of_the_remark_that_somebody_writes(world: World) -> None:
    async with world.as_("member") as client:
        tag = (await client.get(PATH.format(**world.ids))).headers["ETag"]
    assert (await change(world, "staff", favourite=True)).headers["ETag"] == tag
    assert (await change(world, tag=tag, comments="mine")).status_code == 200
    assert (await change(world, tag=tag, comments="too late")).status_code == 412
    assert (await change(world, tag=tag, favourite=False)).status_code == 200, "a mark takes nothing away"


async def test_control_software_leaves_the_mark(world: World) -> None:
    await change(world, favourite=True)
    collection = {
        "sessionId": world.ids["session"],
        "group_id": world.ids["group"],
        "collection_id": world.ids["collection"],
        "comments": "collected",
    }
    async with world.as_("key") as client:
        answer = await client.post("/datacollections/datacollection", json=collection)
    assert answer.status_code == 201, answer.text
    assert await kept(world) == "collected _FLAG_"


async def test_a_mark_leaves_its_trace(world: World) -> None:
    await change(world, favourite=True)
    await change(world, favourite=True)
    async with world.service.database() as db:
        found = select(Audit.action, Audit.detail).where(Audit.subject == f"person:{world.ids['member']}")
        (row,) = await db.all(found)
    assert (row.action, orjson.loads(row.detail)) == ("collection.favourite", {"new": True})


@pytest.mark.parametrize(("role", "status"), [("stranger", 404), ("other_staff", 404), ("nobody", 401)])
async def test_nobody_marks_what_they_do_not_see(world: World, role: str, status: int) -> None:
    assert (await change(world, role, favourite=True)).status_code == status
    assert await kept(world) is None
    if role != "nobody":
        await change(world, favourite=True)
        assert await events(world, role, favourite=True) == []


@pytest.mark.parametrize("content", [{}, {"favourite": None}, {"favourite": "very"}, {"favourite": 3}])
async def test_what_says_nothing_is_refused(world: World, content: dict[str, Any]) -> None:
    assert (await change(world, **content)).status_code == 422


async def test_a_remark_leaves_room_for_the_mark(world: World) -> None:
    assert (await change(world, comments="x" * 1024)).status_code == 200
    refused = await change(world, favourite=True)
    assert refused.status_code == 422
    assert "comments is longer" in refused.json()["detail"]
    assert told(await world.get("member", PATH.format(**world.ids))) == ("x" * 1024, False)
