"""Diffraction images as people look at them in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"


@pytest.fixture(scope="module")
def sweep(facility: str) -> int:
    """One of the newest collections of many images."""
    with httpx.Client(base_url=f"{facility}{API}") as client:
        token = client.post("/auth/login", json={"login": "staff", "password": "demo-staff"}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        found = client.get("/events", params={"beamLineName": "BL2-MX", "limit": 500}).json()["results"]
    items = [event["Item"] for event in found if event["type"] == "dc"]
    return next(
        int(item["dataCollectionId"])
        for item in items
        if (item["numberOfImages"] or 0) > 100
        and "successful" in (item["runStatus"] or "")
        and "Mesh" not in (item["DataCollectionGroup"]["experimentType"] or "")
    )


def test_an_image_is_read_zoomed_and_kept(log_in: LogIn, sweep: int, tmp_path: Path) -> None:
    page = log_in("staff", f"/collections/{sweep}?image=3")
    section = page.get_by_role("region", name="Diffraction image")
    stage = page.get_by_test_id("diffraction-stage")
    stage.scroll_into_view_if_needed()
    expect(page.get_by_test_id("rings").locator("text").first).to_contain_text("Å")
    stage.hover(position={"x": 100, "y": 140})
    expect(page.get_by_test_id("image-reading")).to_contain_text(re.compile(r"\d+ counts.*\d\.\d\d Å.*x \d+, y \d+"))

    stage.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"image=4"))
    expect(page.get_by_role("textbox", name="Image number")).to_have_value("4")
    rings = page.get_by_test_id("rings").locator("ellipse").count()
    section.get_by_label("Ice").check()
    expect(page.get_by_test_id("rings").locator("[data-kind=ice]")).to_have_count(10)
    assert rings > 2
    page.get_by_role("slider", name="Largest count shown").press("ArrowRight")
    expect(section.get_by_role("button", name="Auto")).to_be_enabled()
    for _ in range(3):
        section.get_by_role("button", name="Zoom in").click()
    expect(section.get_by_role("button", name="Whole image")).to_be_enabled()
    page.get_by_role("button", name="Whole image").click()

    with page.expect_download() as kept:
        section.get_by_role("button", name="Save what is seen as PNG").click()
    kept.value.save_as(tmp_path / "seen.png")
    with Image.open(tmp_path / "seen.png") as picture:
        colours = np.asarray(picture.convert("RGB")).astype(int)
    assert (colours.sum(axis=2) < 60).sum() > 200, "spots are dark"
    assert (np.abs(colours - (196, 208, 224)).max(axis=2) < 4).sum() > 200, "gaps are marked"
    assert (colours.min(axis=2) > 220).mean() > 0.2, "the background is light"

    page.get_by_text("Where these numbers come from").click()
    expect(section.get_by_role("row", name=re.compile("Distance"))).to_contain_text("image file")


def test_a_distance_that_the_database_tells_otherwise_is_warned_of(log_in: LogIn, page: Page, sweep: int) -> None:
    def otherwise(route: Route) -> None:
        answer = route.fetch()
        header = answer.json()
        header["detectorDistance"]["database"] = 4 * header["detectorDistance"]["value"]
        header["exposureTime"]["database"] = header["exposureTime"]["value"]
        route.fulfill(response=answer, json=header)

    page.route("**/data/images/header*", otherwise)
    log_in("staff", f"/collections/{sweep}")
    warning = page.get_by_test_id("image-disagrees")
    expect(warning).to_contain_text(re.compile(r"distance \d+\.\d.mm, in the database \d+\.\d.mm"))
    expect(warning).not_to_contain_text("exposure")
    page.get_by_text("Where these numbers come from").click()
    expect(page.get_by_role("row", name=re.compile("Distance"))).to_have_attribute("data-disagrees", "true")
    expect(page.get_by_role("row", name=re.compile("Exposure"))).to_have_attribute("data-disagrees", "false")


def test_without_webgl_the_service_draws(log_in: LogIn, page: Page, sweep: int) -> None:
    page.add_init_script(
        """const real = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
          return kind === 'webgl2' ? null : real.call(this, kind, ...more);
        };"""
    )
    log_in("staff", f"/collections/{sweep}?image=2")
    picture = page.get_by_role("img", name="Diffraction image 2")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_attribute("src", re.compile("/data/images/preview"))
    expect(page.get_by_role("button", name="Enlarge image 2")).to_be_enabled()
    assert picture.evaluate("image => image.naturalWidth") > 500
