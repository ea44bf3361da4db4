# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.applicants.conftest import applicant, browse, recorded, vault, work  # noqa: F401


@pytest.fixture(autouse=True)
def protocols(db):
    """The steps as the file brings them."""
    from cases.alarms.models import AlarmStep
    from cases.documents.tables import SHELVES

    [shelf] = [shelf for shelf in SHELVES if "alarm_steps" in shelf.files]
    AlarmStep.objects.bulk_create(AlarmStep(**row) for row in shelf.read()["alarm_steps"])
