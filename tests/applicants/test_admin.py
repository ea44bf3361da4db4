import pytest
from django.contrib.auth.models import Permission as ModelPermission
from django.db import connection

from cases.applicants.models import Applicant, ApplicantUserPermission
from tests.applicants.factories import NAME
from tests.staff.factories import login, make_person

pytestmark = pytest.mark.django_db
URL = "/admin/applicants/applicant/"


def share(case, person):
    view = ModelPermission.objects.get(codename="view_applicant")
    ApplicantUserPermission.objects.create(user=person, permission=view, content_object=case)


@pytest.mark.parametrize(
    ("roles", "superuser"), [(["coordinator"], False), ([], True), (["administrator"], True)]
)
def test_unshared_cases_are_not_there(client, applicant, roles, superuser):
    login(client, make_person("Root", roles, is_superuser=superuser))

    for url in (
        URL,
        f"{URL}{applicant.pk}/change/",
        f"{URL}{applicant.pk}/history/",
        URL + "?q=Heron",
        "/admin/",
    ):
        assert "Grey Heron" not in client.get(url, follow=True).content.decode()


@pytest.mark.parametrize(("roles", "superuser"), [(["coordinator"], False), ([], True)])
def test_shared_ones_can_be_looked_at_by_pseudonym_only(client, applicant, roles, superuser):
    person = make_person("Root", roles, is_superuser=superuser)
    share(applicant, person)
    login(client, person)

    assert "Grey Heron" in client.get(URL).content.decode()
    page = client.get(f"{URL}{applicant.pk}/change/").content.decode()
    assert "Grey Heron" in page
    assert not any(part in page for part in NAME.split())
    assert client.get(URL + "add/").status_code == 403
    assert client.post(f"{URL}{applicant.pk}/change/", {"pseudonym": "X"}).status_code == 403
    assert client.post(f"{URL}{applicant.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Applicant.objects.get().pseudonym == "Grey Heron"


def test_not_for_administrators_of_accounts_even_if_somebody_shared_with_them(client, applicant):
    person = make_person("Mira", ["administrator"])
    share(applicant, person)
    login(client, person)

    assert client.get(URL).status_code == 403
    assert client.get(f"{URL}{applicant.pk}/change/").status_code == 403


def test_nothing_is_typed_that_would_reach_address_and_statement(client, applicant):
    person = make_person("Root", ["coordinator"])
    share(applicant, person)
    login(client, person)
    seen = []

    def watch(execute, sql, params, many, context):
        seen.append(f"{sql} {params}".casefold())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        answer = client.get(URL, {"q": NAME}, follow=True)

    assert "Grey Heron" in answer.content.decode()
    assert 'name="q"' not in answer.content.decode()
    assert len(seen) > 0
    assert not any(part.casefold() in one for part in NAME.split() for one in seen)
