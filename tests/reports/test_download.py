"""An archive of the best of each sample: what is in it, for whom, and that it goes out as it is read."""

import asyncio
import csv
import io
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from pyispyb.db.writes import update_rows
from pyispyb.reports import contents
from pyispyb.reports.archive import PIECE, FileChangedError, archive, sending
from pyispyb.reports.contents import Member
from pyispyb.reports.names import LONGEST, Unique, clean
from pyispyb.tables import Audit, BLSample
from tests.sharing.bag import THEIRS, share_proposal
from tests.world import World

from .results import ON_ONE, run

DOWNLOAD = "/processings/download"


async def fetch(world: World, role: str = "member", **query: object) -> httpx.Response:
    async with world.as_(role) as client:
        return await client.get(DOWNLOAD, params=query)


def names(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    with ZipFile(io.BytesIO(answer.content)) as zipped:
        assert zipped.testzip() is None
        return set(zipped.namelist())


async def two_samples(world: World, folder: Path) -> tuple[int, int, int]:
    """Of the first sample two runs, the second better; of the second one run, with a file that is gone."""
    worse = await run(world, folder, "collection", "autoPROC", 2.1, Result="worse")
    better = await run(world, folder, "collection", "xia2 dials", 1.6, Result="better", Log="words")
    other = await run(world, folder, "second_collection", "autoPROC", 1.9, Result="other", Graph="")
    return worse, better, other


async def test_the_best_of_each_sample_comes_with_a_table(world: World, files_root: Path) -> None:
    _, better, other = await two_samples(world, files_root)
    answer = await fetch(world, sessionId=world.ids["session"])
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].endswith(f"{world.proposal}-1_results.zip")
    assert int(answer.headers["content-length"]) == len(answer.content)
    expected = {"results.csv", "lyso-x1/xia2_dials/merged.mtz", "lyso-x2/autoPROC/merged.mtz"}
    assert names(answer) == expected
    with ZipFile(io.BytesIO(answer.content)) as zipped:
        assert zipped.read("lyso-x1/xia2_dials/merged.mtz") == b"better"
        rows = list(csv.DictReader(io.StringIO(zipped.read("results.csv").decode("utf-8-sig"))))
    assert {row["Folder"]: int(row["Run"]) for row in rows} == {
        "lyso-x1/xia2_dials": better,
        "lyso-x2/autoPROC": other,
    }
    assert rows[0]["Resolution, high, overall [Å]"] in {"1.6", "1.9"}


async def test_files_and_runs_are_chosen_and_what_is_gone_is_told(world: World, files_root: Path) -> None:
    worse, _, other = await two_samples(world, files_root)
    logs = names(await fetch(world, sessionId=world.ids["session"], files="log"))
    assert "lyso-x1/xia2_dials/run.log" in logs
    everything = await fetch(world, sessionId=world.ids["session"], files="all", which="every")
    assert "lyso-x1/autoPROC/merged.mtz" in names(everything)
    with ZipFile(io.BytesIO(everything.content)) as zipped:
        missing = zipped.read("MISSING.txt").decode()
    assert "lyso-x2/autoPROC/gone.csv: The recorded file is not there any more." in missing
    assert str(files_root) not in missing
    named = await fetch(world, autoProcProgramId=[worse, other])
    assert names(named) == {"results.csv", "lyso-x1/autoPROC/merged.mtz", "lyso-x2/autoPROC/merged.mtz"}
    of_one = names(await fetch(world, sessionId=world.ids["session"], pipeline="autoPROC"))
    assert of_one == {"results.csv", "lyso-x1/autoPROC/merged.mtz", "lyso-x2/autoPROC/merged.mtz"}
    ranked = await fetch(world, sessionId=world.ids["session"], rank="completeness:innerShell", blSampleId=1)
    assert ranked.status_code == 404, "both filters count"


@ON_ONE
async def test_names_of_people_and_programs_lead_nowhere(world: World, files_root: Path) -> None:
    await two_samples(world, files_root)
    async with world.service.database() as db:
        for sample in ("sample1", "sample2"):
            await update_rows(db, BLSample, BLSample.blSampleId == world.ids[sample], {"name": "../../Tür\\a"})
    found = names(await fetch(world, sessionId=world.ids["session"])) - {"results.csv"}
    tops = {name.split("/")[0] for name in found}
    marks = {str(world.ids["sample1"]), str(world.ids["sample2"])}
    assert "Tür_a" in tops
    assert {top.removeprefix("Tür_a_") for top in tops - {"Tür_a"}} < marks
    assert all(name.count("/") == 2 for name in found)


def test_any_text_becomes_a_name() -> None:
    assert [clean(text, "x") for text in ("a b", "..", None, "/etc/passwd", "-rf", "CON", "β-gal.mtz", "a\0\nb")] == [
        *("a_b", "x", "x", "etc_passwd", "rf", "_CON", "β-gal.mtz", "a_b")
    ]
    long = clean("s" * 300 + ".mtz", "x")
    assert len(long) == LONGEST
    assert long.endswith("s.mtz")
    unique = Unique()
    assert [unique.name(name, "7") for name in ("a.mtz", "A.mtz", "a.mtz")] == ["a.mtz", "A_7.mtz", "a_7_2.mtz"]


async def test_others_get_the_answer_of_what_does_not_exist(world: World, files_root: Path) -> None:
    _, better, _ = await two_samples(world, files_root)
    nothing = (await fetch(world, "stranger", sessionId=2**31 - 1)).json()
    for role in ("stranger", "other_key", "admin"):
        for query in ({"sessionId": world.ids["session"]}, {"proposal": world.proposal}):
            refused = await fetch(world, role, **query)
            assert refused.status_code == 404
            assert refused.json()["detail"] == nothing["detail"]
        refused = await fetch(world, role, autoProcProgramId=better)
        assert refused.json()["detail"] == f"No processing run {better} that you can see."


async def test_a_colleague_gets_only_the_samples_of_their_laboratory(world: World, files_root: Path) -> None:
    await two_samples(world, files_root)
    bag = await share_proposal(world)
    await run(bag, files_root, "their_collection", "autoPROC", 1.2, Result="theirs")
    ours = names(await fetch(bag, "member", sessionId=bag.ids["session"]))
    assert ours == {"results.csv", "lyso-x1/xia2_dials/merged.mtz", "lyso-x2/autoPROC/merged.mtz"}
    theirs = names(await fetch(bag, THEIRS, sessionId=bag.ids["session"]))
    assert theirs == {"results.csv", "secret-1/autoPROC/merged.mtz"}


@ON_ONE
async def test_a_signed_link_is_enough_and_is_noted(world: World, files_root: Path) -> None:
    await two_samples(world, files_root)
    path = f"{DOWNLOAD}?sessionId={world.ids['session']}"
    async with world.as_("member") as client:
        link = (await client.post("/user/sign", json={"path": f"/ispyb/api/v1{path}"})).json()["url"]
    async with world.as_("nobody") as client:
        assert (await client.get(path)).status_code == 401
        head = await client.head(f"http://ispyb{link}")
        answer = await client.get(f"http://ispyb{link}")
    assert head.headers["content-length"] == answer.headers["content-length"]
    assert len(names(answer)) == 3
    async with world.service.database() as db:
        noted = await db.all(
            Audit.__table__.select().where(Audit.objectId == f"{world.proposal}-1_results.zip")  # type: ignore[attr-defined]
        )
    assert [(entry.action, entry.objectKind, entry.login) for entry in noted] == [
        ("export", "archive", world.logins["member"])
    ]
    assert '"runs":2' in noted[0].detail


@ON_ONE
async def test_too_much_is_refused_with_a_way_out(
    world: World, files_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await two_samples(world, files_root)
    for limit, words in (("MOST_BYTES", "GiB"), ("MOST_FILES", "more than 1")):
        monkeypatch.setattr(contents, limit, 1)
        answer = await fetch(world, sessionId=world.ids["session"])
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["path"] == "files"
        assert words in answer.json()["detail"]


@pytest.fixture
def large(tmp_path: Path) -> Member:
    """A file of many pieces."""
    path = tmp_path / "large.h5"
    path.write_bytes(bytes(range(256)) * (8 * PIECE // 256))
    return Member("a/large.h5", path, 8 * PIECE)


async def test_an_archive_is_as_long_as_it_says_whatever_programs_write_meanwhile(large: Member) -> None:
    stream = archive({"results.csv": b"x"}, [large])
    with large.path.open("ab") as file:
        file.write(b"more")
    told = len(stream)
    content = b"".join([piece async for piece in sending(stream)])
    assert len(content) == told
    with ZipFile(io.BytesIO(content)) as zipped:
        assert zipped.testzip() is None
        assert zipped.getinfo("a/large.h5").file_size == large.size


async def test_a_file_that_got_shorter_breaks_the_archive_off(large: Member) -> None:
    large.path.write_bytes(b"short")
    with pytest.raises(FileChangedError):
        [piece async for piece in sending(archive({}, [large]))]


async def test_who_goes_away_stops_the_reading(large: Member) -> None:
    reading = sending(archive({}, [large]))
    assert len(await anext(reading)) >= PIECE
    opened = await asyncio.to_thread(_opened, large.path)
    await reading.aclose()
    assert (opened, await asyncio.to_thread(_opened, large.path)) == (True, False)


def _opened(path: Path) -> bool:
    """True while this process has the file open."""
    links = list(Path("/proc/self/fd").iterdir())
    return any(link.exists() and link.resolve() == path.resolve() for link in links)
