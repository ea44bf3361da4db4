# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.applicants.conftest import applicant, browse, recorded, vault, work  # noqa: F401


@pytest.fixture(autouse=True)
def towns(db):
    """The towns as the file brings them."""
    from tests.journeys.making import load_places

    load_places()
