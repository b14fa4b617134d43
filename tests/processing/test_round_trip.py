"""Whatever result is valid comes back as it was sent, and one that cannot be kept leaves nothing."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from pyispyb.db.new_rows import NewRows
from pyispyb.processing.schemas import Result, StatisticsFields
from pyispyb.processing.statistics import NAMES, stored
from pyispyb.tables import AutoProcScalingStatistics
from tests.world import World

from .documents import result
from .test_results import RESULTS, said, store, written

NUMBERS = st.floats(-1e6, 1e6, width=32).map(lambda number: 0.0 if abs(number) < 1e-6 else number)
POSITIVE = st.floats(0.5, 500, width=32)
LIMITS = frozenset({"resolutionLimitLow", "resolutionLimitHigh", "resIOverSigI2"})


def is_kept(number: float) -> bool:
    """A number that is not too small for what is compared."""
    return number == 0 or abs(number) >= 1e-6


@st.composite
def statistics(draw: st.DrawFn) -> dict[str, Any]:
    """Some of the statistics of a range of resolution, in any combination."""
    values: dict[str, Any] = {}
    for name, field in StatisticsFields.model_fields.items():
        if not draw(st.booleans()):
            continue
        kind = str(field.annotation)
        if name in LIMITS:
            values[name] = draw(POSITIVE)
        elif "bool" in kind:
            values[name] = draw(st.booleans())
        elif "str" in kind:
            values[name] = draw(st.text("abcäß °%", min_size=1, max_size=40).filter(str.strip).map(str.strip))
        elif "int" in kind:
            values[name] = draw(st.integers(0, 2**32 - 1))
        elif "ompleteness" in name:
            values[name] = draw(st.floats(0, 101, width=32).filter(is_kept))
        elif name.startswith("cc"):
            values[name] = draw(st.floats(-1, 1, width=32).filter(is_kept))
        else:
            values[name] = draw(NUMBERS)
    low, high = values.get("resolutionLimitLow"), values.get("resolutionLimitHigh")
    if low is not None and high is not None and low < high:
        values["resolutionLimitLow"], values["resolutionLimitHigh"] = high, low
    return values


@st.composite
def scalings(draw: st.DrawFn) -> dict[str, Any]:
    """A way of scaling."""
    shells = draw(st.sets(st.sampled_from(["innerShell", "outerShell"])))
    sweeps = draw(st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 5000)), min_size=1, max_size=3, unique=True))
    return {
        "kind": draw(st.sampled_from([None, "isotropic", "anisotropic"])),
        "statistics": {name: draw(statistics()) for name in ("overall", *sorted(shells))},
        "shells": draw(st.lists(statistics(), max_size=3)),
        "integrations": [{"startImageNumber": first, "endImageNumber": first + more} for first, more in sweeps],
    }


def same(told: dict[str, Any], sent: dict[str, Any]) -> bool:
    """Numbers to the six digits that a FLOAT of MariaDB holds."""
    told = said(told)
    texts = {name for name, value in sent.items() if isinstance(value, str)}
    numbers = {name: value for name, value in sent.items() if name not in texts}
    return all(told.pop(name) == sent[name] for name in texts) and told == pytest.approx(numbers, rel=2e-5, abs=1e-9)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],  # making a failing example smaller takes minutes, and tells little more
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ways=st.lists(scalings(), min_size=1, max_size=3))
async def test_any_valid_document_comes_back(world: World, ways: list[dict[str, Any]]) -> None:
    sent = {**result(world.ids["collection"]), "scalings": ways, "attachments": []}
    Result.model_validate(sent)
    made = await store(world, sent)
    assert (await store(world, sent))["autoProcProgramId"] == made["autoProcProgramId"], "sent again it is the same"
    told = await world.get("member", f"{RESULTS}/{made['autoProcProgramId']}")
    by_key = {scaling["autoProcScalingId"]: scaling for scaling in told["scalings"]}
    for way, keys in zip(ways, made["scalings"], strict=True):
        key = keys["autoProcScalingId"]
        assert by_key[key]["kind"] == way["kind"]
        assert by_key[key]["statistics"].keys() == way["statistics"].keys()
        for name, values in way["statistics"].items():
            assert same(by_key[key]["statistics"][name], values), name
        shells = told["shells"].get(str(key), [])
        assert len(shells) == len(way["shells"])
        assert all(same(one, other) for one, other in zip(shells, way["shells"], strict=True))
        assert len(keys["autoProcIntegrationIds"]) == len(way["integrations"])


async def test_what_breaks_off_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is lost when every row has been sent, and none is committed."""
    write = NewRows.write

    async def broken(rows: NewRows) -> None:
        await write(rows)
        raise OperationalError("INSERT", {}, Exception("the server has gone away"))

    before = await written(world)
    monkeypatch.setattr(NewRows, "write", broken)
    assert (await world.refused("key", "POST", RESULTS, json=result(world.ids["collection"])))["status"] == 503
    assert await written(world) == before
    monkeypatch.undo()
    await store(world, result(world.ids["collection"]))


async def test_every_statistic_has_a_place(world: World) -> None:
    """In a column of this database, or beside it."""
    catalogue = world.service.databases.catalogue
    whole = dict.fromkeys(NAMES, 1) | {"anomalous": True, "comments": "x"}
    values, further = stored(catalogue, whole)
    assert all(catalogue.has(getattr(AutoProcScalingStatistics, name)) for name in values)
    assert len(values) + len(further) == len(NAMES)
