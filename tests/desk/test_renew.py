from datetime import timedelta

import pytest
from django.utils import timezone

from cases.vault.models import Grant
from tests.desk.cases import take_in
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
URL = "/vault/renew/"


def days_left(world, name):
    ends = Grant.objects.filter(user=world.people[name]).values_list("expires_at", flat=True)
    return sorted(round((end - timezone.now()) / timedelta(days=1)) for end in ends)


def ending(world, days, **fields):
    take_in(world)
    Grant.objects.update(expires_at=timezone.now() + timedelta(days=days), **fields)


def test_one_click_renews_all_of_ones_own_and_nobody_elses(world, recorded):
    ending(world, 5)
    client = visit(world, "claire")
    answer = client.post(URL, **FETCH)

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/vault/")
    assert (days_left(world, "claire"), days_left(world, "ana")) == ([90, 90], [5, 5])
    assert recorded("vault.access_renewed") == [("claire", "vault.access_renewed", "2")]
    assert "Renewed for 90 days: 2." in client.get("/vault/").content.decode()


def test_a_guest_stays_a_guest(world):
    ending(world, 5, firm=True)
    visit(world, "claire").post(URL, **FETCH)

    assert days_left(world, "claire") == [5, 5]


@pytest.mark.parametrize(("name", "status"), [("dora", 204), ("paul", 403), ("mira", 403), ("root", 403)])
def test_the_door(world, name, status):
    assert visit(world, name).post(URL, **FETCH).status_code == status


def test_other_methods_are_refused(world):
    assert visit(world, "claire").get(URL).status_code == 405
