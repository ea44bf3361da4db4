"""The withdrawals of before, carried over into answers about consent."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from cases.applicants import consents
from cases.applicants.models import Applicant, Consent
from tests.applicants.factories import make_applicant

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)
migration = import_module("cases.disclosures.migrations.0003_withdrawals_become_answers")
SPRING, SUMMER = datetime(2026, 4, 2, 22, 30, tzinfo=UTC), datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def withdrawals():
    """The table as it was when the rows are carried over."""
    owner = connections["owner"]
    apps = MigrationExecutor(owner).loader.project_state([("disclosures", "0002_audience")]).apps
    old = apps.get_model("disclosures", "ConsentWithdrawal")
    with owner.schema_editor() as editor:
        editor.create_model(old)
    yield old
    with owner.schema_editor() as editor:
        editor.delete_model(old)


def carry_over():
    owner = connections["owner"]
    state = MigrationExecutor(owner).loader.project_state(
        [migration.Migration.dependencies[0], ("applicants", "0011_consent")]
    )
    with owner.schema_editor() as editor:
        migration.carry_over(state.apps, editor)


def test_who_said_no_still_says_no_and_who_came_back_agrees(work, withdrawals):
    applicant, back = make_applicant(by=work.olga), make_applicant(by=work.olga)
    for one, ended in ((applicant, None), (back, SUMMER)):
        by = {"by_id": work.olga.pk, "ended_by_id": work.tim.pk if ended else None}
        withdrawals.objects.using("owner").create(applicant_id=one.pk, at=SPRING, ended_at=ended, **by)

    carry_over()

    for purpose in ("government", "partner"):
        answers = consents.answers_to(purpose, Applicant.objects.values_list("pk", flat=True))
        assert (answers.yes, answers.no) == ({back.pk}, {applicant.pk})
    assert not consents.answers_to("keeping", [applicant.pk, back.pk]).no
    no = Consent.objects.get(applicant=applicant, purpose="partner")
    assert (no.given_on, str(no.withdrawn_on), no.withdrawn_by, no.text) == (
        None,
        "2026-04-03",
        work.olga,
        None,
    )
    yes = Consent.objects.get(applicant=back, purpose="partner", given_on__isnull=False)
    assert (str(yes.given_on), yes.recorded_by, yes.recorded_at) == ("2026-07-01", work.tim, SUMMER)
