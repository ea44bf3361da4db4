import pytest
from django.contrib.auth.models import Permission as ModelPermission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from cases.applicants.models import Applicant, ApplicantUserPermission
from cases.staff.models import random_id
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


@pytest.mark.parametrize(
    ("roles", "superuser"), [(["administrator"], False), (["coordinator"], False), ([], True)]
)
def test_no_address_tells_whether_a_case_exists(client, applicant, roles, superuser):
    login(client, make_person("Mira", roles, is_superuser=superuser))
    kind = ContentType.objects.get_for_model(Applicant).pk

    answers = [client.get(f"/admin/r/{kind}/{one}/").status_code for one in (applicant.pk, random_id(), "x")]

    assert answers == [404, 404, 404]


def test_who_sees_the_case_is_led_to_its_page(client, applicant):
    person = make_person("Clara", ["coordinator"])
    share(applicant, person)
    login(client, person)

    page = client.get(f"{URL}{applicant.pk}/change/").content.decode()

    assert f'href="{applicant.get_absolute_url()}"' in page
    assert client.get(applicant.get_absolute_url()).status_code == 200
