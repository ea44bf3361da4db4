"""Votes for the tests of a vetting: two officers and a third, a case with every needed check answered."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from cases.applicants import operations as applicants
from cases.applicants.models import Applicant
from cases.staff.models import random_id
from cases.staff.roles import Role
from cases.vault import operations as vault
from cases.vetting.models import Check, CheckKind, Decision, Vetting, Vote
from cases.vetting.operations.decisions import cast_vote, confirm_vote
from cases.vetting.queries.decisions import basis_now
from tests.staff.factories import make_person
from tests.vault.colleagues import give_key

NEEDED = ("V01", "V08", "V12")
REASONS = "Кулебякин был в Лопуховке, сосед подтвердил"


def make_kinds():
    for place, code in enumerate((*NEEDED, "V10")):
        CheckKind.objects.update_or_create(
            code=code,
            defaults={
                "key": f"check-{code.lower()}",
                "order": place,
                "needed": code in NEEDED,
                "name_en": f"Check {code}",
                "name_fr": f"Contrôle {code}",
                "name_ru": f"Проверка {code}",
                "source": "domain.md",
                "confidence": "found",
            },
        )


def expire(code):
    """As if the last day of the answers to a check were three days ago: the database, which knows no zones, waits two."""
    today = timezone.localdate()
    Check.objects.filter(kind=code).update(
        on=today - timedelta(days=30), valid_until=today - timedelta(days=3)
    )


def answer(applicant, code, *, by, result="confirmed"):
    """As the slice of the checks does it: one row a check, its version raised with every change."""
    known = Check.objects.filter(applicant=applicant, kind=code).first()
    facts = {"result": result, "confidence": "high", "by": by, "on": timezone.localdate()}
    version = known.version + 1 if known else 1
    return Check.objects.update_or_create(
        applicant=applicant,
        kind_id=code,
        defaults=facts | {"by_lawyer": True, "version": version},
    )[0]


def make_officer(work, applicant, name, *, lasting=True):
    """A vetting officer with whom the case is shared for work, and who can open the account."""
    person = make_person(name, [Role.VETTING])
    unlocked = give_key(person)
    known = work.unlocked
    work.unlocked = lambda one: unlocked if one.pk == person.pk else known(one)
    share(work, applicant, person, lasting=lasting)
    return person


def share(work, applicant, person, *, lasting=True):
    until = None if lasting else timezone.now() + timedelta(days=3)
    applicants.share_with_person(
        applicant=applicant, person=person, to="work", expires_at=until, by=applicant.owner
    )
    vault.give_access(
        safe=applicant.account_safe,
        to=person,
        unlocked=work.unlocked(applicant.owner),
        by=applicant.owner,
        reason="to vet",
    )


def make_ready(work, applicant):
    """Grey Heron in vetting; Vera, Ilse and Otto may vote; every needed check is answered."""
    make_kinds()
    Applicant.objects.filter(pk=applicant.pk).update(stage="vetting")
    applicant.refresh_from_db()
    share(work, applicant, work.vera)
    ready = SimpleNamespace(case=applicant, vera=work.vera, owner=work.olga, cora=work.cora)
    ready.ilse = make_officer(work, applicant, "Ilse Second")
    ready.otto = make_officer(work, applicant, "Otto Third", lasting=False)
    for code in NEEDED:
        answer(applicant, code, by=ready.vera)
    return ready


def vote(case, by, choice="support", reasons=REASONS):
    found = cast_vote(id=random_id(), applicant=case, choice=choice, reasons=reasons, by=by)
    case.refresh_from_db()
    return found


def confirm(case, by):
    found = confirm_vote(id=random_id(), applicant=case, reasons="", by=by)
    case.refresh_from_db()
    return found


def decide(case, *people, choice="support"):
    for person in people:
        vote(case, person, choice)


def write_vote(case, by, choice="support", *, days_ago=0, **facts):
    """A vote past the operations, as somebody writes it who has the rights of the program."""
    at = timezone.now() - timedelta(days=days_ago)
    Vetting.objects.get_or_create(applicant=case)
    defaults = {"basis": basis_now(case), "at": at}
    return Vote.objects.create(applicant=case, by=by, choice=choice, **(defaults | facts))


def write_decision(case, first, second, *, days_ago=0, **facts):
    at = timezone.now() - timedelta(days=days_ago)
    defaults = {
        "outcome": first.choice,
        "decided_at": at,
        "valid_until": timezone.localdate(at + timedelta(days=180)),
    }
    return Decision.objects.create(applicant=case, first_vote=first, second_vote=second, **(defaults | facts))


def decided_long_ago(ready, days, choice="support"):
    """As it stands `days` after Vera and Ilse decided; nobody can act in the past."""
    first, second = (write_vote(ready.case, one, choice, days_ago=days) for one in (ready.vera, ready.ilse))
    return write_decision(ready.case, first, second, days_ago=days)
