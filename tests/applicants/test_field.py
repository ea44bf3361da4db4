"""Freya writes from a telephone in the field; Olga and Tim, elsewhere, can open what she sends, and she cannot."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from cases.applicants import fieldwork
from cases.applicants.models import Applicant
from cases.applicants.operations import seal_identity
from cases.applicants.queries import offer_pseudonym
from cases.applicants.reading import read_account
from cases.staff.models import Announcement, random_id
from cases.staff.operations import give_role, join_team
from cases.staff.queries import logins_of
from cases.staff.refusals import Refused
from cases.staff.roles import Permission, Role
from cases.vault.operations import open_item
from cases.vault.queries import holders_of, item_of
from tests.applicants.factories import NAME, make_applicant
from tests.scanner import leaks
from tests.staff.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
HOME = reverse("applicants:field")
NEW = reverse("applicants:field_new")


@pytest.fixture
def freya(work):
    person = make_person("Freya Field", [Role.FIELD])
    join_team(team=work.team, user=person, by=None)
    return person


@pytest.fixture
def field(browse, freya):
    return browse(freya)


def first(**more):
    facts = {"new_id": random_id(), "pseudonym": offer_pseudonym(), "category": "contract"}
    return facts | {"country": "KZ", "channel": "signal"} | more


def send(field, typed=None):
    field.send(NEW, **(typed or first()))
    return Applicant.objects.order_by("created_at").last()


def step(applicant, part):
    return reverse(f"applicants:field_{part}", args=[applicant.pk])


class TestSending:
    def test_the_case_belongs_to_colleagues_elsewhere_and_the_sender_can_open_nothing(
        self, field, work, freya
    ):
        applicant = send(field)

        assert (applicant.intake_by, applicant.team) == (freya, work.team)
        assert applicant.owner in (work.olga, work.tim)
        for safe in (applicant.identity_safe, applicant.account_safe):
            assert set(holders_of(safe)) == {work.olga, work.tim}
        assert Announcement.objects.get(code="reported").to == applicant.owner

    def test_who_owns_fewer_cases_gets_the_next(self, field, work):
        make_applicant(by=work.olga)

        assert send(field).owner == work.tim

    def test_each_step_is_sealed_as_it_is_sent_and_comes_back_empty(self, field, work):
        applicant = send(field)
        answer = field.send(step(applicant, "identity"), name=NAME, birth_date="4.11.1999", birth_place="")
        said = field.send(step(applicant, "contact"), phone="+7 701 555 01 02", handle="", how="")

        assert "Arrived and sealed" in answer.content.decode()
        assert leaks([NAME, "1999", "555 01 02"], answer.content, said.content) == []
        item = item_of(applicant.identity_safe, "identity")
        opened = open_item(item=item, reason="x", unlocked=work.unlocked(work.olga), by=work.olga)
        assert (opened["name"], opened["birth_date"]) == (NAME, "1999-11-04")
        told = field.send(step(applicant, "story"), new_id=random_id(), text="Ушёл ночью")
        assert leaks(["Ушёл ночью"], told.content) == []
        [(note, text)] = read_account(
            applicant=applicant, reason="x", unlocked=work.unlocked(work.tim), by=work.tim
        )
        assert (note.topic, text) == ("story", "Ушёл ночью")
        parts = fieldwork.reports_of(applicant.intake_by)[0].arrived
        assert parts.keys() == {"identity", "contact", "story"}

    def test_the_same_sending_again_makes_nothing_twice(self, field):
        typed = first()
        send(field, typed)
        answer = field.send(NEW, **typed)

        assert answer.headers["HX-Redirect"] == reverse("applicants:field_case", args=[typed["new_id"]])
        assert (Applicant.objects.count(), Announcement.objects.filter(code="reported").count()) == (1, 1)

    def test_what_a_colleague_wrote_since_is_not_overwritten(self, field, work):
        applicant = send(field)
        field.send(step(applicant, "identity"), name=NAME)
        seal_identity(applicant=applicant, identity={"name": "Corrected"}, by=work.olga)

        answer = field.send(step(applicant, "identity"), name="Older")

        assert answer.status_code == 422
        assert "gone on with this case" in answer.content.decode()
        assert 'value="Older"' in answer.content.decode()
        assert item_of(applicant.identity_safe, "identity").sealed_by == work.olga.username

    def test_with_one_holder_elsewhere_nothing_is_sent_and_nothing_typed_is_lost(self, field, work):
        work.team.holders.remove(work.tim)
        typed = first(category="partner")

        answer = field.send(NEW, **typed)

        assert answer.status_code == 422
        assert "fewer than two colleagues" in answer.content.decode()
        assert typed["pseudonym"] in answer.content.decode()
        assert not Applicant.objects.exists()

    def test_an_empty_name_is_refused_beside_the_field(self, field):
        applicant = send(field)

        assert field.send(step(applicant, "identity"), name="").status_code == 422
        assert field.send(step(applicant, "contact"), phone="").status_code == 422


class TestReading:
    def test_only_ones_own_of_two_days_are_listed(self, field, work, freya):
        make_applicant(by=work.olga, pseudonym="Grey Heron")
        mine = send(field)
        page = field.get(HOME).content.decode()

        assert mine.pseudonym in page
        assert "Grey Heron" not in page
        Applicant.objects.filter(pk=mine.pk).update(created_at=timezone.now() - timedelta(hours=49))
        assert mine.pseudonym not in field.get(HOME).content.decode()
        assert field.get(reverse("applicants:field_case", args=[mine.pk])).status_code == 404
        assert field.send(step(mine, "identity"), name=NAME).status_code == 404

    def test_the_case_of_another_does_not_exist(self, field, work):
        other = make_applicant(by=work.olga)

        assert field.get(reverse("applicants:field_case", args=[other.pk])).status_code == 404
        assert field.send(step(other, "identity"), name=NAME).status_code == 404

    @pytest.mark.parametrize("name", ["desk:register", "desk:find", "vault:unlock", "applicants:register"])
    def test_everything_else_is_shut(self, field, name):
        assert field.get(reverse(name)).status_code == 403

    def test_the_desk_leads_to_the_field(self, field):
        assert field.get("/").headers["Location"] == HOME

    def test_others_are_not_let_in(self, browse, work):
        assert browse(work.olga).get(HOME).status_code == 403
        assert browse(work.olga).send(NEW, **first()).status_code == 403

    def test_methods(self, field):
        applicant = send(field)

        assert field.get(step(applicant, "identity")).status_code == 405
        assert field.client.post(HOME).status_code == 405


class TestTheAccount:
    def test_the_role_stands_alone(self, work, freya):
        with pytest.raises(Refused):
            give_role(user=freya, role=Role.CASEWORKER, expires_at=None, by=None)
        assert [one for one in Permission if freya.may(one)] == [Permission.REPORT]

    def test_the_login_is_short(self, field, settings, monkeypatch):
        field.get(HOME)
        left = Session.objects.get().expire_date - timezone.now()
        assert left <= timedelta(seconds=settings.FIELD_IDLE_SECONDS)

        [login] = logins_of(field.person)
        assert timezone.now() - login.seen < timedelta(minutes=1)

        now = timezone.now().timestamp()
        monkeypatch.setattr("time.time", lambda: now + settings.FIELD_ABSOLUTE_SECONDS + 60)
        assert field.get(HOME).status_code == 302

    def test_the_login_of_others_is_as_long_as_ever(self, browse, work, settings):
        browse(work.olga).get("/")

        left = Session.objects.get().expire_date - timezone.now()
        assert left > timedelta(seconds=settings.FIELD_IDLE_SECONDS)
