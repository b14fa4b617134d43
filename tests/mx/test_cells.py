"""Results are found by cell and space group, in any setting, by those who see all the data and by nobody else."""

from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from pyispyb.mx.cells import service
from pyispyb.mx.cells.lattice import Tolerance, any_setting, lengths
from tests.processing.documents import result
from tests.world import World

CELLS = "/processings/cells"
NEAR = Tolerance(2, None, 2)
C2 = (168.4, 61.3, 94.7, 90.0, 108.2, 90.0)
I2 = (165.423, 61.3, 94.7, 90.0, 104.745, 90.0)
PRIMITIVE = (61.3, 89.605, 94.7, 107.067, 90.0, 110.002)
HEXAGONAL = (100.0, 100.0, 250.0, 90.0, 90.0, 120.0)
RHOMBOHEDRAL = (101.379, 101.379, 101.379, 59.102, 59.102, 59.102)


async def store(world: World, collection: str, cell: tuple[float, ...], group: str, role: str = "key") -> int:
    """A result with this cell; answers the key of its run."""
    names = ("a", "b", "c", "alpha", "beta", "gamma")
    given: dict[str, Any] = {f"refinedCell_{name}": value for name, value in zip(names, cell, strict=True)}
    given["spaceGroup"] = group
    sent = result(world.ids[collection], f"made-up {group} {cell[0]}") | given
    async with world.as_(role) as client:
        answer = await client.post("/processings/results", json=sent)
    assert answer.status_code == 201, answer.text
    key: int = answer.json()["autoProcProgramId"]
    return key


def asked(cell: tuple[float, ...], **more: Any) -> Mapping[str, Any]:
    return {**dict(zip(("a", "b", "c", "alpha", "beta", "gamma"), cell, strict=bool(cell))), **more}


async def found(world: World, role: str = "member", **query: Any) -> set[int]:
    return {each["autoProcProgramId"] for each in (await world.get(role, CELLS, **query))["results"]}


@pytest.mark.parametrize(("cell", "centring"), [(I2, "I"), (PRIMITIVE, "P")])
def test_a_lattice_is_known_in_any_setting(cell: Any, centring: Any) -> None:
    assert any_setting(C2, "C", cell, centring, NEAR) == pytest.approx(C2, abs=0.01)
    for edge in cell[:3]:
        assert any(low <= edge <= high for low, high in lengths(C2, "C", NEAR))


def test_centring_makes_another_lattice() -> None:
    assert any_setting(C2, "C", C2, "P", NEAR) is None
    assert any_setting(C2, "C", C2, "A", NEAR) is None
    primitive = any_setting(HEXAGONAL, "R", RHOMBOHEDRAL, "P", NEAR)
    assert primitive == pytest.approx(HEXAGONAL, rel=0.01)
    assert any_setting(HEXAGONAL, "P", RHOMBOHEDRAL, "P", NEAR) is None


async def test_results_are_found_by_cell_and_space_group(world: World) -> None:
    first = await store(world, "collection", (78.1, 78.1, 37.2, 90, 90, 90), "P 43 21 2")
    longer = await store(world, "second_collection", (78.1, 78.1, 38.3, 90, 90, 90), "P43212")
    other = await store(world, "past_collection", C2, "C 1 2 1")
    cell: dict[str, Any] = {"a": 78, "b": 78, "c": 37}
    assert await found(world, **cell) == {first}
    assert await found(world, **cell, tolerance=5) == {first, longer}
    assert await found(world, **cell, toleranceAngstrom=2) == {first, longer}
    assert await found(world, **cell, alpha=95) == set()
    for spelling in ("P 43 21 2", "p43212", "96"):
        assert await found(world, spaceGroup=spelling) == {first, longer}
    assert await found(world, spaceGroup="I2") == {other}
    assert await found(world, **cell, spaceGroup="P 41 21 2") == set()
    assert await found(world, **asked(I2)) == set()
    told = await world.get("member", CELLS, **asked(I2, anySetting=True, centring="I"))
    (match,) = told["results"]
    assert match["autoProcProgramId"] == other
    assert match["inAskedAxes"]["a"] == pytest.approx(I2[0], abs=0.01)
    assert max(map(abs, match["deviation"].values())) < 0.01
    assert match["cell"]["a"] == pytest.approx(C2[0])
    assert match["scalings"]


async def test_the_best_of_a_sample_is_told_among_those_that_are_found(world: World) -> None:
    for edge in (50.0, 50.1, 80.0):
        await store(world, "collection", (edge, 60, 70, 90, 90, 90), "P 21")
    told = await world.get("member", CELLS, a=50, b=60, c=70)
    assert sorted(match["rank"] for match in told["results"]) == [1, 2]


async def test_pages_go_on_by_key(world: World) -> None:
    keys = [await store(world, "collection", (50 + number / 100, 60, 70, 90, 90, 90), "P 21") for number in range(3)]
    pages: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        page = await world.get("member", CELLS, a=50, b=60, c=70, limit=1, **cursor)
        pages += [each["autoProcProgramId"] for each in page["results"]]
        if page["next"] is None:
            break
        cursor = {"after": page["next"]}
    assert pages == keys[::-1]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", ""),
        ("a=78&b=78", ""),
        ("spaceGroup=P 7", "spaceGroup"),
        ("a=50&b=60&c=70&alpha=20&beta=60&gamma=120", "alpha"),
        ("a=-1&b=1&c=1", "a"),
        ("a=50&b=60&c=70&after=x", "after"),
    ],
)
async def test_a_mistake_is_named(world: World, query: str, field: str) -> None:
    problem = await world.refused("member", "GET", f"{CELLS}?{query}")
    assert problem["status"] == 422
    assert field in problem["errors"][0]["path"]


async def test_nobody_learns_of_the_cells_of_others(world: World) -> None:
    """Neither by results nor by there being more: of one's own, of others', and of both together."""
    mine = await store(world, "collection", C2, "C 2")
    theirs = await store(world, "other_collection", C2, "C 2", "other_key")
    for query in (asked((), spaceGroup="C2"), asked(C2), asked(I2, anySetting=True, centring="I")):
        assert await found(world, **query) == {mine}
        assert await found(world, "stranger", **query) == set()
        assert {mine, theirs} <= await found(world, "administrator", **query)
        assert (await world.get("member", CELLS, **query, limit=1))["next"] is None


async def test_a_result_of_several_sessions_is_found_by_those_who_see_them_all(world: World) -> None:
    sent = result(world.ids["collection"])
    sent["scalings"][0]["integrations"].append({"dataCollectionId": world.ids["past_collection"]})
    async with world.as_("key") as client:
        made = (await client.post("/processings/results", json=sent)).json()["autoProcProgramId"]
    assert await found(world, spaceGroup="96") == {made}
    told = await world.get("session_member", CELLS, spaceGroup="96", limit=1)
    assert (told["results"], told["next"]) == ([], None)


@pytest.mark.parametrize(("asked_about", "looked_at"), [(1, 500), (2, 1), (3, 2)])
async def test_a_space_group_is_found_however_many_have_it(
    world: World, monkeypatch: pytest.MonkeyPatch, asked_about: int, looked_at: int
) -> None:
    monkeypatch.setattr(service, "NEWEST", asked_about)
    monkeypatch.setattr(service, "LOOKED_AT", looked_at)
    ours = [await store(world, "collection", (50 + number / 10, 60, 70, 90, 90, 90), "P 21") for number in range(3)]
    for number in range(2):
        await store(world, "other_collection", (60 + number / 10, 60, 70, 90, 90, 90), "P 21", "other_key")
    pages: list[int] = []
    after: dict[str, Any] = {}
    while True:
        page = await world.get("member", CELLS, spaceGroup="P 21", limit=2, **after)
        pages += [each["autoProcProgramId"] for each in page["results"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert pages == sorted(ours, reverse=True)


async def test_statements_do_not_grow_with_results(world: World, caplog: pytest.LogCaptureFixture) -> None:
    counts = []
    for number in range(3):
        await store(world, "collection", (50 + number / 100, 60, 70, 90, 90, 90), "P 21")
        caplog.clear()
        with caplog.at_level("INFO", logger="pyispyb.requests"):
            await found(world, spaceGroup="P 21")
        (line,) = [record.getMessage() for record in caplog.records if record.name == "pyispyb.requests"]
        counts.append(orjson.loads(line)["statements"])
    assert counts[0] == counts[-1] <= 6
