"""What only a browser shows of an interview: names come by themselves, stay, and go with its end, the lock and the page."""

import pytest
from django.conf import settings

from tests.world import FETCH, register, small_world, visit

KEPT = (settings.SESSION_COOKIE_NAME, "vault-key")
NAME = "Кто То"


@pytest.fixture
def world(db, settings, tmp_path):
    with small_world(settings, tmp_path) as world:
        [world.case] = register(world, [({"name": NAME}, {})])
        yield world


@pytest.fixture
def case(world, live_server, page):
    """The page of the case in Claire's browser, in an interview."""
    claire = visit(world, "claire", unlocked=True)
    claire.post(f"/cases/{world.case.pk}/interview/", {"reason": "vetting"}, **FETCH)
    page.context.add_cookies(
        [{"name": name, "value": claire.cookies[name].value, "url": live_server.url} for name in KEPT]
    )
    page.goto(f"{live_server.url}/cases/{world.case.pk}/")
    page.wait_for_selector("#case-name[data-opened]")
    assert NAME in page.content()
    return page


def test_it_lasts_longer_than_a_minute(case):
    assert int(case.get_attribute("#case-name", "data-seconds")) > 10_000
    assert case.locator("#case-name .opened-line").count() == 1


def test_its_end_takes_the_name_away_and_back_does_not_bring_it(case):
    case.get_by_role("button", name="End the interview").click()
    case.wait_for_selector("[data-interview-bar]", state="detached")
    case.wait_for_load_state("networkidle")
    assert NAME not in case.content()
    case.go_back()
    case.wait_for_load_state("networkidle")

    assert NAME not in case.content()
    assert case.locator("[data-interview-bar]").count() == 0


def test_its_end_in_another_tab_takes_the_name_from_this_one(case):
    other = case.context.new_page()
    other.goto(case.url)
    other.get_by_role("button", name="End the interview").click()
    case.wait_for_selector("#case-name[data-opened]", state="detached")

    assert NAME not in case.content()


def test_the_lock_takes_name_and_bar_away_and_nothing_opens_again(case):
    sent = []
    case.on("request", lambda request: sent.append(request.url.rpartition("/cases/")[2]))
    case.keyboard.press("l")
    case.wait_for_selector("#case-name[data-opened]", state="detached")
    case.wait_for_load_state("networkidle")

    assert NAME not in case.content()
    assert case.locator("[data-interview-bar]").count() == 0
    assert [one for one in sent if one.endswith("/name/")] == []


def test_wiped_it_opens_again_by_one_button_without_a_reason(case):
    case.evaluate("SC.wipeOpened()")
    assert NAME not in case.content()
    case.get_by_role("button", name="Open the name").first.click()
    case.locator("#open-form").get_by_role("button", name="Open the name").click()
    case.wait_for_selector("#case-name[data-opened]")

    assert NAME in case.content()
