"""What only a browser shows: the file that came in the answer is saved by a click, and words and file go with the page."""

import pypdfium2
import pytest
from django.conf import settings

from cases.disclosures import operations
from tests.disclosures.factories import TERMS, make_export

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


def test_the_file_is_saved_by_a_click_and_opens_with_the_words_on_the_page(
    browse, work, heron, live_server, page, tmp_path
):
    terms = operations.Terms(**(vars(TERMS) | {"form": "pdf"}))
    export = make_export(heron, by=work.olga, unlocked=work.unlocked(work.olga), terms=terms)
    operations.answer_export(export=export, approve=True, unlocked=work.unlocked(work.tim), by=work.tim)
    cookies = browse(work.olga, unlocked=True).client.cookies
    for name in (settings.SESSION_COOKIE_NAME, "vault-key"):
        page.context.add_cookies([{"name": name, "value": cookies[name].value, "url": live_server.url}])
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))

    page.goto(f"{live_server.url}/exports/{export.pk}/")
    page.click("text=Collect 1 person, once")
    words = page.inner_text("#package-words")
    with page.expect_download() as saving:
        page.click("a[download]")
    saving.value.save_as(tmp_path / "saved")
    with pypdfium2.PdfDocument((tmp_path / "saved").read_bytes(), password=words) as document:
        pages = len(document)

    assert (pages, wrong) == (1, [])
    assert saving.value.url.startswith("blob:")
    assert page.locator("[data-package]").count() == 0
    page.reload()
    assert words not in page.content()
