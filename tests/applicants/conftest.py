# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import shutil
import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def vault(settings, tmp_path):
    from tests.vault.colleagues import cheap_vault

    runtime_dir = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="safe-conduct-test-"))
    cheap_vault(settings, runtime_dir, tmp_path)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    yield
    shutil.rmtree(runtime_dir)


@pytest.fixture
def work(db, vault):
    from tests.applicants.factories import make_work

    return make_work()


@pytest.fixture
def applicant(work):
    """A man whom Olga took in; Olga and Tim see the case and can open the name."""
    from tests.applicants.factories import CONTACT, IDENTITY, make_applicant

    return make_applicant(by=work.olga, pseudonym="Grey Heron", identity=IDENTITY, contact=CONTACT)


@pytest.fixture
def recorded(db):
    """The actions recorded since the test began, oldest first."""
    from cases.audit.models import Entry

    before = Entry.objects.count()
    return lambda: [entry.action for entry in Entry.objects.order_by("id")[before:]]


@pytest.fixture
def browse(client, work):
    """Log somebody in, unlocked if wished, and return the client."""
    from cases.vault import unlock
    from tests.applicants.browsing import Browser

    return lambda person, unlocked=False: Browser(client, person, work if unlocked else None, unlock)
