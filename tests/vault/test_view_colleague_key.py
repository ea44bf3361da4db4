import pytest
from django.urls import reverse

from cases.staff.roles import Role
from cases.vault import operations, queries
from tests.vault.colleagues import make_colleague

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def url_of(user):
    return reverse("vault:colleague_key", args=[user.pk])


@pytest.fixture
def changed(team):
    """Boris, who started over."""
    operations.start_over(user=team.boris, language="fr")
    return queries.keyring_of(team.boris)


def test_shows_the_words_in_three_languages(ana, changed):
    page = ana.get(url_of(changed.user)).content.decode()

    assert all(words in page for _, words in queries.fingerprints_of(changed))


def test_comparing_confirms(ana, changed, recorded, team):
    ana.unlock(team.of(team.ana))
    response = ana.fetch(url_of(changed.user), {"fingerprint": queries.fingerprint_of(changed)})

    changed.refresh_from_db()
    assert response.status_code == 204
    assert (changed.confirmed_by, queries.unconfirmed(changed)) == (ana.user, False)
    assert recorded() == ["vault.key_confirmed"]


def test_a_login_alone_confirms_nothing(ana, changed):
    page = ana.get(url_of(changed.user)).content.decode()
    response = ana.fetch(url_of(changed.user), {"fingerprint": queries.fingerprint_of(changed)})

    assert "Unlock first" in page
    assert 'name="fingerprint"' not in page
    assert response.status_code == 422
    assert queries.unconfirmed(queries.keyring_of(changed.user))


def test_a_key_changed_meanwhile_is_not_confirmed(ana, changed, team):
    ana.unlock(team.of(team.ana))
    before = queries.fingerprint_of(changed)
    operations.start_over(user=changed.user, language="fr")

    response = ana.fetch(url_of(changed.user), {"fingerprint": before})

    assert response.status_code == 422
    assert queries.unconfirmed(queries.keyring_of(changed.user))


def test_the_own_key_is_read_out_not_confirmed(client_of, changed):
    boris = client_of(changed.user)

    assert "vault-key" not in boris.get(url_of(changed.user)).content.decode().split("<main")[1]
    assert (
        boris.fetch(url_of(changed.user), {"fingerprint": queries.fingerprint_of(changed)}).status_code == 200
    )
    assert queries.unconfirmed(queries.keyring_of(changed.user))


def test_a_known_key_offers_nothing_to_do(ana, team):
    page = ana.get(url_of(team.clara)).content.decode()

    assert "nothing to do" in page
    assert 'name="fingerprint"' not in page


def test_who_has_no_key(ana):
    assert ana.get(url_of(make_colleague("nina"))).status_code == 404


def test_nobody(ana):
    assert ana.get("/vault/keys/987654/").status_code == 404


def test_who_may_not_use_the_vault(client_of, team):
    assert client_of(make_colleague("nina", Role.AUDITOR)).get(url_of(team.ana)).status_code == 403


def test_wrong_method(ana, team):
    assert ana.put(url_of(team.boris)).status_code == 405


def test_a_stranger(client, team):
    assert client.get(url_of(team.ana)).status_code == 302
