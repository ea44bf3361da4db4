"""Taking others out of free text: colleagues, referees, the household, and everybody else that is known. Never inside a transaction."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from cases.applicants.known import everybody_held, known_of
from cases.applicants.models import Applicant
from cases.names.leaks import Kind, Place, Secret, find_leaks, replaced
from cases.staff.models import User
from cases.vault.unlock import Unlocked

COLLEAGUE = "colleague"
OTHER = "other"
LEFT_OUT = "…"

Redact = Callable[[str], str]


def redactor(
    *, applicant: Applicant, referees: Iterable[dict[str, Any]], unlocked: Unlocked, by: User
) -> Redact:
    """Return what writes "a colleague" and "another person" in place of names; numbers and handles of others become dots."""
    others = [one for one in everybody_held(by, applicant) if one.pk != applicant.pk]
    secrets = [
        Secret(one.kind, one.text, OTHER) for one in known_of(others, unlocked=unlocked, by=by) if one.about
    ]
    secrets += [Secret(Kind.NAME, str(value), OTHER) for one in referees for value in _said(one.get("name"))]
    secrets += [
        Secret(Kind.HANDLE, str(value), OTHER) for one in referees for value in _said(one.get("contact"))
    ]
    users = list(User.objects.all())
    secrets += [Secret(Kind.NAME, one.full_name, COLLEAGUE) for one in users if one.full_name]
    named = {one.username.casefold(): _("a colleague") for one in users}
    named |= {
        one.casefold(): _("another person")
        for one in Applicant.objects.exclude(pk=applicant.pk).values_list("pseudonym", flat=True)
    }

    def redact(text: str) -> str:
        said = replaced(text, find_leaks(text, secrets), _instead)
        for name, instead in named.items():
            # Most texts hold none of them.
            if name in said.casefold():
                said = re.sub(rf"(?<!\w)@?{re.escape(name)}(?!\w)", lambda _match: instead, said, flags=re.I)  # noqa: B023
        return said

    return redact


def _said(value: Any) -> list[str]:
    return [str(value).strip()] if str(value or "").strip() else []


def _instead(place: Place) -> str:
    if place.kind is not Kind.NAME:
        return LEFT_OUT
    return _("a colleague") if place.about == COLLEAGUE else _("another person")
