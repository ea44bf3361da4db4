import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import Applicant
from tests.desk.cases import CONTACT, IDENTITY, TOKENS, change, questions, set_task, take_in, take_in_many
from tests.scanner import leaks
from tests.world import visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
URL = "/cases/"


def shown(answer):
    """The pseudonyms on the page, in their order."""
    return re.findall(r'<th scope="row"[^>]*>\s*<a href="[^"]+">([^<]+)</a>', answer.content.decode())


@pytest.mark.parametrize(
    ("name", "status"),
    [("claire", 200), ("viktor", 200), ("dora", 200), ("paul", 403), ("mira", 403), ("root", 403)],
)
def test_the_door(world, name, status):
    assert visit(world, name).get(URL).status_code == status


@pytest.mark.parametrize(("name", "seen"), [("claire", 1), ("viktor", 1), ("olga", 0), ("dora", 0)])
def test_only_what_is_shared_is_listed(world, name, seen):
    take_in(world)
    answer = visit(world, name).get(URL)

    assert shown(answer) == ["Lotus 47"] * seen
    assert leaks(TOKENS, answer.content) == []


def test_a_name_planted_in_the_page_would_be_seen(world):
    take_in(world, owner="ana")
    world.people["ana"].full_name = IDENTITY["family_name"]
    world.people["ana"].save()

    assert leaks(TOKENS, visit(world, "claire").get(URL).content) == ["Зимородков"]


def test_open_cases_come_first_and_closed_ones_when_asked_for(world):
    take_in(world, "Lotus 47")
    change(take_in(world, "Piano 12"), stage="protected")
    client = visit(world, "claire")

    assert shown(client.get(URL)) == ["Lotus 47"]
    assert shown(client.get(URL, {"state": "closed"})) == ["Piano 12"]
    assert sorted(shown(client.get(URL, {"state": "all"}))) == ["Lotus 47", "Piano 12"]
    assert shown(client.get(URL, {"stage": "protected"})) == ["Piano 12"]


def test_a_page_holds_fifty(world):
    take_in_many(world, 52, identity={})
    client = visit(world, "claire")

    assert len(shown(client.get(URL))) == 50
    assert len(shown(client.get(URL, {"page": 2}))) == 2
    assert "51–52" in client.get(URL, {"page": 2}).content.decode()
    assert "51–52" in client.get(URL, {"page": 999_999}).content.decode()
    for beginning in ("nonsense", "²", "1.0", "0", "-1", "9" * 5000):
        assert "1–50" in client.get(URL, {"page": beginning}).content.decode()


def test_the_pages_follow_one_another_in_every_order(world):
    take_in_many(world, 52, identity={})
    client = visit(world, "claire")

    for sort in ("", "pseudonym", "-pseudonym", "next_deadline"):
        first, second = (shown(client.get(URL, {"sort": sort, "page": page})) for page in (1, 2))
        assert len({*first, *second}) == 52


def test_the_list_sorts_by_its_headings(world):
    for number, (pseudonym, stage, country) in enumerate(
        [("Lotus 47", "vetting", "KZ"), ("Piano 12", "contact", "AM"), ("Rondo 33", "spada", "FR")]
    ):
        change(
            take_in(world, pseudonym, stage=stage, country=country, urgency=number + 1),
            last_contact_on=timezone.localdate() - timedelta(days=number) if number else None,
        )
    client = visit(world, "claire")

    def order(sort):
        return [one.split()[0] for one in shown(client.get(URL, {"sort": sort}))]

    assert order("pseudonym") == ["Lotus", "Piano", "Rondo"]
    assert order("-pseudonym") == ["Rondo", "Piano", "Lotus"]
    assert order("stage") == ["Piano", "Lotus", "Rondo"]
    assert order("-urgency") == ["Rondo", "Piano", "Lotus"]
    assert order("country") == ["Piano", "Rondo", "Lotus"]
    assert order("last_contact") == ["Rondo", "Piano", "Lotus"]
    assert order("-last_contact") == ["Piano", "Rondo", "Lotus"]
    assert order("nonsense") == ["Rondo", "Piano", "Lotus"]
    assert order("link'; drop table") == ["Rondo", "Piano", "Lotus"]


def test_the_next_deadline_sorts_with_cases_without_one_at_the_end(world):
    soon, later, without = (take_in(world, name) for name in ("Lotus 47", "Piano 12", "Rondo 33"))
    for applicant, days in ((soon, 1), (later, 30)):
        operations.set_deadline(
            applicant=applicant,
            rule="applicants.answer",
            subject="",
            title="x",
            due_at=timezone.now() + timedelta(days=days),
            source="",
            by=None,
        )
    without.deadlines.all().delete()
    client = visit(world, "claire")

    assert shown(client.get(URL, {"sort": "next_deadline"})) == ["Lotus 47", "Piano 12", "Rondo 33"]
    assert shown(client.get(URL, {"sort": "-next_deadline"})) == ["Piano 12", "Lotus 47", "Rondo 33"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_questions_does_not_grow(world, number):
    for applicant in take_in_many(world, number):
        set_task(world, applicant, days=-1)

    assert questions(visit(world, "claire"), URL) == 12


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": "nonsense"},
        {"stage": "phase-nonsense"},
        {"urgency": "9"},
        {"owner": "999999"},
        {"team": "x"},
        {"country": "XX"},
        {"age": "100"},
        {"state": "maybe"},
        {"attention": "x"},
        {"language": "xx"},
    ],
)
def test_a_wrong_value_gets_a_sentence_and_shows_nothing(world, wrong):
    take_in(world)
    answer = visit(world, "claire").get(URL, wrong)

    assert answer.status_code == 400
    assert shown(answer) == []
    assert "This filter has a value that does not exist" in answer.content.decode()


def test_what_was_filtered_by_is_said_and_can_be_removed(world):
    take_in(world)
    page = (
        visit(world, "claire")
        .get(URL, {"country": "KZ", "urgency": "2", "sort": "stage", "page": "1"})
        .content.decode()
    )

    assert "Country: Kazakhstan" in page
    assert "Urgency: Normal" in page
    assert 'href="?urgency=2&amp;sort=stage"' in page
    assert 'href="?country=KZ&amp;sort=stage"' in page


def test_typed_text_is_escaped(world):
    page = visit(world, "claire").get(URL, {"sort": "<script>alert(1)"}).content.decode()

    assert "<script>alert" not in page


def test_nothing_can_be_typed_that_would_stand_in_the_address(world):
    page = visit(world, "claire").get(URL)

    fields = page.context["form"].fields
    typed = {name: field.widget for name, field in fields.items() if not hasattr(field, "choices")}

    # A day, chosen from the calendar of the browser: no letters go in.
    assert {name: widget.input_type for name, widget in typed.items()} == {"expires_before": "date"}


def test_what_was_typed_into_the_address_stands_in_no_page(world):
    answer = visit(world, "claire").get(URL, {"q": "Зимородков", "country": "KZ"})

    assert (answer.status_code, answer["Location"]) == (302, f"{URL}?country=KZ")


def test_first_names_are_offered_beside_ones_own_cases_while_unlocked(world):
    take_in(world)
    offer = "Show the first names of my people"

    assert offer not in visit(world, "claire").get(URL).content.decode()
    assert offer in visit(world, "claire", unlocked=True).get(URL).content.decode()
    assert offer not in visit(world, "ana", unlocked=True).get(URL).content.decode()


def test_what_a_role_cannot_do_is_not_offered(world):
    take_in(world)
    offers = ("Register a person", "Export as CSV or XLSX", "Take in a spreadsheet", "Search by name")

    def offered(name):
        page = visit(world, name).get(URL).content.decode()
        return [offer for offer in offers if offer in page]

    assert offered("claire") == list(offers)
    assert offered("viktor") == ["Search by name"]


def test_empty_states_say_what_to_do_next(world):
    assert "Cases that you register" in visit(world, "olga").get(URL).content.decode()
    assert "Cases that colleagues share with you" in visit(world, "dora").get(URL).content.decode()
    assert "No case fits" in visit(world, "olga").get(URL, {"country": "FR"}).content.decode()


def test_other_methods_are_refused(world):
    assert visit(world, "claire").post(URL).status_code == 405


def test_the_case_is_there_to_leak(world):
    """The identity of these tests is sealed, not absent."""
    applicant = take_in(world)

    assert Applicant.objects.get().identity_safe.items.count() == 2
    assert (applicant.name_known, bool(CONTACT)) == (True, True)
