# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.applicants.conftest import browse, recorded, vault, work  # noqa: F401  # fixtures


@pytest.fixture
def officers(work):  # noqa: F811
    """Vera and Cora vet and hold the names of their team; Olga owns the case, Nina is outside."""
    from tests.staff.factories import make_team

    work.vetters = make_team(
        work.olga, work.vera, work.cora, name="Vetters", holders=[work.olga, work.vera, work.cora]
    )
    return work


@pytest.fixture
def person(officers):
    from tests.applicants.factories import make_applicant
    from tests.vetting.screening.lists import IDENTITY

    return make_applicant(by=officers.olga, pseudonym="Grey Heron", identity=IDENTITY, team=officers.vetters)


@pytest.fixture
def meanings(db):
    from cases.documents.operations.reference import load_reference

    load_reference()
