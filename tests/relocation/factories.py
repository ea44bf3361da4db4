"""A government with an official, a talk with a next step, and a group with people in it."""

from datetime import timedelta

from django.utils import timezone

from cases.relocation.models import Government, Member
from cases.relocation.operations import governments as operations
from cases.relocation.operations import groups
from cases.staff.models import random_id

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
