from datetime import date

from cases.needs import operations
from cases.needs.models import NeedKind
from cases.staff.models import random_id


def make_kind(key="housing", name="housing"):
    facts = {"source": "own list", "confidence": "known"}
    names = dict.fromkeys(("name_en", "name_fr", "name_ru"), name)
    return NeedKind.objects.get_or_create(key=key, defaults=facts | names)[0]


def make_need(applicant, *, by, kind=None, **more):
    facts = {"urgency": 2, "since": date(2026, 11, 2)}
    return operations.add_need(
        id=more.pop("id", None) or random_id(),
        applicant=applicant,
        kind=kind or make_kind(),
        by=by,
        **facts | more,
    )


def make_provider(*, by, kinds=(), **facts):
    known = {"name": "Maison ouverte", "country": "FR", "place": "Paris", "languages": ["ru"]}
    return operations.keep_provider(
        provider=None, id=random_id(), facts=known | facts, kinds=kinds or [make_kind()], by=by
    )


def make_referral(applicant, *, by, provider=None, need=None):
    need = need or make_need(applicant, by=by)
    provider = provider or make_provider(by=by)
    return operations.offer(id=random_id(), need=need, provider=provider, by=by)
