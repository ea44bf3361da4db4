"""What only a browser shows: a draft is saved and the page stays; what was typed outlives the lock and an ended login."""

import pytest
from django.conf import settings

from cases.vetting.models import Evidence
from cases.vetting.reading import read_interview
from tests.vault.files import made
from tests.vetting.heard.factories import CANARIES, make_checks, make_interview, url, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
SESSION = settings.SESSION_COOKIE_NAME


@pytest.fixture
def site(browse, work, applicant, vera, frame, live_server, page, settings, tmp_path):
    """Vera's browser, unlocked, on an interview of hers."""
    settings.VAR_DIR = tmp_path
    page.interview = make_interview(applicant, frame, by=vera)
    cookies = browse(vera, unlocked=True).client.cookies
    kept = [
        {"name": name, "value": cookies[name].value, "url": live_server.url}
        for name in (SESSION, "vault-key")
    ]
    page.context.add_cookies(kept)
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.home, page.address = live_server.url, live_server.url + url("interview", page.interview)
    page.said = lambda: {
        key: one["answer"]
        for key, one in read_interview(
            interview=page.interview, reason="x", unlocked=work.unlocked(vera), by=vera
        )
        .content["answers"]
        .items()
    }
    page.goto(page.address)
    yield page
    assert wrong == []


def field(site, key):
    return site.locator(f"[name=answer-{key}]")


def save(site):
    with site.expect_response("**/write/"):
        site.get_by_role("button", name="Save and seal").click()
    site.locator("#answers-form:not([aria-busy])").wait_for()
    site.locator("#say").get_by_text("Saved").wait_for()


def correct(site):
    site.locator("#correct-answers summary").click()
    site.locator("#correct_reason").select_option("vetting")
    site.get_by_role("button", name="Open to correct").click()
    site.locator("[data-opened-into]").wait_for()


def lock(site):
    site.locator("h1").click()
    site.keyboard.press("l")
    site.get_by_text("The account was closed.").wait_for()


def test_a_draft_is_saved_and_nothing_on_the_page_moves(site):
    field(site, "f-v03-1").fill("half")
    save(site)
    assert field(site, "f-v03-1").input_value() == "half"
    field(site, "f-v03-1").fill("half and more")
    save(site)

    assert site.said() == {"f-v03-1": "half and more"}
    assert site.evaluate("SC.hasUnsaved()") is False


def test_what_was_typed_outlives_the_lock(site):
    field(site, "f-v03-1").fill("typed")
    site.locator("h1").click()
    site.keyboard.press("l")
    site.locator(".lock-closed").wait_for()
    assert field(site, "f-v03-1").input_value() == "typed"
    save(site)

    assert site.said() == {"f-v03-1": "typed"}


def test_what_was_opened_goes_with_the_lock_and_what_was_changed_is_kept_beside(site, vera):
    write(site.interview, by=vera, answers={"f-v03-1": CANARIES[6], "f-v04-1": "one"})
    site.reload()
    correct(site)
    assert field(site, "f-v03-1").input_value() == CANARIES[6]
    field(site, "f-v04-1").fill("one\n\nand two")
    lock(site)
    assert (field(site, "f-v03-1").input_value(), field(site, "f-v04-1").input_value()) == (
        "",
        "one\n\nand two",
    )
    assert CANARIES[6] not in site.content()
    save(site)

    assert site.said() == {"f-v03-1": CANARIES[6], "f-v04-1": "one\n\nand two"}


def test_a_correction_is_saved_again_and_again(site, vera):
    write(site.interview, by=vera, answers={"f-v03-1": "one"})
    site.reload()
    correct(site)
    for text in ("second", "third"):
        field(site, "f-v03-1").fill(text)
        save(site)

    assert site.said() == {"f-v03-1": "third"}


def test_an_ended_login_opens_over_the_page_and_what_was_typed_is_saved(site):
    [cookie] = [cookie for cookie in site.context.cookies() if cookie["name"] == SESSION]
    field(site, "f-v03-1").fill("typed before the end")
    site.context.clear_cookies(name=SESSION)
    site.get_by_role("button", name="Save and seal").click()
    site.locator("#login-again").wait_for()
    assert field(site, "f-v03-1").input_value() == "typed before the end"
    site.context.add_cookies([cookie])
    site.evaluate("new BroadcastChannel('safe-conduct').postMessage({ kind: 'logged-in' })")
    site.locator("#say").get_by_text("Saved").wait_for()

    assert site.said() == {"f-v03-1": "typed before the end"}


def test_an_open_interview_goes_with_the_page(site, vera):
    write(site.interview, by=vera)
    site.reload()
    site.get_by_role("button", name="Open the account").click()
    site.locator("dialog[open] [name=reason]").select_option("vetting")
    site.locator("dialog[open]").get_by_role("button", name="Open the account").click()
    site.locator("#said[data-opened]").wait_for()
    assert CANARIES[6] in site.locator("#said").inner_text()
    site.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")

    assert CANARIES[6] not in site.content()


def test_files_sent_for_a_check_stand_in_its_list(site, applicant):
    make_checks()
    site.goto(f"{site.home}{url('evidence', applicant)}?check=V04")
    file = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": made.picture()}
    site.locator("#scan-files").set_input_files(
        [file, file | {"name": "b.jpg", "buffer": made.picture(size=(90, 90))}]
    )
    site.locator(".scan-sending-done").nth(1).wait_for()
    site.locator("#evidence-list .entry").nth(1).wait_for()

    assert [one.checks for one in Evidence.objects.all()] == [["V04"], ["V04"]]
    assert site.locator("#evidence-list .entry").count() == 2
