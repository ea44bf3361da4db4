# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.applicants.conftest import applicant, browse, recorded, vault, work  # noqa: F401


@pytest.fixture(autouse=True)
def law(db):
    """The laws and deadlines as the files bring them."""
    from tests.asylum.making import load_law

    load_law()
