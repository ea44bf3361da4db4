"""Grey Heron is Olga's case, and Tim sees it with her; Nina is outside, Audrey audits."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.applicants.models import Deadline, Note
from cases.documents.tables import SHELVES
from cases.needs import operations, queries
from cases.needs.models import ASK_AGAIN, NEXT, Need, NeedKind, Provider, Referral
from cases.needs.refusals import (
    AskedAlready,
    EndedAlready,
    NoSuchStep,
    NotToPartners,
    OpenAlready,
    ProviderClosed,
)
from cases.staff.models import random_id
from tests.applicants.factories import NAME, agree, make_applicant
from tests.needs.factories import make_kind, make_need, make_provider, make_referral

pytestmark = pytest.mark.django_db
STATES = Referral.State.values


def put_into(referral, state, by):
    """Bring a referral into a state along the way that leads there."""
    for step in {"offered": (), "done": ("accepted", "done")}.get(state, (state,)):
        operations.answer(referral=referral, state=step, by=by)
        referral.refresh_from_db()


class TestNeeds:
    def test_the_same_sending_twice_notes_one(self, applicant, work, recorded):
        same = random_id()
        for _ in range(2):
            make_need(applicant, by=work.tim, id=same)

        assert Need.objects.count() == 1
        assert recorded() == ["needs.added"]

    def test_one_of_a_kind_is_open(self, applicant, work):
        need = make_need(applicant, by=work.tim)
        with pytest.raises(OpenAlready):
            make_need(applicant, by=work.olga)
        operations.end_need(need=need, outcome="dropped", by=work.tim)
        make_need(applicant, by=work.olga)

        assert Need.objects.count() == 2

    def test_the_database_holds_one_open_of_a_kind_and_an_outcome_at_the_end(self, applicant, work):
        need = make_need(applicant, by=work.tim)
        for wrong in ({"ended_at": timezone.now()}, {"outcome": "met"}, {"urgency": 4}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Need.objects.filter(pk=need.pk).update(**wrong)
        need.pk = random_id()
        with pytest.raises(IntegrityError), transaction.atomic():
            need.save(force_insert=True)

    @pytest.mark.parametrize(("outcome", "state"), [("met", "done"), ("dropped", "taken_back")])
    def test_its_end_ends_what_was_asked_for_it(self, applicant, work, outcome, state):
        referral = make_referral(applicant, by=work.tim)
        operations.end_need(need=referral.need, outcome=outcome, known="moved in", by=work.olga)

        referral.refresh_from_db()
        assert referral.state == state
        assert not Deadline.objects.filter(rule=ASK_AGAIN, met_at=None).exists()
        assert Note.objects.filter(text="moved in").exists()
        with pytest.raises(EndedAlready):
            operations.end_need(need=referral.need, outcome="met", by=work.olga)


class TestReferrals:
    @pytest.mark.parametrize("after", STATES)
    @pytest.mark.parametrize("before", STATES)
    def test_only_what_may_follow_follows(self, applicant, work, before, after):
        referral = make_referral(applicant, by=work.tim)
        put_into(referral, before, work.tim)
        if after in NEXT[before]:
            operations.answer(referral=referral, state=after, by=work.olga)
            expected = after
        else:
            with pytest.raises(NoSuchStep):
                operations.answer(referral=referral, state=after, by=work.olga)
            expected = before

        referral.refresh_from_db()
        assert referral.state == expected

    def test_done_meets_the_need(self, applicant, work):
        referral = make_referral(applicant, by=work.tim)
        put_into(referral, "done", work.tim)

        need = Need.objects.get()
        assert (need.outcome, need.ended_by) == ("met", work.tim)

    def test_a_refusal_leaves_it_open_and_others_can_be_asked(self, applicant, work):
        referral = make_referral(applicant, by=work.tim)
        put_into(referral, "refused", work.tim)

        assert Need.objects.get().ended_at is None
        other = make_provider(by=work.tim, name="Autre maison")
        operations.offer(id=random_id(), need=referral.need, provider=other, by=work.tim)
        operations.offer(id=random_id(), need=referral.need, provider=referral.provider, by=work.tim)

    def test_for_a_need_that_ended_nobody_is_asked(self, applicant, work):
        need, provider = make_need(applicant, by=work.tim), make_provider(by=work.tim)
        operations.end_need(need=need, outcome="dropped", by=work.tim)
        with pytest.raises(EndedAlready):
            operations.offer(id=random_id(), need=need, provider=provider, by=work.tim)

    def test_a_provider_that_is_none_is_not_found(self, browse, work):
        assert browse(work.tim).get(reverse("needs:provider", args=[random_id()])).status_code == 404

    def test_a_provider_is_asked_once_at_a_time(self, applicant, work):
        referral = make_referral(applicant, by=work.tim)
        with pytest.raises(AskedAlready):
            operations.offer(id=random_id(), need=referral.need, provider=referral.provider, by=work.olga)
        again = operations.offer(id=referral.pk, need=referral.need, provider=referral.provider, by=work.tim)

        assert again == referral
        assert Referral.objects.count() == 1

    def test_who_takes_nobody_is_not_asked(self, applicant, work):
        provider = make_provider(by=work.tim)
        operations.close_provider(provider=provider, closed=True, by=work.tim)
        need = make_need(applicant, by=work.tim)
        with pytest.raises(ProviderClosed):
            operations.offer(id=random_id(), need=need, provider=provider, by=work.tim)
        assert provider not in queries.providers_for(need)

        operations.close_provider(provider=provider, closed=False, by=work.tim)
        assert provider in queries.providers_for(need)

    def test_no_partner_is_asked_for_who_says_no(self, applicant, work):
        need, provider = make_need(applicant, by=work.tim), make_provider(by=work.tim)
        agree(applicant, "partner", by=work.tim, agrees=False)
        with pytest.raises(NotToPartners):
            operations.offer(id=random_id(), need=need, provider=provider, by=work.tim)

        agree(applicant, "partner", by=work.tim)
        operations.offer(id=random_id(), need=need, provider=provider, by=work.tim)

    def test_two_weeks_later_somebody_is_reminded_until_there_is_an_answer(self, applicant, work):
        referral = make_referral(applicant, by=work.tim)
        deadline = Deadline.objects.get(rule=ASK_AGAIN)
        assert timezone.localtime(deadline.due_at).date() == timezone.localdate() + timedelta(days=14)

        put_into(referral, "accepted", work.tim)
        deadline.refresh_from_db()
        assert deadline.met_at


class TestPages:
    def url(self, name, *args):
        return reverse(f"needs:{name}", args=args)

    def test_from_the_need_to_the_help(self, browse, work, applicant):
        make_provider(by=work.tim)
        tim = browse(work.tim)
        said = {"kind": "housing", "urgency": "3", "since": "2026-11-02", "new_id": str(random_id())}
        assert tim.send(self.url("add", applicant.pk), **said, known="sleeps in a car").status_code == 204
        need = Need.objects.get()
        asked = {"provider": str(Provider.objects.get().pk), "new_id": str(random_id())}
        assert tim.send(self.url("offer", need.pk), **asked).status_code == 204
        referral = Referral.objects.get()
        shown = tim.get(self.url("panel", applicant.pk)).content.decode()
        assert "sleeps in a car" in shown
        assert self.url("accepted", referral.pk) in shown
        tim.send(self.url("accepted", referral.pk))
        tim.send(self.url("helped", referral.pk))

        need.refresh_from_db()
        assert need.outcome == "met"
        listed = tim.get(self.url("providers")).content.decode()
        assert "1 helped" in listed

    def test_a_name_in_the_words_is_noticed(self, browse, work, applicant):
        make_kind()
        tim = browse(work.tim, unlocked=True)
        said = {"kind": "housing", "urgency": "3", "since": "2026-11-02", "new_id": str(random_id())}
        answer = tim.send(self.url("add", applicant.pk), **said, known=f"{NAME} sleeps in a car")

        assert answer.status_code == 422
        assert not Need.objects.exists()

    def test_wrong_days_are_said_beside_the_field(self, browse, work, applicant):
        make_kind()
        day = timezone.localdate() + timedelta(days=1)
        said = {"kind": "housing", "urgency": "3", "since": day.isoformat(), "new_id": str(random_id())}
        answer = browse(work.tim).send(self.url("add", applicant.pk), **said, known="kept")

        assert list(answer.context["form"].errors) == ["since"]
        assert answer.context["form"]["known"].value() == "kept"

    def test_the_list_holds_what_one_sees_and_takes_as_many_queries_for_many(self, browse, work, applicant):
        tim = browse(work.tim)
        make_referral(applicant, by=work.tim)
        other = make_applicant(by=work.nina, pseudonym="Lotus 12")
        make_need(other, by=work.nina)

        def counted():
            with CaptureQueriesContext(
                connection,
            ) as found:
                page = tim.get(self.url("needs"))
            return len(found), page.content.decode()

        few, shown = counted()
        assert "Grey Heron" in shown
        assert "Lotus 12" not in shown
        for number in range(20):
            make_need(make_applicant(by=work.olga), by=work.olga, kind=make_kind(f"kind-{number % 3}"))
        assert counted()[0] == few

    def test_what_ends_and_what_cannot_is_told_apart_on_the_page(self, browse, work, applicant):
        referral = make_referral(applicant, by=work.tim)
        tim = browse(work.tim)
        assert tim.send(self.url("answer", referral.pk), state="done").status_code == 422
        assert tim.send(self.url("answer", referral.pk), state="refused", known="full").status_code == 204
        assert "full" in tim.get(self.url("panel", applicant.pk)).content.decode()
        assert tim.send(self.url("end", referral.need_id), outcome="dropped").status_code == 204
        again = tim.send(self.url("end", referral.need_id), outcome="met")
        assert again.status_code == 422
        assert "ended this already" in again.content.decode()

    @pytest.mark.parametrize("name", ["end", "offer"])
    def test_who_may(self, browse, work, applicant, name):
        need = make_need(applicant, by=work.tim)

        assert browse(work.nina).get(self.url(name, need.pk)).status_code == 404
        assert browse(work.audrey).get(self.url(name, need.pk)).status_code == 403

    def test_a_provider_is_added_once_and_changed(self, browse, work):
        make_kind()
        tim = browse(work.tim)
        said = {"name": "Maison", "kinds": "housing", "country": "FR", "new_id": str(random_id())}
        for _ in range(2):
            tim.send(self.url("provider_add"), **said)
        kept = Provider.objects.get()
        tim.send(self.url("provider", kept.pk), **said | {"name": "La Maison", "languages": "ru"})

        kept.refresh_from_db()
        assert (kept.name, kept.languages) == ("La Maison", ["ru"])
        twin = tim.send(self.url("provider_add"), **said | {"name": "La Maison", "new_id": str(random_id())})
        assert list(twin.context["form"].errors) == ["name"]


def test_the_kinds_come_from_a_file_in_three_languages(db):
    [shelf] = [shelf for shelf in SHELVES if "need_kinds" in shelf.files]
    NeedKind.objects.bulk_create(NeedKind(**row) for row in shelf.read()["need_kinds"])

    assert {"psychological", "housing", "language", "work", "school", "medical", "safe-place"} <= set(
        queries.kinds().values_list("pk", flat=True)
    )
