"""Claire is frozen: she and Ana can open the name of Lotus 47, nobody else. Dora directs, Paul audits, Olga is outside."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.applicants.operations import share_with_person
from cases.applicants.operations.guarded import Guarded
from cases.audit.models import Entry
from cases.desk.breaches import clock, operations, queries
from cases.desk.models import Breach, Exposed
from cases.desk.refusals import (
    BreachClosed,
    InTheFuture,
    NotBefore,
    NotDecided,
    NotLater,
    PeopleNotWarned,
    WarnedAlready,
)
from cases.staff import operations as staff
from cases.staff.models import Announcement
from cases.vault import operations as vault
from cases.vault.queries import item_of
from tests.desk.cases import CONTACT, TOKENS, set_task, take_in, take_in_many, text_of
from tests.scanner import leaks
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
HOUR = timedelta(hours=1)


@pytest.fixture
def case(world):
    return take_in(world)


def freeze(world, whom="claire", by="viktor"):
    people = world.people
    staff.freeze(user=people[whom], kind="arrested", reason="searched at the airport", by=people[by])
    return Breach.objects.get(user=people[whom], closed_at=None)


def noticed_ago(breach, **ago):
    """As if it had been noticed and opened some time ago."""
    at = timezone.now() - timedelta(**ago)
    Breach.objects.filter(pk=breach.pk).update(noticed_at=at, opened_at=at)
    breach.refresh_from_db()


def decide(world, breach, decision="notify"):
    operations.decide(breach=breach, decision=decision, reason="names", by=world.people["dora"])


def warn(world, exposed, by="ana"):
    operations.warn(exposed=exposed, note="", guarded=Guarded(), by=world.people[by])


def out_of_sight(world):
    """A case of Olga's, which Claire works on and can open, and the team does not see."""
    olga, claire = world.people["olga"], world.people["claire"]
    other = take_in(world, "Piano 12", by="olga", team=None)
    share_with_person(applicant=other, person=claire, to="work", expires_at=None, by=olga)
    unlocked = vault.unlock(user=olga, passphrase=world.words["olga"])
    vault.give_access(safe=other.identity_safe, to=claire, unlocked=unlocked, by=olga, reason="x")
    return other


class TestWhoIsExposed:
    def test_all_that_the_frozen_one_can_open(self, world, case):
        take_in(world, "Piano 12", by="olga", team=None)
        breach = freeze(world)

        one = breach.people.get()
        assert (one.applicant, one.name, one.account, one.opened_at) == (case, True, True, None)

    def test_and_what_was_opened_lately_though_it_cannot_be_opened_now(self, world, case):
        claire, ana, viktor = (world.people[name] for name in ("claire", "ana", "viktor"))
        unlocked = {
            one: vault.unlock(user=one, passphrase=world.words[one.username]) for one in (claire, ana)
        }
        safe = case.identity_safe
        vault.give_access(safe=safe, to=viktor, unlocked=unlocked[ana], by=ana, reason="x")
        vault.open_item(item=item_of(safe, "identity"), reason="x", unlocked=unlocked[claire], by=claire)
        vault.revoke_access(safe=safe, of=claire, by=ana, reason="x")
        one = freeze(world).people.get()

        assert (one.name, one.opened_at) == (
            True,
            Entry.objects.filter(action="vault.opened").latest("id").at,
        )

    def test_what_was_opened_stands_first(self, world):
        first, second = take_in_many(world, 2)
        claire = world.people["claire"]
        unlocked = vault.unlock(user=claire, passphrase=world.words["claire"])
        vault.open_item(
            item=item_of(second.identity_safe, "identity"), reason="x", unlocked=unlocked, by=claire
        )

        assert [one.applicant for one in freeze(world).people.all()] == [second, first]

    def test_a_freeze_after_a_lost_device_goes_on_with_the_same_list_and_clock(self, world, case):
        breach = operations.report_device(what="in a taxi", by=world.people["claire"])
        noticed_ago(breach, hours=5)
        warn(world, breach.people.get())
        take_in(world, "Piano 13")
        freeze(world)

        assert Breach.objects.get().noticed_at == breach.noticed_at
        assert sorted(breach.people.values_list("applicant__pseudonym", flat=True)) == [
            "Lotus 47",
            "Piano 13",
        ]
        assert breach.people.filter(warned_at__isnull=False).count() == 1

    def test_those_who_lead_and_the_auditor_are_told(self, world, case):
        freeze(world)

        told = Announcement.objects.filter(code="breach_opened").values_list("to__username", flat=True)
        assert sorted(told) == ["ana", "dora", "paul"]

    def test_a_lost_device_ends_the_logins_and_opens_it_too(self, world, case):
        client = visit(world, "claire")
        answer = client.post("/emergency/device/", {"what": "telephone, in a taxi"}, **FETCH)

        assert answer["HX-Redirect"] == "/login/"
        assert client.get("/").status_code == 302
        breach = Breach.objects.get()
        assert (breach.user, breach.kind, breach.what) == (
            world.people["claire"],
            "lost",
            "telephone, in a taxi",
        )
        assert not world.people["claire"].is_barred

    def test_a_device_without_a_word_is_not_reported(self, world):
        assert visit(world, "claire").post("/emergency/device/", {"what": ""}, **FETCH).status_code == 422
        assert not Breach.objects.exists()


class TestWhoSeesWhat:
    def url(self, breach, page=""):
        return f"/emergency/exposed/{breach.pk}/{page}"

    def test_who_leads_sees_all_with_whom_to_ask(self, world, case):
        page = text_of(visit(world, "dora").get(self.url(freeze(world))))

        assert "Lotus 47" in page
        assert "claire (claire)" in page
        assert "Kazakhstan" in page
        assert case.get_absolute_url() not in page
        assert leaks(TOKENS, page) == []

    def test_a_colleague_sees_those_of_own_cases_and_how_many_more(self, world, case):
        out_of_sight(world)
        page = text_of(visit(world, "viktor").get(self.url(freeze(world))))

        assert ("Lotus 47" in page, "Piano 12" in page) == (True, False)
        assert "1 person of a case that you do not see" in page

    def test_the_auditor_sees_numbers(self, world, case):
        page = text_of(visit(world, "paul").get(self.url(freeze(world))))

        assert "Lotus 47" not in page
        assert "0 / 1" in page

    def test_the_administrator_none(self, world, case):
        breach = freeze(world)
        client = visit(world, "mira")

        assert client.get(self.url(breach)).status_code == 404
        assert "Nobody is exposed" in text_of(client.get("/emergency/exposed/"))

    def test_the_facts_are_without_names_and_pseudonyms(self, world, case):
        breach = freeze(world)
        page = text_of(visit(world, "paul").get(self.url(breach, "facts/")))

        assert "searched at the airport" in page
        assert "KZ 1" in page
        assert "Lotus 47" not in page
        assert "claire" not in page
        assert leaks(TOKENS, page) == []

    def test_a_settled_one_is_read_by_those_who_lead_only(self, world, case):
        breach = freeze(world)
        decide(world, breach, "no_need")
        operations.close_breach(breach=breach, by=world.people["dora"])

        assert [visit(world, who).get(self.url(breach)).status_code for who in ("viktor", "ana", "paul")] == [
            404,
            200,
            200,
        ]

    def test_many_cost_no_more(self, world, django_assert_num_queries):
        take_in_many(world, 1)
        breach = freeze(world)
        ana = world.people["ana"]
        queries.rows_for(ana, queries.exposed_to(ana).filter(breach=breach))
        with django_assert_num_queries(3):
            queries.rows_for(ana, queries.exposed_to(ana).filter(breach=breach))
        for number in (1, 2):
            Exposed.objects.create(
                breach=breach, applicant=take_in(world, f"Lotus {number}"), name=True, account=True
            )
        with django_assert_num_queries(3):
            assert len(queries.rows_for(ana, queries.exposed_to(ana).filter(breach=breach))) == 3


class TestCalling:
    def open(self, world, exposed, who="ana", unlocked=True):
        return visit(world, who, unlocked=unlocked).post(f"/emergency/people/{exposed.pk}/open/", **FETCH)

    def test_who_holds_the_name_opens_it_to_call(self, world, case):
        exposed = freeze(world).people.get()
        answer = self.open(world, exposed)

        assert answer.status_code == 200
        assert CONTACT["phone"] in text_of(answer)
        row = Entry.objects.latest("id")
        assert (row.actor, row.action, row.detail) == ("ana", "vault.opened_quietly", "to warn: 2")

    @pytest.mark.parametrize(("who", "unlocked"), [("ana", False), ("viktor", True), ("dora", True)])
    def test_nobody_else(self, world, case, who, unlocked):
        answer = self.open(world, freeze(world).people.get(), who, unlocked)

        assert answer.status_code == 422
        assert leaks(TOKENS, text_of(answer)) == []

    def test_outsiders_and_plain_forms(self, world, case):
        exposed = freeze(world).people.get()
        url = f"/emergency/people/{exposed.pk}/open/"

        assert visit(world, "olga", unlocked=True).post(url, **FETCH).status_code == 404
        assert visit(world, "ana", unlocked=True).post(url).status_code == 400
        assert visit(world, "ana").get(url).status_code == 405

    def test_a_tick_says_who_and_when(self, world, case):
        breach = freeze(world)
        exposed = breach.people.get()
        client = visit(world, "ana")
        answer = client.post(f"/emergency/people/{exposed.pk}/warn/", {"note": "changes the flat"}, **FETCH)

        exposed.refresh_from_db()
        assert answer["HX-Redirect"] == f"/emergency/exposed/{breach.pk}/"
        assert (exposed.warned_by, exposed.note) == (world.people["ana"], "changes the flat")
        assert "1 / 1" in text_of(client.get(answer["HX-Redirect"]))
        row = Entry.objects.latest("id")
        assert (row.action, row.about, row.detail) == (
            "desk.exposed_warned",
            str(case.pk),
            "changes the flat",
        )

    def test_a_note_that_tells_the_name_is_shown_first(self, world, case):
        exposed = freeze(world).people.get()
        client = visit(world, "ana", unlocked=True)
        url = f"/emergency/people/{exposed.pk}/warn/"
        answer = client.post(url, {"note": "Тихон знает"}, **FETCH)
        assert answer.status_code == 422
        assert "This may tell who somebody is." in text_of(answer)

        client.post(url, {"note": "Тихон знает", "leak": "replace"}, **FETCH)
        exposed.refresh_from_db()
        assert leaks(TOKENS, exposed.note) == []

    def test_two_who_tick_and_one_who_takes_it_back(self, world, case):
        exposed = freeze(world).people.get()
        warn(world, exposed)
        with pytest.raises(WarnedAlready):
            warn(world, exposed, "viktor")
        visit(world, "viktor").post(f"/emergency/people/{exposed.pk}/unwarn/")

        exposed.refresh_from_db()
        assert (exposed.warned_at, exposed.warned_by) == (None, None)

    def test_outsiders_tick_nothing(self, world, case):
        exposed = freeze(world).people.get()
        assert (
            visit(world, "olga").post(f"/emergency/people/{exposed.pk}/warn/", {}, **FETCH).status_code == 404
        )


class TestClock:
    @pytest.mark.parametrize(
        ("ago", "said", "late"),
        [
            ({"hours": 10, "minutes": 30}, "61 hours left", False),
            ({"hours": 71, "minutes": 30}, "less than an hour left", False),
            ({"hours": 75, "minutes": 30}, "overdue by 3 hours", True),
        ],
    )
    def test_runs_from_when_it_was_noticed(self, world, ago, said, late):
        breach = freeze(world)
        noticed_ago(breach, **ago)

        assert (clock.left(breach), breach.is_late) == (said, late)

    def test_overdue_it_is_red_on_the_desks_of_those_who_answer_for_it(self, world, case):
        noticed_ago(freeze(world), hours=80)
        for who in ("dora", "paul"):
            page = text_of(visit(world, who).get("/"))
            assert "overdue by 8 hours" in page
            assert 'notice-danger" role="alert"' in page
        assert "overdue by 8 hours" not in text_of(visit(world, "olga").get("/"))

    def test_it_may_start_earlier_and_never_later(self, world):
        breach = freeze(world)
        before = breach.noticed_at
        dora = world.people["dora"]
        operations.set_noticed(breach=breach, at=before - 3 * HOUR, reason="she called at night", by=dora)
        breach.refresh_from_db()
        assert breach.due_at == before - 3 * HOUR + timedelta(hours=72)

        with pytest.raises(NotLater):
            operations.set_noticed(breach=breach, at=before, reason="x", by=dora)

    def test_decided_notified_warned_settled(self, world, case):
        breach, dora = freeze(world), world.people["dora"]
        at = timezone.now()
        with pytest.raises(NotDecided):
            operations.record_notice(breach=breach, at=at, reference="", by=dora)
        with pytest.raises(NotDecided):
            operations.close_breach(breach=breach, by=dora)
        decide(world, breach)
        for moment, refusal in ((at + HOUR, InTheFuture), (breach.noticed_at - HOUR, NotBefore)):
            with pytest.raises(refusal):
                operations.record_notice(breach=breach, at=moment, reference="", by=dora)
        operations.record_notice(breach=breach, at=timezone.now(), reference="CNIL 77", by=dora)
        with pytest.raises(PeopleNotWarned):
            operations.close_breach(breach=breach, by=dora)
        warn(world, breach.people.get())
        operations.close_breach(breach=breach, by=dora)

        breach.refresh_from_db()
        assert (breach.is_settled, breach.reference, breach.closed_by) == (True, "CNIL 77", dora)
        with pytest.raises(BreachClosed):
            decide(world, breach, "no_need")

    def test_the_database_holds_it_too(self, world):
        breach = freeze(world)
        for wrong in (
            {"decision": "notify"},
            {"notified_at": timezone.now()},
            {"closed_at": timezone.now(), "closed_by": world.people["dora"]},
            {"noticed_at": timezone.now() + HOUR},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Breach.objects.filter(pk=breach.pk).update(**wrong)

    @pytest.mark.parametrize(
        ("page", "sent", "said"),
        [
            ("noticed", {"at": "2999-01-01T10:00", "reason": "x"}, "The clock cannot start later"),
            ("noticed", {"at": "nonsense", "reason": "because"}, "Enter a valid date/time."),
            ("decide", {"decision": "notify", "reason": ""}, "This field is required."),
            ("notified", {"at": "2026-01-01T10:00", "reference": "R 1"}, "First decide whether"),
            ("close", {"sent": "1"}, "First decide whether"),
        ],
    )
    def test_what_does_not_fit_is_said_and_kept(self, world, page, sent, said):
        breach = freeze(world)
        answer = visit(world, "dora").post(f"/emergency/exposed/{breach.pk}/{page}/", sent, **FETCH)

        assert answer.status_code == 422
        assert said in text_of(answer)
        assert all(
            value in text_of(answer) for key, value in sent.items() if value and key in ("at", "reference")
        )

    def test_by_the_pages(self, world):
        breach = freeze(world)
        client, url = visit(world, "dora"), f"/emergency/exposed/{breach.pk}/"
        client.post(f"{url}decide/", {"decision": "no_need", "reason": "the disk is encrypted"}, **FETCH)
        client.post(f"{url}close/", {"sent": "1"}, **FETCH)

        breach.refresh_from_db()
        assert (breach.decision, breach.decided_by, breach.closed_by) == ("no_need",) + (
            world.people["dora"],
        ) * 2
        done = Entry.objects.filter(actor="dora").order_by("-id")[:2]
        assert [row.action for row in done] == ["desk.breach_closed", "desk.breach_decided"]


class TestDeputy:
    def test_sees_the_tasks_of_cases_in_sight_and_how_many_there_are_beside(self, world, case):
        claire = world.people["claire"]
        set_task(world, case, days=1, title="Ring the lawyer")
        set_task(world, out_of_sight(world), title="Buy the ticket")
        staff.begin_travel(until=None, deputy=world.people["viktor"], by=claire)
        page = text_of(visit(world, "viktor").get("/"))

        assert "In the place of claire" in page
        assert ("Ring the lawyer" in page, "Buy the ticket" in page, "Piano 12" in page) == (
            True,
            False,
            False,
        )
        assert "1 more, of a case that you do not see." in page
        assert f"/emergency/travel/{claire.pk}/ask/" in page
        assert "In the place of" not in text_of(visit(world, "ana").get("/"))

    def test_all_when_they_are_shared(self, world, case):
        other = out_of_sight(world)
        set_task(world, other, title="Buy the ticket")
        viktor = world.people["viktor"]
        share_with_person(
            applicant=other, person=viktor, to="read", expires_at=None, by=world.people["claire"]
        )
        staff.begin_travel(until=None, deputy=viktor, by=world.people["claire"])
        page = text_of(visit(world, "viktor").get("/"))

        assert "Buy the ticket" in page
        assert "that you do not see" not in page
