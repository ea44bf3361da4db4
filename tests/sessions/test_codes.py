"""A one-time code is good once."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from tests.staff.conftest import claire  # noqa: F401  # a caseworker with a password
from tests.staff.test_login import SECRET, code_of, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(claire, settings):  # noqa: F811
    settings.MFA_TOTP_TOLERANCE = 1
    TOTP.activate(claire, SECRET)
    return code_of(SECRET)


def give(code):
    client = Client()
    enter(client)
    client.post("/login/factor/", {"code": code})
    return "_auth_user_id" in client.session


def test_a_code_that_was_used_is_refused(code):
    assert [give(code), give(code)] == [True, False]


def test_it_is_remembered_where_every_process_sees_it(code, settings):
    """Planted: what is forgotten, as it would be in the memory of another process, lets in again."""
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert give(code)
    cache.clear()

    assert give(code)
