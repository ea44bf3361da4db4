"""Olga and Tim can open the account of Grey Heron; Vera sees the case and only writes; Nina is outside."""

import pytest
from django.urls import reverse

from cases.applicants.models import SealedNote
from cases.applicants.operations import add_sealed_note
from cases.applicants.reading import read_account
from cases.applicants.refusals import IdTaken, NobodyCanOpen
from cases.staff.models import random_id
from cases.vault.models import CountedPerson, Grant, SealedItem
from cases.vault.operations import begin_interview
from cases.vault.refusals import NoReason, NotGranted, NotUnlocked
from tests.applicants.factories import make_applicant
from tests.scanner import leaks

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
STORY = "Ушёл из части под Цитадельском в ночь на воскресенье"


def tell(applicant, by, text=STORY, topic="story", id=None):
    return add_sealed_note(id=id or random_id(), applicant=applicant, topic=topic, text=text, by=by)


def read(applicant, work, person, reason="to call"):
    unlocked = work.unlocked(person)
    return read_account(applicant=applicant, reason=reason, unlocked=unlocked, by=person)


def url(name, applicant):
    return reverse(f"applicants:{name}", args=[applicant.pk])


class TestTelling:
    def test_who_cannot_read_it_may_write_it(self, applicant, work, recorded):
        tell(applicant, work.vera)

        assert recorded()[-1] == "applicants.account_written"
        assert [text for _note, text in read(applicant, work, work.tim)] == [STORY]
        with pytest.raises(NotGranted):
            read(applicant, work, work.vera)

    def test_no_word_of_it_stands_in_clear(self, applicant, work):
        tell(applicant, work.olga)

        rows = [*SealedNote.objects.values(), *SealedItem.objects.values()]
        assert leaks([STORY, "Цитадельск"], repr(rows).encode()) == []
        assert leaks([STORY], repr([{"planted": STORY}]).encode()) == [STORY]

    def test_the_same_sending_again_is_told_once(self, applicant, work):
        same = random_id()

        assert tell(applicant, work.olga, id=same) == tell(applicant, work.olga, id=same)
        assert len(read(applicant, work, work.olga)) == 1
        with pytest.raises(IdTaken):
            tell(applicant, work.tim, id=same)

    def test_what_nobody_could_open_is_not_sealed(self, applicant, work):
        Grant.objects.filter(content_object=applicant.account_safe).delete()

        with pytest.raises(NobodyCanOpen):
            tell(applicant, work.olga)
        assert not SealedNote.objects.exists()


class TestReading:
    def test_all_of_it_with_one_reason_one_row_and_one_person_of_the_budget(self, applicant, work, recorded):
        for topic in ("health", "story", "note"):
            tell(applicant, work.olga, topic, topic)
        before = len(recorded())

        assert [text for _note, text in read(applicant, work, work.olga)] == ["health", "note", "story"]
        assert recorded()[before:] == ["vault.opened_quietly"]
        assert CountedPerson.objects.filter(user=work.olga).count() == 1

    def test_neither_locked_nor_without_a_reason_but_in_an_interview(self, applicant, work):
        tell(applicant, work.olga)
        with pytest.raises(NotUnlocked):
            read_account(applicant=applicant, reason="x", unlocked=None, by=work.olga)
        with pytest.raises(NoReason):
            read(applicant, work, work.olga, reason=" ")

        safes = [applicant.identity_safe, applicant.account_safe]
        begin_interview(safes=safes, reason="interview", unlocked=work.unlocked(work.olga), by=work.olga)
        assert len(read(applicant, work, work.olga, reason="")) == 1

    def test_what_does_not_open_is_left_out(self, applicant, work):
        tell(applicant, work.olga, "one")
        broken = tell(applicant, work.olga, "two")
        item = SealedItem.objects.filter(kind=broken.kind_of_item)
        envelope = bytearray(item.get().envelope)
        envelope[-1] ^= 1
        item.update(envelope=bytes(envelope))

        assert [text for _note, text in read(applicant, work, work.olga)] == ["one"]


class TestPages:
    def test_told_opened_and_closed(self, applicant, work, browse):
        olga = browse(work.olga, unlocked=True)
        sent = {"new_id": random_id(), "topic": "prosecution", "text": STORY}
        told = olga.send(url("tell", applicant), **sent)

        assert told.headers["HX-Redirect"].endswith("/part/account/")
        panel = olga.get(url("account", applicant)).content.decode()
        assert "prosecution" in panel
        assert leaks([STORY], panel.encode()) == []
        assert olga.send(url("account_open", applicant)).status_code == 422
        assert STORY in olga.send(url("account_open", applicant), reason="contact").content.decode()

    def test_locked_it_says_so_and_the_outsider_sees_no_case(self, applicant, work, browse):
        tell(applicant, work.olga)
        assert browse(work.olga).send(url("account_open", applicant), reason="contact").status_code == 422
        assert (
            browse(work.nina, unlocked=True)
            .send(url("account_open", applicant), reason="contact")
            .status_code
            == 404
        )
        assert browse(work.nina).get(url("account", applicant)).status_code == 404
        assert browse(work.nina).get(url("tell", applicant)).status_code == 404
        assert browse(work.audrey).get(url("account", applicant)).status_code == 403

    def test_an_empty_text_is_refused_and_a_plain_form_too(self, applicant, work, browse):
        olga = browse(work.olga)
        assert olga.send(url("tell", applicant), new_id=random_id(), topic="note", text="").status_code == 422
        assert olga.client.post(url("tell", applicant), {"text": STORY}).status_code == 400
        assert olga.get(url("account_open", applicant)).status_code == 405

    @pytest.mark.parametrize("number", [1, 5])
    def test_the_panel_asks_no_more_for_more(self, work, browse, number, django_assert_num_queries):
        applicant = make_applicant(by=work.olga, identity={"name": "Имя"})
        for _again in range(number):
            tell(applicant, work.olga)
        olga = browse(work.olga)
        olga.get("/")
        with django_assert_num_queries(10):
            olga.get(url("account", applicant))
