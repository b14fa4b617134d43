"""Reprocessing as people ask for it in a real browser, and as it gets on while they look."""

import re
from collections.abc import Callable

import httpx
from playwright.sync_api import Page, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"


def _good_collection(facility: str) -> int:
    """A sweep alone, of a session that is over, which diffracts to better than 2 Å."""
    with httpx.Client(base_url=f"{facility}{API}") as client:
        token = client.post("/auth/login", json={"login": "ada", "password": "demo-ada"}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        for session in client.get("/sessions", params={"previous": True}).json()["results"]:
            of = {"sessionId": session["sessionId"]}
            for run in client.get("/processings/results", params=of).json()["results"]:
                alone = run["rank"] == 1 and len(run["dataCollectionIds"]) == 1
                if alone and run["scalings"][0]["statistics"]["overall"]["resolutionLimitHigh"] < 2:
                    return int(run["dataCollectionIds"][0])
    raise AssertionError("no such collection")


def test_reprocessing_is_asked_for_runs_and_ends(log_in: LogIn, facility: str) -> None:
    page = log_in("ada", f"/collections/{_good_collection(facility)}")
    page.get_by_role("button", name="Reprocess…").click()
    form = page.get_by_test_id("reprocess-form")
    form.get_by_label("Pipeline").click()
    page.get_by_role("option", name="xia2 DIALS", exact=True).click()
    expect(page).to_have_url(re.compile("reprocess=autoprocessing-xia2-dials"))

    first, last = (form.get_by_role("textbox", name=f"{end} image") for end in ("First", "Last"))
    images = int(last.input_value())
    form.get_by_role("slider", name="Last image").press("PageDown")
    expect(last).to_have_value(str(images - round((images - 1) / 20)))
    handle = form.get_by_role("slider", name="First image").bounding_box()
    assert handle
    y = handle["y"] + handle["height"] / 2
    page.mouse.move(handle["x"] + 14, y)
    page.mouse.down()
    page.mouse.move(handle["x"] + 90, y, steps=4)
    page.mouse.up()
    assert images / 20 < int(first.input_value()) < images / 2

    limit = form.get_by_label("High resolution limit")
    limit.fill("0.1")
    form.get_by_label("Comment").fill("The first images were dark.")
    form.get_by_role("button", name="Ask for it").click()
    expect(form.get_by_text("Needs at least 0.3 Å")).to_be_visible()
    limit.fill("2.5")
    form.get_by_role("button", name="Ask for it").dblclick()
    expect(form).to_be_hidden()

    asked = page.get_by_test_id("request").filter(has_text="The first images were dark.")
    expect(asked).to_have_count(1)
    expect(asked).to_contain_text("asked by Ada Example")
    expect(asked).to_have_attribute("data-state", "success", timeout=40_000)
    asked.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"run=\d+"))
    expect(page.get_by_test_id("shell-table")).to_contain_text("2.50")
