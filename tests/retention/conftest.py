# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.applicants.conftest import applicant, browse, recorded, vault, work  # noqa: F401


@pytest.fixture(autouse=True)
def rules(db):
    """The times of keeping as the file brings them."""
    from cases.documents.tables import SHELVES
    from cases.retention.models import RetentionRule

    [shelf] = [shelf for shelf in SHELVES if "retention_rules" in shelf.files]
    RetentionRule.objects.bulk_create(RetentionRule(**row) for row in shelf.read()["retention_rules"])
