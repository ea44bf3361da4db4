from cases.staff.models import random_id
from cases.transfers import operations, queries
from cases.transfers.models import EeaState
from cases.transfers.reading import FIELDS
from tests.applicants.factories import agree
from tests.needs.factories import make_provider


def make_eea(*countries):
    for country in countries or ("FR", "DE"):
        facts = {"country": country, "source": "a test", "confidence": "known"}
        EeaState.objects.get_or_create(key=country.lower(), defaults=facts)


def make_transfer(applicant, *, by, provider=None, agrees=True, **said):
    make_eea()
    if agrees and queries.agreement(applicant).state != "agrees":
        agree(applicant, "partner", by=by)
    facts = {"id": random_id(), "contact": "Mme Renard, coordination"}
    provider = provider or make_provider(by=by, name=f"Maison {random_id()}")
    return operations.offer(applicant=applicant, provider=provider, by=by, **facts | said)


def take_pack(transfer, *, by, **said):
    facts = {"fields": list(FIELDS), "form": "zip", "language": "en"}
    return operations.take_pack(transfer=transfer, by=by, **facts | said)
