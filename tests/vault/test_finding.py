"""Starting over loses nothing for ever: the words of the earlier key, found again, bring back what it opened."""

import pytest

from cases.vault import operations, queries
from cases.vault.models import AccessRequest, Wrap
from cases.vault.refusals import NotGranted, NothingToTakeBack, NotSetUp, NotUnlocked, WrongPassphrase
from tests.vault.colleagues import make_colleague, make_known, make_safe

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WRONG = "abandon ability able about above absent absorb"


@pytest.fixture
def nina(team):
    """Nina, who alone can open one name and together with Ana another, and her words of then."""
    nina = make_colleague("nina")
    words = operations.set_up(user=nina, language="en")
    make_known(nina)
    nina.words, nina.sheet = words.passphrase, words.sheet_code
    nina.alone, nina.shared = make_safe(nina), make_safe(nina, team.ana)
    return nina


def start_over(user, **how):
    words = operations.start_over(user=user, language="en", **how)
    return operations.unlock(user=user, passphrase=words.passphrase)


def read(safe, user, unlocked):
    return operations.open_item(item=safe.items.get(), reason="x", unlocked=unlocked, by=user)["name"]


def take_back(user, unlocked, words, kind=Wrap.Kind.PASSPHRASE):
    return operations.take_back(words=words, kind=kind, unlocked=unlocked, by=user)


def test_until_then_nothing_opens(nina):
    unlocked = start_over(nina)

    with pytest.raises(NotGranted):
        read(nina.alone, nina, unlocked)
    assert nina not in queries.holders_of(nina.shared)


@pytest.mark.parametrize("kind", list(Wrap.Kind))
def test_found_words_bring_everything_back(nina, kind, recorded):
    unlocked = start_over(nina)

    assert take_back(nina, unlocked, nina.words if kind == "passphrase" else nina.sheet, kind) == 2

    assert read(nina.alone, nina, unlocked) == read(nina.shared, nina, unlocked) == "Иван Зимин"
    assert not AccessRequest.objects.filter(asker=nina, answered_at=None).exists()
    assert "vault.taken_back" in recorded()


def test_the_words_before_last(nina):
    """Who took over the login and started over twice has ended nothing."""
    start_over(nina)
    unlocked = start_over(nina)

    assert take_back(nina, unlocked, nina.words) == 2
    assert read(nina.alone, nina, unlocked) == "Иван Зимин"


def test_everybody_made_to_start_over_comes_back(team, nina):
    """With made links for each login, all access was ended: one who has the words brings it back for all."""
    start_over(team.ana)
    unlocked = start_over(nina)

    take_back(nina, unlocked, nina.words)

    assert list(queries.holders_of(nina.shared)) == [nina]
    [request] = queries.requests_waiting_for(nina)
    assert request.asker == team.ana


def test_words_that_were_stolen_bring_back_only_what_nobody_else_can_open(nina):
    unlocked = start_over(nina, stolen=True)

    assert take_back(nina, unlocked, nina.words) == 1
    assert read(nina.alone, nina, unlocked) == "Иван Зимин"
    with pytest.raises(NotGranted):
        read(nina.shared, nina, unlocked)


def test_a_refusal_of_a_holder_stands(team, nina):
    unlocked = start_over(nina)
    [request] = queries.requests_waiting_for(team.ana)
    operations.answer_request(request=request, give=False, unlocked=None, by=team.ana)

    assert take_back(nina, unlocked, nina.words) == 1
    with pytest.raises(NotGranted):
        read(nina.shared, nina, unlocked)


def test_what_was_given_anew_stays(team, nina):
    unlocked = start_over(nina)
    make_known(nina)
    [request] = queries.requests_waiting_for(team.ana)
    operations.answer_request(request=request, give=True, unlocked=team.of(team.ana), by=team.ana)

    assert take_back(nina, unlocked, nina.words) == 1
    assert read(nina.shared, nina, unlocked) == "Иван Зимин"


def test_wrong_words_take_nothing_and_are_counted(nina):
    unlocked = start_over(nina)

    with pytest.raises(WrongPassphrase):
        take_back(nina, unlocked, WRONG)

    assert queries.keyring_of(nina).tries == 1
    assert queries.lost_grants_of(nina).count() == 2


def test_a_login_alone_takes_nothing(team, nina):
    start_over(nina)

    for stolen in (None, team.of(team.ana)):
        with pytest.raises(NotUnlocked):
            take_back(nina, stolen, nina.words)


def test_nothing_waits(nina):
    unlocked = start_over(nina)
    take_back(nina, unlocked, nina.words)

    with pytest.raises(NothingToTakeBack):
        take_back(nina, unlocked, nina.words)


def test_who_never_started_over(team):
    with pytest.raises(NotSetUp):
        take_back(team.ana, team.of(team.ana), WRONG)


class TestPage:
    def test_takes_back(self, client_of, nina):
        unlocked = start_over(nina)
        browser = client_of(nina)
        browser.unlock(unlocked)

        assert "wait for words you had before" in browser.get("/vault/").content.decode()
        response = browser.fetch("/vault/lost/found/", {"words": nina.words})

        assert response.status_code == 204
        assert read(nina.alone, nina, unlocked) == "Иван Зимин"
        assert "wait for words" not in browser.get("/vault/").content.decode()

    def test_with_the_sheet(self, client_of, nina):
        browser = client_of(nina)
        browser.unlock(start_over(nina))

        assert "twelve words" in browser.get("/vault/lost/found/?sheet").content.decode()
        assert browser.fetch("/vault/lost/found/?sheet", {"words": nina.sheet}).status_code == 204

    def test_wrong_words_are_said(self, client_of, nina):
        browser = client_of(nina)
        browser.unlock(start_over(nina))

        response = browser.fetch("/vault/lost/found/", {"words": WRONG})

        assert response.status_code == 422
        assert WRONG not in response.content.decode()

    def test_locked(self, client_of, nina):
        start_over(nina)

        response = client_of(nina).get("/vault/lost/found/")

        assert response.headers["Location"].startswith("/vault/unlock/")

    def test_nothing_waits(self, client_of, team):
        browser = client_of(team.ana)
        browser.unlock(team.of(team.ana))

        assert browser.get("/vault/lost/found/").headers["Location"] == "/vault/"
