"""What became of letting a colleague open a name or an account, in sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.applicants.models import Applicant
from cases.applicants.operations import Outcome
from cases.staff.models import User
from cases.vault.models import Safe
from cases.vault.queries import holders_of

_NAME: dict[Outcome, Promise] = {
    Outcome.GIVEN: _("%(person)s can open the name now."),
    Outcome.HELD_ALREADY: _("%(person)s could open the name already."),
    Outcome.LOCKED: _("You are locked, so opening the name waits for one of: %(holders)s."),
    Outcome.NOT_HELD: _("You cannot open the name yourself, so it waits for one of: %(holders)s."),
    Outcome.NO_VAULT: _(
        "%(person)s has no vault yet. The name waits until there is one; then one of: %(holders)s."
    ),
    Outcome.NEW_KEY: _(
        "%(person)s has a new key. Compare its words by voice; the name waits for one of: %(holders)s."
    ),
}
_ACCOUNT: dict[Outcome, Promise] = {
    Outcome.GIVEN: _("%(person)s can open the account now."),
    Outcome.HELD_ALREADY: _("%(person)s could open the account already."),
    Outcome.LOCKED: _("You are locked, so opening the account waits for one of: %(holders)s."),
    Outcome.NOT_HELD: _("You cannot open the account yourself, so it waits for one of: %(holders)s."),
    Outcome.NO_VAULT: _(
        "%(person)s has no vault yet. The account waits until there is one; then one of: %(holders)s."
    ),
    Outcome.NEW_KEY: _(
        "%(person)s has a new key. Compare its words by voice; the account waits for one of: %(holders)s."
    ),
}
_SENTENCES = {Safe.Kind.IDENTITY: _NAME, Safe.Kind.ACCOUNT: _ACCOUNT}


def sentences(outcomes: Mapping[str, Outcome], person: User | None, applicant: Applicant) -> list[str]:
    safes = {Safe.Kind.IDENTITY: applicant.identity_safe, Safe.Kind.ACCOUNT: applicant.account_safe}
    said = []
    for kind, outcome in outcomes.items():
        holders = ", ".join(str(user) for user in holders_of(safes[Safe.Kind(kind)]))
        said.append(str(_SENTENCES[Safe.Kind(kind)][outcome]) % {"person": person, "holders": holders or "–"})
    return said
