# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest


@pytest.fixture
def world(db, settings, tmp_path):
    from tests.world import small_world

    with small_world(settings, tmp_path) as small:
        yield small


@pytest.fixture
def claire(world):
    return world.people["claire"]
