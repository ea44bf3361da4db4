"""The tab “Where to”: what stands there for a person, a household, a day and two."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.applicants import operations as applicants
from cases.documents.models import Stay
from cases.documents.operations.reference import load_reference
from tests.applicants.factories import make_applicant
from tests.documents.paper_factories import make_paper

pytestmark = pytest.mark.django_db
AHEAD = date(2030, 1, 1)


@pytest.fixture(autouse=True)
def rules(db):
    load_reference()


@pytest.fixture
def other(work):
    return make_applicant(by=work.olga, pseudonym="White Stork", category="partner")


def ask(browser, applicant, **chosen):
    return browser.get(reverse("documents:travel", args=[applicant.pk]), **chosen)


def said(browser, applicant, **chosen):
    return " ".join(ask(browser, applicant, **chosen).content.decode().split())


def without_chip(applicant, work, **facts):
    facts = {"issued_on": date(2024, 1, 1), "expires_on": date(2028, 12, 31), **facts}
    return make_paper(applicant, by=work.olga, type="RU_ZAG5", **facts)


def test_internal_passport_only(browse, work, applicant):
    make_paper(applicant, by=work.olga, type="RU_INT")

    page = said(browse(work.tim), applicant)

    assert "With a remedy" in page
    assert "<span>French consular laissez-passer</span>" in page
    assert "Write to the French consulate" in page
    assert "Proof of identity: a scan of the internal passport" in page
    assert "Décret 2004-1543, article 8" in page
    assert "Only by air, not by land." in page


def test_the_last_day_before_a_refusal_and_the_next(browse, work, applicant):
    without_chip(applicant, work)
    tim = browse(work.tim)

    before, after = said(tim, applicant, on="2025-05-31"), said(tim, applicant, on="2025-06-01")

    assert "The visa centre has taken no new applications since 23 April 2025." in before
    assert "Not accepted since 1 Jun 2025" in after
    assert "Not accepted since 1 Jun 2025" not in before


def test_two_days_compared(browse, work, applicant):
    without_chip(applicant, work)

    page = said(browse(work.tim), applicant, on="2025-05-01", against="2025-06-01")

    assert "What changes from" in page
    assert "France: With a visa → With a remedy. Not accepted since 1 Jun 2025" in page


def test_two_days_without_a_difference(browse, work, applicant):
    make_paper(applicant, by=work.olga, type="RU_INT")

    page = said(browse(work.tim), applicant, on="2026-11-01", against="2026-11-02")

    assert "Between these two days nothing changes for this person." in page


@pytest.mark.parametrize("wrong", ["31.02.2026", "soon", "2026-02-31"])
def test_a_day_that_does_not_exist_is_said_and_today_is_shown(browse, work, applicant, wrong):
    answer = ask(browse(work.tim), applicant, on=wrong)

    assert answer.status_code == 422
    assert answer.context["form"].errors["on"]
    assert answer.context["page"].on == timezone.localdate()
    assert wrong in answer.content.decode()


def test_what_keeps_somebody_from_leaving(browse, work, applicant):
    make_paper(applicant, by=work.olga, type="RU_INT")
    Stay.objects.create(applicant=applicant, overstay=True, updated_by=work.olga)

    page = said(browse(work.tim), applicant)

    assert "Cannot leave now" in page
    assert "A fine or a court order for overstaying stops boarding." in page
    assert "Kazakhstan must agree." in page


def test_a_dangerous_place_is_marked_beside_the_law(browse, work, applicant):
    make_paper(applicant, by=work.olga, type="RU_INT")

    page = said(browse(work.tim), applicant)

    assert "hands people over" in page
    assert "S. Bazhukov was handed over on 2 February 2026" in page


def test_a_household_goes_as_far_as_its_last_member(browse, work, applicant, other):
    make_paper(applicant, by=work.olga, type="RU_ZAG10", issued_on=date(2021, 1, 1), expires_on=AHEAD)
    make_paper(other, by=work.olga, type="RU_INT")
    applicants.join_household(
        applicant=other,
        with_applicant=applicant,
        kinship="partner",
        has_certificate=False,
        travels_with=True,
        by=work.olga,
    )

    page = said(browse(work.olga), applicant, whom="together")

    assert "The household together" in page
    assert f"It hangs on: {other.pseudonym}" in page
    assert f"Where {other.pseudonym} can go" in page


def test_a_member_who_is_not_shared_stays_out(browse, work, applicant, other):
    applicants.join_household(
        applicant=other,
        with_applicant=applicant,
        kinship="partner",
        has_certificate=False,
        travels_with=True,
        by=work.olga,
    )
    other.shared_with_people.all().delete()
    other.shared_with_teams.all().delete()

    assert other.pseudonym not in said(browse(work.tim), applicant, whom="together")


def test_the_header_names_the_paper_and_its_places(browse, work, applicant):
    tim, page = browse(work.tim), f"/cases/{applicant.pk}/"
    assert "nothing yet" in tim.get(page).content.decode()

    make_paper(applicant, by=work.olga, type="RU_INT")
    text = tim.get(page).content.decode()

    assert "Russian internal passport · Armenia, Belarus, Kyrgyzstan" in text
    assert "Abkhazia" not in text


def test_the_exact_age_is_asked_for_only_where_it_matters(browse, work, applicant):
    without_chip(applicant, work)
    applicant.age_band, applicant.next_age_threshold = "14", timezone.localdate().replace(day=1)
    applicant.save()

    page = said(browse(work.olga), applicant)

    assert "The age is known only by its band" in page
    assert "The age is known only by its band" not in said(browse(work.olga), applicant, on="2030-01-01")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_exact_age_comes_from_the_name_with_a_reason_and_is_recorded(browse, work, applicant, recorded):
    born = timezone.localdate().replace(day=1) - timedelta(days=15 * 365 - 30)
    applicants.seal_identity(
        applicant=applicant, identity={"name": "X", "birth_date": born.isoformat()}, by=work.olga
    )
    without_chip(applicant, work)
    olga = browse(work.olga, unlocked=True)
    url = reverse("documents:travel_exactly", args=[applicant.pk])

    refused = olga.send(url, reason="")
    answer = olga.send(url, reason="papers", words="")

    assert refused.status_code == 422
    assert answer.status_code == 200
    assert answer.context["page"].age_matters is False
    assert "Below the age of 15." in answer.content.decode()
    assert recorded().count("vault.opened") == 1


def test_the_number_of_questions_does_not_grow(browse, work, applicant, django_assert_max_num_queries):
    for _number in range(5):
        make_paper(applicant, by=work.olga, type="RU_INT")
    tim = browse(work.tim)

    with django_assert_max_num_queries(30):
        ask(tim, applicant)


def test_rules_that_nobody_looked_at_for_long_are_said_to_be(browse, work, applicant):
    make_paper(applicant, by=work.olga, type="RU_INT")

    assert "never verified" in said(browse(work.tim), applicant)


def test_out_of_scope(browse, work, applicant):
    assert ask(browse(work.nina), applicant).status_code == 404
