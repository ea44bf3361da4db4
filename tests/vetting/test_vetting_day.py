"""One demo case from its story to its decision, in a browser, as the two officers would go through it."""

import re

import pytest

from cases.applicants.models import Applicant
from cases.vetting.models import Decision, Question
from ngo.demo.people import PEOPLE
from ngo.demo.vetting import KNOWN_TO_ANA, UNDER_WAY
from tests.test_first_minutes import demo, log_in, log_out, site, unlock  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


def case_at(place):
    """The case of one line of the people of the demo: among those alike, told by how long it has stood there."""
    line = PEOPLE[place]
    alike = [one for one in PEOPLE if (one.stage, one.category) == (line.stage, line.category)]
    cases = Applicant.objects.filter(stage=line.stage, category=line.category).order_by("stage_since")
    return cases[sorted(alike, key=lambda one: -one.days).index(line)]


def go(page, case, part):
    page.goto(f"{page.site}/cases/{case.pk}/{part}/")


def open_with_reason(page, button):
    page.get_by_role("button", name=button).first.click()
    page.locator("dialog[open] select").first.select_option("vetting")
    page.locator("dialog[open] .btn-primary").first.click()


def answer(page, case, code, result="consistent"):
    go(page, case, f"checks/{code}")
    page.locator(
        f"#check-form [name=result][value={result}], #check-form select[name=result]"
    ).first.evaluate(
        "(field, value) => { if (field.tagName === 'SELECT') field.value = value; else field.click() }",
        result,
    )
    page.locator(
        "#check-form [name=confidence][value=high], #check-form select[name=confidence]"
    ).first.evaluate(
        "(field) => { if (field.tagName === 'SELECT') field.value = 'high'; else field.click() }"
    )
    page.locator("#check-form [name=finding]").fill("Asked twice, by two people.")
    page.locator("#check-form").get_by_role("button", name="Save and seal").click()
    page.wait_for_url("**/checks/")


def vote(page, case, choice, why):
    go(page, case, "decision")
    page.locator(f"#vote-form [name=choice][value={choice}]").check()
    page.locator("#vote-form [name=reasons]").fill(why)
    page.locator("#vote-form [name=no_conflict]").check()
    page.locator("#vote-form").get_by_role("button", name="Vote").click()
    page.wait_for_load_state("networkidle")
    page.locator(".standing-head").filter(has_text=re.compile(r"Yours is in\.|Decided\.")).wait_for()


def test_an_officer_takes_a_case_to_its_decision(site):  # noqa: F811
    case = case_at(UNDER_WAY)
    log_in(site, "Viktor")
    unlock(site)

    go(site, case, "service")
    open_with_reason(site, "Open the account")
    site.get_by_text("1 question to the person was written down.").wait_for()
    opened = site.get_by_role("main").inner_text()
    assert "Civilians killed, raped and tortured in Bucha" in opened
    assert "contradiction" in opened
    assert Question.objects.filter(applicant=case, kind="incident").count() == 1

    go(site, case, "screening")
    open_with_reason(site, "Compare with the lists")
    site.get_by_role("heading", name=re.compile("Obstacles")).wait_for()
    hits = site.get_by_role("main").inner_text()
    assert "EU Financial Sanctions Files (FSF)" in hits
    assert "Wanted persons of the Russian Ministry of Internal Affairs" in hits
    assert "ВЫМЫСЛОВ" not in hits.upper()
    for kind, decision in (("obstacle", "other"), ("risk", "same")):
        hit = site.locator(f".hits-{kind} article").first
        hit.locator(f"[name=decision][value={decision}]").check()
        hit.locator("textarea").fill("Compared the whole entry.")
        hit.get_by_role("button", name="Seal the decision").click()
        site.wait_for_load_state("networkidle")
    site.locator(".hits-obstacle").get_by_text("not the same person").first.wait_for()

    answer(site, case, "V08")
    answer(site, case, "V12")
    vote(site, case, "support", "The papers and the people say the same.")
    assert "Two votes are needed." in site.get_by_role("main").inner_text()

    # What the vote rests on changes: it is shown with the difference, and still holds.
    answer(site, case, "V08", "confirmed")
    go(site, case, "decision")
    assert "consistent" in site.locator(".differences").inner_text()
    site.locator("#holds-form [name=no_conflict]").check()
    site.get_by_role("button", name="It still holds").click()
    site.locator(".standing-head").filter(has_text="Yours is in.").wait_for()
    log_out(site)

    log_in(site, "Ana")
    unlock(site)
    go(site, case_at(KNOWN_TO_ANA), "decision")
    assert site.locator("#vote-form").count() == 0
    go(site, case, "decision")
    assert "Viktor" not in site.locator("#vote").inner_text()
    vote(site, case, "support", "I read everything again.")
    decision = Decision.objects.get(applicant=case)
    case.refresh_from_db()
    assert (decision.outcome, case.stage) == ("support", "vetted")

    go(site, case, "report")
    report = site.get_by_role("main").inner_text()
    assert case.pseudonym in site.content()
    assert "Вымыслов" not in report
    assert "Asked twice, by two people." not in report
    open_with_reason(site, "Open the account")
    site.get_by_text("Asked twice, by two people.").first.wait_for()
    assert "Opened by" in site.locator("#annex").inner_text()
