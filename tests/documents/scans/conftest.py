# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.applicants.conftest import applicant, browse, recorded, vault, work  # noqa: F401  # fixtures


@pytest.fixture
def document(applicant, work):  # noqa: F811
    """The internal passport of the man whom Olga took in."""
    from tests.documents.scans.sending import make_document

    return make_document(applicant, by=work.olga)
