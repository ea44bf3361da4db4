import re

import pytest
from django.http import QueryDict

from cases.desk.columns import listable_columns
from cases.desk.lists import operations
from cases.desk.lists.queries import filters_of, worth_saving
from cases.desk.models import RegisterSetting, SavedFilter
from tests.desk.cases import questions, take_in, take_in_many
from tests.documents.paper_factories import make_paper
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
REGISTER, FILTERS, SAVE, COLUMNS = "/cases/", "/cases/filters/", "/cases/filters/save/", "/cases/columns/"


def save(world, name="Almaty", query="country=KZ", by="claire", team=None, first=False):
    return operations.save_filter(name=name, query=query, team=team, first=first, by=world.people[by])


def names(world, who):
    return [one.name for one in filters_of(world.people[who])]


def send(world, url, data=None, name="claire"):
    return visit(world, name).post(url, data or {}, **FETCH)


def headings(page):
    return re.findall(r"<th scope=\"col\">(?:<a[^>]+>)?([^<]+)", page)


def test_what_is_filtered_by_is_saved_and_offered(world, recorded):
    answer = send(world, f"{SAVE}?country=KZ&sort=stage&page=3&q=x", {"name": " In  Almaty "})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/cases/?country=KZ&sort=stage")
    saved = SavedFilter.objects.get()
    assert (saved.name, saved.query, saved.team) == ("In Almaty", "country=KZ&sort=stage", None)
    assert recorded("desk.filter_saved") == [
        ("claire", "desk.filter_saved", "for oneself: country=KZ&sort=stage")
    ]
    assert 'href="/cases/?country=KZ&amp;sort=stage"' in visit(world, "claire").get(REGISTER).content.decode()


def test_own_filters_are_ones_own_and_team_filters_the_teams(world):
    save(world, "Mine")
    save(world, "Ours", team=world.team)

    assert {who: names(world, who) for who in ("claire", "viktor", "olga")} == {
        "claire": ["Mine", "Ours"],
        "viktor": ["Ours"],
        "olga": [],
    }


def test_a_team_that_is_not_ones_own_cannot_be_chosen(world):
    answer = send(world, f"{SAVE}?country=KZ", {"name": "x", "team": world.team.pk}, name="olga")

    assert (answer.status_code, SavedFilter.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("query", "data", "sentence"),
    [
        ("?country=KZ", {"name": ""}, "required"),
        ("?country=KZ", {"name": "x" * 61}, "at most 60"),
        ("", {"name": "x"}, "there is nothing to save yet"),
        ("?country=XX", {"name": "x"}, "there is nothing to save yet"),
        ("?country=KZ", {"name": "Almaty"}, "already called so"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(world, query, data, sentence):
    save(world)
    answer = send(world, f"{SAVE}{query}", data)
    body = answer.content.decode()

    assert (answer.status_code, SavedFilter.objects.count()) == (422, 1)
    assert sentence in body
    assert f'value="{data["name"]}"' in body or not data["name"]


def test_the_list_opens_with_the_filter_that_was_chosen(world, recorded):
    saved = save(world)
    client = visit(world, "claire")
    assert client.get(REGISTER).status_code == 200

    client.post(f"{FILTERS}{saved.pk}/first/", **FETCH)
    answer = client.get(REGISTER)
    assert (answer.status_code, answer["Location"]) == (302, "/cases/?country=KZ")
    assert client.get(f"{REGISTER}?view=all").status_code == 200
    assert visit(world, "ana").get(REGISTER).status_code == 200

    client.post(f"{FILTERS}none/", **FETCH)
    assert client.get(REGISTER).status_code == 200
    assert [detail for _who, _what, detail in recorded("desk.register_set")] == [
        "opens with: country=KZ",
        "opens with: all open cases",
    ]


def test_saving_can_make_it_the_first_at_once(world):
    send(world, f"{SAVE}?country=KZ", {"name": "x", "first": "on"})

    assert visit(world, "claire").get(REGISTER).status_code == 302


def test_who_has_left_the_team_does_not_open_with_its_filter(world):
    saved = save(world, by="viktor", team=world.team, first=True)
    world.people["viktor"].groups.clear()

    assert visit(world, "viktor").get(REGISTER).status_code == 200
    assert saved in SavedFilter.objects.all()


def test_a_removed_filter_opens_nothing_any_more(world, recorded):
    saved = save(world, first=True)
    answer = send(world, f"{FILTERS}{saved.pk}/remove/")

    assert (answer.status_code, SavedFilter.objects.count()) == (204, 0)
    assert visit(world, "claire").get(REGISTER).status_code == 200
    assert recorded("desk.filter_removed") == [("claire", "desk.filter_removed", "own: country=KZ")]


@pytest.mark.parametrize("what", ["first", "remove"])
def test_somebody_elses_filter_does_not_exist(world, what):
    saved = save(world)

    assert send(world, f"{FILTERS}{saved.pk}/{what}/", name="olga").status_code == 404
    assert send(world, f"{FILTERS}{saved.pk}/{what}/", name="paul").status_code == 403
    assert visit(world, "claire").get(f"{FILTERS}{saved.pk}/{what}/").status_code == 405
    assert SavedFilter.objects.filter(pk=saved.pk).exists()


def test_the_page_of_filters_says_whose_each_is(world):
    save(world, "Mine", first=True)
    save(world, "Ours", by="ana", team=world.team)
    page = visit(world, "claire").get(FILTERS).content.decode()

    assert "For me alone" in page
    assert "Team East · ana" in page
    assert "opens first" in page
    assert "No saved filters yet" in visit(world, "olga").get(FILTERS).content.decode()


def test_only_what_the_filter_knows_is_worth_saving():
    typed = QueryDict("q=Зимородков&stage=vetting&columns=x&view=all&country=&sort=-stage")

    assert worth_saving(typed) == "stage=vetting&sort=-stage"


def test_columns_are_chosen_per_person(world, recorded):
    take_in(world, languages=["ru"], special_needs="insulin")
    answer = send(world, COLUMNS, {"columns": ["special_needs", "languages"]})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/cases/")
    page = visit(world, "claire").get(REGISTER).content.decode()
    assert headings(page) == ["Pseudonym", "Languages", "Special needs"]
    assert "insulin" in page
    assert headings(visit(world, "ana").get(REGISTER).content.decode())[1] == "Urgency"
    assert recorded("desk.register_set") == [
        ("claire", "desk.register_set", "columns: special_needs, languages")
    ]


def test_the_usual_columns_come_back(world):
    send(world, COLUMNS, {"columns": ["languages"]})
    send(world, COLUMNS, {"columns": ["languages"], "usual": "yes"})

    assert RegisterSetting.objects.get().columns == []


def test_a_column_that_does_not_exist_is_refused(world):
    assert send(world, COLUMNS, {"columns": ["link"]}).status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_every_column_reads_a_whole_page_at_once(world, number):
    for one in take_in_many(world, number):
        make_paper(one, by=world.people["claire"], sealed={})
    operations.choose_columns(columns=[one.name for one in listable_columns()], by=world.people["claire"])
    client = visit(world, "claire")
    page = client.get(REGISTER).content.decode()

    assert headings(page) == [str(one.label) for one in listable_columns()]
    assert "None" not in re.findall(r"<td[^>]*>\s*([^<]*)", page)
    # Teams, and what only the database can say of papers.
    assert questions(client, REGISTER) == 12 + 4


@pytest.mark.parametrize("url", [FILTERS, SAVE, COLUMNS])
def test_the_door(world, url):
    assert [visit(world, name).get(url).status_code for name in ("claire", "dora", "paul", "mira")] == [
        200,
        200,
        403,
        403,
    ]
