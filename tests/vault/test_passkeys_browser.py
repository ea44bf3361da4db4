"""A real browser with an authenticator that Chromium plays: added, then used, and refused where it cannot compute."""

import pytest
from django.conf import settings

from cases.vault.models import VaultPasskey
from tests.vault.colleagues import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


@pytest.fixture
def inside(team, page, live_server):
    """Ana in the browser, unlocked, with an authenticator that can do what `prf` says."""

    def come_in(prf):
        client = Browser(team.ana)
        client.login_again()
        client.unlock(team.of(team.ana))
        for name in (settings.SESSION_COOKIE_NAME, "vault-key"):
            cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            page.context.add_cookies([cookie])
        tools = page.context.new_cdp_session(page)
        tools.send("WebAuthn.enable")
        can = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasPrf": prf}
        can |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": can})
        page.goto(f"{live_server.url}/vault/passkeys/")
        return page

    return come_in


def test_added_and_used(inside, live_server):
    page = inside(prf=True)
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.fill("input[name=name]", "laptop")
    page.click("text=Add this device or stick")
    page.wait_for_selector("text=Not used yet")

    page.context.clear_cookies(name="vault-key")
    page.goto(f"{live_server.url}/vault/unlock/?next=/vault/")
    page.click("button:has-text('Unlock with a passkey')")
    page.wait_for_url(f"{live_server.url}/vault/")
    page.wait_for_selector("text=Unlocked. It locks by itself")

    assert (VaultPasskey.objects.filter(used_at__isnull=False).count(), wrong) == (1, [])


def test_an_authenticator_that_computes_nothing_is_not_taken(inside):
    page = inside(prf=False)
    page.fill("input[name=name]", "old stick")
    page.click("text=Add this device or stick")
    page.wait_for_selector("text=it lacks the part of passkeys that is called PRF")

    assert page.input_value("input[name=name]") == "old stick"
    assert not VaultPasskey.objects.exists()
