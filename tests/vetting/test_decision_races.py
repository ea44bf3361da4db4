"""Two officers who vote in the same second decide once, whoever comes first."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from cases.applicants.models import Applicant
from cases.staff.models import random_id
from cases.vetting.models import Decision, Vote
from cases.vetting.operations.decisions import cast_vote
from cases.vetting.refusals import MayNotVote

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.mark.parametrize("officers", [("vera", "ilse"), ("vera", "ilse", "otto")])
def test_votes_at_the_same_moment_make_one_decision(ready, officers):
    start, refused = Barrier(len(officers)), []

    def cast(officer):
        try:
            start.wait(timeout=10)
            cast_vote(
                id=random_id(),
                applicant=Applicant.objects.get(pk=ready.case.pk),
                choice="support",
                reasons="x",
                by=officer,
            )
        except MayNotVote as refusal:
            refused.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [Thread(target=cast, args=[getattr(ready, name)]) for name in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    ready.case.refresh_from_db()
    assert refused == ["MayNotVote"] * (len(officers) - 2)
    assert (ready.case.stage, Decision.objects.count(), Vote.objects.count()) == ("vetted", 1, 2)
