import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from cases.staff.roles import Role
from cases.vault import unlock
from cases.vault.context import lock
from tests.vault.colleagues import make_colleague

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def lock_of(user, cookies=None):
    request = HttpRequest()
    request.user = user
    request.COOKIES = cookies or {}
    return lock(request)["lock"]


def test_nobody_has_no_lock():
    assert lock_of(AnonymousUser()).available is False


def test_who_may_not_use_the_vault_has_none(vault):
    assert lock_of(make_colleague("nina", Role.ADMINISTRATOR)).available is False


def test_locked(team):
    found = lock_of(team.ana)

    assert (found.available, found.unlocked, found.until) == (True, False, None)


def test_unlocked(team):
    request, response = HttpRequest(), HttpResponse()
    request.user = team.ana
    unlock.put(response, request, team.of(team.ana))

    found = lock_of(team.ana, {"vault-key": response.cookies["vault-key"].value})

    assert (found.available, found.unlocked) == (True, True)
