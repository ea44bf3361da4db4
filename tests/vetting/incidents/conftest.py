# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.applicants.conftest import recorded, vault  # noqa: F401


@pytest.fixture
def viktor(db):
    from cases.staff.roles import Role
    from tests.staff.factories import make_organisation, make_person

    make_organisation()
    return make_person("viktor", [Role.VETTING])


@pytest.fixture
def inside(client, viktor):
    """A browser in which a vetting officer is logged in."""
    client.force_login(viktor)
    return client
