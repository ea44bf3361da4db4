"""A government with an official, a talk with a next step, and a group with people in it."""

from datetime import timedelta

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.relocation.dossier import contents, part_hash, whole_hash
from cases.relocation.models import Government, Inquiry, Member, Submission, SubmittedPerson
from cases.relocation.operations import governments as operations
from cases.relocation.operations import groups
from cases.staff.models import User, random_id
from tests.applicants.factories import agree
from tests.staff.factories import make_person
from tests.vetting.decision_factories import NEEDED, answer, make_kinds, write_decision, write_vote

MINISTRY = {
    "country": "FR",
    "kind": "ministry",
    "name": "Ministry for foreign affairs, crisis centre",
    "channel": "portal",
    "language": "fr",
    "asks_for": "A list, and one sheet a person.",
}


def make_government(*, by, **facts):
    return operations.add_government(id=random_id(), facts=MINISTRY | facts, by=by)


def make_contact(government, *, by, **facts):
    said = {"name": "Mme Fabre", "role": "desk officer", "reached_by": "fabre@ministry.invalid"}
    return operations.add_contact(id=random_id(), government=government, facts=said | facts, by=by)


def make_talk(government=None, *, by, days=3, **facts):
    """A call of yesterday; its next step is due in so many `days`."""
    government = government or make_government(by=by)
    today = timezone.localdate()
    said = {
        "kind": "call",
        "held_on": today - timedelta(days=1),
        "contact": government.contacts.first() or make_contact(government, by=by),
        "said": "They look at the list next week.",
        "promised": "",
        "next_step": "Send the list",
        "next_by": by,
        "next_until": today + timedelta(days=days),
    }
    return operations.write_talk(id=random_id(), government=government, facts=said | facts, by=by)


def make_group(government=None, *people, by, name="Ten to France"):
    """People are put in as they are, whatever their stage and household."""
    government = government or Government.objects.first() or make_government(by=by)
    made = groups.make_group(id=random_id(), name=name, government=government, by=by)
    Member.objects.bulk_create(Member(group=made, applicant=one, added_by=by) for one in people)
    return made


def make_submission(group, *people, by, handed_in=True):
    """A frozen dossier of these people as they are, past the operations; handed in unless said otherwise."""
    now, today = contents(people), timezone.localdate()
    rows = [SubmittedPerson(id=random_id(), applicant=one, content=now[one.pk]) for one in people]
    for one in rows:
        one.content_hash = part_hash(one.pk, one.content)
    head = {"group": group.name, "government": group.government.name, "country": "FR", "version": 1}
    parts = [one.content_hash for one in rows]
    made = Submission.objects.create(
        group=group,
        number=group.submissions.count() + 1,
        head=head,
        part_hashes=parts,
        content_hash=whole_hash(head, parts),
        frozen_by=by,
        submitted_on=today if handed_in else None,
        submitted_by=by if handed_in else None,
    )
    for one in rows:
        one.submission = made
        one.save()
    return made


def make_inquiry(submission, applicant=None, *, by, **facts):
    said = {"question": "Where is the passport?", "asked_on": timezone.localdate(), **facts}
    return Inquiry.objects.create(submission=submission, applicant=applicant, added_by=by, **said)


def make_fit(case, work, *, by):
    """Nothing is in the way of a submission: vetted by two, agreed, in the dossier."""
    make_kinds()
    for code in NEEDED:
        answer(case, code, by=work.vera)
    second = User.objects.filter(username="second.vetter").first() or make_person(
        "Second Vetter", ["vetting"]
    )
    votes = [write_vote(case, officer) for officer in (work.vera, second)]
    write_decision(case, *votes)
    agree(case, "government", by=by)
    Applicant.objects.filter(pk=case.pk).update(stage="dossier")
    case.refresh_from_db()
    return case
