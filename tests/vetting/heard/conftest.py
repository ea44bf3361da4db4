# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.applicants.conftest import applicant, browse, recorded, vault, work  # noqa: F401  # fixtures


@pytest.fixture
def vera(applicant, work):  # noqa: F811
    """She vets, works on the case and can open its account; Olga owns it, Tim is on the team, Nina is outside."""
    from tests.vetting.heard.factories import let_in

    let_in(applicant, work.vera, work)
    return work.vera


@pytest.fixture
def frame(db):
    from tests.vetting.heard.factories import make_frame

    return make_frame()
