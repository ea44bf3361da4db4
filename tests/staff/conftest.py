# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest


@pytest.fixture
def mira(db):
    """Administrator of accounts."""
    from tests.staff.factories import PASSWORD, make_person

    return make_person("Mira", ["administrator"], password=PASSWORD)


@pytest.fixture
def claire(db):
    """Caseworker."""
    from tests.staff.factories import PASSWORD, make_person

    return make_person("Claire", ["caseworker"], password=PASSWORD)


@pytest.fixture
def as_mira(client, mira):
    client.force_login(mira)
    return client


@pytest.fixture
def as_claire(client, claire):
    client.force_login(claire)
    return client


@pytest.fixture
def demo(db):
    from tests.staff.factories import make_organisation

    return make_organisation("demo")


@pytest.fixture
def recorded(db):
    """(action, actor, about) of each row recorded since the test began, oldest first."""
    from cases.audit.models import Entry

    before = Entry.objects.count()

    def rows():
        return [(it.action, it.actor, it.about) for it in Entry.objects.order_by("id")[before:]]

    return rows
