"""What some of the invented people need, and who was asked."""

from datetime import timedelta

from django.utils import timezone

from cases.applicants.models import Applicant
from cases.needs import operations
from cases.needs.models import NeedKind, Provider
from cases.staff.models import User, random_id

PROVIDERS = {
    "Maison Exemple": (
        ["housing", "safe-place"],
        "FR",
        "Paris",
        "At most three weeks; brings two families at once.",
    ),
    "Cabinet Modèle": (
        ["psychological"],
        "FR",
        "Lyon",
        "Speaks Russian. First talk by video, also from Kazakhstan.",
    ),
    "School of Invented Letters": (["language"], "FR", "Paris", "Evening course, begins each month."),
}
# person, kind, urgency, since so many days, provider, answers
NEEDS = (
    (33, "psychological", 3, 20, "Cabinet Modèle", ("accepted",)),
    (33, "housing", 3, 12, "Maison Exemple", ()),
    (34, "language", 2, 60, "School of Invented Letters", ("accepted", "done")),
    (35, "work", 1, 30, "", ()),
    (12, "safe-place", 3, 2, "Maison Exemple", ("refused",)),
)


def look_after(cases: list[Applicant], by: User) -> None:
    kinds = NeedKind.objects.in_bulk()
    providers: dict[str, Provider] = {}
    for name, (gives, country, place, remarks) in PROVIDERS.items():
        facts = {"name": name, "country": country, "place": place, "remarks": remarks, "languages": ["ru"]}
        providers[name] = operations.keep_provider(
            provider=None, id=random_id(), facts=facts, kinds=[kinds[key] for key in gives], by=by
        )
    for person, kind, urgency, days, provider, answers in NEEDS:
        since = timezone.localdate() - timedelta(days=days)
        need = operations.add_need(
            id=random_id(), applicant=cases[person], kind=kinds[kind], urgency=urgency, since=since, by=by
        )
        if provider:
            referral = operations.offer(id=random_id(), need=need, provider=providers[provider], by=by)
            for state in answers:
                operations.answer(referral=referral, state=state, by=by)
                referral.refresh_from_db()
