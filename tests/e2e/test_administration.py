"""Groups, keys, options and the record of what was done, in the page."""

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

LogIn = Callable[..., Page]
API = "/ispyb/api/v1"


def works(facility: str, secret: str) -> bool:
    """True while a key is let in."""
    answer = httpx.get(f"{facility}{API}/user/current", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code in {200, 401}
    return answer.status_code == 200


@pytest.mark.parametrize(("login", "tabs"), [("ada", 0), ("staff", 1), ("admin", 7)])
def test_everybody_is_offered_the_administration_they_have(log_in: LogIn, login: str, tabs: int) -> None:
    page = log_in(login, "/admin")
    rail = page.get_by_role("navigation", name="Places").get_by_role("link", name="Administration")
    expect(page.get_by_role("navigation", name="Administration").get_by_role("link")).to_have_count(tabs)
    if tabs:
        expect(rail).to_be_visible()
    else:
        expect(page.get_by_text("You administer nothing here")).to_be_visible()
        expect(rail).to_have_count(0)


def test_a_missing_permission_is_named_with_what_it_is_for(log_in: LogIn) -> None:
    page = log_in("staff", "/admin/options")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("manage_options")
    expect(alert).to_contain_text("It lets people change the message of the day")
    expect(alert).to_contain_text("can add you")


def test_a_key_is_made_shown_once_revoked_and_all_of_it_recorded(log_in: LogIn, facility: str) -> None:
    page = log_in("admin", "/admin/keys")
    page.get_by_role("button", name="New key").click()
    form = page.get_by_test_id("key-form")
    form.get_by_label("Name").fill("e2e-screen")
    expect(form.get_by_role("button", name="Make key")).to_be_disabled()
    form.get_by_label("Beamlines it covers").click()
    page.get_by_role("option", name="BL1-MX").click()
    form.get_by_role("button", name="Make key").click()
    secret = page.get_by_test_id("key-secret").inner_text()
    assert works(facility, secret)
    page.get_by_role("button", name="I have stored it").click()
    expect(page.get_by_text(secret)).to_have_count(0)

    row = page.get_by_test_id("key-row").filter(has_text="e2e-screen")
    expect(row).to_contain_text("Working")
    row.get_by_role("button", name="Revoke e2e-screen").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke key").click()
    expect(row).to_contain_text("Revoked")
    assert not works(facility, secret)

    page.get_by_role("link", name="Activity").click()
    records = page.get_by_test_id("activity-row").filter(has_text="e2e-screen")
    expect(records.filter(has_text="Key made")).to_contain_text("BL1-MX")
    records.filter(has_text="Key revoked").get_by_role("link", name=re.compile(r"^key \d+$")).click()
    expect(page).to_have_url(re.compile("objectKind=key"))
    expect(page.get_by_test_id("activity-row")).to_have_count(2)
    page.reload()
    expect(page.get_by_test_id("activity-row")).to_have_count(2)


def test_the_record_is_exported_as_it_is_filtered(log_in: LogIn) -> None:
    page = log_in("admin", "/admin/activity?action=login")
    expect(page.get_by_test_id("activity-row").first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Export").click()
    lines = waiting.value.path().read_text().splitlines()
    assert lines
    assert all('"action":"login"' in line for line in lines)


def test_somebody_is_added_to_a_group_and_that_is_undone(log_in: LogIn) -> None:
    page = log_in("admin", "/admin/groups")
    page.get_by_role("link", name="MX staff").click()
    members = page.get_by_role("region", name="Members")
    expect(members.get_by_role("listitem")).to_have_count(2)
    members.get_by_label("Add somebody").fill("cle")
    page.get_by_role("option", name=re.compile("Cleo Testa")).click()
    expect(members.get_by_role("listitem")).to_have_count(3)
    members.get_by_role("button", name="Undo").click()
    expect(members.get_by_role("listitem")).to_have_count(2)
    expect(members.get_by_role("status")).to_contain_text("Cleo Testa was removed")


def test_a_permission_tells_who_holds_it(log_in: LogIn) -> None:
    page = log_in("admin", "/admin/permissions")
    page.get_by_role("link", name="bl_mx").click()
    expect(page.get_by_text("Staff of MX")).to_be_visible()
    expect(page.get_by_role("region", name="Groups that give it")).to_contain_text("MX staff")
    expect(page.get_by_role("region", name="People who hold it")).to_contain_text("Sam Standard")


def test_the_message_of_the_day_is_previewed_and_then_seen(log_in: LogIn) -> None:
    page = log_in("admin", "/admin/options")
    message = "Beam is back\nat noon"
    page.get_by_label("Message of the day").fill(message)
    expect(page.get_by_role("region", name="Preview")).to_contain_text("Beam is back")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    page.get_by_role("link", name="Now", exact=True).click()
    expect(page.get_by_label("Message of the day")).to_be_hidden()
    expect(page.get_by_text("Beam is back")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Go back to the settings for motd").click()
    expect(page.get_by_label("Message of the day")).not_to_have_value(message)


def test_another_log_in_of_mine_is_ended(log_in: LogIn, facility: str) -> None:
    with httpx.Client(base_url=f"{facility}{API}") as elsewhere:
        told = elsewhere.post("/auth/login", json={"login": "cleo", "password": "demo-cleo"}).json()
        elsewhere.headers["Authorization"] = f"Bearer {told['token']}"
        page = log_in("cleo")
        page.get_by_test_id("user-menu").click()
        page.get_by_role("link", name="My account").click()
        logins = page.get_by_test_id("own-login")
        expect(logins.filter(has_text="this one")).to_have_count(1)
        assert elsewhere.get("/user/current").status_code == 200
        for _ in range(logins.count() - 1):
            number = logins.count()
            logins.get_by_role("button", name=re.compile("^End")).first.click()
            expect(logins).to_have_count(number - 1)
        assert elsewhere.get("/user/current").status_code == 401
    page.reload()
    expect(logins).to_have_count(1)
