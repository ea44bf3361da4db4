# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.applicants.conftest import browse, recorded, vault, work  # noqa: F401
from tests.disclosures.conftest import heron  # noqa: F401


@pytest.fixture
def template(db):
    from tests.letters.factories import make_template

    return make_template()
