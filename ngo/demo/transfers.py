"""Two cases that another organisation may take over: one was offered in Armenia, one is accepted in Berlin."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from cases.applicants.models import Applicant, ConsentText, Purpose
from cases.applicants.operations import record_consent
from cases.needs.models import NeedKind
from cases.needs.operations import keep_provider
from cases.staff.models import User, random_id
from cases.transfers.operations import answer, offer

# By their place in people.csv.
IN_ARMENIA, IN_TURKEY = 16, 23
_OFFERS = (
    (IN_ARMENIA, "Opora (example)", "AM", "Yerevan", "Ms Sample, legal advice", "consent", ""),
    (IN_TURKEY, "Beispielhilfe e. V.", "DE", "Berlin", "Herr Muster, Beratung", "", "accepted"),
)


def pass_on(cases: Sequence[Applicant], by: User) -> None:
    text = ConsentText.objects.filter(purpose=Purpose.PARTNER, language="ru").latest("version")
    kinds = NeedKind.objects.filter(pk__in=["safe-place", "work"])
    for place, name, country, town, contact, abroad, answered in _OFFERS:
        facts = {"name": name, "country": country, "place": town, "languages": ["ru"]}
        provider = keep_provider(provider=None, id=random_id(), facts=facts, kinds=kinds, by=by)
        agreed_on = timezone.localdate() - timedelta(days=6)
        record_consent(
            id=random_id(),
            applicant=cases[place],
            text=text,
            agrees=True,
            on=agreed_on,
            channel="signal",
            by=by,
        )
        made = offer(
            id=random_id(),
            applicant=cases[place],
            provider=provider,
            contact=contact,
            abroad=abroad,
            known="Asks to stay near friends; needs a lawyer who knows the country.",
            by=by,
        )
        if answered:
            answer(transfer=made, state=answered, by=by)
