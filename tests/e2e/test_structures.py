"""What was made of merged data, as people look at it in a real browser: a model in its density, and as a whole."""

import io
import re
from collections.abc import Callable
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"


@pytest.fixture(scope="module")
def refined(facility: str) -> dict[str, Any]:
    """A model of a session that is over, which leaves two blobs unexplained."""
    with httpx.Client(base_url=f"{facility}{API}", timeout=30) as client:
        token = client.post("/auth/login", json={"login": "ada", "password": "demo-ada"}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        for session in client.get("/sessions", params={"previous": True, "limit": 20}).json()["results"]:
            of = {"sessionId": session["sessionId"]}
            for structure in client.get("/structures", params=of).json()["results"]:
                if structure["kind"] == "refinement" and structure["blobCount"] == 2 and structure["rank"] == 1:
                    found: dict[str, Any] = structure
                    return found
    pytest.fail("no session has such a model")


def test_a_model_is_drawn_in_its_density_and_blobs_are_flown_to(log_in: LogIn, refined: dict[str, Any]) -> None:
    page = log_in("ada", f"/collections/{refined['dataCollectionIds'][0]}")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    row = page.get_by_test_id("structure").first
    expect(row).to_contain_text(re.compile(r"R \d\d\.\d / \d\d\.\d.% · 2 blobs"))
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"structure={refined['structureId']}"))
    density = page.get_by_test_id("density")
    expect(density).to_have_attribute("data-stage", "shown", timeout=30_000)
    page.get_by_test_id("blob").first.get_by_role("link").click()
    expect(page).to_have_url(re.compile("blob=1"))
    expect(density.get_by_role("button", name=re.compile("Blob 1"))).to_be_visible()
    page.wait_for_timeout(1500)  # the flight there
    drawn = colours(density.get_by_label("Model and electron density").screenshot())
    assert drawn["blue"] > 500  # 2Fo-Fc
    assert drawn["green"] > 100  # Fo-Fc of what is not in the model
    page.get_by_role("button", name="What is in final.mtz").click()
    expect(page.get_by_test_id("file-summary")).to_contain_text("PHDELWT")
    assert errors == []


def test_the_whole_model_is_looked_at_in_another_viewer(log_in: LogIn, refined: dict[str, Any]) -> None:
    page = log_in("ada", f"/collections/{refined['dataCollectionIds'][0]}?structure={refined['structureId']}")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    expect(page.get_by_test_id("density")).to_have_attribute("data-stage", "shown", timeout=30_000)
    assert not [address for address in requested if "ModelViewer" in address]
    viewers = page.get_by_role("radiogroup", name="Viewer")
    viewers.get_by_text("Model").click()
    expect(page).to_have_url(re.compile("viewer=model"))
    model = page.get_by_test_id("model")
    expect(model).to_have_attribute("data-stage", "shown", timeout=60_000)
    expect(model.get_by_label("Model of 1 chain, 68 residues, 1 ligand, 40 waters")).to_be_visible()
    with page.expect_response(re.compile(r"kind=2fofc&near=")) as around:
        page.get_by_test_id("ligand").get_by_role("link", name="GOL A 301").click()
    assert around.value.ok
    expect(page).to_have_url(re.compile("ligand=GOL"))
    expect(model.get_by_role("button", name="GOL A 301")).to_be_visible()
    page.wait_for_timeout(2500)  # the flight there
    assert colours(model.get_by_label("Model of").screenshot())["blue"] > 500  # 2Fo-Fc
    with page.expect_download() as picture:
        model.get_by_role("button", name="Save the picture").click()
    assert picture.value.suggested_filename == "final.png"
    viewers.get_by_text("Density").click()
    expect(page).to_have_url(re.compile("viewer=density.*ligand=GOL|ligand=GOL.*viewer=density"))
    expect(page.get_by_test_id("density")).to_have_attribute("data-stage", "shown", timeout=30_000)
    assert all(address.startswith((page.url.split("/collections")[0], "blob:")) for address in requested)
    assert said == []


def colours(picture: bytes) -> dict[str, int]:
    """How many pixels of a picture are of the colour of a map."""
    red, green, blue = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(int).transpose(2, 0, 1)
    return {
        "blue": int(((blue > red + 40) & (blue > green + 25)).sum()),
        "green": int(((green > red + 30) & (green > blue + 30)).sum()),
    }
