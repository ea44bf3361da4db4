import pytest


@pytest.fixture
def ready(work, applicant):
    from tests.vetting.decision_factories import make_ready

    return make_ready(work, applicant)
