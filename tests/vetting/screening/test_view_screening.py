import re

import pytest
from django.urls import reverse

from cases.audit.models import Entry
from cases.vetting.models import Screening
from cases.vetting.operations import screening as operations
from tests.vetting.screening.lists import EU, RUSSIA, WAGNER, entity, lines, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("meanings")]
WHY = {"reason": "vetting", "words": ""}
TOLD = ("улебяк", "ulebiak", "ULEBIAK", "Еремей", "Урюпинск", "1999-11-04")
ACTS = ("screen", "screening_open", "screening_entry", "screening_decide")


@pytest.fixture
def lists(vault):
    take_in(
        lines(
            entity("eu-1", datasets=[EU], birthDate=["1999-11-04"], programId=["EU-UKR"]),
            entity("both-1", ["Kulebiakin Eremei"], [EU, RUSSIA]),
            entity("lead-1", ["Kulebiakin Eremei"], [WAGNER]),
            entity("new-1", ["Eremei Kulebiakin"], ["xx_new"]),
        )
    )


def url(name, person):
    return reverse(f"vetting:{name}", args=[person.pk])


@pytest.fixture
def screened(officers, person, lists):
    unlocked = officers.unlocked(officers.vera)
    return operations.screen(applicant=person, reason="vetting", unlocked=unlocked, by=officers.vera)


def pair_of(document, entity_id):
    return next(pair for pair in document["pairs"] if pair["entity"] == entity_id)


def decision(pair, **more):
    return {"pair": pair["id"], "seen": pair["at"], "decision": "other", "reason": "Его отец другой"} | more


def test_locked_it_shows_numbers_and_nothing_else(browse, officers, person, screened):
    body = browse(officers.vera).get(url("screening", person)).content.decode()

    assert "may be obstacles" in body
    assert "Vera Vetting" in body
    assert [word for word in (*TOLD, "EU-UKR", "eu-1", "Hit 1") if word in body] == []


def test_before_the_first_list_it_leads_to_the_lists(browse, officers, person):
    body = browse(officers.vera, unlocked=True).get(url("screening", person)).content.decode()

    assert reverse("vetting:watchlists") in body
    assert "Compare with the lists" not in body


def test_it_says_when_the_lists_are_newer(browse, officers, person, screened):
    page = browse(officers.vera)
    assert "have changed since then" not in page.get(url("screening", person)).content.decode()
    take_in(lines({"op": "ADD", "entity": entity("more", ["Ivan Petrov"])}))

    assert "have changed since then: screen again" in page.get(url("screening", person)).content.decode()


def test_an_officer_compares_and_sees_the_hits_by_what_they_mean(browse, officers, person, lists):
    answer = browse(officers.vera, unlocked=True).send(url("screen", person), **WHY)
    body = answer.content.decode()

    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#screening")
    obstacles, risks, leads = re.split(r'<section class="section hits-', body)[1:]
    assert obstacles.startswith("obstacle")
    assert obstacles.count("<article") == 2
    assert risks.startswith("risk")
    assert risks.count("<article") == 1
    assert leads.startswith("lead")
    assert leads.count("<article") == 2
    assert "Russia looks for them" in risks
    assert "never a reason alone" in leads
    assert "EU Financial Sanctions Files (FSF)" in obstacles
    assert "It counts as a lead until somebody says what it means." in leads
    assert Screening.objects.get().open == 4


def test_hits_are_shown_without_the_name(browse, officers, person, lists):
    body = browse(officers.vera, unlocked=True).send(url("screen", person), **WHY).content.decode()

    assert [word for word in (*TOLD, "eu-1", "EU-UKR") if word in body] == []
    assert "Name and whole birth date agree" in body
    assert "A name alone confirms nothing" in body


def test_a_decision_for_two_sections_has_one_form(browse, officers, person, lists):
    body = browse(officers.vera, unlocked=True).send(url("screen", person), **WHY).content.decode()
    marks = re.findall(r'id="(hit-[0-9a-f]+-reason)"', body)

    assert len(marks) == len(set(marks)) == 4
    assert "one decision counts for both" in body


def test_hits_open_again_with_a_reason(browse, officers, person, screened):
    before = Entry.objects.count()
    answer = browse(officers.vera, unlocked=True).send(url("screening_open", person), **WHY)

    assert answer.status_code == 200
    assert answer.content.decode().count("<article") == 5
    opened = [
        entry.detail for entry in Entry.objects.order_by("id")[before:] if entry.action == "vault.opened"
    ]
    assert opened == ["screening: To check who the person was"]


def test_an_entry_opens_as_it_was_sealed_although_the_list_has_changed(browse, officers, person, screened):
    take_in(lines({"op": "DEL", "entity": {"id": "eu-1"}}))
    page = browse(officers.vera, unlocked=True)
    body = page.send(url("screening_entry", person), pair=pair_of(screened, "eu-1")["id"]).content.decode()

    assert "Eremei KULEBIAKIN" in body
    assert "EU-UKR" in body
    assert "data-opened" in body


def test_a_decision_is_sealed_and_shown(browse, officers, person, screened):
    page = browse(officers.vera, unlocked=True)
    answer = page.send(url("screening_decide", person), **decision(pair_of(screened, "eu-1")))

    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#screening")
    assert "Not the same person: Его отец другой (Vera Vetting)" in answer.content.decode()
    row = Screening.objects.get()
    assert (row.open, row.obstacle, row.version) == (3, 1, 2)
    assert "Его отец другой" not in page.get(url("screening", person)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "Say why; without a reason"),
        ({"decision": ""}, "Say what you think"),
        ({"decision": "guilty"}, "Select a valid choice"),
        ({"pair": "0" * 32}, "This hit is no longer there"),
        ({"seen": "2020-01-01T00:00:00"}, "A colleague decided on this hit meanwhile"),
    ],
)
def test_a_bad_decision_keeps_what_was_typed(browse, officers, person, screened, wrong, said):
    sent = decision(pair_of(screened, "eu-1"), reason="Отец другой, я сверила") | wrong
    answer = browse(officers.vera, unlocked=True).send(url("screening_decide", person), **sent)
    body = answer.content.decode()

    assert (answer.status_code, said in body) == (422, True)
    assert sent["reason"] in body
    assert Screening.objects.get().version == 1


@pytest.mark.parametrize("name", ["screen", "screening_open"])
def test_without_a_reason_nothing_opens(browse, officers, person, screened, name):
    answer = browse(officers.vera, unlocked=True).send(url(name, person), reason="", words="")

    assert answer.status_code == 422
    assert "<article" not in answer.content.decode()


@pytest.mark.parametrize("name", ACTS)
def test_while_locked_everything_says_so(browse, officers, person, screened, name):
    sent = WHY | decision(pair_of(screened, "eu-1")) if name == "screening_decide" else WHY
    answer = browse(officers.vera).send(url(name, person), **(sent | {"pair": screened["pairs"][0]["id"]}))

    assert answer.status_code == 422
    assert "Your vault is locked" in answer.content.decode()


@pytest.mark.parametrize("name", ["screening", *ACTS])
def test_outsiders_and_other_roles(browse, officers, person, screened, name):
    from tests.staff.factories import make_person

    outsider = make_person("Otto Outside", ["vetting"])
    wrong = {outsider: 404, officers.olga: 403, officers.audrey: 403}
    for somebody, status in wrong.items():
        page = browse(somebody)
        answer = page.get(url(name, person)) if name == "screening" else page.send(url(name, person), **WHY)
        assert answer.status_code == status, somebody


@pytest.mark.parametrize("name", ACTS)
def test_acts_come_by_fetch_and_by_post_only(browse, officers, person, screened, name):
    page = browse(officers.vera, unlocked=True)

    assert page.get(url(name, person)).status_code == 405
    assert page.client.post(url(name, person), WHY).status_code == 400


def test_who_reads_only_changes_nothing(browse, officers, person, screened):
    from cases.applicants.models import ApplicantGroupPermission, ApplicantUserPermission
    from cases.applicants.operations.registering import object_permissions

    for rows in (ApplicantGroupPermission, ApplicantUserPermission):
        rows.objects.filter(content_object=person).delete()
    view = next(one for one in object_permissions() if one.codename.startswith("view"))
    ApplicantUserPermission.objects.create(user=officers.vera, permission=view, content_object=person)
    page = browse(officers.vera, unlocked=True)

    assert "for reading only" in page.get(url("screening", person)).content.decode()
    assert [page.send(url(name, person), **WHY).status_code for name in ACTS] == [403] * 4
