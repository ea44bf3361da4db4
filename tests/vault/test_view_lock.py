import pytest
from django.urls import reverse

from cases.staff.roles import Role
from tests.vault.colleagues import make_colleague

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
URL = "/vault/lock/"


def test_locks(ana, team, vault, recorded):
    ana.unlock(team.of(team.ana))

    response = ana.post(URL)

    assert response.url == reverse("desk:home")
    assert response["Clear-Site-Data"] == '"cache"'
    assert ana.cookies["vault-key"].value == ""
    assert not (vault.runtime_dir / f"unlocked-{team.ana.pk}").exists()
    assert recorded() == ["vault.locked"]


def test_locks_in_every_browser(ana, client_of, team):
    ana.unlock(team.of(team.ana))
    second = client_of(team.ana)
    second.cookies = ana.cookies.copy()

    second.post(URL)

    assert "data-until" not in ana.get(reverse("vault:colleague_key", args=[team.ana.pk])).content.decode()


def test_leaves_colleagues_alone(ana, client_of, team, vault):
    client_of(team.boris).unlock(team.of(team.boris))

    ana.post(URL)

    assert (vault.runtime_dir / f"unlocked-{team.boris.pk}").exists()


def test_locking_what_is_locked_is_fine(ana):
    assert ana.fetch(URL).status_code == 204


def test_get_changes_nothing(ana, team, vault):
    ana.unlock(team.of(team.ana))

    assert ana.get(URL).status_code == 405
    assert (vault.runtime_dir / f"unlocked-{team.ana.pk}").exists()


def test_who_may_not_use_the_vault(client_of, team):
    assert client_of(make_colleague("nina", Role.AUDITOR)).post(URL).status_code == 403


def test_a_stranger(client):
    assert client.post(URL).status_code == 302


def test_logging_out_locks(ana, client_of, team, vault):
    ana.unlock(team.of(team.ana))
    client_of(team.boris).unlock(team.of(team.boris))

    ana.logout()

    assert [path.name for path in vault.runtime_dir.glob("unlocked-*")] == [f"unlocked-{team.boris.pk}"]
