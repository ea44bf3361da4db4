"""Cases for the tests of every slice: `make_applicant` registers one, `make_work` a small organisation around it."""

from itertools import count
from types import SimpleNamespace

from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import ConsentText
from cases.staff.models import random_id
from cases.staff.roles import Role
from tests.staff.factories import make_person, make_team
from tests.vault.colleagues import give_key, make_organisation_key

_numbers = count(10)
NAME = "Еремей Кулебякин"
IDENTITY = {"name": NAME, "birth_date": "1999-11-04", "birth_place": "Урюпинск"}
CONTACT = {"phone": "+7 701 555 01 02", "handle": "@kulebyaka", "how": "только после 21:00"}


def new_applicant(**fields):
    facts = {"category": "contract", "country": "KZ", "channel": "signal", "id": random_id()}
    return operations.NewApplicant(
        pseudonym=fields.pop("pseudonym", f"Maple {next(_numbers)}"), **(facts | fields)
    )


def make_applicant(*, by, **fields):
    return operations.register_applicant(new=new_applicant(**fields), by=by)


def make_work():
    """Olga owns the cases and holds the names; Tim is on her team and holds them too; Vera vets; Nina is outside."""
    make_organisation_key()
    people = SimpleNamespace(
        olga=make_person("Olga Owner", [Role.CASEWORKER]),
        tim=make_person("Tim Team", [Role.CASEWORKER]),
        vera=make_person("Vera Vetting", [Role.VETTING]),
        nina=make_person("Nina Outside", [Role.CASEWORKER]),
        cora=make_person("Cora Coordinator", [Role.COORDINATOR]),
        audrey=make_person("Audrey Auditor", [Role.AUDITOR]),
    )
    unlocked = {
        person.pk: give_key(person)
        for person in (people.olga, people.tim, people.vera, people.nina, people.cora)
    }
    people.unlocked = lambda person: unlocked[person.pk]
    people.team = make_team(people.olga, people.tim, name="Team East", holders=[people.olga, people.tim])
    return people


def agree(applicant, *purposes, by, agrees=True, **more):
    """The answer of a person about each purpose, as if it was asked today in Russian."""
    operations.load_consent_texts()
    said = {"agrees": agrees, "on": timezone.localdate(), "channel": "signal"} | more
    for purpose in purposes:
        text = ConsentText.objects.get(purpose=purpose, language="ru")
        operations.record_consent(id=random_id(), applicant=applicant, text=text, **said, by=by)
    return applicant
