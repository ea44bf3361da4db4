"""Ana and Claire are on duty. Viktor sees the case and cannot open it; Olga is outside."""

import pytest
from shamir_mnemonic import combine_mnemonics

from cases.staff.models import Announcement
from cases.vault import operations as vault
from cases.vault import queries
from cases.vault.models import DutyRequest, Grant
from tests.desk.cases import TOKENS, take_in, text_of
from tests.scanner import leaks
from tests.vault.colleagues import make_known
from tests.world import FETCH, visit

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def case(world):
    officers = [world.people["ana"], world.people["claire"]]
    vault.name_officers(users=officers, root=combine_mnemonics(world.papers[:2]))
    return take_in(world)


@pytest.fixture
def sent(world, case):
    return {
        "pseudonym": case.pseudonym.lower(),
        "kind": "identity",
        "colleague": str(world.people["viktor"].pk),
        "reason": "Claire is in hospital",
    }


def ask(world, sent, who="ana"):
    return visit(world, who, unlocked=True).post("/vault/duty/open/", sent, **FETCH)


def act(world, who, what="approve", *, unlocked=True):
    request = DutyRequest.objects.get()
    return visit(world, who, unlocked=unlocked).post(f"/vault/duty/{request.pk}/{what}/", {}, **FETCH)


def test_two_open_one_name(world, case, sent):
    viktor = world.people["viktor"]
    answer = ask(world, sent)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/vault/duty/")

    waits = text_of(visit(world, "claire", unlocked=True).get("/vault/duty/"))
    assert f"Let viktor (viktor) open the name of {case.pseudonym} for three hours" in waits
    assert "ana (ana) asks: Claire is in hospital" in waits
    act(world, "claire")

    unlocked = vault.unlock(user=viktor, passphrase=world.words["viktor"])
    item = queries.item_of(case.identity_safe, "identity")
    assert "name" in vault.open_item(item=item, reason="x", unlocked=unlocked, by=viktor)


def test_those_who_hold_it_read_it_at_the_desk_until_they_say_so(world, case, sent):
    ask(world, sent)
    act(world, "claire")
    client = visit(world, "ana")

    desk = text_of(client.get("/"))
    assert "let viktor (viktor) open something that you hold, for three hours" in desk
    assert "Reason: Claire is in hospital." in desk
    told = Announcement.objects.get(to=world.people["ana"], code="duty_opened")
    assert visit(world, "olga").post(f"/announcements/{told.pk}/").status_code == 404
    assert client.get(f"/announcements/{told.pk}/").status_code == 405
    assert client.post(f"/announcements/{told.pk}/").status_code == 302
    assert "for three hours" not in text_of(client.get("/"))


def test_two_restore_a_colleague(world, case):
    dora = world.people["dora"]
    unlocked = vault.unlock(user=world.people["ana"], passphrase=world.words["ana"])
    vault.give_access(safe=case.identity_safe, to=dora, unlocked=unlocked, by=world.people["ana"], reason="x")
    vault.start_over(user=dora, language="en")
    make_known(dora)
    sent = {"colleague": str(dora.pk), "reason": "lost the sheet"}
    visit(world, "ana", unlocked=True).post("/vault/duty/restore/", sent, **FETCH)
    assert "Restore what dora (dora) lost" in text_of(visit(world, "claire").get("/vault/duty/"))

    act(world, "claire")
    assert queries.may_open(dora, case.identity_safe)
    assert "restored what dora (dora) had lost" in text_of(visit(world, "paul").get("/"))


@pytest.mark.parametrize("who", ["viktor", "olga", "dora"])
@pytest.mark.parametrize("page", ["", "open/", "restore/"])
def test_nobody_else_has_these_pages(world, case, who, page):
    client = visit(world, who, unlocked=True)

    assert client.get(f"/vault/duty/{page}").status_code == 404
    assert "Duty officers" not in text_of(client.get("/vault/"))


def test_officers_find_it_from_their_vault(world, case):
    client = visit(world, "ana")

    assert "Duty officers" in text_of(client.get("/vault/"))
    assert "claire (claire)" in text_of(client.get("/vault/duty/"))
    assert client.get("/vault/duty/open/").status_code == 200


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pseudonym": "Nobody 1"}, "This colleague sees no case of this pseudonym."),
        ({"reason": ""}, "This field is required."),
        ({"kind": "shoes"}, "Select a valid choice."),
        ({"colleague": "0"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_stands_beside_it_and_what_was_typed_stays(world, sent, change, said):
    answer = ask(world, sent | change)

    assert answer.status_code == 422
    assert said in text_of(answer)
    stays = sent | change
    assert (stays["pseudonym"] or stays["reason"]).encode() in answer.content
    assert not DutyRequest.objects.exists()


def test_not_for_who_does_not_see_the_case(world, sent):
    answer = ask(world, sent | {"colleague": str(world.people["olga"].pk)})

    assert "This colleague sees no case of this pseudonym." in text_of(answer)


def test_not_for_who_can_open_it(world, sent):
    answer = ask(world, sent | {"colleague": str(world.people["claire"].pk)})

    assert "This person can open it already." in text_of(answer)


def test_locked_officers_neither_ask_nor_approve(world, sent):
    answer = visit(world, "ana").post("/vault/duty/open/", sent, **FETCH)
    assert (answer.status_code, "Your vault is locked" in text_of(answer)) == (422, True)

    ask(world, sent)
    act(world, "claire", unlocked=False)
    assert not Grant.objects.filter(user=world.people["viktor"]).exists()
    assert "Approve" not in text_of(visit(world, "claire").get("/vault/duty/"))


def test_the_asker_withdraws_and_does_not_approve(world, sent):
    ask(world, sent)
    seen = text_of(visit(world, "ana", unlocked=True).get("/vault/duty/"))
    assert ("Withdraw" in seen, "Approve" in seen) == (True, False)

    act(world, "ana")
    assert not Grant.objects.filter(user=world.people["viktor"]).exists()
    act(world, "ana", "refuse")
    assert DutyRequest.objects.get().answer == "withdrawn"
    assert act(world, "claire").status_code == 404


def test_refused(world, sent):
    ask(world, sent)
    act(world, "claire", "refuse", unlocked=False)

    assert DutyRequest.objects.get().answer == "refused"
    assert "Nothing waits" in text_of(visit(world, "ana").get("/vault/duty/"))


@pytest.mark.parametrize("what", ["approve", "refuse"])
def test_only_officers_answer_and_only_by_post(world, sent, what):
    ask(world, sent)

    assert act(world, "viktor", what).status_code == 404
    url = f"/vault/duty/{DutyRequest.objects.get().pk}/{what}/"
    assert visit(world, "claire", unlocked=True).get(url).status_code == 405


def test_no_name_stands_anywhere(world, sent):
    ask(world, sent)
    client = visit(world, "claire", unlocked=True)
    seen = [client.get("/vault/duty/").content, client.get("/").content]
    act(world, "claire")

    assert leaks(TOKENS, b"".join([*seen, client.get("/").content]).decode()) == []
