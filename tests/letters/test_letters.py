"""A letter is filled while unlocked, goes to whoever asked, and leaves no word of itself here."""

import base64
import io
import re

import pypdf
import pytest
from django.forms import modelform_factory
from django.urls import reverse

from cases.audit.models import Entry
from cases.letters.forms import TemplateForm
from cases.letters.models import Letter, LetterTemplate
from cases.letters.operations import write_letter
from cases.vault.models import CountedPerson, Grant
from cases.vault.refusals import NotUnlocked
from tests.applicants.factories import NAME, agree
from tests.letters.factories import BODY, make_template

FOR = "Préfecture de Paris"
TYPED = {"for_whom": FOR, "typed_recipient": "Mme Fabre", "typed_latin_name": "Ivan Latinsky"}


@pytest.fixture
def olga(browse, work, template):
    return browse(work.olga, unlocked=True)


def url(case, key="attestation-fr"):
    return reverse("letters:write", args=[case.pk, key])


def text_of(answer):
    [content] = re.findall(r'data-package="([^"]+)"', answer.content.decode())
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_holds_what_is_sealed_and_what_was_typed(olga, heron, work):
    letter = text_of(olga.send(url(heron), **TYPED))

    assert f"{NAME} (Ivan Latinsky), 04.11.1999, is known to us." in letter
    assert "To Mme Fabre" in letter
    assert str(work.olga) in letter
    assert "{" not in letter


def test_who_opened_what_is_recorded_first_and_no_value_is_kept(olga, heron, work):
    before = Entry.objects.count()
    olga.send(url(heron), **TYPED)

    rows = list(Entry.objects.order_by("id")[before:].values_list("action", "actor", "detail"))
    # The line that is kept was compared with the name before.
    assert [(action, actor) for action, actor, _ in rows] == [
        ("vault.opened_quietly", work.olga.username),
        ("vault.opened", work.olga.username),
        ("letters.written", work.olga.username),
    ]
    assert rows[2][2] == "Grey Heron: attestation-fr with name, latin_name, birth_date"
    kept = Letter.objects.get()
    assert (kept.for_whom, kept.fields) == (FOR, ["name", "latin_name", "birth_date"])
    assert "Latinsky" not in str(rows) + str(Letter.objects.values())
    assert CountedPerson.objects.filter(user=work.olga).count() == 1


def test_the_case_says_which_letters_were_written_and_for_whom(olga, heron, browse, work):
    olga.send(url(heron), **TYPED)
    shown = browse(work.tim).get(reverse("letters:panel", args=[heron.pk])).content.decode()

    assert FOR in shown
    assert "Name in Latin letters" in shown
    assert NAME not in shown


def test_what_is_not_known_is_asked_for_and_nothing_typed_is_lost(olga, heron):
    half = {name: said for name, said in TYPED.items() if name != "typed_latin_name"}
    answer = olga.send(url(heron), **half)

    assert answer.status_code == 422
    form = answer.context["form"]
    assert "typed_latin_name" in form.fields
    assert form["typed_recipient"].value() == "Mme Fabre"
    assert "Not everything that the letter needs is known" in answer.content.decode()
    assert NAME not in answer.content.decode()
    assert not Letter.objects.exists()
    # What is known is not asked for.
    assert "typed_name" not in form.fields


def test_nothing_is_written_while_locked(browse, work, heron, template):
    answer = browse(work.olga).send(url(heron), **TYPED)

    assert answer.status_code == 422
    assert not Letter.objects.exists()


def test_nothing_is_written_by_who_cannot_open_the_name(browse, work, heron, template):
    Grant.objects.filter(content_object=heron.identity_safe, user=work.olga).delete()
    answer = browse(work.olga, unlocked=True).send(url(heron), **TYPED)

    assert answer.status_code == 422
    assert not Letter.objects.exists()
    assert browse(work.nina, unlocked=True).send(url(heron), **TYPED).status_code == 404


def test_nothing_leaves_of_who_does_not_agree_to_the_keeping(olga, heron, work):
    agree(heron, "keeping", by=work.olga, agrees=False)
    answer = olga.send(url(heron), **TYPED)

    assert answer.status_code == 422
    assert "does not agree that the case is kept" in answer.content.decode()
    assert not Entry.objects.filter(action="vault.opened").exists()


def test_a_name_in_the_line_that_is_kept_is_noticed(olga, heron):
    answer = olga.send(url(heron), **TYPED | {"for_whom": f"Préfecture, {NAME}"})

    assert answer.status_code == 422
    assert not Letter.objects.exists()


def test_a_plain_form_is_refused(olga, heron):
    assert olga.client.post(url(heron), TYPED).status_code == 400


@pytest.mark.parametrize("more", [{"ends": "2026-01-01"}, {"begins": "2999-01-01"}])
def test_only_what_is_in_force_is_offered(olga, heron, more):
    make_template("old", **more)
    shown = olga.get(reverse("letters:panel", args=[heron.pk])).content.decode()

    assert url(heron) in shown
    assert url(heron, "old") not in shown
    assert olga.get(url(heron, "old")).status_code == 404


def test_days_and_own_words_are_written_in_the_language_of_the_letter(olga, heron):
    make_template("russian", body="{name} {since} {today}", language="ru")
    letter = text_of(olga.send(url(heron, "russian"), for_whom=FOR, typed_since="2026-11-04"))

    assert "4 ноября 2026" in letter


class TestTemplates:
    def form(self, **said):
        template = make_template("own")
        fields = ["heading", "body", "source", "kind", "language", "confidence"]
        facts = {name: getattr(template, name) for name in fields}
        form = modelform_factory(LetterTemplate, form=TemplateForm, fields=fields)
        return form(facts | said, instance=template)

    def test_a_placeholder_that_nobody_knows_is_refused_in_words(self, db):
        form = self.form(body=BODY + " {nmae}")

        assert list(form.errors) == ["body"]
        [said] = form.errors["body"]
        assert "{nmae} is no placeholder" in said
        assert "{name}" in said

    def test_one_that_is_known_is_taken(self, db):
        assert self.form(body="{name}, {today}").is_valid()

    def test_a_brace_in_the_heading_is_refused_too(self, db):
        assert list(self.form(heading="Letter {").errors) == ["heading"]


def test_with_the_keys_of_another_nothing_is_written(heron, work, template):
    said = {"for_whom": FOR, "typed": {"recipient": "Mme Fabre", "latin_name": "Ivan Latinsky"}}
    for unlocked in (None, work.unlocked(work.tim)):
        with pytest.raises(NotUnlocked):
            write_letter(applicant=heron, template=template, **said, unlocked=unlocked, by=work.olga)
    assert not Letter.objects.exists()
