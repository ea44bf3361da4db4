import pytest
from django.urls import reverse

from cases.applicants import operations
from cases.applicants.models import Applicant
from tests.applicants.factories import make_applicant

pytestmark = pytest.mark.django_db
URL = "applicants:edit"


def opened(browser, applicant, **changes):
    """The form as it was opened, with what was typed into it."""
    form = browser.get(reverse(URL, args=[applicant.pk])).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        name: str(value) if not isinstance(value, list) else value for name, value in values.items() if value
    } | changes


def send(browser, applicant, data):
    return browser.send(reverse(URL, args=[applicant.pk]), **data)


def test_the_facts_are_saved(browse, work, applicant):
    tim = browse(work.tim)
    answer = send(
        tim,
        applicant,
        opened(
            tim,
            applicant,
            urgency="3",
            languages=["ru", "bua"],
            special_needs="insulin",
            last_contact_on="2026-11-01",
        ),
    )

    applicant.refresh_from_db()
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/cases/{applicant.pk}/")
    assert (applicant.urgency, applicant.languages, applicant.special_needs) == (3, ["ru", "bua"], "insulin")
    assert (applicant.last_contact_on.isoformat(), applicant.version) == ("2026-11-01", 2)


def test_the_second_of_two_sees_what_changed_and_loses_nothing(browse, work, applicant):
    tim = browse(work.tim)
    late = opened(tim, applicant, special_needs="insulin", urgency="4")
    operations.edit_applicant(
        applicant=applicant, changes={"country": "AM", "urgency": 3}, version=1, by=work.olga
    )

    answer = send(tim, applicant, late)

    form, page = answer.context["form"], answer.content.decode()
    assert answer.status_code == 422
    assert "A colleague changed this case while you were writing." in page
    assert (form["special_needs"].value(), form["urgency"].value()) == ("insulin", "4")
    assert form["country"].value() == "AM"
    assert form.errors["country"] == ["Now saved: Armenia. Choose what is right and save again."]
    assert form.errors["urgency"] == ["Now saved: Urgent. Choose what is right and save again."]
    assert Applicant.objects.get().special_needs == ""

    again = {name: value for name, value in form.data.items() if value}
    assert send(tim, applicant, again).status_code == 204
    applicant.refresh_from_db()
    assert (applicant.special_needs, applicant.urgency, str(applicant.country)) == ("insulin", 4, "AM")


def test_sent_twice_it_is_saved_once(browse, work, applicant):
    tim = browse(work.tim)
    data = opened(tim, applicant, urgency="3")

    assert [send(tim, applicant, data).status_code for _ in range(2)] == [204, 204]
    applicant.refresh_from_db()
    assert applicant.version == 2


def test_a_wrong_value_is_told_beside_its_field(browse, work, applicant):
    tim = browse(work.tim)
    answer = send(tim, applicant, opened(tim, applicant, urgency="9", languages=["xx"], special_needs="kept"))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"urgency", "languages"}
    assert answer.context["form"]["special_needs"].value() == "kept"


def test_what_was_opened_cannot_be_made_up(browse, work, applicant):
    tim = browse(work.tim)
    data = opened(tim, applicant, urgency="3", opened="made up", version="7")
    answer = send(tim, applicant, data)

    assert answer.status_code == 422
    applicant.refresh_from_db()
    assert applicant.urgency == 2


def test_who_may_edit(browse, work, applicant):
    data = opened(browse(work.tim), applicant)
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )

    assert browse(work.nina).get(reverse(URL, args=[applicant.pk])).status_code == 404
    assert browse(work.vera).get(reverse(URL, args=[applicant.pk])).status_code == 403
    assert send(browse(work.vera), applicant, data).status_code == 403
    assert browse(work.audrey).get(reverse(URL, args=[applicant.pk])).status_code == 403
    assert (
        browse(work.tim).client.delete(reverse(URL, args=[make_applicant(by=work.tim).pk])).status_code == 405
    )
