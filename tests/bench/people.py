"""Who works in the invented organisation, and the people whose names are sealed for real."""

from types import SimpleNamespace

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from cases.applicants import operations as applicants
from cases.applicants.operations import NewApplicant
from cases.documents.operations.reference import load_reference
from cases.staff.models import random_id
from cases.staff.roles import Role
from cases.vault import operations as vault
from cases.vault import organisation, pepper, unlock
from cases.vault.queries import open_permission
from tests.bench.fill import fill
from tests.bench.invented import identity
from tests.staff.factories import make_organisation, make_person, make_team
from tests.vault.colleagues import make_known

OTHERS, TEAMS = 40, 10
BY_THEMSELVES = ("many", "few", "all")


def make_world(cases, held):
    """Fill the database; answer with the cookies of who is logged in, and the cases that are opened."""
    make_organisation()
    load_reference()
    if not settings.PEPPER_FILE.exists():
        pepper.create()
    organisation.create(threshold=2, shares=3, by=None)
    people = _people()
    fill(cases, people)
    world = SimpleNamespace(people=people, unlocked={}, cases=[], keepers=None)
    if held:
        world.cases = _seal(world, held)
    who = (*BY_THEMSELVES, *(["keeper"] if held else []))
    return {
        "cookies": {name: cookies(world, people[name]) for name in who},
        "opened": [str(case.pk) for case in world.cases],
        "keepers": world.keepers,
    }


def _people():
    people = {name: make_person(f"Bench {name}", [Role.COORDINATOR]) for name in BY_THEMSELVES}
    people["others"] = [make_person(f"Bench Other {number}", [Role.CASEWORKER]) for number in range(OTHERS)]
    people["teams"] = [make_team(name=f"Bench Team {number}") for number in range(TEAMS)]
    people |= {f"team of {name}": make_team(people[name], name=f"Bench {name}") for name in BY_THEMSELVES}
    return people | {"open": open_permission()}


def _seal(world, held):
    """Two who open the names of everybody, and cases that differ in what hangs on them."""
    keepers = [make_person(f"Bench {name}", [Role.COORDINATOR]) for name in ("Keeper", "Second")]
    for user in keepers:
        words = vault.set_up(user=user, language="en").passphrase
        make_known(user)
        world.unlocked[user.pk] = vault.unlock(user=user, passphrase=words)
    keeper, _second = keepers
    team = make_team(*keepers, name="Bench Keepers", holders=keepers)
    new = [
        NewApplicant(
            pseudonym=f"Egret {place}",
            category="contract",
            country="KZ",
            channel="signal",
            identity=identity(place),
            owner=keeper,
            team=team,
        )
        for place in range(held)
    ]
    world.people["keeper"], world.keepers = keeper, team.pk
    made = applicants.register_applicants(new=new, by=keeper)
    _hang(made[0], made[1:3], 1, keeper, ())
    _hang(made[3], made[4 : min(14, held)], 60, keeper, world.people["others"][:20])
    return [made[0], made[3]]


def _hang(case, household, notes, keeper, viewers):
    """Notes on a case, people of a household, and colleagues who see it."""
    for number in range(notes):
        applicants.add_note(id=random_id(), applicant=case, text=f"Note {number}.", by=keeper)
    for other in household:
        facts = {"kinship": "child", "has_certificate": None, "travels_with": True}
        applicants.join_household(applicant=other, with_applicant=case, **facts, by=keeper)
    for person in viewers:
        applicants.share_with_person(applicant=case, person=person, to="read", expires_at=None, by=keeper)


def cookies(world, user):
    client = Client()
    client.force_login(user)
    if user.pk in world.unlocked:
        answer = HttpResponse()
        unlock.put(answer, SimpleNamespace(user=user), world.unlocked[user.pk])
        client.cookies.update(answer.cookies)
    return {name: morsel.value for name, morsel in client.cookies.items()}
