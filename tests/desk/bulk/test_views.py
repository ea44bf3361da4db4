import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cases.applicants import operations
from cases.applicants.models import Applicant, Task, UncheckedText
from cases.applicants.queries import applicants_for
from cases.desk.bulk import plans
from cases.vault.queries import may_open
from tests.desk.cases import TOKENS, change, take_in
from tests.scanner import leaks
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
ACTIONS = ("assign", "share", "task", "stage")


class Desk:
    """One colleague with some cases ticked: what she sends, and what she is shown."""

    def __init__(self, world, name, cases, *, unlocked=False):
        self.client = visit(world, name, unlocked=unlocked)
        self.cases = cases

    def send(self, action, **data):
        body = {"case": [one.pk for one in self.cases]} | data
        return self.client.post(f"/cases/together/{action}/", body, **FETCH)

    def look(self, action, **data):
        return self.send(action, sent="yes", **data)

    def do(self, action, **data):
        looked = self.look(action, **data)
        assert looked.status_code == 200, looked.content.decode()
        seal = re.search(r'name="looked_at" value="(\w+)"', looked.content.decode())[1]
        kept = {"leak": "keep", "leak_reason": data["leak_reason"]} if "leak_reason" in data else {}
        return self.send(action, sent="yes", do="yes", looked_at=seal, **(data | kept))


def said(answer):
    """What the page says will be done, or was, and what not and why: by pseudonym."""
    lines = re.findall(r"<li><div><a [^>]+>([^<]+)</a>(.*?)</div>", answer.content.decode(), re.DOTALL)
    sentences = {who: re.findall(r"list-sub\">([^<]+)<", rest) for who, rest in lines}
    impossible = {one.applicant.pseudonym for one in answer.context["impossible"]}
    return (
        {who: what for who, what in sentences.items() if who not in impossible},
        {who: what for who, what in sentences.items() if who in impossible},
    )


@pytest.fixture
def three(world):
    """Two cases of Claire's team, and one that Claire may only read."""
    lotus, piano = take_in(world, "Lotus 47"), take_in(world, "Piano 12", owner="ana")
    rondo = take_in(world, "Rondo 33", by="olga", team=None)
    operations.share_with_person(
        applicant=rondo, person=world.people["claire"], to="read", expires_at=None, by=world.people["olga"]
    )
    world.cases = [lotus, piano, rondo]
    return world


@pytest.mark.parametrize("action", ACTIONS)
def test_the_first_page_asks_and_changes_nothing(three, recorded, action):
    name = "ana" if action == "assign" else "claire"
    desk = Desk(three, name, three.cases[:2])
    before = recorded()
    answer = desk.send(action)
    page = answer.content.decode()

    assert (answer.status_code, recorded()) == (200, before)
    assert "2 cases chosen" in page
    assert "See what would happen" in page
    assert leaks(TOKENS, page) == []


def test_tasks_are_set_where_that_works_and_the_rest_says_why(three):
    desk = Desk(three, "claire", three.cases)
    wish = {"new_id": str(uuid4()), "title": "Call back", "due_on": "2027-01-05"}
    looked = desk.look("task", **wish)

    assert said(looked) == (
        {"Lotus 47": [], "Piano 12": []},
        {"Rondo 33": ["You may read this case, but not work on it."]},
    )
    assert "Do it for 2 cases" in looked.content.decode()
    assert Task.objects.count() == 0

    done = desk.do("task", **wish)
    assert said(done) == said(looked)
    assert "Done for 2 cases." in done.content.decode()
    owners = sorted(Task.objects.values_list("applicant__pseudonym", "owner__username", "title"))
    assert owners == [("Lotus 47", "claire", "Call back"), ("Piano 12", "ana", "Call back")]


def test_the_same_sending_twice_sets_each_task_once(three):
    desk = Desk(three, "claire", three.cases)
    wish = {"new_id": str(uuid4()), "title": "Call back"}
    desk.do("task", **wish)
    desk.do("task", **wish)

    assert Task.objects.count() == 2


def test_who_does_not_see_a_case_is_given_no_task_there(three):
    desk = Desk(three, "claire", three.cases[:1])
    looked = desk.look("task", new_id=str(uuid4()), title="x", owner=three.people["olga"].pk)

    assert said(looked)[1] == {"Lotus 47": ["olga does not see this case. Share it first."]}
    assert "Do it for" not in looked.content.decode()


def test_a_name_in_the_title_is_asked_about_and_replaced_before_anything_is_saved(three):
    desk = Desk(three, "claire", three.cases[:2], unlocked=True)
    wish = {"new_id": str(uuid4()), "title": "Тихону Зимородкову позвонить"}
    asked = desk.look("task", **wish)

    assert asked.status_code == 422
    assert "This tells who somebody is" in asked.content.decode()
    looked = desk.look("task", **wish, leak="replace")
    assert leaks(TOKENS, looked.content) == []
    clean = re.search(r'name="title" value="([^"]+)"', looked.content.decode())[1]
    desk.do("task", **(wish | {"title": clean}))
    assert leaks(TOKENS, str(list(Task.objects.values_list("title")))) == []
    assert Task.objects.count() == 2
    # Compared with everything that is sealed, so nothing waits.
    assert UncheckedText.objects.count() == 0


def test_what_could_not_be_compared_waits_for_a_holder(three):
    Desk(three, "claire", three.cases[:2]).do("task", new_id=str(uuid4()), title="Call back")

    assert UncheckedText.objects.filter(what="task", checked_at=None).count() == 2


def test_stages_move_where_the_table_allows_it(three, recorded):
    lotus, piano = three.cases[:2]
    change(piano, name_known=False)
    desk = Desk(three, "claire", [lotus, piano])
    looked = desk.look("stage", target="intake", reason="")

    assert said(looked) == (
        {"Lotus 47": []},
        {"Piano 12": ["The name is not sealed yet. Add it under “Name and birth date”."]},
    )
    desk.do("stage", target="intake", reason="")
    assert dict(Applicant.objects.values_list("pseudonym", "stage")) == {
        "Lotus 47": "intake",
        "Piano 12": "contact",
        "Rondo 33": "contact",
    }
    assert [row[2] for row in recorded("applicants.stage_moved")] == ["Lotus 47: contact to intake"]
    assert said(desk.look("stage", target="intake"))[1]["Lotus 47"] == ["It is so already."]


def test_a_reason_that_is_needed_is_asked_for_case_by_case(three):
    desk = Desk(three, "claire", three.cases[:1])

    assert said(desk.look("stage", target="withdrawn"))[1] == {
        "Lotus 47": ["Say why; it stays in the timeline."]
    }
    desk.do("stage", target="withdrawn", reason="went home")
    assert three.cases[0].stage_changes.get().reason == "went home"


def test_what_the_role_does_not_move_is_said(three):
    change(three.cases[0], stage="vetting")
    looked = Desk(three, "claire", three.cases[:1]).look("stage", target="vetted")

    assert said(looked)[1] == {"Lotus 47": ["A vetting officer decides this. Share the case with one."]}


@pytest.mark.parametrize("unlocked", [True, False])
def test_sharing_opens_the_name_to_whom_the_giver_could(three, unlocked):
    olga = three.people["olga"]
    desk = Desk(three, "claire", three.cases, unlocked=unlocked)
    wish = {"whom": f"person-{olga.pk}", "to": "work", "open_name": "on"}
    possible, impossible = said(desk.look("share", **wish))

    assert list(impossible) == ["Rondo 33"]
    waits = ["You are locked: opening waits for those who can."]
    assert possible == {"Lotus 47": [] if unlocked else waits, "Piano 12": [] if unlocked else waits}
    done, _not = said(desk.do("share", **wish))
    assert done["Lotus 47"][0].startswith("olga can open the name now" if unlocked else "You are locked")
    lotus = Applicant.objects.get(pseudonym="Lotus 47")
    assert applicants_for(olga, "work").filter(pk=lotus.pk).exists()
    assert may_open(olga, lotus.identity_safe) == unlocked


def test_the_owner_cannot_be_made_a_reader(three):
    wish = {"whom": f"person-{three.people['ana'].pk}", "to": "read"}
    possible, impossible = said(Desk(three, "claire", three.cases[:2]).look("share", **wish))

    assert (list(possible), list(impossible)) == (["Lotus 47"], ["Piano 12"])


def test_an_owner_is_chosen_and_the_team_stays_as_it_is(three):
    claire = three.people["claire"]
    desk = Desk(three, "ana", three.cases[:2])
    possible, impossible = said(desk.look("assign", owner=claire.pk))

    assert (list(possible), impossible) == (["Piano 12"], {"Lotus 47": ["It is so already."]})
    desk.do("assign", owner=claire.pk)
    piano = Applicant.objects.get(pseudonym="Piano 12")
    assert (piano.owner, piano.team) == (claire, three.team)


def test_a_guest_hands_nothing_on(three):
    lotus = three.cases[0]
    operations.share_with_person(
        applicant=lotus,
        person=three.people["olga"],
        to="work",
        expires_at=timezone.now() + timedelta(days=3),
        by=three.people["claire"],
    )
    desk = Desk(three, "olga", [lotus])
    [sentence] = said(desk.look("share", whom=f"person-{three.people['dora'].pk}", to="read"))[1]["Lotus 47"]

    assert sentence.startswith("You work on this case only until a set day.")


def test_what_was_not_looked_at_is_not_done(three):
    desk = Desk(three, "claire", three.cases[:1])
    wish = {"new_id": str(uuid4()), "title": "Call back"}
    seal = re.search(r'looked_at" value="(\w+)"', desk.look("task", **wish).content.decode())[1]
    other = desk.send("task", sent="yes", do="yes", looked_at=seal, **(wish | {"title": "Another"}))
    desk.cases = three.cases[:2]
    more = desk.send("task", sent="yes", do="yes", looked_at=seal, **wish)

    assert Task.objects.count() == 0
    assert [
        "See" in one.content.decode() or "Do it for" in one.content.decode() for one in (other, more)
    ] == [
        True,
        True,
    ]


def test_what_is_refused_meanwhile_stops_none_of_the_others(three, monkeypatch):
    desk = Desk(three, "claire", three.cases[:2])
    wish = {"new_id": str(uuid4()), "title": "Call back"}
    # Somebody else's task has taken the id of one of them.
    from uuid import UUID, uuid5

    taken = uuid5(UUID(wish["new_id"]), str(three.cases[0].pk))
    ana = three.people["ana"]
    Task.objects.create(pk=taken, applicant=three.cases[1], title="x", owner=ana, created_by=ana)
    done, refused = said(desk.do("task", **wish))

    assert (list(done), list(refused)) == (["Piano 12"], ["Lotus 47"])
    assert refused["Lotus 47"] == ["This form belongs to another case. Open it again; nothing was saved."]
    assert Task.objects.filter(title="Call back").count() == 1


def test_cases_that_are_not_shared_are_not_there(three):
    answer = Desk(three, "olga", three.cases).send("task")

    assert [one.pseudonym for one in answer.context["cases"]] == ["Rondo 33"]
    assert "Lotus" not in answer.content.decode()


@pytest.mark.parametrize("case", [[], ["nonsense"], [str(uuid4())]])
def test_no_case_at_all_gets_a_sentence(three, case):
    answer = visit(three, "claire").post("/cases/together/task/", {"case": case}, **FETCH)

    assert answer.status_code == 422
    assert "No case was chosen" in answer.content.decode()


def test_the_whole_list_as_it_was_filtered(three):
    client = visit(three, "claire")
    three.cases[2].refresh_from_db()
    change(three.cases[1], country="AM")
    answer = client.post("/cases/together/task/", {"all": "yes", "back": "country=KZ&sort=stage"}, **FETCH)

    assert [one.pseudonym for one in answer.context["cases"]] == ["Lotus 47", "Rondo 33"]
    assert 'name="back" value="country=KZ&amp;sort=stage"' in answer.content.decode()
    wrong = client.post("/cases/together/task/", {"all": "yes", "back": "country=XX"}, **FETCH)
    assert wrong.status_code == 422


def test_more_than_can_be_done_at_once_is_said(three, monkeypatch):
    monkeypatch.setattr(plans, "MOST", 1)
    answer = visit(three, "claire").post("/cases/together/task/", {"all": "yes"}, **FETCH)

    assert answer.status_code == 422
    assert "At most 1 cases are done at once." in answer.content.decode()


@pytest.mark.parametrize(
    ("action", "wish", "sentence"),
    [
        ("assign", {}, "Choose an owner, a team or both."),
        ("assign", {"owner": "999999"}, "Select a valid choice"),
        ("share", {"whom": "person-0", "to": "work"}, "Select a valid choice"),
        ("task", {"title": ""}, "required"),
        ("task", {"title": "x", "due_on": "soon"}, "valid date"),
        ("stage", {"target": "nonsense", "reason": "because"}, "Select a valid choice"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(three, action, wish, sentence):
    answer = Desk(three, "ana", three.cases[:2]).look(action, **({"new_id": str(uuid4())} | wish))
    body = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in body
    assert 'value="because"' in body or "reason" not in wish


DOORS = {
    "assign": (403, 422, 422, 403),
    "share": (422, 422, 422, 403),
    "task": (422, 422, 403, 403),
    "stage": (422, 422, 422, 403),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_the_door(three, action):
    url = f"/cases/together/{action}/"

    assert (
        tuple(visit(three, name).post(url).status_code for name in ("claire", "ana", "dora", "paul"))
        == (DOORS[action])
    )
    assert visit(three, "ana").get(url).status_code == 405


def test_the_list_offers_what_the_role_may_do(three):
    offers = ("Set a task", "Owner and team", "Tick Lotus 47")

    def offered(name):
        page = visit(three, name).get("/cases/").content.decode()
        return [offer for offer in offers if offer in page]

    assert offered("claire") == ["Set a task", "Tick Lotus 47"]
    assert offered("ana") == list(offers)
