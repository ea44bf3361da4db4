"""Colleagues mentioned in a note: "@" and a user name, of somebody who sees the case."""

import re

from django.db.models import QuerySet
from django.db.models.functions import Lower

from cases.applicants.models import Applicant
from cases.applicants.queries import people_who_see
from cases.applicants.refusals import NobodyOfThatName, NotOnTheCase
from cases.staff.models import User
from cases.staff.queries import colleagues
from cases.staff.roles import Permission

# Not inside a word: an e-mail address mentions nobody. A full stop at the end belongs to the sentence.
_MENTION = re.compile(r"(?<![\w.+@-])@(\w(?:[\w.+-]*\w)?)")


def mentionable(applicant: Applicant) -> QuerySet[User]:
    """Colleagues who see the case, and may see cases at all."""
    may_see = colleagues(who_may=Permission.SEE_CASES).values("pk")
    return people_who_see(applicant).filter(pk__in=may_see).order_by("full_name")


def mentioned_in(text: str, applicant: Applicant) -> list[User]:
    """Who is mentioned; refused where one of them does not see the case, or is nobody."""
    wanted = {found.casefold() for found in _MENTION.findall(text)}
    if not wanted:
        return []
    known = _named(colleagues(), wanted)
    if len(known) < len(wanted):
        raise NobodyOfThatName
    seeing = _named(mentionable(applicant).select_related("deputy"), wanted)
    if outside := known.keys() - seeing.keys():
        raise NotOnTheCase(known[name].username for name in outside)
    return list(seeing.values())


def spans_of_mentions(text: str) -> list[tuple[int, int]]:
    """Where a colleague is mentioned, whoever sees the case: a user name of ours tells nothing about the person."""
    found = {match.span(): match[1].casefold() for match in _MENTION.finditer(text)}
    ours = _named(colleagues(), set(found.values())) if found else {}
    return [span for span, name in found.items() if name in ours]


def _named(people: QuerySet[User], wanted: set[str]) -> dict[str, User]:
    found = people.annotate(spelling=Lower("username")).filter(spelling__in=wanted)
    return {one.username.casefold(): one for one in found}
