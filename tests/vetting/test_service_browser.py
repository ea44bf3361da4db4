"""What only a browser shows: the form follows the kind, a copy is saved beside the original, everything goes with the lock."""

import pytest
from django.conf import settings

from cases.vetting.models import ServiceEntry
from tests.desk.cases import take_in
from tests.desk.conftest import world  # noqa: F401
from tests.vetting.service_factories import PERIOD, make_entry
from tests.world import visit

KEPT = (settings.SESSION_COOKIE_NAME, "vault-key")


@pytest.fixture
def record(world, live_server, page):  # noqa: F811
    """Claire's browser, unlocked, on the service record of a case of hers; it has one period."""
    case = take_in(world)
    page.entry = make_entry(case, by=world.people["claire"])
    cookies = visit(world, "claire", unlocked=True).cookies
    page.context.add_cookies(
        [{"name": name, "value": cookies[name].value, "url": live_server.url} for name in KEPT]
    )
    page.goto(f"{live_server.url}/cases/{case.pk}/service/")
    return page


def open_record(page):
    page.get_by_role("button", name="Open the account").first.click()
    page.select_option("dialog[open] select", "vetting")
    page.locator("dialog[open] .btn-primary").click()
    page.wait_for_selector(".service-opened")


def test_the_form_follows_the_kind_and_leads_to_the_next(record):
    record.get_by_role("link", name="Add a period").click()
    record.fill("#id_note", "у моста")
    record.select_option("#id_kind", "charge")
    record.wait_for_selector("#id_article")
    assert record.input_value("#id_note") == "у моста"
    record.get_by_role("button", name="Save, then add another").click()
    record.wait_for_url("**/service/add/?kind=charge&account=own")

    assert ServiceEntry.objects.filter(kind="charge").count() == 1


def test_an_opened_entry_is_copied_and_the_record_shows_both(record):
    open_record(record)
    record.get_by_role("button", name="Copy into “verified”").click()
    record.wait_for_selector("#service-entry-form")
    assert record.input_value("#id_from") == "02.2022"
    record.fill("#id_to", "13.2022")
    record.get_by_role("button", name="Save and seal").click()
    record.wait_for_selector("#service-form [data-errors]")
    assert record.input_value("#id_place") == PERIOD["place"]
    record.fill("#id_to", "20.5.2022")
    record.fill("#id_place", "Здвижевка")
    record.get_by_role("button", name="Save and seal").click()
    record.wait_for_selector("text=differs from what we verified")

    assert record.locator(".service-card").count() == 2
    assert record.locator("#service-entry-form").count() == 0


def test_what_was_opened_goes_with_the_lock_also_out_of_a_form(record):
    open_record(record)
    record.get_by_role("button", name="Correct", exact=True).click()
    record.wait_for_selector("#service-entry-form")
    assert PERIOD["place"] in record.content()
    assert record.input_value("#id_place") == PERIOD["place"]
    record.evaluate("SC.lockNow()")
    record.wait_for_selector("#service-record .sealed")

    assert record.locator("#service-entry-form").count() == 0
    assert not any(PERIOD[name] in record.content() for name in ("place", "unit_number", "role", "note"))


def test_cancelling_a_form_leaves_the_record_open(record):
    open_record(record)
    for _time in range(2):
        record.get_by_role("button", name="Correct", exact=True).click()
        record.wait_for_selector("#service-entry-form")
        record.get_by_role("button", name="Cancel").click()
        record.wait_for_selector("#service-entry-form", state="detached")

    assert record.locator(".service-card").count() == 1


def test_the_page_is_no_wider_than_a_phone(record):
    record.set_viewport_size({"width": 390, "height": 844})
    open_record(record)

    assert record.evaluate("document.documentElement.scrollWidth") == 390
