"""What the response headers forbid, and what works all the same, in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"

INTRUDE = """() => {
    window.refused = [];
    document.addEventListener('securitypolicyviolation', event => window.refused.push(event.violatedDirective));
    const script = document.createElement('script');
    script.textContent = 'window.intruded = true';
    document.body.append(script);
    const picture = document.createElement('img');
    picture.src = 'https://evil.example/?stolen';
    document.body.append(picture);
    document.body.insertAdjacentHTML('beforeend', '<b onclick="window.intruded = true">x</b>');
    document.body.lastChild.click();
    return new Promise(done => setTimeout(() => done([Boolean(window.intruded), window.refused]), 300));
}"""


def test_markup_that_gets_into_the_page_runs_nothing_and_tells_nobody(browser: Browser, facility: str) -> None:
    page = browser.new_page()
    page.goto(facility)
    intruded, refused = page.evaluate(INTRUDE)
    page.close()
    assert not intruded
    assert {word.partition("-")[0] for word in refused} == {"script", "img"}


def test_the_page_can_be_put_into_no_other(browser: Browser, facility: str) -> None:
    page = browser.new_page()
    page.goto("about:blank")
    page.set_content(f'<iframe src="{facility}/"></iframe>')
    page.wait_for_timeout(1000)
    framed = page.frames[1]
    assert framed.get_by_test_id("login-form").count() == 0
    page.close()


def test_the_description_of_the_api_works_under_its_policy(page: Page, facility: str) -> None:
    page.goto(f"{facility}{API}/docs")
    page.locator(".opblock-tag").first.click()
    page.locator(".opblock-summary").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table .highlight-code").first).to_contain_text("plugins")


def test_a_signed_link_shows_its_picture_to_a_browser_that_never_logged_in(
    log_in: LogIn, page: Page, browser: Browser, facility: str
) -> None:
    log_in("ada", "/sessions")
    expect(page.get_by_test_id("login-form")).to_have_count(0)
    session = page.request.get(f"{facility}{API}/sessions", params={"proposal": "mx415", "active": True}).json()
    query = {"sessionId": session["results"][0]["sessionId"], "limit": 100}
    events = page.request.get(f"{facility}{API}/events", params=query).json()["results"]
    collection = next(event["Item"]["dataCollectionId"] for event in events if event["type"] == "dc")
    answer = page.request.post(
        f"{facility}{API}/user/sign",
        data={"path": f"/datacollections/images/{collection}"},
        headers={"X-ISPyB-Page": "1"},
    )
    assert answer.status == 201, answer.text()
    stranger = browser.new_page()
    said: list[str] = []
    stranger.on("console", lambda message: said.append(message.text))
    shown = stranger.goto(facility + answer.json()["url"])
    assert shown is not None
    assert shown.status == 200
    assert stranger.evaluate("document.images[0].naturalWidth") > 100
    assert said == []
    stranger.close()
