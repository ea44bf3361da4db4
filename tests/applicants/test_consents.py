"""What people agree to: asked in their language, each for themselves, and what stops without it."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.applicants import consents, operations
from cases.applicants.languages import LANGUAGES
from cases.applicants.models import Applicant, Consent, ConsentText, Purpose
from cases.applicants.refusals import ConsentOver, IdTaken, StageBlocked
from cases.audit.models import Entry
from cases.staff.models import random_id
from cases.staff.roles import Role
from tests.applicants.factories import agree, make_applicant
from tests.staff.factories import make_person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def states(applicant):
    return {
        (one.purpose.value, one.consent.outlet if one.consent else ""): one.state
        for one in consents.standings_of(applicant)
    }


def page(applicant, purpose=None):
    names = [applicant.pk, purpose] if purpose else [applicant.pk]
    return reverse("applicants:consent" if purpose else "applicants:consents", args=names)


def answer(applicant, purpose, language="ru", **fields):
    operations.load_consent_texts()
    text = ConsentText.objects.filter(purpose=purpose, language=language).latest("version")
    said = {"new_id": str(random_id()), "text": text.pk, "answer": "yes", "on": TODAY().isoformat()}
    return said | {"channel": "signal"} | fields


class TestWhatCounts:
    def test_nobody_was_asked_at_first(self, applicant):
        assert states(applicant) == dict.fromkeys([(one, "") for one in Purpose.values], "missing")

    def test_the_newest_answer_counts_and_each_newspaper_by_itself(self, applicant, work):
        agree(applicant, "government", "keeping", by=work.olga)
        agree(applicant, "keeping", agrees=False, by=work.olga)
        agree(applicant, "media", outlet="Le Jour", shows=["voice"], by=work.olga)
        agree(applicant, "media", outlet="Radio Nord", agrees=False, by=work.olga)

        assert states(applicant) == {
            ("keeping", ""): "refused",
            ("government", ""): "agrees",
            ("partner", ""): "missing",
            ("media", "Le Jour"): "agrees",
            ("media", "Radio Nord"): "refused",
        }
        assert [one.purpose for one in consents.earlier_of(applicant)] == ["keeping"]
        assert consents.agreed_by([applicant.pk]) == {applicant.pk: ["Telling a government", "Le Jour"]}

    def test_what_is_withdrawn_ends_and_stays_readable(self, applicant, work):
        agree(applicant, "government", by=work.olga)
        operations.withdraw_consent(consent=Consent.objects.get(), on=TODAY(), by=work.tim)

        assert states(applicant)["government", ""] == "withdrawn"
        assert Consent.objects.get().given_on == TODAY()
        with pytest.raises(ConsentOver):
            operations.withdraw_consent(consent=Consent.objects.get(), on=TODAY(), by=work.tim)

    def test_one_adult_does_not_answer_for_another(self, applicant, work):
        partner = make_applicant(by=work.olga, pseudonym="Grey Wife", category="partner")
        facts = {"kinship": "spouse", "has_certificate": True, "travels_with": True}
        operations.join_household(applicant=partner, with_applicant=applicant, **facts, by=work.olga)
        agree(applicant, "government", by=work.olga)

        assert consents.answers_to("government", [applicant.pk, partner.pk]).yes == {applicant.pk}


class TestRecording:
    def test_the_row_tells_no_newspaper(self, applicant, work):
        agree(applicant, "media", outlet="Le Jour", shows=["face"], by=work.olga)
        entry = Entry.objects.latest("id")

        assert (entry.action, entry.about) == ("applicants.consent_recorded", str(applicant.pk))
        assert entry.detail == "Grey Heron: media, agrees, ru version 1"

    def test_a_repeated_sending_is_one_answer_and_not_for_another(self, applicant, work):
        operations.load_consent_texts()
        said = {"text": ConsentText.objects.first(), "agrees": True, "on": TODAY(), "channel": "signal"}
        id = random_id()
        for _twice in range(2):
            operations.record_consent(id=id, applicant=applicant, **said, by=work.olga)
        with pytest.raises(IdTaken):
            operations.record_consent(id=id, applicant=applicant, **said, by=work.tim)

        assert Consent.objects.count() == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"purpose": "media", "outlet": ""},
            {"purpose": "media", "outlet": "Le Jour", "shows_face": False},
            {"purpose": "government", "outlet": "Le Jour"},
            {"purpose": "other"},
            {"given_on": None},
            {"withdrawn_on": date(2020, 1, 1)},
        ],
    )
    def test_the_database_keeps_no_nonsense(self, applicant, work, wrong):
        facts = {"purpose": "government", "given_on": TODAY(), "channel": "signal", "recorded_by": work.olga}
        if wrong.get("withdrawn_on"):
            wrong = wrong | {"withdrawn_by": work.olga}
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(applicant=applicant, **(facts | wrong))


class TestTexts:
    def test_every_purpose_stands_in_three_languages_and_is_loaded_once(self):
        assert operations.load_consent_texts() == 3 * len(Purpose)
        assert operations.load_consent_texts() == 0
        for purpose in Purpose:
            assert set(consents.texts_for(purpose)) == {"en", "fr", "ru"}
        assert {text.language for text in ConsentText.objects.all()} <= set(LANGUAGES)

    def test_a_new_text_takes_the_place_and_old_answers_cite_the_old(self, applicant, work):
        agree(applicant, "keeping", by=work.olga)
        old = Consent.objects.get().text
        operations.add_consent_text(
            text=ConsentText(purpose="keeping", language="ru", text="Новый"), by=work.olga
        )

        assert consents.texts_for("keeping")["ru"].version == old.version + 1
        assert Consent.objects.get().text == old

    def test_it_is_shown_in_a_language_of_the_person(self, applicant):
        operations.load_consent_texts()
        texts = consents.texts_for("keeping")
        for languages, asked, shown in (
            (["fr"], "", "fr"),
            (["hy"], "", "en"),
            (["hy"], "ru", "ru"),
            ([], "xx", "en"),
        ):
            applicant.languages = languages
            assert consents.text_to_show(applicant, texts, asked).language == shown
        assert consents.text_to_show(applicant, {}, "ru") is None


class TestWhatItBlocks:
    def test_the_vetting_does_not_begin(self, work, applicant):
        operations.move_stage(applicants=[applicant], target="intake", reason="", by=work.tim)
        move = {"applicants": [applicant], "target": "vetting", "reason": "", "by": work.tim}
        with pytest.raises(StageBlocked, match="has not agreed that the case is kept"):
            operations.move_stage(**move)
        agree(applicant, "keeping", by=work.olga)
        Consent.objects.update(withdrawn_on=TODAY(), withdrawn_by=work.olga)
        with pytest.raises(StageBlocked):
            operations.move_stage(**move)

        agree(applicant, "keeping", by=work.olga)
        operations.move_stage(**move)

    def test_who_took_it_back_goes_nowhere_and_who_was_vetted_before_is_not_asked_again(
        self, work, applicant
    ):
        Applicant.objects.update(stage="vetting_hold")
        applicant.refresh_from_db()
        assert consents.waits_for(applicant, "vetting") is None
        agree(applicant, "keeping", "government", by=work.olga)
        assert consents.waits_for(applicant, "submitted") is None

        agree(applicant, "keeping", agrees=False, by=work.olga)

        assert consents.waits_for(applicant, "vetting") == "keeping"
        assert consents.waits_for(applicant, "submitted") == "keeping"
        assert consents.waits_for(applicant, "withdrawn") is None

    def test_from_the_stage_that_waits_to_the_answer_and_back(self, browse, work, applicant):
        operations.move_stage(applicants=[applicant], target="intake", reason="", by=work.tim)
        stage = reverse("applicants:stage", args=[applicant.pk])
        ask = f"{page(applicant, 'keeping')}?stage={applicant.pk}"
        olga = browse(work.olga)
        assert f'href="{ask}"' in olga.get(stage).content.decode()

        sent = olga.send(ask, **answer(applicant, "keeping"))

        assert sent["HX-Redirect"] == stage
        assert 'value="vetting"' in olga.get(stage).content.decode()

    def test_who_moves_along_is_asked_too(self, browse, work, applicant):
        partner = make_applicant(by=work.olga, pseudonym="Grey Wife", category="partner")
        facts = {"kinship": "spouse", "has_certificate": True, "travels_with": True}
        operations.join_household(applicant=partner, with_applicant=applicant, **facts, by=work.olga)
        Applicant.objects.update(stage="intake")
        agree(applicant, "keeping", by=work.olga)

        moved = {"target": "vetting", "along": [str(partner.pk)]}
        sent = browse(work.olga).send(reverse("applicants:stage", args=[applicant.pk]), **moved)

        assert sent.status_code == 422
        shown = sent.content.decode()
        assert f'href="{page(partner, "keeping")}?stage={applicant.pk}"' in shown
        assert "Ask Grey Wife: Keeping the case" in shown
        assert page(applicant, "keeping") not in shown


class TestNewspapers:
    def test_one_newspaper_is_one_however_it_is_written(self, applicant, work):
        agree(applicant, "media", outlet="Le Jour", shows=["face"], by=work.olga)
        agree(applicant, "media", outlet="le jour", agrees=False, by=work.olga)

        assert {key: one for key, one in states(applicant).items() if key[0] == "media"} == {
            ("media", "Le Jour"): "refused"
        }

    def test_it_stands_in_no_address(self, browse, work, applicant):
        agree(applicant, "media", outlet="Le Jour", agrees=False, by=work.olga)
        olga = browse(work.olga)
        shown = olga.get(page(applicant)).content.decode()
        again = f"{page(applicant, 'media')}?again={Consent.objects.get().pk}"

        assert f'href="{again}"' in shown
        assert "Jour" not in "".join(re.findall(r'href="[^"]*"', shown))
        assert olga.get(again).context["form"]["outlet"].value() == "Le Jour"

    def test_that_of_another_person_is_not_filled_in(self, browse, work, applicant):
        other = make_applicant(by=work.olga)
        agree(other, "media", outlet="Le Jour", agrees=False, by=work.olga)
        for again in (Consent.objects.get().pk, "made-up"):
            asked = browse(work.olga).get(f"{page(applicant, 'media')}?again={again}")
            assert (asked.status_code, asked.context["form"]["outlet"].value()) == (200, "")


class TestPages:
    def test_from_the_case_to_the_answer_and_back(self, browse, work, applicant):
        olga = browse(work.olga)
        operations.load_consent_texts()
        shown = olga.get(page(applicant)).content.decode()
        assert shown.count("Not asked yet") == 4
        assert "Without it the vetting does not begin." in shown
        asked = olga.get(page(applicant, "keeping")).content.decode()
        assert 'lang="ru"' in asked

        sent = olga.send(page(applicant, "keeping"), **answer(applicant, "keeping"))

        back = reverse("applicants:part", args=[applicant.pk, "consent"])
        assert (sent.status_code, sent["HX-Redirect"]) == (204, back)
        again = olga.get(page(applicant)).content.decode()
        assert "Asked in Russian, version 1 of the text" in again
        assert "Without it the vetting does not begin." not in again

    @pytest.mark.parametrize(
        ("purpose", "changed", "field", "said"),
        [
            ("media", {"outlet": "Le Jour"}, "shows", "Say what may be shown"),
            ("media", {"outlet": " "}, "outlet", "required"),
            ("keeping", {"answer": ""}, "answer", "required"),
            ("keeping", {"on": (date.today() + timedelta(days=3)).isoformat()}, "on", "still to come"),
            ("keeping", {"text": "999999"}, "text", "not one of"),
        ],
    )
    def test_bad_input_is_said_beside_the_field_and_kept(
        self, browse, work, applicant, purpose, changed, field, said
    ):
        sent = browse(work.olga).send(page(applicant, purpose), **answer(applicant, purpose, **changed))

        assert (sent.status_code, Consent.objects.count()) == (422, 0)
        assert said in str(sent.context["form"].errors[field])

    def test_the_text_of_another_purpose_is_no_answer(self, browse, work, applicant):
        sent = browse(work.olga).send(page(applicant, "government"), **answer(applicant, "keeping"))

        assert list(sent.context["form"].errors) == ["text"]

    def test_withdrawing_asks_for_the_day_and_says_what_stops(self, browse, work, applicant):
        agree(applicant, "media", outlet="Le Jour", shows=["name", "voice"], by=work.olga)
        address = reverse("applicants:consent_withdraw", args=[Consent.objects.get().pk])
        olga = browse(work.olga)
        assert "what is out cannot be taken back" in olga.get(address).content.decode()
        early = olga.send(address, on=(TODAY() - timedelta(days=1)).isoformat())
        assert "agreed only after this day" in str(early.context["form"].errors["on"])

        assert olga.send(address, on=TODAY().isoformat()).status_code == 204
        assert "May be shown: name, voice" in olga.get(page(applicant)).content.decode()
        assert states(applicant)["media", "Le Jour"] == "withdrawn"

    def test_outsiders_and_other_methods(self, browse, work, applicant):
        operations.load_consent_texts()
        assert browse(work.nina).get(page(applicant)).status_code == 404
        assert browse(work.nina).send(page(applicant, "keeping")).status_code == 404
        assert browse(work.audrey).get(page(applicant)).status_code == 403
        assert browse(work.olga).get(page(applicant, "sport")).status_code == 404
        assert browse(work.olga).send(page(applicant)).status_code == 405

    def test_where_there_is_no_text_it_is_said_who_adds_one(self, browse, work, applicant):
        assert "no text to read out yet" in browse(work.olga).get(page(applicant, "keeping")).content.decode()


def test_the_panel_adds_texts_and_changes_none(client, work):
    mira = make_person("Mira Keeper", [Role.ADMINISTRATOR])
    client.force_login(mira)
    operations.load_consent_texts()
    add = reverse("admin:applicants_consenttext_add")
    sent = client.post(add, {"purpose": "keeping", "language": "ru", "text": "Новый текст"})

    assert sent.status_code == 302
    assert ConsentText.objects.filter(purpose="keeping", language="ru").count() == 2
    one = ConsentText.objects.first()
    client.post(reverse("admin:applicants_consenttext_change", args=[one.pk]), {"text": "changed"})
    assert ConsentText.objects.get(pk=one.pk).text == one.text
