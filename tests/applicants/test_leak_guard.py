"""The guard between free text and the database: what is found, what becomes of it, and who compares it later."""

import pytest
from django.urls import reverse

from cases.applicants import operations
from cases.applicants.models import Applicant, Membership, Note, StageChange, Task, UncheckedText
from cases.audit.models import Entry
from cases.staff.models import random_id
from tests.applicants.factories import make_applicant
from tests.applicants.test_view_edit import opened
from tests.documents.paper_factories import make_paper

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

LEAKING = "Звонил Кулебякину вечером, просил зайти."
CLEAN = "Звонил Grey Heron вечером, просил зайти."


def url(name, *arguments):
    return reverse(f"applicants:{name}", args=[getattr(one, "pk", one) for one in arguments])


def note(browser, applicant, text, **more):
    return browser.send(url("note", applicant), new_id=str(random_id()), text=text, **more)


def details(action):
    """What was recorded last; the log is never emptied."""
    return [entry.detail for entry in Entry.objects.filter(action=action).order_by("-id")[:1]]


def marked(answer):
    return [piece for _field, pieces in answer.context["form"].leaks for piece, found in pieces if found]


def test_a_name_is_shown_to_the_writer_before_it_is_saved(browse, work, applicant):
    answer = note(browse(work.olga, unlocked=True), applicant, LEAKING)
    body = answer.content.decode()

    assert (answer.status_code, Note.objects.count()) == (422, 0)
    assert marked(answer) == ["Кулебякину"]
    assert "<mark>Кулебякину</mark>" in body
    assert LEAKING in body


def test_a_text_without_a_name_is_saved_at_once_and_nothing_waits(browse, work, applicant):
    answer = note(browse(work.olga, unlocked=True), applicant, "He called at eight.")

    assert (answer.status_code, Note.objects.get().text) == (204, "He called at eight.")
    assert not UncheckedText.objects.exists()


def test_one_click_writes_the_pseudonym(browse, work, applicant):
    text = f"{LEAKING} +7 (701) 555-01-02, @kulebyaka, 04.11.1999"
    answer = note(browse(work.olga, unlocked=True), applicant, text, leak="replace")

    assert answer.status_code == 204
    assert Note.objects.get().text == f"{CLEAN} +7 (…, …, …"


def test_keeping_needs_a_reason_which_is_audited_without_the_text(browse, work, applicant):
    olga = browse(work.olga, unlocked=True)
    refused = note(olga, applicant, LEAKING, leak="keep", leak_reason=" ")
    kept = note(olga, applicant, LEAKING, leak="keep", leak_reason="A street of this name")

    assert (refused.status_code, kept.status_code) == (422, 204)
    assert "Say why it may stand here." in refused.content.decode()
    assert details("applicants.text_kept") == ["Grey Heron: note: A street of this name"]


def test_the_household_and_every_case_the_writer_holds_are_compared(browse, work, applicant):
    wife = make_applicant(
        by=work.olga, pseudonym="Amber 3", category="partner", identity={"name": "Ольга Сыромятова"}
    )
    other = make_applicant(by=work.olga, pseudonym="Cedar 4", identity={"name": "Пантелей Худоногов"})
    operations.join_household(
        applicant=wife,
        with_applicant=applicant,
        kinship=Membership.Kinship.SPOUSE,
        has_certificate=True,
        travels_with=True,
        by=work.olga,
    )
    answer = note(browse(work.olga, unlocked=True), applicant, "Сыромятова знает Худоногова", leak="replace")

    assert answer.status_code == 204
    assert Note.objects.get().text == "Amber 3 знает Cedar 4"
    assert other.pseudonym == "Cedar 4"


def test_the_number_of_a_paper_is_known_too(browse, work, applicant):
    make_paper(applicant, by=work.olga, sealed={"number": "75 1234567"})
    answer = note(browse(work.olga, unlocked=True), applicant, "паспорт 75№1234567")

    assert marked(answer) == ["75№1234567"]


@pytest.mark.parametrize("who", ["olga", "tim"])
def test_locked_shapes_warn_and_what_is_saved_waits_for_a_holder(browse, work, applicant, who):
    browser = browse(getattr(work, who))
    warned = note(browser, applicant, "Tell him: +7 701 999 88 77")
    saved = note(browser, applicant, LEAKING)

    assert (warned.status_code, marked(warned)) == (422, ["+7 701 999 88 77"])
    assert saved.status_code == 204
    assert [(one.what, one.subject, one.tells) for one in UncheckedText.objects.all()] == [
        ("note", str(Note.objects.get().pk), False)
    ]


def test_colleagues_may_be_named_while_locked(browse, work, applicant):
    assert note(browse(work.tim), applicant, "Tim asked Olga to call.").status_code == 204


def test_the_next_holder_who_unlocks_compares_and_mends(browse, work, applicant):
    note(browse(work.tim), applicant, LEAKING)
    note(browse(work.tim), applicant, "He called at eight.")
    olga = browse(work.olga, unlocked=True)
    shown = olga.send(url("check_texts"))
    text = UncheckedText.objects.get(tells=True)

    assert "Texts that tell who somebody is" in shown.content.decode()
    assert "Кулебякин" not in shown.content.decode()
    assert not UncheckedText.objects.filter(checked_at__isnull=True).exists()
    assert details("applicants.texts_checked") == ["2, telling 1"]

    assert olga.send(url("clean_text", text)).status_code == 204
    assert {one.text for one in Note.objects.all()} == {CLEAN, "He called at eight."}
    assert not UncheckedText.objects.filter(tells=True).exists()
    assert details("applicants.text_cleaned") == ["Grey Heron: note"]


def test_what_was_found_later_can_be_left_for_a_reason(browse, work, applicant):
    note(browse(work.tim), applicant, LEAKING)
    olga = browse(work.olga, unlocked=True)
    olga.send(url("check_texts"))
    text = UncheckedText.objects.get()

    assert olga.send(url("leave_text", text), reason="").status_code == 422
    assert olga.send(url("leave_text", text), reason="A street").status_code == 204
    assert (Note.objects.get().text, details("applicants.text_kept")) == (
        LEAKING,
        ["Grey Heron: note: A street"],
    )


def test_locked_or_without_the_name_nobody_compares(browse, work, applicant):
    note(browse(work.tim), applicant, LEAKING)
    browse(work.olga).send(url("check_texts"))
    browse(work.nina, unlocked=True).send(url("check_texts"))

    assert UncheckedText.objects.filter(checked_at__isnull=True).count() == 1


def test_who_does_not_see_the_case_mends_nothing(browse, work, applicant):
    note(browse(work.tim), applicant, LEAKING)
    browse(work.olga, unlocked=True).send(url("check_texts"))
    text = UncheckedText.objects.get()
    nina = browse(work.nina, unlocked=True)

    assert [nina.send(url(name, text)).status_code for name in ("clean_text", "leave_text")] == [404, 404]


def test_the_other_texts_of_a_case_are_guarded_alike(browse, work, applicant):
    olga = browse(work.olga, unlocked=True)
    task = olga.send(url("task", applicant), new_id=str(random_id()), title=LEAKING, owner=work.olga.pk)
    stage = olga.send(url("stage", applicant), target="withdrawn", reason=LEAKING)
    facts = opened(olga, applicant, special_needs=LEAKING)
    edit = olga.send(url("edit", applicant), **facts)

    assert [answer.status_code for answer in (task, stage, edit)] == [422] * 3
    assert all(marked(answer) == ["Кулебякину"] for answer in (task, stage, edit))
    assert (Task.objects.count(), StageChange.objects.count()) == (0, 0)
    assert Applicant.objects.get(pk=applicant.pk).special_needs == ""


def test_what_waits_of_every_kind_is_mended(browse, work, applicant):
    tim = browse(work.tim)
    tim.send(url("task", applicant), new_id=str(random_id()), title=LEAKING, owner=work.tim.pk)
    facts = opened(tim, applicant, special_needs=LEAKING)
    tim.send(url("edit", applicant), **facts)
    tim.send(url("stage", applicant), target="withdrawn", reason=LEAKING)
    olga = browse(work.olga, unlocked=True)
    olga.send(url("check_texts"))
    for text in UncheckedText.objects.filter(tells=True):
        assert olga.send(url("clean_text", text)).status_code == 204

    assert (Task.objects.get().title, StageChange.objects.get().reason) == (CLEAN, CLEAN)
    assert Applicant.objects.get(pk=applicant.pk).special_needs == CLEAN
