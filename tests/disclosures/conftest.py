# Django is not set up yet when this file is read: the fixtures import what they need themselves.
import pytest

from tests.applicants.conftest import browse, recorded, vault, work  # noqa: F401


@pytest.fixture
def heron(work):  # noqa: F811
    """A man whom Olga took in; she and Tim see the case and can open the name."""
    from tests.applicants.factories import CONTACT, IDENTITY, agree, make_applicant

    heron = make_applicant(by=work.olga, pseudonym="Grey Heron", identity=IDENTITY, contact=CONTACT)
    return agree(heron, "government", by=work.olga)


@pytest.fixture
def lotus(work):  # noqa: F811
    from tests.applicants.factories import agree, make_applicant

    identity = {"name": "Аглая Тмутараканская", "birth_date": "2001-05"}
    lotus = make_applicant(by=work.olga, pseudonym="Blue Lotus", identity=identity, contact={})
    return agree(lotus, "government", by=work.olga)
