"""What only a browser shows: the form follows the type, a zone fills it, an opened number goes with the lock."""

import pytest
from django.conf import settings

from cases.documents.models import Document
from tests.desk.cases import take_in
from tests.desk.conftest import world  # noqa: F401
from tests.documents.paper_factories import NUMBER, SEALED, make_paper, make_types
from tests.documents.test_view_zone import PASSPORT
from tests.world import visit

KEPT = (settings.SESSION_COOKIE_NAME, "vault-key")


@pytest.fixture
def papers(world, live_server, page):  # noqa: F811
    """Claire's browser, unlocked, on the papers of a case of hers; it has one, with a number."""
    case = take_in(world)
    make_types()
    page.paper = make_paper(case, by=world.people["claire"], sealed=SEALED)
    cookies = visit(world, "claire", unlocked=True).cookies
    page.context.add_cookies(
        [{"name": name, "value": cookies[name].value, "url": live_server.url} for name in KEPT]
    )
    page.goto(f"{live_server.url}/cases/{case.pk}/part/papers/")
    page.wait_for_selector("#leaving")
    return page


def test_the_form_follows_the_type_and_keeps_what_was_typed(papers):
    papers.get_by_role("link", name="Add a paper").click()
    assert papers.locator("#id_number").count() == 0
    papers.select_option("#id_type", "RU_INT")
    papers.fill("#id_number", "45 14")
    papers.fill("#id_unit_code", "340-015")
    papers.select_option("#id_type", "RU_ZAG10")
    papers.wait_for_selector("#id_chip")

    assert papers.input_value("#id_number") == "45 14"
    assert papers.input_value("#id_country") == "RU"
    assert papers.locator("#id_unit_code").count() == 0


def test_a_zone_fills_the_form_and_the_paper_is_saved(papers):
    papers.get_by_role("link", name="Add a paper").click()
    papers.select_option("#id_type", "RU_ZAG10")
    papers.fill("#id_zone", PASSPORT)
    papers.get_by_role("button", name="Read the zone").click()
    papers.wait_for_selector(".zone-report")
    assert papers.input_value("#id_number") == "110400000"
    assert papers.input_value("#id_expires_on") == "15.01.2026"
    papers.fill("#id_issued_on", "31.2.2016")
    papers.get_by_role("button", name="Save and seal").click()
    papers.wait_for_selector("[data-errors]")
    assert papers.input_value("#id_number") == "110400000"
    assert "There is no such day." in papers.locator("[data-errors]").inner_text()
    papers.fill("#id_issued_on", "15.1.2016")
    papers.get_by_role("button", name="Save and seal").click()
    papers.wait_for_url("**/part/papers/")
    papers.wait_for_selector("#leaving")

    assert "IMIAREK" not in papers.content()
    assert "Expired on 15 Jan 2026." in papers.content()
    assert Document.objects.filter(number_known=True).count() == 2


def test_a_paste_that_is_far_too_long_is_cut_by_the_browser_and_said(papers):
    papers.get_by_role("link", name="Add a paper").click()
    papers.select_option("#id_type", "RU_ZAG10")
    papers.fill("#id_number", "75 1234567")
    papers.focus("#id_zone")
    papers.keyboard.insert_text("<" * 100_000)
    papers.get_by_role("button", name="Read the zone").click()
    papers.wait_for_selector(".zone-report")

    assert "The text has 2001 characters; more than 2000 are not read." in papers.content()
    assert papers.input_value("#id_number") == "75 1234567"


def test_an_opened_number_goes_with_the_lock(papers):
    papers.get_by_role("button", name="Open the number").first.click()
    papers.select_option("dialog[open] select", "papers")
    papers.locator("dialog[open] .btn-primary").click()
    papers.wait_for_selector(".opened-number")
    assert NUMBER in papers.content()
    papers.locator("body").press("l")
    papers.wait_for_selector(".opened-number", state="detached")

    assert not any(value in papers.content() for value in SEALED.values())


def test_a_form_with_an_opened_number_is_emptied_by_the_lock(papers):
    papers.locator(".paper-menu summary").click()
    papers.get_by_role("link", name="Change the paper").click()
    papers.locator("#sealed-part summary").click()
    papers.select_option("#open_reason", "papers")
    papers.locator("#sealed-part").get_by_role("button", name="Open to correct").click()
    papers.wait_for_selector("[name=sealed_opened]", state="attached")
    assert papers.input_value("#id_number") == NUMBER
    papers.locator("h1").click()
    papers.keyboard.press("l")
    papers.wait_for_selector("[name=sealed_opened]", state="detached")

    assert not any(value in papers.content() for value in SEALED.values())
    # What is sealed stays as it is: the form can still be saved.
    papers.select_option("#id_status", "lost")
    papers.get_by_role("button", name="Save and seal").click()
    papers.wait_for_url("**/part/papers/")
    assert Document.objects.get().status == "lost"
    assert Document.objects.get().number_known
