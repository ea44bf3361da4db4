"""Grey Heron is Olga's case, and Tim sees it with her; Nina is outside, Audrey audits."""

import io
from datetime import timedelta

import pypdfium2
import pytest
import pyzipper
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.applicants.models import Deadline
from cases.applicants.operations import join_household, move_stage, withdraw_consent
from cases.applicants.refusals import StageBlocked
from cases.audit.models import Entry
from cases.disclosures.elsewhere import told_elsewhere
from cases.disclosures.models import Form
from cases.documents.tables import SHELVES
from cases.needs.models import NEXT
from cases.needs.operations import close_provider
from cases.staff.models import random_id
from cases.transfers import operations, queries
from cases.transfers.models import ASK_AGAIN, EeaState, Pack, State, Transfer
from cases.transfers.reading import FIELDS
from cases.transfers.refusals import (
    AskedAlready,
    NoGroundAbroad,
    NoSuchStep,
    NotAgreed,
    NotAsked,
    NothingChosen,
    Over,
    TakesNobody,
    UnknownAgeKey,
)
from tests.applicants.factories import NAME, agree, make_applicant
from tests.needs.factories import make_need, make_provider
from tests.transfers.factories import make_eea, make_transfer, take_pack

pytestmark = pytest.mark.django_db
STATES = State.values


def put_into(transfer, state, by):
    """Bring a transfer into a state along the way that leads there."""
    for step in {"offered": (), "done": ("accepted", "done")}.get(state, (state,)):
        operations.answer(transfer=transfer, state=step, by=by)
        transfer.refresh_from_db()


def withdraw(applicant, purpose, by):
    consent = applicant.consents.filter(purpose=purpose).latest("recorded_at")
    withdraw_consent(consent=consent, on=timezone.localdate(), by=by)


class TestConsentFirst:
    def test_who_was_not_asked_is_offered_to_nobody(self, applicant, work):
        with pytest.raises(NotAsked):
            make_transfer(applicant, by=work.olga, agrees=False)
        agree(applicant, "partner", by=work.olga)

        assert make_transfer(applicant, by=work.olga, agrees=False).state == "offered"

    @pytest.mark.parametrize("purpose", ["partner", "keeping"])
    def test_who_says_no_is_offered_to_nobody(self, applicant, work, purpose):
        agree(applicant, "partner", by=work.olga)
        agree(applicant, purpose, by=work.olga, agrees=False)
        with pytest.raises(NotAgreed):
            make_transfer(applicant, by=work.olga, agrees=False)

    @pytest.mark.parametrize("purpose", ["partner", "keeping"])
    def test_once_withdrawn_it_is_only_taken_back_or_refused(self, applicant, work, purpose):
        agree(applicant, "keeping", by=work.olga)
        transfer = make_transfer(applicant, by=work.olga)
        withdraw(applicant, purpose, work.olga)

        with pytest.raises(NotAgreed):
            operations.answer(transfer=transfer, state="accepted", by=work.olga)
        with pytest.raises(NotAgreed):
            take_pack(transfer, by=work.olga)
        operations.answer(transfer=transfer, state="taken_back", by=work.olga)
        assert not Pack.objects.exists()


class TestOffers:
    @pytest.mark.parametrize("after", STATES)
    @pytest.mark.parametrize("before", STATES)
    def test_only_what_may_follow_follows(self, applicant, work, before, after):
        transfer = make_transfer(applicant, by=work.tim)
        put_into(transfer, before, work.olga)
        if after in NEXT[before]:
            operations.answer(transfer=transfer, state=after, by=work.olga)
            expected = after
        else:
            with pytest.raises(NoSuchStep):
                operations.answer(transfer=transfer, state=after, by=work.olga)
            expected = before

        transfer.refresh_from_db()
        assert transfer.state == expected

    def test_outside_of_europe_a_ground_is_needed(self, applicant, work):
        abroad = make_provider(by=work.olga, country="KZ", name="Рядом")
        with pytest.raises(NoGroundAbroad, match="Kazakhstan"):
            make_transfer(applicant, by=work.olga, provider=abroad)

        assert make_transfer(applicant, by=work.olga, provider=abroad, abroad="vital").abroad == "vital"

    def test_inside_none_is_kept(self, applicant, work):
        assert make_transfer(applicant, by=work.olga, abroad="vital").abroad == ""

    def test_a_state_that_left_the_area_counts_no_more(self, applicant, work):
        provider = make_provider(by=work.olga)
        make_eea("FR")
        assert not queries.is_abroad(provider)
        EeaState.objects.update(ends=timezone.localdate() - timedelta(days=1))
        assert queries.is_abroad(provider)

    def test_an_organisation_is_asked_once_at_a_time(self, applicant, work):
        provider, same = make_provider(by=work.olga), random_id()
        first = make_transfer(applicant, by=work.olga, provider=provider, id=same)
        assert make_transfer(applicant, by=work.olga, provider=provider, id=same) == first
        with pytest.raises(AskedAlready):
            make_transfer(applicant, by=work.olga, provider=provider)
        put_into(first, "refused", work.olga)
        make_transfer(applicant, by=work.olga, provider=provider)

        assert Transfer.objects.count() == 2

    def test_who_takes_nobody_is_not_asked(self, applicant, work):
        provider = make_provider(by=work.olga)
        close_provider(provider=provider, closed=True, by=work.olga)
        with pytest.raises(TakesNobody):
            make_transfer(applicant, by=work.olga, provider=provider)
        assert provider not in queries.organisations()

    def test_two_weeks_later_somebody_is_reminded_until_there_is_an_answer(self, applicant, work):
        transfer = make_transfer(applicant, by=work.olga)
        deadline = Deadline.objects.get(rule=ASK_AGAIN)
        assert timezone.localtime(deadline.due_at).date() == timezone.localdate() + timedelta(days=14)

        put_into(transfer, "accepted", work.olga)
        deadline.refresh_from_db()
        assert deadline.met_at

    def test_the_database_keeps_the_rules(self, applicant, work):
        transfer = make_transfer(applicant, by=work.olga)
        for wrong in ({"state": "accepted"}, {"changed_at": timezone.now()}, {"state": "?"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Transfer.objects.filter(pk=transfer.pk).update(**wrong)
        transfer.pk = random_id()
        with pytest.raises(IntegrityError), transaction.atomic():
            transfer.save(force_insert=True)


class TestTheEnd:
    def test_once_taken_over_the_case_ends(self, applicant, work):
        put_into(make_transfer(applicant, by=work.olga), "done", work.olga)

        applicant.refresh_from_db()
        assert applicant.stage == "passed_on"
        assert applicant.stage_changes.latest("at").reason == "Another organisation has taken the case over."

    def test_nothing_else_ends_it_so(self, applicant, work):
        move = {"applicants": [applicant], "target": "passed_on", "reason": "gone", "by": work.olga}
        put_into(make_transfer(applicant, by=work.olga), "accepted", work.olga)
        with pytest.raises(StageBlocked, match="No organisation has taken this case over"):
            move_stage(**move)

    def test_a_case_that_is_over_stays_as_it_ended(self, applicant, work):
        transfer = make_transfer(applicant, by=work.olga)
        put_into(transfer, "accepted", work.olga)
        move_stage(applicants=[applicant], target="withdrawn", reason="went home", by=work.olga)
        operations.answer(transfer=transfer, state="done", by=work.olga)

        applicant.refresh_from_db()
        assert applicant.stage == "withdrawn"


class TestPacks:
    def opened(self, package):
        with pyzipper.AESZipFile(io.BytesIO(package.content)) as files:
            files.setpassword(package.words.encode())
            return {name: files.read(name) for name in files.namelist()}

    def test_paper_and_table_open_with_the_words_and_say_the_same(self, applicant, work):
        make_need(applicant, by=work.olga)
        transfer = make_transfer(applicant, by=work.olga, known="speaks better than he writes")
        files = self.opened(take_pack(transfer, by=work.olga))
        pages = pypdfium2.PdfDocument(files["people.pdf"])
        paper = "\n".join(page.get_textpage().get_text_range() for page in pages)

        for text in (paper, files["people.csv"].decode("utf-8-sig")):
            for said in ("Grey Heron", "Housing", "speaks better than he writes", "Mme Renard"):
                assert said in text or (said == "Mme Renard" and text is not paper)
            assert not any(part in text for part in NAME.split())

    def test_what_was_given_is_written_down_without_a_word_of_it(self, applicant, work):
        transfer = make_transfer(applicant, by=work.olga, known="speaks better than he writes")
        take_pack(transfer, by=work.olga, fields=["message", "papers", "invented"])

        given = Pack.objects.get()
        assert (given.fields, given.form, given.agreed_on) == (
            ["papers", "message"],
            "zip",
            timezone.localdate(),
        )
        detail = Entry.objects.get(action="transfers.pack_taken").detail
        assert "papers, message" in detail
        assert "speaks" not in detail

    def test_it_is_told_who_knows(self, applicant, work):
        transfer = make_transfer(applicant, by=work.olga)
        take_pack(transfer, by=work.olga)

        told = [one for one in told_elsewhere(applicant) if one.whom == transfer.provider.name]
        assert {one.what for one in told} == {"asked to take the case over", "the case in writing"}

    @pytest.mark.parametrize("state", ["refused", "taken_back", "done"])
    def test_nothing_is_given_after_the_end(self, applicant, work, state):
        transfer = make_transfer(applicant, by=work.olga)
        put_into(transfer, state, work.olga)
        with pytest.raises(Over):
            take_pack(transfer, by=work.olga)

    def test_something_is_chosen_and_a_key_is_one(self, applicant, work):
        transfer = make_transfer(applicant, by=work.olga)
        with pytest.raises(NothingChosen):
            take_pack(transfer, by=work.olga, fields=["invented"])
        with pytest.raises(UnknownAgeKey):
            take_pack(transfer, by=work.olga, form=Form.AGE_KEY, age_key="age1no")


class TestPages:
    def url(self, name, *args):
        return reverse(f"transfers:{name}", args=args)

    def test_from_the_offer_to_the_end(self, browse, work, applicant):
        make_eea()
        agree(applicant, "partner", by=work.olga)
        provider, olga = make_provider(by=work.olga), browse(work.olga)
        said = {"provider": str(provider.pk), "contact": "Mme Renard", "new_id": str(random_id())}
        assert olga.send(self.url("offer", applicant.pk), **said, known="in a hurry").status_code == 204
        transfer = Transfer.objects.get()
        parts = {"parts": list(FIELDS), "packed_as": "zip", "language": "fr"}
        shown = olga.send(self.url("pack", transfer.pk), **parts).content.decode()
        assert "Save it now" in shown
        assert Pack.objects.get().by == work.olga
        assert olga.send(self.url("answer", transfer.pk), state="accepted").status_code == 204
        assert olga.send(self.url("answer", transfer.pk), state="done", known="in Lyon").status_code == 204
        panel = olga.get(self.url("panel", applicant.pk)).content.decode()
        assert "in Lyon" in panel

    def test_a_plain_post_makes_no_file(self, browse, work, applicant):
        transfer = make_transfer(applicant, by=work.olga)
        parts = {"parts": list(FIELDS), "packed_as": "zip", "language": "fr"}
        answer = browse(work.olga).client.post(self.url("pack", transfer.pk), parts)

        assert answer.status_code == 400
        assert not Pack.objects.exists()

    def test_nothing_typed_is_lost_and_each_sentence_stands_beside_its_field(self, browse, work, applicant):
        make_eea()
        agree(applicant, "partner", by=work.olga)
        provider = make_provider(by=work.olga, country="KZ")
        said = {"provider": str(provider.pk), "contact": "Аян", "new_id": str(random_id())}
        answer = browse(work.olga).send(self.url("offer", applicant.pk), **said, known="in a hurry")

        assert list(answer.context["form"].errors) == ["abroad"]
        assert answer.context["form"]["known"].value() == "in a hurry"
        key = {"parts": ["papers"], "packed_as": "age_key", "age_key": "age1no", "language": "fr"}
        transfer = make_transfer(applicant, by=work.olga)
        answer = browse(work.olga).send(self.url("pack", transfer.pk), **key)
        assert list(answer.context["form"].errors) == ["age_key"]

    def test_without_consent_the_pages_lead_to_it(self, browse, work, applicant):
        olga, ask = browse(work.olga), reverse("applicants:consent", args=[applicant.pk, "partner"])
        for page in ("panel", "offer"):
            assert ask in olga.get(self.url(page, applicant.pk)).content.decode()
        said = {"provider": str(make_provider(by=work.olga).pk), "contact": "x", "new_id": str(random_id())}
        assert olga.send(self.url("offer", applicant.pk), **said).status_code == 422

    def test_a_name_in_the_words_is_noticed(self, browse, work, applicant):
        make_eea()
        agree(applicant, "partner", by=work.olga)
        said = {"provider": str(make_provider(by=work.olga).pk), "contact": "x", "new_id": str(random_id())}
        answer = browse(work.olga, unlocked=True).send(
            self.url("offer", applicant.pk), **said, known=f"{NAME} is in a hurry"
        )

        assert answer.status_code == 422
        assert not Transfer.objects.exists()

    def test_who_is_left_behind_is_said(self, browse, work, applicant):
        agree(applicant, "partner", by=work.olga)
        wife, kinship = (
            make_applicant(by=work.olga),
            {"kinship": "spouse", "has_certificate": True, "travels_with": True},
        )
        join_household(applicant=wife, with_applicant=applicant, **kinship, by=work.olga)
        said, page = "1 other person of the household", self.url("offer", applicant.pk)
        make_provider(by=work.olga)
        assert said in browse(work.olga).get(page).content.decode()

        make_transfer(wife, by=work.olga)
        assert said not in browse(work.olga).get(page).content.decode()

    @pytest.mark.parametrize("name", ["answer", "pack"])
    def test_who_may(self, browse, work, applicant, name):
        transfer = make_transfer(applicant, by=work.olga)

        assert browse(work.nina).get(self.url(name, transfer.pk)).status_code in (403, 404)
        assert browse(work.audrey).get(self.url(name, transfer.pk)).status_code == 403


def test_the_states_of_the_area_come_from_a_file(db):
    [shelf] = [shelf for shelf in SHELVES if "eea_states" in shelf.files]
    EeaState.objects.bulk_create(EeaState(**row) for row in shelf.read()["eea_states"])

    found = set(EeaState.objects.values_list("country", flat=True))
    assert len(found) == 30
    assert {"FR", "DE", "NO"} <= found
    assert not found & {"KZ", "AM", "RU", "GB", "CH", "US"}
