"""The list of addresses is the whole program, and a parameter that is new stops the search."""

from types import SimpleNamespace

import pytest
from django.urls import NoReverseMatch, Resolver404, path, resolve

from tests.canary.addresses import UnknownParameter, address, every_address, routes

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_every_address_leads_to_the_page_it_was_made_for(world):
    found = every_address(world, world.rows[0])
    wrong = []
    for route, filled in found:
        try:
            callback = resolve(filled).func
        except (Resolver404, NoReverseMatch):
            callback = None
        if callback is not route.pattern.callback:
            wrong.append(filled)

    assert len(found) > 300
    assert wrong == []


def test_rows_are_there(world):
    assert len({route.text for route in routes()}) > 300
    assert all(vars(rows)[name] is not None for rows in world.rows for name in vars(rows))


def test_an_unknown_parameter_stops_the_search():
    pattern = path("somewhere/<int:never_heard_of>/", lambda request: None, name="somewhere")
    [route] = routes([pattern])

    with pytest.raises(UnknownParameter, match="never_heard_of"):
        address(route, SimpleNamespace(), SimpleNamespace())
