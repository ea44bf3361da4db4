import os
import secrets

import pytest
from django.core.exceptions import ImproperlyConfigured

from ngo.readiness import reasons, refuse_unless_ready
from tests.staff.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(settings, tmp_path, monkeypatch):
    """A production that lacks nothing but an organisation."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    settings.DEMO, settings.PRODUCTION, settings.DEBUG = False, True, False
    settings.SECOND_FACTOR_REQUIRED = settings.HTTPS = True
    settings.SECRET_KEY = secrets.token_urlsafe(60)
    settings.ALLOWED_HOSTS = ["cases.invalid"]
    settings.VAR_DIR = tmp_path
    tmp_path.chmod(0o700)
    for name, file in (("PEPPER_FILE", "pepper"), ("ORGANISATION_KEY_FILE", "organisation.pub")):
        setattr(settings, name, tmp_path / file)
        (tmp_path / file).touch(mode=0o600)
    return settings


@pytest.fixture
def production(ready):
    """A production that lacks nothing; each test takes one thing away."""
    make_organisation("real")
    return ready


def test_nothing_is_missing(production):
    assert reasons() == []
    refuse_unless_ready()


def forget(name):
    return lambda settings: getattr(settings, name).unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda settings: setattr(settings, "SECRET_KEY", "missing"), "SECRET_KEY is missing"),
        (lambda settings: setattr(settings, "SECRET_KEY", "x" * 60), "SECRET_KEY is weak"),
        (lambda settings: setattr(settings, "SECRET_KEY", "short"), "SECRET_KEY is weak"),
        (lambda settings: setattr(settings, "DEBUG", True), "debug switch"),
        (lambda settings: setattr(settings, "SECOND_FACTOR_REQUIRED", False), "second factor"),
        (lambda settings: setattr(settings, "ALLOWED_HOSTS", []), "ALLOWED_HOSTS is missing"),
        (lambda settings: setattr(settings, "ALLOWED_HOSTS", ["*"]), "ALLOWED_HOSTS lets in every name"),
        (lambda settings: setattr(settings, "HTTPS", False), "HTTPS is off"),
        (forget("PEPPER_FILE"), "pepper file"),
        (forget("ORGANISATION_KEY_FILE"), "organisation key"),
        (lambda settings: settings.PEPPER_FILE.chmod(0o644), "can be read by others"),
        (lambda settings: settings.VAR_DIR.chmod(0o755), "can be read by everybody"),
    ],
)
def test_each_thing_that_is_missing_is_named_and_nothing_else(production, spoil, said):
    spoil(production)

    assert len(reasons()) == 1
    assert said in reasons()[0]


def test_it_does_not_run_as_root(production, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    assert reasons() == ["It runs as root: start it as an ordinary user."]


def test_all_reasons_are_named_at_once(production):
    production.DEBUG, production.SECRET_KEY = True, "missing"

    with pytest.raises(ImproperlyConfigured) as refusal:
        refuse_unless_ready()

    assert str(refusal.value).count("\n- ") == 2


def test_a_demo_never_becomes_real(ready):
    make_organisation("demo")

    assert "stays a demo" in reasons()[0]


def test_a_real_database_is_not_served_as_a_demo(settings):
    make_organisation("real")

    assert "belongs to a real organisation" in reasons()[0]


def test_production_without_an_organisation_says_how_to_set_one_up(ready):
    assert "setup_organisation" in reasons()[0]
