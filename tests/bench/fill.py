"""Invents cases by the hundred thousand, each table in one COPY: what no field says is the default of the model.

The sealed columns hold a few empty bytes, which no page of the register reads; the names that are searched and taken
in are sealed for real, by `people`.
"""

from datetime import date, timedelta
from enum import Enum
from random import Random

from django.db import connections
from django.utils import timezone

from cases.applicants.models import (
    Applicant,
    ApplicantGroupPermission,
    ApplicantUserPermission,
    Category,
    Channel,
    Deadline,
    Note,
    Task,
    UsedPseudonym,
)
from cases.applicants.operations.registering import object_permissions
from cases.applicants.stages import Stage
from cases.documents.bench import COUNTRIES, NOTHING, OFTEN, STATUSES
from cases.documents.models import Document, Stay
from cases.staff.models import random_id
from cases.vault.models import Grant, Safe

MANY, FEW = 20_000, 200
STEP = 20_000
LANGUAGES = ("ru", "ru", "kk", "hy", "be")
WORDS = [
    "passport",
    "visa",
    "doctor",
    "lawyer",
    "border",
    "work",
    "flat",
    "waits",
    "called",
    "tired",
    "train",
    "summons",
    "паспорт",
    "виза",
    "врач",
]


def fill(number, people):
    """Make `number` cases: each has an owner and a team, and "all" sees every one of them."""
    random = Random(number)
    seen = {
        "many": set(random.sample(range(number), min(MANY, number))),
        "few": set(random.sample(range(number), min(FEW, number))),
    }
    view, work = object_permissions()
    for start in range(0, number, STEP):
        places = range(start, min(start + STEP, number))
        copy([row for place in places for row in _rows(place, number, seen, people, (view, work), random)])
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _rows(place, number, seen, people, permissions, random):
    """One case with its safes, who sees it, its papers, tasks and deadlines."""
    view, _work = permissions
    name, account = (
        Safe(id=random_id(), kind=kind, public_key=NOTHING, mac=NOTHING, organisation_wrap=NOTHING)
        for kind in ("identity", "account")
    )
    # One case in four of the two comes to them through a team.
    through = place % 4 == 0
    mine = [who for who in ("many", "few") if place in seen[who]]
    owner = people[mine[0]] if mine and not through else random.choice(people["others"])
    team = people[f"team of {mine[0]}"] if mine and through else random.choice(people["teams"])
    case = _case(place, number, owner, team, name, account, random)
    yield from (name, account, UsedPseudonym(pseudonym=case.pseudonym), case)
    for who in {owner, *(people[who] for who in mine if not through)}:
        for permission in permissions:
            yield ApplicantUserPermission(user=who, permission=permission, content_object=case)
    for group in {team.group_id, *(people[f"team of {who}"].group_id for who in mine if through)}:
        for permission in permissions:
            yield ApplicantGroupPermission(group_id=group, permission=permission, content_object=case)
    everybody = people["team of all"].group_id
    yield ApplicantGroupPermission(group_id=everybody, permission=view, content_object=case)
    yield from _held(name, people, random)
    yield from _work_on(case, owner, random)
    yield from _papers(case, owner, random)


def _case(place, number, owner, team, name, account, random):
    made = timezone.now() - timedelta(days=1000 * (number - place) / number, seconds=random.randrange(3600))
    return Applicant(
        id=random_id(),
        pseudonym=f"Heron {place}",
        category=random.choice(Category.values),
        country=random.choice(COUNTRIES),
        channel=random.choice(Channel.values),
        languages=[random.choice(LANGUAGES)],
        urgency=random.choice((1, 2, 2, 2, 3, 4)),
        stage=random.choice((*Stage.values, *list(Stage.values)[:6] * 2)),
        stage_since=made,
        owner=owner,
        team=team,
        intake_by=owner,
        identity_safe=name,
        account_safe=account,
        name_known=True,
        age_band=random.choice(("20-44", "20-44", "20-44", "6-13", "14", "")),
        next_age_threshold=date(random.randint(2027, 2045), random.randint(1, 12), 1),
        last_contact_on=made.date(),
        created_at=made,
        updated_at=made,
    )


def _held(safe, people, random):
    """Two can open each name, in one case of fifty one alone."""
    for user in random.sample(people["others"], 1 if random.random() < 0.02 else 2):
        yield Grant(
            user=user,
            permission=people["open"],
            content_object=safe,
            sealed_root=NOTHING,
            key_version=1,
            granted_by=user,
            expires_at=timezone.now() + timedelta(days=60),
        )


def _work_on(case, owner, random):
    due = timezone.now() + timedelta(days=random.randint(-10, 200))
    yield Deadline(id=random_id(), applicant=case, rule="applicants.intake", title="Intake", due_at=due)
    if random.random() < 0.4:
        yield Task(
            id=random_id(), applicant=case, title=_text(random, 4), due_on=due, owner=owner, created_by=owner
        )
    if random.random() < 0.4:
        yield Note(id=random_id(), applicant=case, text=_text(random, 30), by=owner)


def _text(random, length):
    return " ".join(random.choices(WORDS, k=length))


def _papers(case, owner, random):
    for _number in range(random.randint(1, 2)):
        issued = date.today() - timedelta(days=random.randrange(365 * 11))
        yield Document(
            id=random_id(),
            applicant=case,
            type_id=random.choice(OFTEN),
            country="RU",
            status=random.choice(STATUSES),
            issued_on=issued,
            expires_on=issued + timedelta(days=random.choice((365 * 5, 3652))),
            created_by=owner,
        )
    if case.country:
        entered = date.today() - timedelta(days=random.randrange(400))
        yield Stay(applicant=case, entered_on=entered, updated_by=owner)


def copy(rows):
    """Write rows of several models, those of each model in one COPY; tables in the order of their first row."""
    by_model = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(vars(row))
    with connections["default"].cursor() as cursor:
        for model, found in by_model.items():
            drawn = found[0][model._meta.pk.attname] is None
            fields = [one for one in model._meta.concrete_fields if not (drawn and one.primary_key)]
            names = ", ".join(f'"{field.column}"' for field in fields)
            with cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as out:
                for row in found:
                    out.write_row([_plain(row[field.attname]) for field in fields])


def _plain(value):
    return value.value if isinstance(value, Enum) else value
