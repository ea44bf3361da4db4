"""Claire gets mails at 07:00 in Astana, two hours after Greenwich's midnight."""

from datetime import UTC, datetime, timedelta
from email import message_from_string, policy
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from cases.alarms.operations import REVIEW_TITLE, add_risk, raise_alarm
from cases.applicants.models import Task
from cases.desk.mailing import notice, send_notices
from cases.desk.queries.notices import ready_for_mail, waiting_number
from cases.desk.tasks import mail_notices
from cases.staff import operations as staff
from cases.staff.models import Announcement, User, random_id
from cases.staff.refusals import NoAddress
from cases.vault.budget import today
from cases.vault.models import MoreOpenings
from ngo import environment
from tests.desk.cases import TOKENS, set_task, take_in, text_of
from tests.scanner import leaks
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
HEADERS = {
    "Content-Type",
    "MIME-Version",
    "Content-Transfer-Encoding",
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
}
TODAY = timezone.now().astimezone(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "https://cases.invalid"


@pytest.fixture
def claire(world):
    User.objects.filter(username="claire").update(email="claire@mail.invalid", time_zone="Asia/Almaty")
    world.people["claire"].refresh_from_db()
    return world.people["claire"]


def written_out(sent):
    """A mail as it is read: no header and no part is left encoded."""
    read = message_from_string(sent.message().as_string(), policy=policy.default)
    headers = [f"{name}: {value}" for name, value in read.items()]
    return "\n".join([*headers, read.get_content()])


def choose(user, notices):
    staff.choose_notices(user=user, notices=notices, by=user)


def announce(user, code="mentioned", **more):
    staff.announce(code=code, to=[user], **more)


class TestWhatItSays:
    def test_the_number_and_a_link_and_nothing_else(self, world, claire):
        applicant = take_in(world)
        applicant.deadlines.all().delete()
        set_task(world, applicant, days=-1, title="Call Тихон")
        raise_alarm(id=random_id(), applicant=applicant, kind="detained", by=world.people["viktor"])
        send_notices(now=TODAY)
        [sent] = mail.outbox

        number = waiting_number(claire)
        assert number > 1
        assert sent.subject == f"{number} things wait for you"
        assert sent.body == f"{number} things wait for you:\nhttps://cases.invalid/\n"
        assert sent.to == ["claire@mail.invalid"]
        assert {name for name, _value in sent.message().items()} == HEADERS
        whole = written_out(sent)
        told = [
            *TOKENS,
            applicant.pseudonym,
            str(applicant.pk),
            "viktor",
            "detained",
            "alarm",
            "Safe Conduct",
        ]
        assert leaks(told, whole) == []
        # The same look finds what is planted.
        sent.body += applicant.pseudonym
        assert leaks(told, written_out(sent)) == [applicant.pseudonym]

    def test_what_is_planted_is_found_in_every_part_of_a_mail(self, world):
        planted = notice(5, "claire@mail.invalid")
        planted.subject += " Зимородков"
        planted.body += "Тихон"
        planted.extra_headers["X-Case"] = "Ладович"

        assert set(leaks(TOKENS, written_out(planted))) == {"Зимородков", "Тихон", "Ладович"}

    @pytest.mark.parametrize(
        ("language", "number", "said"),
        [
            ("en", 1, "1 thing waits for you"),
            ("en", 2, "2 things wait for you"),
            ("fr", 1, "1 élément vous attend"),
            ("fr", 2, "2 éléments vous attendent"),
            ("ru", 1, "Вас ждёт 1 дело"),
            ("ru", 3, "Вас ждут 3 дела"),
            ("ru", 5, "Вас ждут 5 дел"),
        ],
    )
    def test_one_and_many_in_the_language_of_the_colleague(self, world, claire, language, number, said):
        User.objects.filter(pk=claire.pk).update(language=language)
        for _ in range(number):
            announce(claire)
        send_notices(now=TODAY)

        assert [(one.subject, one.body) for one in mail.outbox] == [
            (said, f"{said}:\nhttps://cases.invalid/\n")
        ]

    def test_the_id_of_the_mail_names_no_machine(self):
        assert notice(1, "x@mail.invalid").message()["Message-ID"].endswith("@cases.invalid>")

    def test_where_nothing_waits_no_mail_goes(self, world, claire):
        send_notices(now=TODAY)

        assert mail.outbox == []

    def test_the_number_is_what_the_desk_shows(self, world, claire):
        applicant = take_in(world)
        applicant.deadlines.all().delete()
        for days in (-2, 0, 3):
            set_task(world, applicant, days=days)
        announce(claire)

        assert waiting_number(claire) == 3

    def test_a_deputy_is_told_of_what_is_due_in_the_others_place(self, world, claire):
        viktor = world.people["viktor"]
        applicant = take_in(world)
        applicant.deadlines.all().delete()
        set_task(world, applicant, days=0)
        set_task(world, applicant, days=5)
        assert waiting_number(viktor) == 0
        staff.set_away(user=claire, until=timezone.localdate(), deputy=viktor, by=claire)

        assert waiting_number(viktor) == 1


class TestWhen:
    @pytest.mark.parametrize(("minute", "goes"), [(-1, False), (0, True), (300, True)])
    def test_in_the_morning_where_one_is(self, world, claire, minute, goes):
        announce(claire)
        # Since 2024 the clocks of Almaty are five hours ahead of Greenwich.
        seven = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
        User.objects.update(mailed_at=seven - timedelta(hours=20))
        send_notices(now=seven + timedelta(minutes=minute))

        assert bool(mail.outbox) is goes

    def test_once_a_day(self, world, claire):
        announce(claire)
        for hours in (0, 1, 5, 24):
            send_notices(now=TODAY + timedelta(hours=hours))

        assert len(mail.outbox) == 2

    @pytest.mark.parametrize(("chosen", "mails"), [("daily", 0), ("at_once", 1), ("off", 0)])
    def test_what_is_new_is_said_at_once_to_who_wants_that(self, world, claire, chosen, mails):
        choose(claire, chosen)
        User.objects.update(mailed_at=timezone.now())
        announce(claire)
        for _ in range(2):
            send_notices(now=timezone.now() + timedelta(seconds=1))

        assert len(mail.outbox) == mails

    def test_a_task_of_a_colleague_is_new_and_one_of_ones_own_is_not(self, world, claire):
        choose(claire, "at_once")
        applicant = take_in(world)
        applicant.deadlines.all().delete()
        User.objects.update(mailed_at=timezone.now())
        own = set_task(world, applicant, days=0)
        send_notices(now=timezone.now())
        assert mail.outbox == []
        own.created_by = world.people["ana"]
        own.save()
        send_notices(now=timezone.now())

        assert len(mail.outbox) == 1

    def test_what_is_due_later_is_no_news_and_what_colleagues_ask_is(self, world, claire):
        choose(claire, "at_once")
        applicant = take_in(world, by="viktor", owner="viktor")
        applicant.deadlines.all().delete()
        announce(claire)
        User.objects.update(mailed_at=timezone.now())
        given = set_task(world, applicant, days=10, owner="claire")
        Task.objects.filter(pk=given.pk).update(created_by=world.people["viktor"])
        send_notices(now=timezone.now())
        assert mail.outbox == []
        ana = world.people["ana"]
        MoreOpenings.objects.create(asker=ana, day=today(), number=10)
        send_notices(now=timezone.now())

        assert [one.subject for one in mail.outbox] == ["2 things wait for you"]

    def test_a_deputy_hears_at_once_of_a_task_for_who_is_away(self, world, claire):
        viktor = world.people["viktor"]
        applicant = take_in(world, by="viktor", owner="viktor")
        applicant.deadlines.all().delete()
        choose(claire, "at_once")
        staff.set_away(user=viktor, until=timezone.localdate(), deputy=claire, by=viktor)
        User.objects.update(mailed_at=timezone.now())
        given = set_task(world, applicant, days=0, owner="viktor")
        Task.objects.filter(pk=given.pk).update(created_by=world.people["ana"])
        send_notices(now=timezone.now())

        assert [one.subject for one in mail.outbox] == ["1 thing waits for you"]

    def test_the_day_of_a_risk_is_counted_until_somebody_says_that_it_is_still_there(self, world, claire):
        applicant = take_in(world)
        applicant.deadlines.all().delete()
        found = add_risk(
            id=random_id(),
            applicant=applicant,
            kind="police",
            severity=2,
            happened_on=timezone.localdate() - timedelta(days=30),
            review_on=timezone.localdate(),
            by=claire,
        )
        assert waiting_number(claire) == 1
        seen, keep = visit(world, "claire").get("/"), reverse("alarms:keep_risk", args=[found.pk])
        assert str(REVIEW_TITLE) in text_of(seen)
        assert keep in seen.content.decode()
        assert reverse("applicants:part", args=[applicant.pk, "risks"]) in seen.content.decode()
        answer = visit(world, "claire").post(keep, HTTP_HX_CURRENT_URL="http://testserver/", **FETCH)
        assert (answer.status_code, answer["HX-Redirect"]) == (204, "/")

        assert waiting_number(claire) == 0
        assert str(REVIEW_TITLE) not in text_of(visit(world, "claire").get("/"))

    def test_two_workers_at_once_send_one_mail(self, world, claire, monkeypatch):
        announce(claire)
        send = EmailBackend.send_messages

        def meanwhile(backend, messages):
            assert send_notices(now=TODAY) == 0
            return send(backend, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", meanwhile)

        assert send_notices(now=TODAY) == 1
        assert len(mail.outbox) == 1

    def test_one_who_left_for_a_border_since_the_list_was_made_gets_none(self, world, claire, monkeypatch):
        announce(claire)
        listed = ready_for_mail()
        travelling = {"travelling_since": timezone.now(), "deputy": world.people["ana"]}
        User.objects.filter(pk=claire.pk).update(**travelling)
        monkeypatch.setattr("cases.desk.mailing.ready_for_mail", lambda: listed)

        assert (send_notices(now=TODAY), mail.outbox) == (0, [])

    def test_the_task_runs_every_five_minutes(self):
        [task] = [
            one for one in app.periodic_registry.periodic_tasks.values() if one.task.func is mail_notices.func
        ]

        assert task.cron == "*/5 * * * *"


class TestToWhom:
    def test_by_itself_to_who_has_an_address_and_not_to_the_others(self, world, claire):
        for name in ("claire", "viktor"):
            announce(world.people[name])
        send_notices(now=TODAY)

        assert [one.to for one in mail.outbox] == [["claire@mail.invalid"]]
        assert (claire.notice_pace, world.people["viktor"].notice_pace) == ("daily", "off")

    @pytest.mark.parametrize("gone", ["travelling", "frozen", "away", "closed"])
    def test_none_to_who_is_searched_at_a_border_or_away(self, world, claire, gone):
        now = timezone.now()
        facts = {
            "travelling": {"travelling_since": now, "deputy": world.people["ana"]},
            "frozen": {"frozen_at": now},
            "away": {"away_until": timezone.localdate(), "deputy": world.people["ana"]},
            "closed": {"is_active": False},
        }[gone]
        choose(claire, "at_once")
        announce(claire)
        User.objects.filter(pk=claire.pk).update(**facts)
        send_notices(now=TODAY)
        assert mail.outbox == []
        back = {"travelling_since": None, "frozen_at": None, "away_until": None, "deputy": None}
        User.objects.filter(pk=claire.pk).update(is_active=True, **back)
        send_notices(now=TODAY)

        assert len(mail.outbox) == 1

    def test_one_that_does_not_go_holds_up_nobody_and_is_tried_again(
        self, world, claire, caplog, monkeypatch
    ):
        User.objects.filter(username="ana").update(email="ana@mail.invalid")
        for name in ("claire", "ana"):
            announce(world.people[name])
        send = EmailBackend.send_messages

        def broken(backend, messages):
            if messages[0].to == ["ana@mail.invalid"]:
                raise SMTPException("550 ana@mail.invalid")
            return send(backend, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", broken)
        assert send_notices(now=TODAY) == 1
        assert "mail.invalid" not in caplog.text
        monkeypatch.setattr(EmailBackend, "send_messages", send)
        assert send_notices(now=TODAY) == 1

        assert [one.to for one in mail.outbox] == [["claire@mail.invalid"], ["ana@mail.invalid"]]

    @pytest.mark.parametrize(
        ("failure", "tries"),
        [
            (ConnectionRefusedError("mail.invalid"), 3),
            (TimeoutError("mail.invalid"), 3),
            (SMTPServerDisconnected("mail.invalid"), 3),
            (SMTPRecipientsRefused({"x@mail.invalid": (550, b"x@mail.invalid")}), 5),
            (ValueError("x@mail.invalid"), 5),
        ],
    )
    def test_a_server_that_does_not_answer_is_soon_left_alone(
        self, world, claire, caplog, monkeypatch, failure, tries
    ):
        names = ["claire", "ana", "viktor", "olga", "paul"]
        for name in names:
            User.objects.filter(username=name).update(email=f"{name}@mail.invalid")
            announce(world.people[name])
        before, tried = dict(User.objects.values_list("pk", "mailed_at")), []

        def broken(backend, messages):
            tried.extend(messages)
            raise failure

        monkeypatch.setattr(EmailBackend, "send_messages", broken)

        assert (send_notices(now=TODAY), len(tried)) == (0, tries)
        assert dict(User.objects.values_list("pk", "mailed_at")) == before
        assert "could not be sent" in caplog.text
        assert leaks(["mail.invalid", *names], caplog.text) == []


class TestChoosing:
    url = "/account/notices/"

    def test_it_is_chosen_and_recorded(self, world, claire, recorded):
        browser = visit(world, "claire")
        assert browser.get(self.url).context["form"]["notices"].value() == "daily"
        assert browser.post(self.url, {"notices": "at_once"}, **FETCH).status_code == 204

        claire.refresh_from_db()
        assert claire.notice_pace == "at_once"
        assert recorded("staff.notices_chosen") == [("claire", "staff.notices_chosen", "at_once")]
        assert "at once, and in the morning" in browser.get("/account/").content.decode()

    def test_without_an_address_only_never_can_be_chosen(self, world):
        browser = visit(world, "viktor")
        answer = browser.post(self.url, {"notices": "daily"}, **FETCH)

        assert answer.status_code == 422
        assert answer.context["form"].errors == {"notices": [str(NoAddress())]}
        assert browser.post(self.url, {"notices": "off"}, **FETCH).status_code == 204
        with pytest.raises(NoAddress):
            choose(world.people["viktor"], "daily")

    def test_what_is_no_choice_is_refused_also_by_the_database(self, world, claire):
        assert visit(world, "claire").post(self.url, {"notices": "hourly"}, **FETCH).status_code == 422
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=claire.pk).update(notices="hourly")

    def test_who_takes_the_address_away_gets_none(self, world, claire):
        choose(claire, "at_once")
        User.objects.filter(pk=claire.pk).update(email="")
        announce(claire)
        send_notices(now=TODAY)

        assert mail.outbox == []


@pytest.mark.parametrize(
    ("hosts", "secure", "given", "site"),
    [
        (["cases.example"], True, "", "https://cases.example"),
        (["localhost", "127.0.0.1"], False, "", "http://localhost:8000"),
        ([], True, "", "https://localhost"),
        (["a.example"], True, "https://b.example/", "https://b.example"),
    ],
)
def test_where_the_link_leads(monkeypatch, hosts, secure, given, site):
    monkeypatch.delenv("PORT", raising=False)
    monkeypatch.setenv("SITE_URL", given)

    assert environment.site("SITE_URL", hosts, secure=secure) == site


@pytest.mark.parametrize("given", ["cases.example", "https://", "ftp://cases.example"])
def test_an_address_that_makes_no_sense_stops_the_start(monkeypatch, given):
    monkeypatch.setenv("SITE_URL", given)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        environment.site("SITE_URL", [], secure=True)


def test_what_was_read_waits_no_more(world, claire):
    announce(claire)
    [found] = Announcement.objects.all()
    visit(world, "claire").post(reverse("desk:seen", args=[found.pk]), **FETCH)

    assert waiting_number(claire) == 0
