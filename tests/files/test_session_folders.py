"""A path opens files of the session that names it, whatever program wrote the path."""

from pathlib import Path

import pytest
from PIL import Image as Picture
from sqlalchemy import update

from pyispyb.errors import NotFound
from pyispyb.files.roots import FileRoots, Owner, Stored
from pyispyb.settings import FileSettings
from pyispyb.tables import DataCollection
from tests.world import World

DEFAULT = FileSettings().session_folders
OURS = Owner("mx", "415", "12", "ID23-1")


FOREIGN = "The recorded file lies outside the folders of its session."


def refusal(root: Path, path: Path, templates: list[str], owner: Owner = OURS) -> str | None:
    """Why a file there is not served, None when it is; it is made first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    try:
        FileRoots([root], templates).find(Stored(str(path), owner))
    except NotFound as error:
        return error.detail
    return None


@pytest.mark.parametrize(
    ("path", "is_served"),
    [
        ("visitor/mx415/id23-1/20260110/a.jpg", True),
        ("visitor/MX415/a.jpg", True),
        ("i03/data/2026/mx415-12/a.jpg", True),
        ("i03/data/2026/mx415-13/a.jpg", False),
        ("visitor/mx416/id23-1/a.jpg", False),
        ("visitor/mx4150/a.jpg", False),
        ("visitor/amx415/a.jpg", False),
        ("visitor/mx416/mx415.jpg", False),
        ("a.jpg", False),
    ],
)
def test_folders_that_name_the_session_are_its_own(tmp_path: Path, path: str, is_served: bool) -> None:
    assert refusal(tmp_path, tmp_path / path, DEFAULT) == (None if is_served else FOREIGN)


@pytest.mark.parametrize(
    ("template", "path", "is_served"),
    [
        ("**/{beamline}/{number}", "biomax/415/a.jpg", False),
        ("**/{beamline}/{number}", "id23-1/415/raw/a.jpg", True),
        ("**/{number}-*", "projects/415-anybody/a.jpg", True),
        ("**/{number}-*", "projects/4150-anybody/a.jpg", False),
        ("**/{code}.{number}", "projects/mx.415/a.jpg", True),
        ("**/{code}.{number}", "projects/mxx415/a.jpg", False),
        ("/", "anywhere/a.jpg", True),
    ],
)
def test_a_facility_names_its_own_folders(tmp_path: Path, template: str, path: str, is_served: bool) -> None:
    assert refusal(tmp_path, tmp_path / path, [template]) == (None if is_served else FOREIGN)


def test_a_session_without_a_name_has_no_folder(tmp_path: Path) -> None:
    nameless = Owner("", "", "", "")
    assert refusal(tmp_path, tmp_path / "visitor" / "a.jpg", DEFAULT, nameless) == FOREIGN
    unnumbered = Owner("mx", "415", "", "BL1")
    assert refusal(tmp_path, tmp_path / "mx415-" / "a.jpg", ["**/{proposal}-{visit}"], unnumbered) == FOREIGN


def test_a_link_counts_for_what_it_leads_to(tmp_path: Path) -> None:
    secret = tmp_path / "mx416" / "secret.jpg"
    secret.parent.mkdir()
    secret.write_text("x")
    link = tmp_path / "mx415" / "link.jpg"
    link.parent.mkdir()
    link.symlink_to(secret)
    with pytest.raises(NotFound, match="outside the folders of its session"):
        FileRoots([tmp_path], DEFAULT).find(Stored(str(link), OURS))
    with pytest.raises(NotFound, match="outside the folders of its session"):
        FileRoots([tmp_path], DEFAULT).find(Stored(f"{tmp_path}/mx415/../mx416/secret.jpg", OURS))


def test_whether_there_is_a_file_elsewhere_is_not_told(tmp_path: Path) -> None:
    roots = FileRoots([tmp_path], DEFAULT)
    for name in ("there.jpg", "missing.jpg"):
        (tmp_path / "mx416").mkdir(exist_ok=True)
        (tmp_path / "mx416" / "there.jpg").touch()
        with pytest.raises(NotFound, match="outside the folders of its session"):
            roots.find(Stored(str(tmp_path / "mx416" / name), OURS))


def test_a_template_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="no session has a nonsense"):
        FileSettings(session_folders=["**/{nonsense}"])


async def test_a_key_cannot_open_files_of_others_by_registering_their_path(
    world: World, files_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key writes the path of a competing proposal's picture into its own session, and reads it back."""
    monkeypatch.setattr(world.service.app.state.file_roots, "_session_folders", tuple(DEFAULT))
    pictures = {}
    for proposal in (world.proposal, world.other_proposal):
        pictures[proposal] = files_root / proposal / "crystal.png"
        pictures[proposal].parent.mkdir()
        Picture.new("RGB", (8, 6), "white").save(pictures[proposal])
    for proposal, status in ((world.proposal, 200), (world.other_proposal, 404)):
        sent = {"group_id": world.ids["group"], "xtalSnapshotFullPath1": str(pictures[proposal])}
        image = {"imageNumber": 1, "jpegFileFullPath": str(pictures[proposal])}
        async with world.as_("key") as client:
            made = (await client.post("/datacollections/datacollection", json=sent)).json()["dataCollectionId"]
            await client.post("/images/image", json={"dataCollectionId": made, **image})
            for path in (f"/datacollections/images/{made}", f"/datacollections/images/diffraction/{made}"):
                assert (await client.get(path)).status_code == status
                assert (await client.get(path, params={"snapshot": True})).status_code == status


async def test_paths_that_other_programs_wrote_are_held_to_the_same(
    world: World, files_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.service.app.state.file_roots, "_session_folders", tuple(DEFAULT))
    foreign = files_root / f"{world.other_proposal}-other" / "crystal.png"
    foreign.parent.mkdir()
    Picture.new("RGB", (8, 6), "white").save(foreign)
    async with world.service.database() as db:
        await db.execute(
            update(DataCollection)
            .where(DataCollection.dataCollectionId == world.ids["collection"])
            .values(xtalSnapshotFullPath1=str(foreign))
        )
    problem = await world.refused("member", "GET", f"/datacollections/images/{world.ids['collection']}")
    assert problem["status"] == 404
    assert "outside the folders of its session" in problem["detail"]
