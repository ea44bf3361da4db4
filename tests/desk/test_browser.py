"""What only a browser shows: first names come into the rows, and go with the lock and with the page."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from cases.vault import operations as vault
from tests.desk.cases import TOKENS, set_task, take_in
from tests.scanner import leaks
from tests.world import visit

KEPT = (settings.SESSION_COOKIE_NAME, "vault-key")


@pytest.fixture
def desk(world, live_server, page):
    """Claire's browser, unlocked, with one case of hers."""
    case = take_in(world)
    set_task(world, case, days=-1, title="Call back")
    cookies = visit(world, "claire", unlocked=True).cookies
    page.context.add_cookies(
        [{"name": name, "value": cookies[name].value, "url": live_server.url} for name in KEPT]
    )
    page.case, page.address = case, live_server.url
    return page


def names_in(page):
    return leaks(TOKENS, page.content())


@pytest.mark.parametrize(
    ("path", "button"),
    [("/cases/", "Show the first names of my people"), ("/vault/", "Show the first names")],
)
def test_first_names_come_on_demand_and_go_with_the_lock(desk, path, button):
    desk.goto(desk.address + path)
    assert names_in(desk) == []
    desk.get_by_role("button", name=button).click()
    desk.wait_for_selector("[data-opened]")
    assert names_in(desk) == ["Тихон"]
    desk.keyboard.press("l")
    desk.wait_for_selector("[data-opened]", state="detached")

    assert names_in(desk) == []
    assert desk.get_by_role("link", name="Lotus 47").first.is_visible()


def test_back_does_not_bring_the_names_back(desk):
    desk.goto(f"{desk.address}/cases/")
    desk.get_by_role("button", name="Show the first names of my people").click()
    desk.wait_for_selector("[data-opened]")
    desk.goto(f"{desk.address}/")
    desk.go_back()

    assert desk.get_by_role("link", name="Lotus 47").count() == 1
    assert names_in(desk) == []


def test_a_name_typed_into_the_header_is_found_and_never_stands_in_an_address(desk):
    desk.goto(f"{desk.address}/")
    desk.keyboard.press("/")
    desk.keyboard.type("Zimorodkov")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#top-found table")

    assert desk.locator("#top-found").get_by_role("link", name="Lotus 47").count() == 1
    assert "Тихон" not in desk.content()
    assert desk.url == f"{desk.address}/"

    desk.keyboard.press("Escape")
    assert desk.locator("#top-found").inner_text() == ""


def test_a_task_is_done_from_the_desk(desk):
    desk.goto(f"{desk.address}/")
    assert desk.locator("h1").inner_text() == "1 thing is overdue."
    desk.get_by_role("button", name=re.compile("Done.*Call back")).click()
    desk.wait_for_selector("h1:has-text('Nothing is overdue')")

    assert desk.url == f"{desk.address}/"


def test_the_clock_is_that_of_the_account(desk, world):
    world.people["claire"].time_zone = "Asia/Kathmandu"
    world.people["claire"].save()
    desk.goto(f"{desk.address}/")

    before, said, after = (
        f"{datetime.now(ZoneInfo('Asia/Kathmandu')):%H:%M}",
        desk.evaluate("SC.clock()"),
        f"{datetime.now(ZoneInfo('Asia/Kathmandu')):%H:%M}",
    )
    assert said in (before, after)


def test_enter_in_the_reason_of_a_refusal_never_gives(desk, world):
    viktor = world.people["viktor"]
    asked = vault.ask_access(safe=desk.case.identity_safe, by=viktor, reason="please")
    desk.goto(f"{desk.address}/vault/")
    desk.locator("summary:has-text('Refuse')").click()
    desk.get_by_label("Why (without the name)").fill("not needed for this")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("text=Nobody waits")
    asked.refresh_from_db()

    assert asked.answer == "refused"


def test_one_press_gives(desk, world):
    asked = vault.ask_access(safe=desk.case.identity_safe, by=world.people["viktor"], reason="please")
    desk.goto(f"{desk.address}/vault/")
    desk.get_by_role("button", name="Give").click()
    desk.wait_for_selector("text=viktor can open it now.")
    asked.refresh_from_db()

    assert asked.answer == "given"
