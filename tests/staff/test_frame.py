import pytest
from django.test import RequestFactory

from cases.staff import navigation
from cases.staff.context import Frame
from cases.staff.navigation import Section, sections_for
from cases.staff.roles import Permission, Role
from tests.staff.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sections(monkeypatch):
    known = [
        Section("Roles", "staff:roles", "person-badge", None, navigation.ADMINISTRATION),
        Section(
            "Colleagues", "staff:colleagues", "people", Permission.MANAGE_ACCOUNTS, navigation.ADMINISTRATION
        ),
        Section("Account", "staff:account", "gear"),
        Section("Away", "staff:away", "gear"),
    ]
    monkeypatch.setattr(navigation, "SECTIONS", known)


def sections(user, path="/"):
    return sections_for(user, RequestFactory().get(path))


def test_work_comes_first_and_only_what_one_may(claire, mira):
    assert [it.label for it in sections(claire)] == ["Account", "Away", "Roles"]
    assert [it.label for it in sections(mira)] == ["Account", "Away", "Roles", "Colleagues"]
    assert [str(it.group) for it in sections(claire)] == ["", "", "Administration"]


@pytest.mark.parametrize(
    ("path", "active"),
    [
        ("/account/", ["Account"]),
        ("/account/away/", ["Away"]),
        ("/account/x/", ["Account"]),
        ("/", []),
        ("/colleagues/3/", []),
    ],
)
def test_the_nearest_section_is_the_present_one(claire, path, active):
    assert [it.label for it in sections(claire, path) if it.active] == active


def test_without_a_login_there_is_nobody_and_nothing(client):
    frame = client.get("/login/").context["frame"]

    assert (frame.person, frame.sections, frame.away) == (None, [], False)


def test_the_banner_says_demo_only_in_a_demo(settings, rf):
    assert Frame(rf.get("/")).demo is False
    make_organisation("demo")
    assert Frame(rf.get("/")).demo is True
    settings.DEMO = False
    assert Frame(rf.get("/")).demo is False


def test_every_icon_is_in_the_sprite():
    from pathlib import Path

    from django.contrib.staticfiles import finders

    sprite = Path(finders.find("icons.svg")).read_text()
    assert all(f'id="{section.icon}"' in sprite for section in navigation.SECTIONS)


def test_a_person_s_roles_are_read_once(django_assert_num_queries):
    person = make_person("Nina", [Role.INTAKE, Role.VETTING])

    with django_assert_num_queries(1):
        assert person.may(Permission.REGISTER)
        assert person.may(Permission.DECIDE_VETTING)
        assert not person.may(Permission.MANAGE_ACCOUNTS)
