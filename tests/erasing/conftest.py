# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import shutil

import pytest

from tests.applicants.conftest import applicant, browse, recorded, work  # noqa: F401  # fixtures
from tests.applicants.conftest import vault as _vault  # noqa: F401
from tests.vetting.decision_conftest import ready  # noqa: F401


@pytest.fixture
def vault(_vault, settings, tmp_path):  # noqa: F811
    """A vault whose files lie in a folder of this test alone."""
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir(mode=0o700)
    yield
    shutil.rmtree(settings.VAR_DIR)


@pytest.fixture
def asked(applicant, work):  # noqa: F811
    from tests.erasing.full_case import ask

    return ask(applicant, by=work.olga)


@pytest.fixture
def dora(work):  # noqa: F811
    from tests.staff.factories import make_person

    return make_person("Dora Director", ["director"])


@pytest.fixture
def full(ready, work):  # noqa: F811
    """Grey Heron with a row of everything that can hang on a case, each with a word of his own in it."""
    from tests.erasing.full_case import fill

    return fill(ready.case, ready, work)
