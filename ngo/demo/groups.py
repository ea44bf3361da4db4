"""Two groups to France: the first ten of the demo, not all of them ready, and four who went before, one of them refused."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.relocation.models import Government, Submission
from cases.relocation.operations.groups import add_people, make_group, photos_here
from cases.relocation.operations.inquiries import add_inquiry
from cases.relocation.operations.submissions import freeze, hand_in, note_answer, note_receipt
from cases.staff.models import User, random_id

TEN = 10
# Of these the photographs have come.
PHOTOS = (0, 1, 5, 6)
# By their place in people.csv: who waits, who is asked about, who was approved, who was refused.
WAITS, ASKED, APPROVED, REFUSED = 26, 27, 28, 40
HANDED_IN = timedelta(days=26)


def put_together(cases: Sequence[Applicant], france: Government, people: Mapping[str, User]) -> None:
    ana = people["ana"]
    group = make_group(id=random_id(), name="Ten from Kazakhstan, autumn", government=france, by=ana)
    members = add_people(group=group, people=cases[:TEN], by=ana)
    for place in PHOTOS:
        photos_here(member=members[place], here=True, by=ana)
    freeze(id=random_id(), group=group, by=ana)
    _summer(cases, france, ana)


def _summer(cases: Sequence[Applicant], france: Government, ana: User) -> None:
    four = Applicant.objects.filter(pk__in=[cases[place].pk for place in (WAITS, ASKED, APPROVED, REFUSED)])
    group = make_group(id=random_id(), name="Four from Almaty, summer", government=france, by=ana)
    add_people(group=group, people=list(four), by=ana)
    sent = freeze(id=random_id(), group=group, by=ana)
    today, now = timezone.localdate(), timezone.now()
    hand_in(submission=sent, on=today - HANDED_IN, by=ana)
    # It lies behind: nobody can act in the past.
    Submission.objects.filter(pk=sent.pk).update(
        frozen_at=now - HANDED_IN, asked_on=today - timedelta(days=12)
    )
    note_receipt(submission=sent, receipt="DEMO-2026-0417", receipt_on=today - timedelta(days=25), by=ana)
    for place, answer, ago in ((APPROVED, "approved", 8), (REFUSED, "refused", 5)):
        person = sent.people.get(applicant=cases[place])
        note_answer(person=person, answer=answer, on=today - timedelta(days=ago), by=ana)
    facts = {
        "applicant": cases[ASKED],
        "asked_on": today - timedelta(days=6),
        "due_on": today + timedelta(days=3),
        "question": "Which paper proves that he was called up?",
    }
    sent.refresh_from_db()
    add_inquiry(id=random_id(), submission=sent, facts=facts, by=ana)
