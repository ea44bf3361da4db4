"""What only a browser shows: a file goes on after a cut line and after a reload, and an open scan goes with the page."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from cases.documents.models import Scan
from cases.vault import operations as vault
from cases.vault.models import SealedFile
from tests.applicants.factories import make_applicant
from tests.documents.scans.sending import FILE_NAME, address, make_document
from tests.scanner import leaks
from tests.vault.files import made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
LARGE = made.large_picture()
TOKENS = ["Паспорт", "Кулебякина"]


@pytest.fixture
def site(browse, work, live_server, page, settings, tmp_path):
    """Tim's browser on the scans of a paper, unlocked."""
    settings.VAR_DIR = tmp_path
    document = make_document(make_applicant(by=work.olga, identity={"name": "Е. Кулебякин"}), by=work.olga)
    cookies = browse(work.tim, unlocked=True).client.cookies
    page.context.add_cookies(
        [
            {"name": name, "value": cookies[name].value, "url": live_server.url}
            for name in (settings.SESSION_COOKIE_NAME, "vault-key")
        ]
    )
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None
    )
    page.document, page.address = document, live_server.url + address("scans", document)
    page.unlocked = work.unlocked(work.tim)
    page.person = work.tim
    page.goto(page.address)
    yield page
    assert wrong == []


def choose(page, content=LARGE, name=FILE_NAME):
    file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    page.locator("#scan-files").set_input_files(file)


def state(page):
    return page.locator("[data-upload-state]").last


def content_of(page, file):
    opened = vault.read_file(file=file, reason="x", unlocked=page.unlocked, by=page.person)
    return b"".join(opened.content())


def test_a_file_is_sent_and_the_gallery_is_thought_of(site):
    choose(site)
    state(site).get_by_text("Now delete it from your gallery").wait_for()
    site.locator("#scan-list").get_by_text("picture (JPEG)").first.wait_for()

    file = SealedFile.objects.get(of=None)
    assert content_of(site, file) == LARGE
    assert (
        "The place where it was taken stands in the original." in site.locator(".scan-sending").inner_text()
    )
    assert site.locator("progress").get_attribute("value") == "100"
    assert [cookie["name"] for cookie in site.context.cookies() if cookie["name"] == "upload"] == []


def test_a_cut_line_is_waited_for(site):
    cut = []

    def cut_the_line(route):
        # The second part: the line is gone while it is on its way, and comes back by itself.
        if not cut:
            cut.append(route.request.url)
            site.context.set_offline(True)
            return route.abort("internetdisconnected")
        return route.continue_()

    site.route("**/part/1/", cut_the_line)
    choose(site)
    state(site).get_by_text("Not saved yet: the line broke.").wait_for()
    assert SealedFile.objects.get(of=None).received == 1
    assert site.locator("[data-upload-again]").is_visible()

    site.context.set_offline(False)
    state(site).get_by_text("Now delete it from your gallery").wait_for()
    assert len(cut) == 1
    assert content_of(site, SealedFile.objects.get(of=None)) == LARGE


def test_an_answer_that_was_lost_stores_nothing_twice(site):
    lost = []

    def lose_the_answer(route):
        answer = route.fetch()
        if route.request.url in lost:
            return route.fulfill(response=answer)
        lost.append(route.request.url)
        return route.abort()

    for step in ("**/begin/", "**/part/1/", "**/finish/"):
        site.route(step, lose_the_answer)
    choose(site)
    state(site).get_by_text("Now delete it from your gallery").wait_for(timeout=60_000)

    assert len(lost) == 3
    file = SealedFile.objects.get(of=None)
    assert (content_of(site, file), Scan.objects.count()) == (LARGE, 1)


def test_after_a_reload_the_same_file_goes_on(site):
    sent = []
    site.route("**/part/*/", lambda route: sent.append(route.request.url[-2]) or route.continue_())
    site.route("**/part/2/", lambda route: route.abort())
    choose(site)
    state(site).get_by_text("the line broke").wait_for()
    site.unroute("**/part/2/")
    site.on("dialog", lambda dialog: dialog.accept())
    site.reload()
    site.get_by_text("Half sent: 66 %").wait_for()
    assert leaks(TOKENS, site.content()) == []

    sent.clear()
    choose(site)
    state(site).get_by_text("Now delete it from your gallery").wait_for()
    assert sent == ["2"]
    assert content_of(site, SealedFile.objects.get(of=None)) == LARGE


def test_several_files_and_one_that_is_refused(site):
    files = [
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": made.picture()},
        {"name": "b.svg", "mimeType": "image/svg+xml", "buffer": made.SVG},
        {"name": "c.pdf", "mimeType": "application/pdf", "buffer": made.pdf(2)},
    ]
    site.locator("#scan-files").set_input_files(files)
    site.locator(".scan-sending").nth(2).get_by_text("Now delete it from your gallery").wait_for()

    said = [row.inner_text() for row in site.locator(".scan-sending").all()]
    assert "This is an SVG drawing, which is not taken." in said[1]
    assert "Now delete" in said[0]
    assert sorted(SealedFile.objects.filter(of=None).values_list("state", flat=True)) == [
        "refused",
        "whole",
        "whole",
    ]


def test_an_expired_login_opens_over_the_page_and_the_file_goes_on(site):
    session = settings.SESSION_COOKIE_NAME
    [cookie] = [cookie for cookie in site.context.cookies() if cookie["name"] == session]
    expired = []

    def expire(route):
        if not expired:
            expired.append(True)
            site.context.clear_cookies(name=session)
        route.continue_()

    site.route("**/part/1/", expire)
    choose(site)
    state(site).get_by_text("log in again").wait_for()
    assert site.locator("#login-again").is_visible()

    site.context.add_cookies([cookie])
    site.evaluate("new BroadcastChannel('safe-conduct').postMessage({ kind: 'logged-in' })")
    state(site).get_by_text("Now delete it from your gallery").wait_for()
    assert content_of(site, SealedFile.objects.get(of=None)) == LARGE


def open_scan(site):
    choose(site)
    site.locator("#scan-list").get_by_role("button", name=re.compile("^Open")).click()
    dialog = site.locator("dialog[open]")
    dialog.locator("[name=reason]").select_option("papers")
    dialog.get_by_role("button", name="Open the scan").click()
    site.locator(".scan-page").wait_for()


def test_an_open_scan_shows_its_page_and_goes_with_the_lock(site):
    open_scan(site)
    assert site.locator(".scan-page").evaluate("picture => picture.naturalWidth") == 1600
    assert FILE_NAME in site.locator(".scan-opened").inner_text()

    site.keyboard.press("l")
    site.locator(".scan-page").wait_for(state="detached")
    assert "data:image" not in site.locator("#scan-list").inner_html()


@pytest.mark.parametrize("way", ["close", "kept", "back"])
def test_an_open_scan_is_closed_and_back_does_not_bring_it(site, way):
    open_scan(site)
    if way == "close":
        site.get_by_role("button", name="Close").click()
    elif way == "kept":
        # What a browser announces when it keeps a left page whole for its back button.
        site.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    else:
        site.goto(site.address.split("/cases/")[0] + "/cases/")
        site.go_back()

    assert site.locator(".scan-page").count() == 0
    assert leaks(TOKENS, site.locator("#scan-list").inner_html()) == []


def test_the_original_is_downloaded(site):
    open_scan(site)
    with site.expect_download() as download:
        site.get_by_role("button", name="Download the original").click()

    assert re.fullmatch(r"scan-[0-9a-f]{8}\.jpg", download.value.suggested_filename)
    assert Path(download.value.path()).read_bytes() == LARGE


def test_small_pictures_come_and_go(site):
    choose(site)
    site.get_by_role("button", name="Show small pictures").click()
    site.locator("img.scan-small").wait_for()
    assert site.locator("img.scan-small").evaluate("picture => picture.naturalWidth") == 160
    site.get_by_role("button", name="Hide the small pictures").click()
    site.locator("img.scan-small").wait_for(state="detached")

    assert "data:image" not in site.locator("#scan-list").inner_html()
