# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest


@pytest.fixture
def world(db, settings, tmp_path):
    from tests.world import small_world

    with small_world(settings, tmp_path) as world:
        yield world


@pytest.fixture
def recorded(db):
    """The rows of the audit log since the test began, oldest first, of `actions` alone if given."""
    from cases.audit.models import Entry

    before = Entry.objects.count()

    def rows(*actions):
        found = Entry.objects.order_by("id")[before:]
        return [(one.actor, one.action, one.detail) for one in found if not actions or one.action in actions]

    return rows
