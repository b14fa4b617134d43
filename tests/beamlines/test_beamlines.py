"""Detectors and set-ups of beamlines."""

from pyispyb.tables import BeamLineSetup, Detector
from tests.world import World


async def test_the_newest_detector_with_all_the_words_is_found(world: World) -> None:
    model = f"EIGER {world.number}"
    older = await world.add(Detector, detectorManufacturer="DECTRIS", detectorModel=model, detectorMode="1")
    newer = await world.add(Detector, detectorManufacturer="DECTRIS", detectorModel=model, detectorMode="2")
    assert (await world.get("stranger", "/detectors", model=model))["detectorId"] == newer
    assert (await world.get("stranger", "/detectors", model=model.lower(), mode="1"))["detectorId"] == older
    assert (await world.refused("stranger", "GET", "/detectors", params={"model": model, "mode": "3"}))["status"] == 404


async def test_a_set_up_finds_its_detector_by_its_words(world: World) -> None:
    model = f"PILATUS {world.number}"
    detector = await world.add(Detector, detectorManufacturer="DECTRIS", detectorModel=model)
    async with world.as_("key") as client:
        made = await client.post(
            "/beamline-setups/beamline-setup",
            json={
                "detector_manufacturer": "Dectris",
                "detector_model": model,
                "undulators": ["U18", None, {"type": "U35"}],
            },
        )
        setup = made.json()["beamLineSetupId"]
        await client.patch(
            f"/sessions/{world.ids['session']}/associate-beamline-setup", params={"beamLineSetupId": setup}
        )
    kept = await world.get("member", f"/beamline-setups/{setup}")
    assert (kept["undulatorType1"], kept["undulatorType2"], kept["undulatorType3"]) == ("U18", None, "U35")
    if world.service.databases.catalogue.has(BeamLineSetup.detectorId):
        assert kept["detectorId"] == detector


async def test_a_set_up_that_no_session_has_is_seen_by_administrators_alone(world: World) -> None:
    setup = await world.add(BeamLineSetup, focusingOptic="KB")
    await world.get("administrator", f"/beamline-setups/{setup}")
    assert (await world.refused("staff", "GET", f"/beamline-setups/{setup}"))["status"] == 404
