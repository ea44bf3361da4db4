"""What only a browser shows: the words are looked at before they are sent, and those that are right stay."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from cases.vault import operations
from tests.vault.colleagues import make_colleague

GOOD = "abandon ability able about above absent absorb"


@pytest.fixture
def unlocking(live_server, page, vault):
    """The page to unlock in the browser of somebody with English words; `page.words` are the right ones."""
    from django.test import Client

    nina = make_colleague("nina")
    page.words = operations.set_up(user=nina, language="en").passphrase
    client = Client()
    client.force_login(nina)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    with page.expect_response(re.compile("words/en.json")):
        page.goto(f"{live_server.url}/vault/unlock/")
    page.sent = []
    page.on("request", lambda request: page.sent.append(request) if request.method == "POST" else None)
    page.field = page.get_by_label("Your seven words")
    return page


def unlock(page):
    page.get_by_role("button", name="Unlock", exact=True).click()


def stored(page):
    return page.locator("input[name=words]").input_value()


def test_an_unknown_word_is_marked_and_the_others_stay(unlocking):
    page = unlocking
    page.field.fill(GOOD.replace("able", "xyzzy"))
    expect(page.field).to_have_value("xyzzy")
    expect(page.get_by_text("This word is not in the list")).to_be_visible()
    unlock(page)

    assert page.sent == []
    assert stored(page) == GOOD.replace("able", "xyzzy")
    assert page.locator(".words-boxes li").evaluate_all("all => all.map(one => one.className)") == [
        *["words-full"] * 2,
        "words-wrong",
        *["words-full"] * 4,
    ]
    assert "ability" not in page.locator(".words-boxes").inner_text()


def test_put_right_the_rest_is_there_again_and_unlocks(unlocking):
    page = unlocking
    words = page.words.split()
    page.field.fill(" ".join([*words[:3], "xyzzy", *words[4:]]))
    page.field.fill(words[3])
    page.field.press("Space")
    expect(page.get_by_text("Words: 7 of 7")).to_be_visible()
    assert stored(page) == page.words
    unlock(page)

    page.wait_for_url(re.compile(r"/$"))
    assert len(page.sent) == 1


def test_the_last_word_is_looked_at_when_it_is_sent(unlocking):
    page = unlocking
    page.field.press_sequentially(GOOD.replace("absorb", "xyzzy"))
    page.field.press("Enter")
    expect(page.get_by_text("This word is not in the list")).to_be_visible()

    assert page.sent == []
    assert stored(page) == GOOD.replace("absorb", "xyzzy")


def test_too_few_words_are_not_sent(unlocking):
    page = unlocking
    page.field.press_sequentially("abandon ability ab")
    page.field.fill("")
    unlock(page)
    expect(page.get_by_text("Words: 2 of 7. Type the others too.")).to_be_visible()

    assert page.sent == []
    assert stored(page) == "abandon ability"
