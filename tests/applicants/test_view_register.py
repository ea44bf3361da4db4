import re

import pytest
from django.urls import reverse

from cases.applicants.models import Applicant, Membership, UsedPseudonym
from cases.staff.models import random_id
from tests.applicants.factories import NAME, make_applicant

pytestmark = pytest.mark.django_db
URL = "/cases/new/"


def form(**fields):
    facts = {
        "new_id": str(random_id()),
        "pseudonym": "Lotus 47",
        "category": "mobilised",
        "country": "AM",
        "channel": "telegram",
        "name": NAME,
    }
    return facts | fields


def test_the_page_offers_a_pseudonym_and_the_country_of_the_last_case(browse, work):
    olga = browse(work.olga)
    empty = olga.get(URL)
    assert re.search(r'name="pseudonym" value="[A-Z][a-z]+ \d\d"', empty.content.decode())
    assert empty.context["form"]["country"].value() is None

    make_applicant(by=work.olga, country="GE", channel="phone")
    again = olga.get(URL).context["form"]
    assert (again["country"].value(), again["channel"].value()) == ("GE", "phone")


def test_another_pseudonym_comes_alone(browse, work):
    answer = browse(work.olga).get(reverse("applicants:pseudonym"))

    assert 'id="pseudonym"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert not UsedPseudonym.objects.exists()


def test_a_locked_colleague_registers_and_lands_on_the_sealed_case(browse, work):
    olga = browse(work.olga)
    sent = form()
    answer = olga.send(URL, **sent)

    applicant = Applicant.objects.get()
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/cases/{sent['new_id']}/")
    assert (applicant.pseudonym, applicant.category, str(applicant.country), applicant.channel) == (
        "Lotus 47",
        "mobilised",
        "AM",
        "telegram",
    )
    assert (applicant.owner, applicant.name_known) == (work.olga, True)
    page = olga.get(answer["HX-Redirect"]).content.decode()
    assert "Registered as Lotus 47." in page
    assert "sealed" in page
    assert "Кулебякин" not in page


def test_sent_twice_it_is_saved_once_and_answered_alike(browse, work):
    olga = browse(work.olga)
    sent = form()
    first, second = olga.send(URL, **sent), olga.send(URL, **sent)

    assert first["HX-Redirect"] == second["HX-Redirect"]
    assert Applicant.objects.count() == 1


def test_an_id_of_a_colleagues_case_is_refused(browse, work, applicant):
    answer = browse(work.nina).send(URL, **form(new_id=str(applicant.pk)))

    assert answer.status_code == 422
    assert "This form belongs to another case." in answer.content.decode()
    assert Applicant.objects.get().intake_by == work.olga


def test_errors_stand_beside_their_field_and_nothing_typed_is_lost(browse, work):
    answer = browse(work.olga).send(URL, **form(category="", country="XX"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"category", "country"}
    assert f'value="{NAME}"' in page
    assert 'value="Lotus 47"' in page
    assert not Applicant.objects.exists()
    assert "Кулебякин" not in browse(work.olga).get(URL).content.decode()


def test_a_pseudonym_taken_meanwhile_is_replaced_and_said(browse, work):
    make_applicant(by=work.nina, pseudonym="lotus 47")
    answer = browse(work.olga).send(URL, **form())

    assert answer.status_code == 422
    assert answer.context["form"].data["pseudonym"] != "Lotus 47"
    assert "Here is another" in answer.content.decode()
    assert answer.context["form"].data["name"] == NAME


@pytest.mark.parametrize(
    "pseudonym", [NAME, "Kulebyakin 7", "Grey Heron", "Lotus", "Lotus 47 Kulebyakin", ""]
)
def test_a_pseudonym_that_was_not_offered_is_refused(browse, work, pseudonym):
    answer = browse(work.olga).send(URL, **form(pseudonym=pseudonym))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"pseudonym"}
    assert not UsedPseudonym.objects.exists()


def test_one_that_happens_to_tell_the_name_is_replaced_and_said(browse, work):
    answer = browse(work.olga).send(URL, **form(pseudonym="Vega 47", name="Иван Вега"))

    assert answer.status_code == 422
    assert not answer.context["form"].data["pseudonym"].startswith("Vega")
    assert "held a part of the name. Here is another" in answer.content.decode()
    assert answer.context["form"].data["name"] == "Иван Вега"
    assert not UsedPseudonym.objects.exists()


def test_a_nameless_person_is_registered_too(browse, work):
    browse(work.olga).send(URL, **form(name="  ", country=""))

    applicant = Applicant.objects.get()
    assert (applicant.name_known, str(applicant.country)) == (False, "")


def test_a_member_of_a_household_is_led_on_to_join_it(browse, work, applicant):
    olga = browse(work.olga)
    sent = form(category="partner")
    answer = olga.send(f"{URL}?with={applicant.pk}", **sent)

    assert answer["HX-Redirect"] == f"/cases/{sent['new_id']}/household/?with={applicant.pk}"
    household = olga.get(answer["HX-Redirect"])
    assert household.context["form"]["pseudonym"].value() == "Grey Heron"
    assert not Membership.objects.exists()


@pytest.mark.parametrize("companion", ["a%0d%0aSet-Cookie:x", "%00", "//evil.invalid", "x" * 5000, ""])
def test_who_the_companion_is_not_is_led_to_the_case(browse, work, companion):
    sent = form()
    answer = browse(work.olga).send(f"{URL}?with={companion}", **sent)

    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/cases/{sent['new_id']}/")
    assert Applicant.objects.count() == 1


def test_a_plain_form_is_refused_since_the_browser_would_keep_it(browse, work):
    answer = browse(work.olga).client.post(URL, form())

    assert answer.status_code == 400
    assert not Applicant.objects.exists()


@pytest.mark.parametrize("person", ["vera", "audrey"])
def test_who_does_not_take_people_in_is_kept_out(browse, work, person):
    browser = browse(getattr(work, person))

    assert browser.get(URL).status_code == 403
    assert browser.send(URL, **form()).status_code == 403
    assert browser.get(reverse("applicants:pseudonym")).status_code == 403
    assert not Applicant.objects.exists()


def test_other_methods_are_refused(browse, work):
    assert browse(work.olga).client.put(URL).status_code == 405
    assert browse(work.olga).send(reverse("applicants:pseudonym")).status_code == 405
