import pytest
from django.contrib import admin as django_admin

from cases.staff.admin_site import site
from cases.staff.models import Organisation, RoleGrant, User
from cases.staff.roles import Role
from tests.staff.factories import PASSWORD, login, make_person, make_team

pytestmark = pytest.mark.django_db
ROLES = {Role.ADMINISTRATOR: 200, Role.COORDINATOR: 200}


@pytest.mark.parametrize("role", Role)
def test_who_may_enter(client, role):
    login(client, make_person("Somebody", [role]))

    assert client.get("/admin/", follow=True).status_code == ROLES.get(role, 403)


def test_there_is_one_way_to_log_in(client, mira):
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/login/?next=%2Fadmin%2F"

    client.post("/admin/login/", {"username": "mira", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_the_login_page_of_the_panel_leads_past_no_second_factor(as_mira, settings):
    settings.SECOND_FACTOR_REQUIRED = True

    assert as_mira.get("/admin/login/", follow=True).redirect_chain[-1][0] == "/account/factors/"


def test_only_accounts_teams_cases_reference_data_and_the_organisation_are_there():
    assert {model._meta.label_lower for model in site._registry} == {
        "staff.user",
        "staff.rolegrant",
        "staff.team",
        "staff.organisation",
        "alarms.alarmstep",
        "journeys.place",
        "asylum.regimerule",
        "asylum.deadlinerule",
        "relocation.grouplimit",
        "retention.retentionrule",
        "applicants.applicant",
        "applicants.consenttext",
        "letters.lettertemplate",
        "needs.needkind",
        "transfers.eeastate",
        "documents.documenttype",
        "documents.areamember",
        "documents.entryrule",
        "documents.visarule",
        "documents.remedyrule",
        "documents.stayrule",
        "documents.exitrule",
        "documents.safetyrule",
        "vetting.checkkind",
        "vetting.interviewframe",
        "vetting.interviewquestion",
        "vetting.listkind",
    }


def test_what_other_packages_registered_is_mounted_nowhere(as_mira):
    assert len(django_admin.site._registry) > 0
    for path in (
        "auth/group/",
        "mfa/authenticator/",
        "account/emailaddress/",
        "audit/entry/",
        "vault/grant/",
    ):
        assert as_mira.get(f"/admin/{path}").status_code == 404


class TestAccounts:
    def url(self, person):
        return f"/admin/staff/user/{person.pk}/change/"

    def test_lists_and_shows_without_the_password(self, as_mira, claire):
        assert "Claire" in as_mira.get("/admin/staff/user/").content.decode()
        page = as_mira.get(self.url(claire)).content.decode()

        assert claire.password not in page
        assert "argon2" not in page
        assert 'name="is_superuser"' not in page

    def test_facts_are_saved_by_the_operation(self, as_mira, claire, recorded):
        data = {"full_name": "Claire B", "email": "", "language": "fr", "time_zone": "Europe/Paris"}
        inline = {"role_grants-TOTAL_FORMS": "0", "role_grants-INITIAL_FORMS": "0"}

        as_mira.post(self.url(claire), data | inline)

        claire.refresh_from_db()
        assert (claire.full_name, claire.language) == ("Claire B", "fr")
        assert recorded()[-1] == ("staff.account_edited", "mira", "claire")

    def test_the_name_of_a_colleague_is_refused_here_too(self, as_mira, claire):
        data = {"full_name": "MIRA", "email": "", "language": "fr", "time_zone": "Europe/Paris"}
        inline = {"role_grants-TOTAL_FORMS": "0", "role_grants-INITIAL_FORMS": "0"}

        answer = as_mira.post(self.url(claire), data | inline)

        claire.refresh_from_db()
        assert (answer.status_code, claire.full_name, claire.language) == (200, "Claire", "en")

    def test_roles_cannot_be_changed_here(self, as_mira, claire):
        grant = claire.role_grants.get()
        data = {"full_name": "Claire", "email": "", "language": "en", "time_zone": "Europe/Paris"}
        inline = {
            "role_grants-TOTAL_FORMS": "2",
            "role_grants-INITIAL_FORMS": "1",
            "role_grants-0-id": grant.pk,
            "role_grants-0-user": claire.pk,
            "role_grants-0-role": "administrator",
            "role_grants-1-user": claire.pk,
            "role_grants-1-role": "auditor",
        }

        as_mira.post(self.url(claire), data | inline | {"is_superuser": "on", "is_active": ""})

        claire.refresh_from_db()
        assert list(RoleGrant.objects.filter(user=claire).values_list("role", flat=True)) == ["caseworker"]
        assert (claire.is_superuser, claire.is_active) == (False, True)

    def test_nothing_is_added_or_deleted(self, as_mira, claire):
        assert as_mira.get("/admin/staff/user/add/").status_code == 403
        assert as_mira.post(f"/admin/staff/user/{claire.pk}/delete/", {"post": "yes"}).status_code == 403
        assert as_mira.get("/admin/staff/rolegrant/add/").status_code == 403
        assert User.objects.filter(pk=claire.pk).exists()

    def test_not_for_who_keeps_only_the_reference_data(self, client, claire):
        login(client, make_person("Clara", [Role.COORDINATOR]))

        assert client.get("/admin/staff/user/").status_code == 403
        assert client.get(self.url(claire)).status_code == 403


class TestOrganisation:
    URL = "/admin/staff/organisation/1/change/"

    def test_the_kind_cannot_be_changed(self, as_mira, demo):
        as_mira.post(self.URL, {"name": "Road", "headcount": "7", "kind": "real"})

        us = Organisation.objects.get()
        assert (us.name, us.headcount, us.kind) == ("Road", 7, "demo")

    def test_lists_of_teams_and_roles_are_read_only(self, as_mira, claire):
        team = make_team(claire)

        assert "Claire" in as_mira.get("/admin/staff/team/").content.decode()
        assert as_mira.post(f"/admin/staff/team/{team.pk}/change/", {"name": "X"}).status_code == 403
        assert as_mira.get("/admin/staff/rolegrant/").status_code == 200


@pytest.mark.parametrize(
    "lookup", ["password__startswith", "epoch", "deputy__password__startswith", "user__password__contains"]
)
@pytest.mark.parametrize("page", ["user", "rolegrant", "team"])
def test_no_question_is_answered_about_a_column_that_is_not_shown(as_mira, page, lookup):
    answer = as_mira.get(f"/admin/staff/{page}/", {lookup: "argon2"})

    # Django sends an unknown filter back to the unfiltered page, or refuses it.
    assert answer.status_code == 400 or answer["Location"].endswith("?e=1")


def test_a_filter_of_the_page_is_answered(as_mira):
    assert as_mira.get("/admin/staff/user/", {"is_active__exact": "1"}).status_code == 200


def test_the_password_is_changed_on_one_page_only(as_mira, mira):
    new = {"old_password": PASSWORD, "new_password1": "nine green doors in March"}
    answer = as_mira.post("/admin/password_change/", new | {"new_password2": new["new_password1"]})

    mira.refresh_from_db()
    assert answer["Location"] == "/account/password/"
    assert mira.check_password(PASSWORD)
