from urllib.parse import unquote

import pytest
from django.urls import reverse

from cases.applicants.models import Applicant
from cases.applicants.operations import share_with_person
from cases.staff.models import RoleGrant, random_id
from cases.staff.roles import Role
from cases.vault.queries import item_of
from cases.vetting.models import Check, Conflict, Decision, Vote
from cases.vetting.operations.conflicts import declare_conflict
from cases.vetting.operations.vetting import service_changed
from tests.documents.paper_factories import make_paper
from tests.vetting.decision_factories import REASONS, answer, decide, decided_long_ago, make_officer, vote

pytestmark = pytest.mark.django_db


def url(case, name="decision", *args):
    return reverse(f"vetting:{name}", args=[case.pk, *args])


def form(**fields):
    return {"new_id": str(random_id()), "choice": "support", "reasons": REASONS, "no_conflict": "on"} | fields


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_first_thing_said_is_whose_vote_is_missing(browse, ready):
    page = text(browse(ready.vera).get(url(ready.case)))

    assert "Two votes are needed. Yours is missing." in page
    assert "refer it to a lawyer" in page
    assert 'id="vote-form"' in page


def test_a_vote_by_the_page_is_sealed_and_said_without_the_choice(browse, ready):
    browser = browse(ready.vera)
    answer = browser.send(url(ready.case, "vote"), **form())

    assert (answer.status_code, answer["HX-Redirect"]) == (204, url(ready.case))
    assert Vote.objects.get().choice == "support"
    page = text(browser.get(url(ready.case)))
    assert "Your vote is in." in page
    assert "You voted “Support”" in page
    assert "Лопуховке" not in page


def test_the_second_vote_decides(browse, ready):
    browse(ready.vera).send(url(ready.case, "vote"), **form(choice="decline"))
    browse(ready.ilse).send(url(ready.case, "vote"), **form(choice="decline"))

    ready.case.refresh_from_db()
    assert (ready.case.stage, Decision.objects.get().outcome) == ("declined", "decline")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"no_conflict": ""}, "Otherwise choose “I know this person”"),
        ({"reasons": " "}, "Say why you vote so; it is sealed."),
        ({"choice": ""}, "Choose one of the three."),
        ({"choice": "war criminal"}, "Select a valid choice"),
        ({"reasons": "x" * 5001}, "5000"),
        ({"new_id": "x"}, "UUID"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(browse, ready, fields, sentence):
    answer = browse(ready.vera).send(url(ready.case, "vote"), **form(**fields))

    assert answer.status_code == 422
    assert sentence in text(answer)
    if "reasons" not in fields:
        assert REASONS in text(answer)
    assert not Vote.objects.exists()


def test_support_without_a_needed_check_is_refused_by_its_name(browse, ready):
    Check.objects.filter(kind="V08").delete()
    answer = browse(ready.vera).send(url(ready.case, "vote"), **form())

    assert answer.status_code == 422
    assert "Support needs an answer to: Check V08." in text(answer)
    assert "1 check that support needs is missing." in text(browse(ready.vera).get(url(ready.case)))


def test_a_vote_goes_by_fetch_only(browse, ready):
    browser = browse(ready.vera)

    assert browser.client.post(url(ready.case, "vote"), form()).status_code == 400
    assert browser.get(url(ready.case, "vote")).status_code == 405
    assert browser.send(url(ready.case)).status_code == 405


def test_outsiders_and_other_roles_do_not_vote(browse, ready, work):
    assert browse(work.nina).get(url(ready.case)).status_code == 404
    assert browse(work.audrey).get(url(ready.case)).status_code == 403
    assert browse(work.tim).send(url(ready.case, "vote"), **form()).status_code == 403
    assert 'id="vote-form"' not in text(browse(work.tim).get(url(ready.case)))


def test_who_reads_only_sees_the_page_and_does_not_vote(browse, ready, work):
    officer = make_officer(work, ready.case, "Rita Reader")
    share_with_person(applicant=ready.case, person=officer, to="read", expires_at=None, by=ready.owner)

    assert "shared with you for reading only" in text(browse(officer).get(url(ready.case)))
    assert browse(officer).send(url(ready.case, "vote"), **form()).status_code == 403


def test_the_intake_worker_is_told_why(browse, ready):
    Applicant.objects.filter(pk=ready.case.pk).update(intake_by=ready.vera)

    assert "You took this person in" in text(browse(ready.vera).get(url(ready.case)))
    answer = browse(ready.vera).send(url(ready.case, "vote"), **form())
    assert (answer.status_code, Vote.objects.count()) == (422, 0)


def test_a_stale_vote_is_shown_with_the_difference_and_confirmed(browse, ready):
    decide(ready.case, ready.vera, ready.ilse)
    answer(ready.case, "V08", by=ready.vera, result="contradicted")
    service_changed(ready.case)
    browser = browse(ready.vera)
    page = text(browser.get(url(ready.case)))

    assert "Say whether yours still holds." in page
    assert "A needed check or the service record changed since." in page
    assert (
        'Check V08 <span class="quiet">V08</span></th><td data-label="When you voted">confirmed</td>' in page
    )
    assert '<td data-label="Today">contradicted</td>' in page
    assert "Service record</th>" in page
    assert 'Check V01 <span class="quiet">V01</span></th>' not in page

    held = browser.send(url(ready.case, "vote"), **form(choice="holds", reasons=""))
    assert held.status_code == 204
    assert Vote.objects.filter(by=ready.vera, confirms__isnull=False).count() == 1


def test_to_confirm_asks_for_the_declaration_too(browse, ready):
    vote(ready.case, ready.vera)
    service_changed(ready.case)
    sent = browse(ready.vera).send(
        url(ready.case, "vote"), **form(choice="holds", reasons="still", no_conflict="")
    )

    assert sent.status_code == 422
    assert 'id="holds-form"' in text(sent)
    assert "still</textarea>" in text(sent)
    assert Vote.objects.count() == 1


def test_a_stale_vote_can_be_taken_again(browse, ready):
    decide(ready.case, ready.vera, ready.ilse)
    service_changed(ready.case)
    for person in (ready.vera, ready.ilse):
        browse(person).send(url(ready.case, "vote"), **form(choice="not_now"))

    ready.case.refresh_from_db()
    assert ready.case.stage == "vetting_hold"


def test_a_third_is_asked_for(browse, ready):
    vote(ready.case, ready.vera, "support")
    vote(ready.case, ready.ilse, "decline")

    assert "The two votes differ: a third officer votes. Yours is missing." in text(
        browse(ready.otto).get(url(ready.case))
    )
    assert "The two votes differ: a third officer votes. Yours is in." in text(
        browse(ready.vera).get(url(ready.case))
    )


def test_older_support_asks_for_votes_before_a_submission(browse, ready):
    decided_long_ago(ready, 31)
    Applicant.objects.filter(pk=ready.case.pk).update(stage="dossier")

    page = text(browse(ready.vera).get(url(ready.case)))
    assert "For a submission the votes must be more recent." in page
    assert 'id="holds-form"' in page


def test_a_guest_reads_until_when(browse, ready):
    assert "your vote is possible until" in text(browse(ready.otto).get(url(ready.case)))


def test_help_goes_on_after_a_decline(browse, ready, work):
    decide(ready.case, ready.vera, ready.ilse, choice="decline")
    page = text(browse(ready.owner).get(url(ready.case)))
    assert "Help to stay safe goes on" in page

    browser, case = browse(ready.owner, unlocked=True), ready.case
    about = [case.pk]
    note = {"text": "Called, he is safe", "new_id": str(random_id())}
    task = {"title": "Find a room", "owner": str(ready.owner.pk), "new_id": str(random_id())}
    paper = {"type": "RU_INT", "status": "held", "country": "RU", "whereabouts": "person"}
    assert browser.send(reverse("applicants:note", args=about), **note).status_code == 204
    assert browser.send(reverse("applicants:task", args=about), **task).status_code == 204
    assert browser.get(reverse("documents:add", args=about)).status_code == 200
    assert make_paper(case, by=ready.owner, **paper).pk
    contact = browser.send(reverse("applicants:contact", args=about), phone="+7 701 000 00 00")
    assert contact.status_code == 204
    assert item_of(case.identity_safe, "contact").version == 2


def test_the_owner_and_coordinators_see_who_may_vote_and_why_not(browse, ready, work):
    both = make_officer(work, ready.case, "Ib Both")
    Applicant.objects.filter(pk=ready.case.pk).update(intake_by=both)
    declare_conflict(applicant=ready.case, user=ready.ilse, relation="served", by=ready.ilse)
    vote(ready.case, ready.vera)
    share_with_person(applicant=ready.case, person=ready.cora, to="read", expires_at=None, by=ready.owner)

    for person in (ready.owner, ready.cora):
        page = text(browse(person).get(url(ready.case)))
        assert "does not vote: took the person in" in page
        assert "does not vote: served together (said by the colleague)" in page
        assert "has voted" in page
        assert "guest until" in page
    assert "does not vote:" not in text(browse(ready.vera).get(url(ready.case)))
    assert "does not vote:" not in text(browse(work.tim).get(url(ready.case)))


def test_ones_own_conflict_is_not_offered_to_be_ended(browse, ready):
    RoleGrant.objects.create(user=ready.vera, role=Role.COORDINATOR)
    conflict = declare_conflict(applicant=ready.case, user=ready.vera, relation="friend", by=ready.vera)
    for person, offered in ((ready.vera, False), (ready.owner, True)):
        page = text(browse(person).get(url(ready.case)))
        assert (url(ready.case, "end_conflict", conflict.pk) in page) is offered


def test_who_knows_the_person_says_so_and_does_not_vote(browse, ready):
    browser = browse(ready.vera)
    page = text(browser.get(url(ready.case, "conflict")))
    assert "Who knows the person does not vote" in page
    sent = browser.send(url(ready.case, "conflict"), colleague=str(ready.vera.pk), relation="friend")

    assert sent.status_code == 204
    conflict = Conflict.objects.get()
    assert (conflict.user, conflict.kind, conflict.relation) == (ready.vera, "declared", "friend")
    assert "You have a conflict of interest" in text(browser.get(url(ready.case)))
    answer = browser.send(url(ready.case, "vote"), **form())
    assert (answer.status_code, Vote.objects.count()) == (422, 0)


def test_an_officer_speaks_only_of_oneself_and_the_owner_of_all(browse, ready, work):
    other = {"colleague": str(ready.ilse.pk), "relation": "friend"}
    answer = browse(ready.vera).send(url(ready.case, "conflict"), **other)
    assert (answer.status_code, Conflict.objects.count()) == (422, 0)
    assert browse(work.tim).get(url(ready.case, "conflict")).status_code == 403
    assert browse(work.nina).get(url(ready.case, "conflict")).status_code == 404

    assert browse(ready.owner).send(url(ready.case, "conflict"), **other).status_code == 204
    assert Conflict.objects.get().kind == "known"
    again = browse(ready.owner).send(url(ready.case, "conflict"), **other)
    assert "written down already" in text(again)


def test_only_who_answers_for_the_case_ends_a_conflict(browse, ready, work):
    conflict = declare_conflict(applicant=ready.case, user=ready.vera, relation="friend", by=ready.vera)
    address = url(ready.case, "end_conflict", conflict.pk)

    assert browse(ready.vera).send(address, sent="1").status_code == 403
    assert browse(work.nina).send(address, sent="1").status_code == 404
    assert "may vote again" in text(browse(ready.owner).get(address))
    assert browse(ready.owner).send(address, sent="1").status_code == 204
    conflict.refresh_from_db()
    assert conflict.ended_by == ready.owner
    assert browse(ready.owner).get(address).status_code == 404


def test_reasons_need_a_reason_and_an_unlock(browse, ready):
    decide(ready.case, ready.vera, ready.ilse)
    address = url(ready.case, "reasons")

    assert browse(ready.otto, unlocked=True).send(address).status_code == 422
    locked = browse(ready.otto)
    locked.client.cookies.clear()
    locked.client.force_login(ready.otto)
    answer = locked.send(address, reason="vetting", words="")
    assert (answer.status_code, "Лопуховке" in unquote(text(answer))) == (422, False)


def test_who_does_not_hold_the_account_reads_no_reasons(browse, ready, work):
    decide(ready.case, ready.vera, ready.ilse)
    share_with_person(applicant=ready.case, person=work.cora, to="read", expires_at=None, by=ready.owner)
    answer = browse(work.cora, unlocked=True).send(url(ready.case, "reasons"), reason="vetting", words="")

    assert (answer.status_code, "Лопуховке" in text(answer)) == (422, False)
    assert browse(work.audrey).send(url(ready.case, "reasons"), reason="vetting").status_code == 403


def test_a_confirmed_vote_shows_what_was_said_both_times(browse, ready):
    decide(ready.case, ready.vera, ready.ilse)
    service_changed(ready.case)
    browse(ready.vera).send(url(ready.case, "vote"), **form(choice="holds", reasons="И снова Журавлиха"))
    browse(ready.ilse).send(url(ready.case, "vote"), **form(choice="holds", reasons=""))

    page = text(
        browse(ready.otto, unlocked=True).send(url(ready.case, "reasons"), reason="vetting", words="")
    )
    assert page.count("Лопуховке") >= 2
    assert "И снова Журавлиха" in page
