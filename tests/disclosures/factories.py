"""Exports for the tests of every slice, asked for as the form does it."""

from types import SimpleNamespace

from cases.disclosures import operations
from cases.disclosures.operations import Terms
from cases.staff.models import random_id

TERMS = Terms(
    recipient="Mme Laure Fabre, visa section",
    organisation="Ministry of the Interior",
    audience="government",
    channel="meeting",
    ground="consent",
    ground_reference="consent form of 4 Nov 2026",
    form="zip",
)


def as_if_unlocked(person):
    """Enough to ask with, for who has no passphrase at hand; it opens nothing."""
    return SimpleNamespace(user_id=person.pk)


def make_export(*people, by, fields=("name", "birth_date"), unlocked=None, terms=TERMS, **more):
    return operations.ask_export(
        id=more.pop("id", None) or random_id(),
        people=people,
        fields=fields,
        terms=terms,
        reason="Visas for the group",
        language=more.pop("language", "en"),
        unlocked=unlocked or as_if_unlocked(by),
        by=by,
        **more,
    )
