"""A session's report: what stands in it, for whom, and that long sessions and rare letters fit."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from pyispyb.db.writes import update_rows
from pyispyb.reports import report, wording
from pyispyb.reports.sheet import STRONG, Head, Sheet, fitted
from pyispyb.tables import BLSample, DataCollection, DataCollectionGroup, Person, Proposal
from tests.mx.documents import centring, failed_screening, screening
from tests.sharing.bag import THEIRS, share_proposal
from tests.world import World

from .results import ON_ONE, run


async def fetch(world: World, role: str = "member") -> PdfReader:
    async with world.as_(role) as client:
        answer = await client.get(f"/sessions/{world.ids['session']}/report")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].endswith(f"{world.proposal}-1_report.pdf")
    return PdfReader(io.BytesIO(answer.content))


def text_of(reader: PdfReader) -> str:
    """Words of all pages, one space between them."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


async def test_a_session_is_told_with_its_results(world: World, files_root: Path) -> None:
    await run(world, files_root, "collection", "autoPROC", 2.1)
    await run(world, files_root, "collection", "xia2 dials", 1.6)
    picture = files_root / f"{world.number}-crystal.jpg"
    Image.new("RGB", (640, 480), "grey").save(picture)
    ids = world.ids
    async with world.service.database() as db:
        person = Person.personId == ids["session_member"]
        await update_rows(db, Person, person, {"givenName": "Zoë", "familyName": "Ångström-Müller"})
        await update_rows(db, BLSample, BLSample.blSampleId == ids["sample2"], {"name": "Gal ½"})
        await update_rows(db, Proposal, Proposal.proposalId == ids["proposal"], {"title": "Träume über Helices"})
        values = {"xtalSnapshotFullPath1": str(picture), "flux": 1.2e12, "beamSizeAtSampleX": 0.04, "resolution": 1.5}
        values |= {"beamSizeAtSampleY": 0.02, "totalAbsorbedDose": 4.25, "transmission": 15}
        await update_rows(db, DataCollection, DataCollection.dataCollectionId == ids["collection"], values)
    reader = await fetch(world)
    text = text_of(reader)
    for told in (
        *(f"Session {world.proposal}-1", "Test Light Source", "Träume über Helices", "BL1"),
        *("Zoë Ångström-Müller (Team Leader)", "lyso-x1", "Gal ½", "xia2 dials", "autoPROC", "P 43 21 2"),
        *("0.9763 Å", "12.699 keV", "3600", "0.01 s", "1.2 × 10¹² photons/s", "40 × 20 µm", "4.25 MGy", "15 %"),
        *("67.40 – 1.60", "11,803", "99.5", "74.7", "Not processed", "Page 1 of 1"),
    ):
        assert told in text, told
    assert text.index("xia2 dials") < text.index("autoPROC"), "the best stands first"
    assert len(reader.pages[0].images) == 1
    assert [entry["/Title"] for entry in reader.outline if isinstance(entry, dict)] == ["Samples", "Measurements"]
    assert reader.metadata is not None
    assert reader.metadata.title == f"Session {world.proposal}-1"


async def test_what_scans_and_characterisations_said_is_told(world: World, files_root: Path) -> None:
    ids = world.ids
    async with world.service.database() as db:
        of = DataCollectionGroup.dataCollectionGroupId == ids["group"]
        await update_rows(db, DataCollectionGroup, of, {"experimentType": "Mesh"})
    sent = [
        ("/processings/xray-centrings", centring(ids["group"])),
        ("/processings/xray-centrings", {**centring(ids["group"]), "status": "failed", "results": []}),
        ("/processings/screenings", screening(dataCollectionId=ids["collection"])),
        ("/processings/screenings", failed_screening(dataCollectionId=ids["collection"])),
    ]
    failed = {"processingStatus": "failed", "processingMessage": "too few spots"}
    sent.append(
        ("/processings/programs", {"dataCollectionId": ids["collection"], "processingPrograms": "xia2", **failed})
    )
    async with world.as_("key") as client:
        for path, document in sent:
            assert (await client.post(path, json=document)).status_code == 201
    text = text_of(await fetch(world))
    for told in (
        "Grid scan",
        "X-ray centring in 3-D found 1 crystal",
        "X-ray centring in 3-D found no crystal",
        "EDNA MXv1: P43212 · 78.5 78.5 37.2 · mosaicity 0.25° · ranked by 1.75 Å",
        "would measure",
        "no lattice found",
        "xia2 failed: too few spots",
    ):
        assert told in text, told


def test_samples_stand_as_people_count() -> None:
    names = ["x26", "x1", "x10", "X2", "a", "7"]
    assert sorted(names, key=report.as_counted) == ["7", "a", "x1", "X2", "x10", "x26"]


async def test_a_colleague_reads_of_their_own_laboratory_only(world: World, files_root: Path) -> None:
    bag = await share_proposal(world)
    await run(bag, files_root, "their_collection", "autoPROC", 1.2)
    await run(bag, files_root, "collection", "xia2 dials", 1.6)
    ours, theirs = text_of(await fetch(bag, "member")), text_of(await fetch(bag, THEIRS))
    assert "lyso-x1" in ours
    assert "secret" not in ours
    assert "secret-1" in theirs
    assert "lyso" not in theirs
    refused = await bag.refused("stranger", "GET", f"/sessions/{bag.ids['session']}/report")
    assert refused["detail"] == f"No session {bag.ids['session']} that you can see."


@ON_ONE
async def test_what_is_left_out_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_GROUPS", 1)
    text = text_of(await fetch(world))
    assert "the first 1 of 2 follow" in text
    assert text.count("Not processed") == 1
    monkeypatch.setattr(report, "MOST_COLLECTIONS", 1)
    assert "Only the first 1 data collections" in text_of(await fetch(world))


def test_headings_stand_on_every_page_and_letters_are_those_of_people() -> None:
    sheet = Sheet("t", "a", "foot")
    sheet.table([Head("Name", 100), Head("Number", 60, "right")], [[f"row {number}", "1"] for number in range(150)])
    sheet.paragraph("Πλάτων, Žofie, Łukasz, Ștefan and Фёдор measured β-galactosidase: σ(I) ≤ 2, CC½ − 10⁷ Å²")
    reader = PdfReader(io.BytesIO(sheet.finish()))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(pages) == 3
    assert all("Number" in page and f"Page {at} of 3" in page for at, page in enumerate(pages, start=1))
    assert "row 149" in pages[2]
    assert "Πλάτων, Žofie, Łukasz, Ștefan and Фёдор measured β-galactosidase: σ(I) ≤ 2, CC½ − 10⁷ Å²" in pages[2]


def test_a_text_is_cut_where_it_does_not_fit() -> None:
    Sheet("t", "a", "f")
    assert fitted("short", STRONG, 8, 100) == "short"
    cut = fitted("a very long name of a sample", STRONG, 8, 60)
    assert cut.endswith("…")
    assert "a very long name".startswith(cut[:-1])


def test_numbers_are_worded_as_people_write_them() -> None:
    assert wording.moment(datetime(2026, 3, 4, 5, 6)) == "2026-03-04 05:06"
    assert [wording.power(number) for number in (3.14e11, 999, 0.5)] == ["3.1 × 10¹¹", "999", "0.5"]
    assert wording.cell({"a": 50, "b": 60, "c": 70, "alpha": 90, "beta": 101.25, "gamma": 90}) == (
        "50.0 60.0 70.0, 90 101.2 90°"
    )
    assert wording.cell({"a": 50, "b": 60, "c": 70, "alpha": 90, "beta": 90, "gamma": 90}) == "50.0 60.0 70.0"
    assert wording.cell(None) == "–"
