# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.canary.conftest import world as everything  # noqa: F401  # a row of every kind


@pytest.fixture
def small(db, settings, tmp_path):
    """One case, that Claire and Ana can open, and colleagues inside and outside the team."""
    from tests.world import register, small_world

    with small_world(settings, tmp_path) as world:
        [world.case] = register(world, [({"name": "Иван Зимин"}, {"phone": "+7701"})])
        yield world
