"""The first ten minutes of the README, in a browser, as somebody who has never seen the program."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest

from ngo.demo import load
from ngo.demo.accounts import DemoPassphrases
from tests.scanner import leaks
from tests.test_canaries import dump
from tests.vault.colleagues import CHEAP

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]

NAME = "Ратмир Выдумкин"
LATIN = "Vydumkin Ratmir"
TOKENS = ["Ратмир", "Выдумкин", "Vydumkin", "Ratmir"]


@pytest.fixture
def demo(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.RUNTIME_DIR = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="safe-conduct-test-"))
    settings.PEPPER_FILE, settings.ORGANISATION_KEY_FILE = tmp_path / "pepper", tmp_path / "organisation.pub"
    settings.DEMO_PASSPHRASES = DemoPassphrases(tmp_path / "passphrases.json")
    settings.VAULT = settings.VAULT | CHEAP
    assert load.load() is True
    yield
    shutil.rmtree(settings.RUNTIME_DIR)


@pytest.fixture
def site(demo, live_server, page):
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None
    )
    page.site = live_server.url
    yield page
    assert wrong == []


def log_in(page, name):
    page.goto(f"{page.site}/login/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(f"{page.site}/")


def log_out(page):
    page.goto(f"{page.site}/logout/")
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(f"{page.site}/login/")


def unlock(page):
    page.goto(f"{page.site}/vault/unlock/")
    page.get_by_role("button", name="Unlock with one click").click()
    page.wait_for_url(f"{page.site}/")


def register(page, name):
    page.goto(f"{page.site}/cases/new/")
    page.get_by_label("Category").select_option("mobilised")
    page.get_by_label("Country").select_option("KZ")
    page.locator("[name=channel]").select_option("signal")
    page.locator("[name=name]").fill(name)
    page.get_by_role("button", name="Register and seal").click()
    page.wait_for_url(re.compile("/cases/[0-9a-f-]{36}/"))
    return page.get_by_role("heading", level=1).inner_text()


def test_the_first_ten_minutes(site):
    log_in(site, "Claire")
    assert "overdue" in site.get_by_role("heading", level=1).inner_text()

    pseudonym = register(site, NAME)
    case = site.url
    assert re.fullmatch(r"[A-Z][a-z]+ \d{2}", pseudonym)
    assert leaks(TOKENS, site.content()) == []
    assert "sealed" in site.locator("#case-name").inner_text()

    unlock(site)
    site.goto(f"{site.site}/cases/find/")
    site.locator("#find [name=q]").fill(LATIN)
    site.locator("#find").get_by_role("button", name="Search").click()
    site.locator("#found").get_by_role("link", name=pseudonym).wait_for()
    assert leaks(["Ратмир", "Выдумкин"], site.content()) == []
    assert "umkin" not in site.url

    site.goto(f"{case}share/")
    site.locator("[name=whom]").select_option(label="Viktor Demo (viktor)")
    site.get_by_label("May open the name").check()
    site.get_by_role("button", name="Share", exact=True).click()
    site.wait_for_url(re.compile(re.escape(case) + "(people/)?$"))
    log_out(site)

    log_in(site, "Viktor")
    unlock(site)
    site.goto(case)
    site.get_by_role("button", name="Open the name").first.click()
    site.locator("#open-form [name=reason]").select_option("vetting")
    site.locator("#open-form").get_by_role("button", name="Open the name").click()
    site.get_by_text("Выдумкин").first.wait_for()
    site.keyboard.press("Escape")
    log_out(site)

    log_in(site, "Paul")
    site.goto(f"{site.site}/audit/")
    assert pseudonym in site.get_by_role("main").inner_text()
    assert "Viktor" in site.get_by_role("main").inner_text()
    assert leaks(TOKENS, site.content()) == []

    everything = dump()
    assert pseudonym.encode() in everything
    assert leaks(TOKENS, everything) == []


def test_an_opened_name_goes_with_the_lock_and_does_not_come_back(site):
    log_in(site, "Claire")
    register(site, NAME)
    case = site.url
    unlock(site)
    site.goto(case)
    site.get_by_role("button", name="Open the name").first.click()
    site.locator("#open-form [name=reason]").select_option("contact")
    site.locator("#open-form").get_by_role("button", name="Open the name").click()
    site.get_by_text("Выдумкин").first.wait_for()

    site.goto(f"{site.site}/cases/")
    site.go_back()

    assert leaks(TOKENS, site.content()) == []


def test_a_broken_line_loses_nothing_and_saves_nothing_twice(site):
    log_in(site, "Claire")
    site.goto(f"{site.site}/cases/?state=all")
    site.locator("tbody a").first.click()
    site.wait_for_url(re.compile("/cases/[0-9a-f-]{36}/"))
    answered = []

    def answer_gets_lost(route):
        answered.append(route.fetch())
        route.abort() if len(answered) == 1 else route.fulfill(response=answered[-1])

    site.route("**/note/", answer_gets_lost)
    site.locator("textarea[name=text]").first.fill("He called from the second address.")
    site.get_by_role("button", name="Save the note").click()
    site.locator(".timeline").get_by_text("He called from the second address.").wait_for(timeout=30_000)

    assert len(answered) >= 2
    assert site.get_by_text("He called from the second address.").count() == 1
