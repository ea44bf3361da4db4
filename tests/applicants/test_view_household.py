import pytest
from django.urls import reverse

from cases.applicants import operations
from cases.applicants.models import Membership
from tests.applicants.factories import make_applicant

pytestmark = pytest.mark.django_db


def url(applicant, name="household"):
    return reverse(f"applicants:{name}", args=[applicant.pk])


def joined(**fields):
    return {"pseudonym": "grey heron", "kinship": "same_sex_partner", "has_certificate": "false"} | fields


def test_a_partner_without_a_certificate_joins(browse, work, applicant):
    partner = make_applicant(by=work.olga, category="partner")
    answer = browse(work.tim).send(url(partner), **joined(travels_with="on"))

    mine = Membership.objects.get(applicant=partner)
    assert answer.status_code == 204
    assert (mine.kinship, mine.has_certificate, mine.travels_with) == ("same_sex_partner", False, True)
    page = browse(work.tim).get(reverse("applicants:detail", args=[applicant.pk])).content.decode()
    assert partner.pseudonym in page
    assert "without a certificate" in page


def test_only_cases_one_works_on_can_be_joined(browse, work, applicant):
    other = make_applicant(by=work.nina, pseudonym="Lotus 12")
    tim = browse(work.tim)

    for typed in ("Lotus 12", "Nobody 10"):
        answer = tim.send(url(applicant), **joined(pseudonym=typed))
        assert answer.status_code == 422
        assert "No case that you work on has this pseudonym." in answer.content.decode()
    assert other.pseudonym not in tim.get(url(applicant)).content.decode()


def test_the_person_itself_is_refused(browse, work, applicant):
    answer = browse(work.tim).send(url(applicant), **joined())

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["pseudonym"]


def test_leaving(browse, work, applicant):
    wife = make_applicant(by=work.olga)
    tim = browse(work.tim)
    tim.send(url(wife), **joined(kinship="spouse"))
    assert "Leave this household" in tim.get(url(wife)).content.decode()

    assert tim.send(url(wife, "household_leave")).status_code == 204
    assert not Membership.objects.filter(until=None).exists()
    again = tim.send(url(wife, "household_leave"))
    assert again.status_code == 204
    page = tim.get(reverse("applicants:detail", args=[wife.pk])).content.decode()
    assert "This person belongs to no household." in page


def test_a_family_parts_on_one_page(browse, work, applicant):
    wife, son = (make_applicant(by=work.olga) for _ in range(2))
    tim = browse(work.tim)
    tim.send(url(wife), **joined(kinship="spouse"))
    tim.send(url(son), **joined(kinship="child"))
    asked = tim.get(url(applicant, "household_leave")).content.decode()
    assert wife.pseudonym in asked
    assert son.pseudonym in asked

    refused = tim.send(url(applicant, "household_leave"))
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["principal"]
    assert tim.send(url(applicant, "household_leave"), principal=str(wife.pk)).status_code == 204

    assert Membership.objects.get(applicant=wife, until=None).kinship == "principal"
    page = tim.get(reverse("applicants:detail", args=[applicant.pk])).content.decode()
    assert "Alone, as far as is known." in page
    assert wife.pseudonym in page


def test_it_can_be_said_anew_as_what_somebody_belongs(browse, work, applicant):
    wife = make_applicant(by=work.olga)
    tim = browse(work.tim)
    tim.send(url(wife), **joined(kinship="partner"))
    assert "Belongs as something else" in tim.get(url(wife)).content.decode()

    bad = tim.send(url(wife, "household_change"), kinship="principal", has_certificate="unknown")
    assert bad.status_code == 422
    assert (
        tim.send(url(wife, "household_change"), kinship="spouse", has_certificate="true").status_code == 204
    )

    mine = Membership.objects.get(applicant=wife, until=None)
    assert (mine.kinship, mine.has_certificate) == ("spouse", True)
    # Who leads is changed by who leaves.
    assert tim.send(url(applicant, "household_change"), kinship="spouse").status_code == 204
    assert Membership.objects.get(applicant=applicant, until=None).kinship == "principal"


def test_a_made_up_companion_is_ignored(browse, work, applicant):
    other = make_applicant(by=work.nina)
    for companion in ("made-up", str(other.pk)):
        form = browse(work.tim).get(url(applicant), **{"with": companion}).context["form"]
        assert form["pseudonym"].value() is None


@pytest.mark.parametrize("name", ["household", "household_change", "household_leave"])
def test_who_may(browse, work, applicant, name):
    operations.share_with_person(
        applicant=applicant, person=work.vera, to="read", expires_at=None, by=work.olga
    )

    assert browse(work.nina).send(url(applicant, name), **joined()).status_code == 404
    assert browse(work.vera).send(url(applicant, name), **joined()).status_code == 403
    assert browse(work.audrey).send(url(applicant, name), **joined()).status_code == 403
    assert browse(work.tim).client.put(url(applicant, name)).status_code == 405
